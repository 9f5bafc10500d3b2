"""Visits, rounds and levels of warehouses: how they come there, the lists of them, and what is asked of each."""

from collections.abc import Callable
from typing import Any

from bylaw.inventory.v1 import house_rounds_pb2 as rounds
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_levels_pb2 as levels
from bylaw.inventory.v1 import visits_pb2 as visits
from google.protobuf.message import Message

from tests.builders.house import ARRIVING, FINE, IN, Door, Rounds, unusual
from tests.builders.inventory import InventoryService, KnownWarehouse
from tests.builders.stock_levels import EXPIRING, REORDER, Levels
from tests.integration.lists import Walk

Question = tuple[Callable[..., Any], Message]


def housed_in(kept: KnownWarehouse, item: items.Item) -> dict[str, str]:
    """A visitor inside, a round, a level and a proposal that has its outcome; names by collection."""
    inventory, name = kept.inventory, kept.name
    known = Levels(inventory, name)
    known.by_hand(item, "1000", "50")
    known.settle(item, REORDER)
    known.by_hand(item, "999", "50")
    return {
        "visits": Door(inventory, name).enters("Li").name,
        "houseRounds": Rounds(inventory, name).hand_in(goods=unusual("a box")).name,
    }


def under_a_warehouse(inventory: InventoryService, name: str) -> dict[str, Walk]:
    """The lists under a warehouse."""
    door, made, known = Door(inventory, name).visits, Rounds(inventory, name).stub, Levels(inventory, name).stub
    settled = levels.ListStockProposalOutcomesRequest(parent=name)
    return {
        "ListVisits": Walk(door.ListVisits, visits.ListVisitsRequest(parent=name), "visits"),
        "ListHouseRounds": Walk(made.ListHouseRounds, rounds.ListHouseRoundsRequest(parent=name), "house_rounds"),
        "ListStockLevels": Walk(known.ListStockLevels, levels.ListStockLevelsRequest(parent=name), "stock_levels"),
        "ListStockProposals": Walk(
            known.ListStockProposals, levels.ListStockProposalsRequest(parent=name), "stock_proposals"
        ),
        "ListStockProposalOutcomes": Walk(known.ListStockProposalOutcomes, settled, "stock_proposal_outcomes"),
    }


def about_a_warehouse(inventory: InventoryService, name: str, item: str) -> list[Question]:
    """What else is asked of a warehouse, and what would change something there."""
    door, made, known = Door(inventory, name).visits, Rounds(inventory, name).stub, Levels(inventory, name).stub
    checks = dict.fromkeys(("locks", "goods", "surroundings"), FINE)
    outcome = {"item": item, "kind": EXPIRING, "result": levels.STOCK_PROPOSAL_RESULT_DONE}
    return [
        (door.SignVisitorIn, visits.SignVisitorInRequest(parent=name, visitor_name="Wang", purpose="x")),
        (made.HandInRound, rounds.HandInRoundRequest(parent=name, side=ARRIVING, **checks)),
        (made.GetMissingRounds, rounds.GetMissingRoundsRequest(parent=name)),
        (known.SetStockLevel, levels.SetStockLevelRequest(parent=name, item=item, lead_days=1)),
        (known.RecordStockProposalOutcome, levels.RecordStockProposalOutcomeRequest(parent=name, **outcome)),
    ]


def about(inventory: InventoryService, name: str) -> dict[str, Callable[[], list[Question]]]:
    """Every single read of a thing, and what would change it, by the collection that it is of."""
    return {"visits": lambda: _about_visit(inventory, name), "houseRounds": lambda: _about_round(inventory, name)}


def _about_visit(inventory: InventoryService, name: str) -> list[Question]:
    stub = Door(inventory, "").visits
    return [
        (stub.GetVisit, visits.GetVisitRequest(name=name)),
        (stub.SignVisitorOut, visits.SignVisitorOutRequest(name=name)),
        (stub.StrikeVisitEntry, visits.StrikeVisitEntryRequest(name=name, side=IN, reason="x")),
    ]


def _about_round(inventory: InventoryService, name: str) -> list[Question]:
    stub, photo = Rounds(inventory, "").stub, f"roundPhotos/{name.partition('/')[2]}"
    return [
        (stub.GetHouseRound, rounds.GetHouseRoundRequest(name=name)),
        (stub.AddRoundPhoto, rounds.AddRoundPhotoRequest(parent=name, check=rounds.ROUND_CHECK_KIND_LOCKS)),
        (stub.GetRoundPhotoImage, rounds.GetRoundPhotoImageRequest(name=photo)),
    ]
