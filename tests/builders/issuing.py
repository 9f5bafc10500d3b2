"""Which papers goods move against, and who alone moves special ones: the calls tests make, in a line each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bylaw.inventory.v1 import (
    papers_pb2,
    papers_pb2_grpc,
    parcels_pb2,
    parcels_pb2_grpc,
    special_goods_pb2,
    special_goods_pb2_grpc,
)
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.types.v1.localized_text_pb2 import LocalizedText

from tests.builders.inventory import InventoryService, KnownWarehouse

ISSUE = stock.STOCK_MOVEMENT_KIND_ISSUE
ANY_ORDER = (stock.PAPER_KIND_SALES_ORDER, stock.PAPER_KIND_REQUISITION)
WARNING = LocalizedText(zh="易燃，远离火源", en="flammable, away from fire")
RECEIPT = (stock.PAPER_KIND_CARRIER_RECEIPT,)


@dataclass
class Papers:
    """What a warehouse asks for."""

    inventory: InventoryService
    warehouse: KnownWarehouse
    stub: papers_pb2_grpc.PapersStub = field(init=False)

    def __post_init__(self) -> None:
        self.stub = papers_pb2_grpc.PapersStub(self.inventory.channel)

    def set(self, *needs: tuple[Any, ...], everywhere: bool = False, metadata: Any = None, **more: Any) -> Any:
        """Sets what an issue needs, here or everywhere."""
        said = {"kind": ISSUE, "reason": "as agreed", "warehouse": "" if everywhere else self.warehouse.name, **more}
        rule = papers_pb2.PaperRule(needs=[papers_pb2.PaperNeed(one_of=need) for need in needs], **said)
        request = papers_pb2.CreatePaperRuleRequest(paper_rule=rule)
        return self.stub.CreatePaperRule(request, metadata=metadata or self.inventory.everything)

    def rules(self) -> list[papers_pb2.PaperRule]:
        """What was set, newest first."""
        request = papers_pb2.ListPaperRulesRequest(parent=self.warehouse.name)
        return list(self.stub.ListPaperRules(request, metadata=self.inventory.everything).paper_rules)

    def refused(self) -> list[papers_pb2.RefusedMovement]:
        """What was refused, newest first."""
        request = papers_pb2.ListRefusedMovementsRequest(parent=self.warehouse.name)
        return list(self.stub.ListRefusedMovements(request, metadata=self.inventory.everything).refused_movements)


@dataclass
class SpecialGoods:
    """Marks of special goods."""

    inventory: InventoryService
    stub: special_goods_pb2_grpc.SpecialGoodsStub = field(init=False)

    def __post_init__(self) -> None:
        self.stub = special_goods_pb2_grpc.SpecialGoodsStub(self.inventory.channel)

    def mark(self, *keepers: Any, metadata: Any = None, **more: Any) -> special_goods_pb2.SpecialMark:
        """Marks goods: an item where none of its category is said; `keepers` are names, or keepers with their days."""
        named = [
            special_goods_pb2.SpecialKeeper(person=keeper) if isinstance(keeper, str) else keeper for keeper in keepers
        ]
        warning = {"warning": WARNING} if named else {}
        made = special_goods_pb2.SpecialMark(**{"keepers": named, "reason": "the law", **warning, **more})
        request = special_goods_pb2.CreateSpecialMarkRequest(special_mark=made)
        return self.stub.CreateSpecialMark(request, metadata=metadata or self.inventory.everything)

    def marks(self, **more: Any) -> list[special_goods_pb2.SpecialMark]:
        """The marks, newest first."""
        request = special_goods_pb2.ListSpecialMarksRequest(page_size=1000, **more)
        return list(self.stub.ListSpecialMarks(request, metadata=self.inventory.everything).special_marks)


@dataclass
class Parcels:
    """Parcels of a warehouse, handed to carriers."""

    inventory: InventoryService
    warehouse: KnownWarehouse
    stub: parcels_pb2_grpc.ParcelsStub = field(init=False)

    def __post_init__(self) -> None:
        self.stub = parcels_pb2_grpc.ParcelsStub(self.inventory.channel)

    def hand_over(
        self, *parcels: tuple[str, str, str], carrier: str = "SF", metadata: Any = None, more: Sequence[str] = ()
    ) -> list[parcels_pb2.Parcel]:
        """Hands parcels over, each by its number, its issue and its receipt; `more`: issues in each of them too."""
        lines = [
            parcels_pb2.ParcelLine(number=number, stock_movement=movement, receipt=receipt, more_stock_movements=more)
            for number, movement, receipt in parcels
        ]
        request = parcels_pb2.HandOverParcelsRequest(parent=self.warehouse.name, carrier=carrier, lines=lines)
        return list(self.stub.HandOverParcels(request, metadata=metadata or self.inventory.everything).parcels)

    def acknowledge(self, name: str, receipt: str, metadata: Any = None) -> parcels_pb2.Parcel:
        """Records the carrier's receipt."""
        request = parcels_pb2.AcknowledgeParcelRequest(name=name, receipt=receipt)
        return self.stub.AcknowledgeParcel(request, metadata=metadata or self.inventory.everything)

    def listed(self, **more: Any) -> list[parcels_pb2.Parcel]:
        """Those handed over, newest first."""
        request = parcels_pb2.ListParcelsRequest(parent=self.warehouse.name, **more)
        return list(self.stub.ListParcels(request, metadata=self.inventory.everything).parcels)
