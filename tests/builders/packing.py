"""What is packed, checked scan by scan: the calls tests make, in a line each."""

from dataclasses import dataclass, field
from typing import Any

from bylaw.inventory.v1 import pack_checks_pb2, pack_checks_pb2_grpc
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.types.v1.amount_pb2 import Quantity

from tests.builders.inventory import InventoryService, KnownWarehouse


def piece(code: str, value: str = "", **more: Any) -> pack_checks_pb2.ScannedPiece:
    """What was scanned."""
    return pack_checks_pb2.ScannedPiece(code=code, quantity=Quantity(value=value, unit=more.pop("unit", "")), **more)


@dataclass
class Packing:
    """The pack checks of a warehouse."""

    inventory: InventoryService
    warehouse: KnownWarehouse
    stub: pack_checks_pb2_grpc.PackChecksStub = field(init=False)

    def __post_init__(self) -> None:
        self.stub = pack_checks_pb2_grpc.PackChecksStub(self.inventory.channel)

    def start(self, name: str, metadata: Any = None) -> pack_checks_pb2.PackCheck:
        """Begins the check of a reservation or an issue."""
        which = "reservation" if name.startswith("stockReservations/") else "stock_movement"
        request = pack_checks_pb2.StartPackCheckRequest(parent=self.warehouse.name, **{which: name})
        return self.stub.StartPackCheck(request, metadata=metadata or self.inventory.everything)

    def scan(self, check: str, code: str, value: str = "", **more: Any) -> pack_checks_pb2.PackCheck:
        """Checks one scan."""
        metadata = more.pop("metadata", None) or self.inventory.everything
        request_id = more.pop("request_id", "")
        request = pack_checks_pb2.CheckPackScanRequest(
            name=check, piece=piece(code, value, **more), request_id=request_id
        )
        return self.stub.CheckPackScan(request, metadata=metadata)

    def scan_many(self, check: str, *pieces: pack_checks_pb2.ScannedPiece, metadata: Any = None) -> Any:
        """Checks many."""
        request = pack_checks_pb2.CheckPackScansRequest(name=check, pieces=pieces)
        return self.stub.CheckPackScans(request, metadata=metadata or self.inventory.everything)

    def close(self, check: str, reason: str = "", metadata: Any = None) -> pack_checks_pb2.PackCheck:
        """Closes a check."""
        request = pack_checks_pb2.ClosePackCheckRequest(name=check, reason=reason)
        return self.stub.ClosePackCheck(request, metadata=metadata or self.inventory.everything)

    def call_off(self, check: str, reason: str = "a mistake", metadata: Any = None) -> pack_checks_pb2.PackCheck:
        """Calls a check off."""
        request = pack_checks_pb2.CallOffPackCheckRequest(name=check, reason=reason)
        return self.stub.CallOffPackCheck(request, metadata=metadata or self.inventory.everything)

    def one(self, check: str, metadata: Any = None) -> pack_checks_pb2.PackCheck:
        """A check as it stands."""
        request = pack_checks_pb2.GetPackCheckRequest(name=check)
        return self.stub.GetPackCheck(request, metadata=metadata or self.inventory.everything)

    def listed(self, **more: Any) -> list[pack_checks_pb2.PackCheck]:
        """The checks, newest first."""
        request = pack_checks_pb2.ListPackChecksRequest(parent=self.warehouse.name, **more)
        return list(self.stub.ListPackChecks(request, metadata=self.inventory.everything).pack_checks)

    def scans(self, check: str, **more: Any) -> list[pack_checks_pb2.PackScan]:
        """The scans of a check, in their order."""
        request = pack_checks_pb2.ListPackScansRequest(parent=check, page_size=1000, **more)
        return list(self.stub.ListPackScans(request, metadata=self.inventory.everything).pack_scans)

    def set(
        self,
        need: Any = pack_checks_pb2.PACK_NEED_REQUIRED,
        *,
        everywhere: bool = False,
        metadata: Any = None,
        **more: Any,
    ) -> pack_checks_pb2.PackRule:
        """Sets whether issues by a sales order need a check, here or everywhere."""
        said = {
            "warehouse": "" if everywhere else self.warehouse.name,
            "paper": stock.PAPER_KIND_SALES_ORDER,
            "need": need,
            "reason": "wrong goods were sent",
            **more,
        }
        request = pack_checks_pb2.CreatePackRuleRequest(pack_rule=pack_checks_pb2.PackRule(**said))
        return self.stub.CreatePackRule(request, metadata=metadata or self.inventory.everything)

    def rules(self) -> list[pack_checks_pb2.PackRule]:
        """What was set, newest first."""
        request = pack_checks_pb2.ListPackRulesRequest(parent=self.warehouse.name)
        return list(self.stub.ListPackRules(request, metadata=self.inventory.everything).pack_rules)
