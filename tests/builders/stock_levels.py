"""Stock levels and proposals of a warehouse, in a line each."""

from dataclasses import dataclass, field
from typing import Any

from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_levels_pb2, stock_levels_pb2_grpc
from bylaw.types.v1.amount_pb2 import Quantity

from tests.builders.inventory import InventoryService

REORDER, SLOW, DEAD, EXPIRING = (
    stock_levels_pb2.STOCK_PROPOSAL_KIND_REORDER,
    stock_levels_pb2.STOCK_PROPOSAL_KIND_SLOW,
    stock_levels_pb2.STOCK_PROPOSAL_KIND_DEAD,
    stock_levels_pb2.STOCK_PROPOSAL_KIND_EXPIRING,
)
DONE, DECLINED = stock_levels_pb2.STOCK_PROPOSAL_RESULT_DONE, stock_levels_pb2.STOCK_PROPOSAL_RESULT_DECLINED


@dataclass
class Levels:
    """What a warehouse keeps of its items."""

    inventory: InventoryService
    warehouse: str
    metadata: Any = None
    stub: stock_levels_pb2_grpc.StockLevelsStub = field(init=False)

    def __post_init__(self) -> None:
        self.stub = stock_levels_pb2_grpc.StockLevelsStub(self.inventory.channel)

    @property
    def caller(self) -> Any:
        """Whose calls these are."""
        return self.metadata or self.inventory.everything

    def by_hand(self, item: items.Item, point: str, quantity: str, **more: Any) -> stock_levels_pb2.StockLevel:
        """Sets a level by hand."""
        said = {"reorder_point": Quantity(value=point), "reorder_quantity": Quantity(value=quantity), **more}
        return self.write(item.name, **said)

    def write(self, item: str, **more: Any) -> stock_levels_pb2.StockLevel:
        """Sets a level, or takes it away."""
        request = stock_levels_pb2.SetStockLevelRequest(parent=self.warehouse, item=item, **more)
        return self.stub.SetStockLevel(request, metadata=self.caller)

    def listed(self, **more: Any) -> list[stock_levels_pb2.StockLevel]:
        """The levels by code."""
        request = stock_levels_pb2.ListStockLevelsRequest(parent=self.warehouse, **more)
        return list(self.stub.ListStockLevels(request, metadata=self.caller).stock_levels)

    def of(self, item: items.Item) -> stock_levels_pb2.StockLevel:
        """What is kept of an item."""
        (found,) = self.listed(item=item.name)
        return found

    def proposed(self, **more: Any) -> list[tuple[str, int, str]]:
        """What is proposed: item code, kind, quantity."""
        request = stock_levels_pb2.ListStockProposalsRequest(parent=self.warehouse, **more)
        found = self.stub.ListStockProposals(request, metadata=self.caller).stock_proposals
        return [(one.level.code, one.kind, one.quantity.value) for one in found]

    def settle(self, item: items.Item, kind: Any, result: Any = DONE, reason: str = "") -> Any:
        """Puts on record what became of a proposal."""
        request = stock_levels_pb2.RecordStockProposalOutcomeRequest(
            parent=self.warehouse, item=item.name, kind=kind, result=result, reason=reason
        )
        return self.stub.RecordStockProposalOutcome(request, metadata=self.caller)

    def outcomes(self) -> list[stock_levels_pb2.StockProposalOutcome]:
        """What became of proposals, newest first."""
        request = stock_levels_pb2.ListStockProposalOutcomesRequest(parent=self.warehouse)
        return list(self.stub.ListStockProposalOutcomes(request, metadata=self.caller).stock_proposal_outcomes)
