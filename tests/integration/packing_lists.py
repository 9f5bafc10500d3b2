"""What is packed and what came back: how it comes there, the lists of it, and what would change it."""

from collections.abc import Callable
from typing import Any

from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import pack_checks_pb2 as packing
from bylaw.inventory.v1 import pack_checks_pb2_grpc, parcels_pb2, parcels_pb2_grpc, returns_pb2_grpc
from bylaw.inventory.v1 import returns_pb2 as returns
from bylaw.types.v1.amount_pb2 import Quantity
from google.api.httpbody_pb2 import HttpBody
from google.protobuf.message import Message

from tests.builders.images import png
from tests.builders.inventory import ORDER, SLIP, InventoryService, KnownWarehouse, line
from tests.builders.packing import Packing, piece
from tests.integration.lists import Walk

Question = tuple[Callable[..., Any], Message]


def packed_in(kept: KnownWarehouse, item: items.Item, shelf: str) -> dict[str, str]:
    """An open check of an issue with a scan; a return half of which is decided on; names by collection."""
    checks = Packing(kept.inventory, kept)
    checks.set(packing.PACK_NEED_NOT_REQUIRED)
    places = kept.places()
    check = checks.start(kept.post(line(item, shelf, places["CARRIER"], "1"), papers=[ORDER]).name)
    checks.scan(check.name, item.code)
    back = kept.post(line(item, places["CUSTOMER"], places["LOOK"], "2"), papers=[SLIP])
    decided = returns.DecideReturnRequest(name=back.name, lines=[_line(item.name, shelf)])
    stub = returns_pb2_grpc.ReturnsStub(kept.inventory.channel)
    made = stub.DecideReturn(decided, metadata=kept.inventory.everything)
    return {"packChecks": check.name, "returnDecisions": made.name}


def under_a_warehouse(inventory: InventoryService, name: str) -> dict[str, Walk]:
    """The lists under a warehouse."""
    checks, parcels = (
        pack_checks_pb2_grpc.PackChecksStub(inventory.channel),
        parcels_pb2_grpc.ParcelsStub(inventory.channel),
    )
    back, open_ones = returns_pb2_grpc.ReturnsStub(inventory.channel), parcels_pb2.ListOpenHandOversRequest(parent=name)
    decided = returns.ListReturnDecisionsRequest(parent=name)
    return {
        "ListPackChecks": Walk(checks.ListPackChecks, packing.ListPackChecksRequest(parent=name), "pack_checks"),
        "ListPackRules": Walk(checks.ListPackRules, packing.ListPackRulesRequest(parent=name), "pack_rules"),
        "ListOpenHandOvers": Walk(parcels.ListOpenHandOvers, open_ones, "open_hand_overs"),
        "ListReturnDecisions": Walk(back.ListReturnDecisions, decided, "return_decisions"),
        "ListWaitingReturns": Walk(
            back.ListWaitingReturns, returns.ListWaitingReturnsRequest(parent=name), "waiting_returns"
        ),
    }


def scans_of(inventory: InventoryService, name: str) -> Walk:
    """The scans of a check."""
    stub = pack_checks_pb2_grpc.PackChecksStub(inventory.channel)
    return Walk(stub.ListPackScans, packing.ListPackScansRequest(parent=name), "pack_scans")


def about_warehouse(inventory: InventoryService, name: str) -> list[Question]:
    """What would change a warehouse's."""
    stub, subject = pack_checks_pb2_grpc.PackChecksStub(inventory.channel), name.rpartition("/")[2]
    start = packing.StartPackCheckRequest(parent=name, stock_movement=f"stockMovements/{subject}")
    return [(stub.StartPackCheck, start)]


def about_movement(inventory: InventoryService, item: str, name: str) -> list[Question]:
    """What would change a return."""
    stub = returns_pb2_grpc.ReturnsStub(inventory.channel)
    image, photo = HttpBody(content_type="image/png", data=png()), f"returnPhotos/{name.rpartition('/')[2]}"
    return [
        (stub.GetReturnPhotoImage, returns.GetReturnPhotoImageRequest(name=photo)),
        (stub.DecideReturn, returns.DecideReturnRequest(name=name, lines=[_line(item, "")])),
        (stub.AddReturnPhoto, returns.AddReturnPhotoRequest(parent=name, image=image)),
    ]


def about(inventory: InventoryService, name: str) -> dict[str, Callable[[], list[Question]]]:
    """Every single read of a thing, the list under it, and what would change it, by the collection that it is of."""
    checks, back = (
        pack_checks_pb2_grpc.PackChecksStub(inventory.channel),
        returns_pb2_grpc.ReturnsStub(inventory.channel),
    )
    return {
        "packChecks": lambda: [
            (checks.GetPackCheck, packing.GetPackCheckRequest(name=name)),
            (checks.ListPackScans, packing.ListPackScansRequest(parent=name)),
            (checks.CheckPackScan, packing.CheckPackScanRequest(name=name, piece=piece("x"))),
            (checks.CheckPackScans, packing.CheckPackScansRequest(name=name, pieces=[piece("x", key="1")])),
            (checks.ClosePackCheck, packing.ClosePackCheckRequest(name=name)),
            (checks.CallOffPackCheck, packing.CallOffPackCheckRequest(name=name, reason="x")),
        ],
        "returnDecisions": lambda: [
            (back.GetReturnDecision, returns.GetReturnDecisionRequest(name=name)),
            (back.WithdrawReturnDecision, returns.WithdrawReturnDecisionRequest(name=name)),
        ],
    }


def _line(item: str, place: str) -> returns.ReturnDecisionLine:
    sale, one = returns.RETURN_OUTCOME_SALE, Quantity(value="1")
    return returns.ReturnDecisionLine(item=item, quantity=one, outcome=sale, to_place=place, cause="x")
