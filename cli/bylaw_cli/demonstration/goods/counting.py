"""A stocktake of the demonstration's: counted by keeper and finance, explained, signed, to be decided (WHS-6)."""

from typing import Any

from bylaw.inventory.v1 import stocktakes_pb2, stocktakes_pb2_grpc
from bylaw.types.v1.amount_pb2 import Quantity

from bylaw_cli.demonstration.deciding import KEEPER
from bylaw_cli.demonstration.goods.shelves import Shelves
from bylaw_cli.demonstration.posts import HEADS

FINANCE = HEADS["DATA"]
PLACE, FOUND = "B-02-2", {"MJ-VASE": ("22", "1"), "MJ-LANTERN": ("32", "0")}
"""What is counted, and of each item how much is sound and how much damaged; one vase is missing."""
REPORT = "B-02-2 货位季度盘点，花瓶不符。/ The quarter's count of B-02-2: the vases differ."
CAUSES = {
    stocktakes_pb2.STOCKTAKE_DIFFERENCE_KIND_SHORTAGE: "借出拍摄未登记。/ Lent for a photograph and not written down.",
    stocktakes_pb2.STOCKTAKE_DIFFERENCE_KIND_DAMAGE: "搬动时瓶口磕裂。/ Its rim cracked when it was moved.",
}


def count(shelves: Shelves) -> None:
    """Takes it to where the director decides; a load that was broken off goes on where it stood."""
    asking, stub = shelves.asking, shelves.asking.stub(stocktakes_pb2_grpc.StocktakesStub)
    listing = stocktakes_pb2.ListStocktakesRequest(parent=shelves.name)
    known = asking.ask(stub.ListStocktakes, listing, by=KEEPER).stocktakes
    found = known[0] if known else _opened(shelves, stub)
    if found.state == stocktakes_pb2.STOCKTAKE_STATE_OPENED:
        found = asking.ask(stub.JoinStocktake, stocktakes_pb2.JoinStocktakeRequest(name=found.name), by=FINANCE)
    if found.state == stocktakes_pb2.STOCKTAKE_STATE_COUNTING:
        found = _counted(shelves, stub, found.name)
    if found.state == stocktakes_pb2.STOCKTAKE_STATE_EXPLAINING:
        _settle(shelves, stub, found.name)


def _opened(shelves: Shelves, stub: Any) -> stocktakes_pb2.Stocktake:
    wish = stocktakes_pb2.Stocktake(warehouse=shelves.name, places=[shelves.places[PLACE]])
    request = stocktakes_pb2.CreateStocktakeRequest(stocktake=wish)
    made: stocktakes_pb2.Stocktake = shelves.asking.ask(stub.CreateStocktake, request, by=KEEPER)
    return made


def _counted(shelves: Shelves, stub: Any, name: str) -> stocktakes_pb2.Stocktake:
    """Blind, by both, since it differs."""
    counts = [
        stocktakes_pb2.StocktakeCount(
            place=shelves.places[PLACE],
            item=shelves.items[code],
            quantity=Quantity(value=sound),
            damaged=Quantity(value=damaged),
        )
        for code, (sound, damaged) in FOUND.items()
    ]
    for person in (KEEPER, FINANCE):
        request = stocktakes_pb2.RecordStocktakeCountsRequest(parent=name, counts=counts)
        shelves.asking.ask(stub.RecordStocktakeCounts, request, by=person)
    ended = stocktakes_pb2.EndStocktakeCountingRequest(name=name)
    found: stocktakes_pb2.Stocktake = shelves.asking.ask(stub.EndStocktakeCounting, ended, by=KEEPER)
    return found


def _settle(shelves: Shelves, stub: Any, name: str) -> None:
    """Each difference is explained; both sign, and the keeper sends it for decision."""
    asking = shelves.asking
    listing = stocktakes_pb2.ListStocktakeDifferencesRequest(parent=name)
    explanations = [
        stocktakes_pb2.StocktakeExplanation(
            difference=one.name,
            cause=CAUSES[one.kind],
            responsible=asking.name(KEEPER),
            proposal=stocktakes_pb2.STOCKTAKE_PROPOSAL_ADJUST,
        )
        for one in asking.ask(stub.ListStocktakeDifferences, listing, by=KEEPER).differences
    ]
    explained = stocktakes_pb2.ExplainStocktakeRequest(name=name, explanations=explanations, report=REPORT)
    asking.ask(stub.ExplainStocktake, explained, by=KEEPER)
    for person in (KEEPER, FINANCE):
        asking.ask(stub.SignStocktake, stocktakes_pb2.SignStocktakeRequest(name=name), by=person)
    asking.ask(stub.SubmitStocktake, stocktakes_pb2.SubmitStocktakeRequest(name=name), by=KEEPER)
