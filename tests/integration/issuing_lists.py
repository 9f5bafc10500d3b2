"""Papers, what was refused for lack of them, parcels and special goods: how they come there, and the lists of them."""

from collections.abc import Callable
from typing import Any

from bylaw.inventory.v1 import (
    codes_pb2,
    codes_pb2_grpc,
    papers_pb2,
    papers_pb2_grpc,
    parcels_pb2,
    parcels_pb2_grpc,
    picking_pb2,
    picking_pb2_grpc,
    special_goods_pb2,
    special_goods_pb2_grpc,
)
from bylaw.inventory.v1 import items_pb2 as items
from google.protobuf.message import Message

from tests.builders.inventory import ORDER, InventoryService, KnownWarehouse, line
from tests.builders.issuing import ANY_ORDER, Papers, Parcels, SpecialGoods
from tests.builders.receiving import refusal_of
from tests.integration.lists import Walk

Question = tuple[Callable[..., Any], Message]


def held(kept: KnownWarehouse, item: items.Item, shelf: str) -> dict[str, str]:
    """A rule of the warehouse's, an issue refused by it, a parcel without its receipt; names by collection.

    And once a mark of goods that nobody has: marks are the whole organisation's.
    """
    marked = SpecialGoods(kept.inventory)
    if not marked.marks():
        marked.mark(f"people/{kept.inventory.people.administrator}", category="poisons")
    Papers(kept.inventory, kept).set(ANY_ORDER)
    beyond = kept.places()
    refused = line(item, shelf, beyond["CUSTOMER"], "1")
    assert refusal_of(lambda: kept.post(refused, papers=[])) == "PAPERS_MISSING"
    sent = kept.post(line(item, shelf, beyond["CARRIER"], "1"), papers=[ORDER])
    (parcel,) = Parcels(kept.inventory, kept).hand_over((f"SF-{kept.made.code}", sent.name, ""))
    return {"parcels": parcel.name}


def under_a_warehouse(inventory: InventoryService, name: str) -> dict[str, Walk]:
    """The lists under a warehouse."""
    held_to, handed = papers_pb2_grpc.PapersStub(inventory.channel), parcels_pb2_grpc.ParcelsStub(inventory.channel)
    rules, refused = papers_pb2.ListPaperRulesRequest, papers_pb2.ListRefusedMovementsRequest
    return {
        "ListPaperRules": Walk(held_to.ListPaperRules, rules(parent=name), "paper_rules"),
        "ListParcels": Walk(handed.ListParcels, parcels_pb2.ListParcelsRequest(parent=name), "parcels"),
        "ListRefusedMovements": Walk(held_to.ListRefusedMovements, refused(parent=name), "refused_movements"),
    }


def shown_to_all(inventory: InventoryService) -> dict[str, Walk]:
    """Whoever may ask sees every one."""
    stub = special_goods_pb2_grpc.SpecialGoodsStub(inventory.channel)
    every = special_goods_pb2.ListSpecialMarksRequest(show_superseded=True)
    return {"special marks": Walk(stub.ListSpecialMarks, every, "special_marks")}


def about_warehouse(inventory: InventoryService, name: str) -> list[Question]:
    """What is asked of a warehouse besides its lists."""
    stub, handed = codes_pb2_grpc.CodesStub(inventory.channel), parcels_pb2_grpc.ParcelsStub(inventory.channel)
    some = [parcels_pb2.ParcelLine(number="SF-1", stock_movement=f"stockMovements/{name.rpartition('/')[2]}")]
    return [
        (stub.ScanCode, codes_pb2.ScanCodeRequest(parent=name, code="A-01")),
        (handed.HandOverParcels, parcels_pb2.HandOverParcelsRequest(parent=name, carrier="SF", lines=some)),
    ]


def about_reservation(inventory: InventoryService, name: str) -> list[Question]:
    """What is asked of a reservation here."""
    stub = picking_pb2_grpc.PickingStub(inventory.channel)
    return [(stub.GetPickingList, picking_pb2.GetPickingListRequest(name=f"{name}/pickingList"))]


def about(inventory: InventoryService, name: str) -> dict[str, Callable[[], list[Question]]]:
    """What would change a thing, by the collection that it is of."""
    stub, request = parcels_pb2_grpc.ParcelsStub(inventory.channel), parcels_pb2.AcknowledgeParcelRequest
    return {"parcels": lambda: [(stub.AcknowledgeParcel, request(name=name, receipt="R"))]}
