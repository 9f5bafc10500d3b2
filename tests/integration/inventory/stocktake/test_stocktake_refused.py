"""What a stocktake does not take, said at once and by name; nothing of it stays (WHS-6)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw.inventory.v1 import stocktakes_pb2 as messages
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.tokens import mint

from tests.builders.decisions import refusal
from tests.builders.inventory import InventoryService
from tests.builders.stocktakes import COUNTER, EXPLAINING, FINANCE, HELD, KEEPER, Counting, count, faults
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-6")


def test_keeper_and_finance_are_two_people(counting: Counting) -> None:
    made = counting.open()
    request = messages.JoinStocktakeRequest(name=made.name)
    both = HeldGrant(Scope.COMPANY, None, HELD[KEEPER] | HELD[FINANCE])
    alone = counting.acme.service.as_caller(both, person=_id(counting.person(KEEPER)))
    assert refusal(lambda: counting.stub.JoinStocktake(request, metadata=alone)) == "STOCKTAKE_SAME_PERSON"
    assert refusal(lambda: counting.join(made, KEEPER)) == "PERMISSION_MISSING"
    counting.join(made)
    third = counting.acme.service.as_caller(both, person=_id(counting.person("zhao")))
    assert refusal(lambda: counting.stub.JoinStocktake(request, metadata=third)) == "STOCKTAKE_NOT_IN_STATE"


def test_people_count_the_stock_and_not_services(counting: Counting) -> None:
    held = frozenset().union(*HELD.values())
    keys, clock = counting.acme.service.keys.current(), counting.acme.service.clock
    service = Caller(service="orders", grants=(HeldGrant(Scope.COMPANY, None, held),), access_revision=2**40)
    minted = mint(service, key_id=keys.id, key=keys.private, now=clock(), lifetime=timedelta(minutes=15))
    token = (("authorization", f"Bearer {minted}"),)
    wish = messages.Stocktake(warehouse=counting.warehouse.name)
    asked = messages.CreateStocktakeRequest(stocktake=wish)
    assert refusal(lambda: counting.stub.CreateStocktake(asked, metadata=token)) == "STOCKTAKE_NEEDS_PERSON"
    opened = counting.open()
    joining = messages.JoinStocktakeRequest(name=opened.name)
    assert refusal(lambda: counting.stub.JoinStocktake(joining, metadata=token)) == "STOCKTAKE_NEEDS_PERSON"
    counting.join(opened)
    told = messages.RecordStocktakeCountsRequest(parent=opened.name, counts=[messages.StocktakeCount()])
    told.counts[0].item, told.counts[0].place = f"items/{uuid4()}", f"places/{uuid4()}"
    assert refusal(lambda: counting.stub.RecordStocktakeCounts(told, metadata=token)) == "STOCKTAKE_NEEDS_PERSON"
    seen = messages.ListStocktakeCountsRequest(parent=opened.name)
    assert list(counting.stub.ListStocktakeCounts(seen, metadata=token).counts) == []


def test_finance_opens_none_and_a_counter_ends_none(counting: Counting) -> None:
    assert refusal(lambda: counting.open(FINANCE)) == "PERMISSION_MISSING"
    made = counting.begun()
    assert refusal(lambda: counting.end(made, COUNTER)) == "PERMISSION_MISSING"


def test_the_same_goods_are_counted_by_one_stocktake_at_a_time(house: House, counting: Counting) -> None:
    tea, ink = house.item("TEA"), house.item("INK")
    made = counting.open(places=[house.first], items=[tea.name])
    assert refusal(counting.open) == "STOCKTAKE_OVERLAPS"
    assert refusal(lambda: counting.open(places=[house.first])) == "STOCKTAKE_OVERLAPS"
    counting.open(places=[house.second])
    counting.open(places=[house.first], items=[ink.name])
    counting.cancel(made)
    counting.open(places=[house.first], items=[tea.name])


def test_what_is_named_to_be_counted_is_there(house: House, counting: Counting) -> None:
    nowhere = "places/01a21e02-85e3-71bc-81b4-5c5343ad9634"
    nothing = nowhere.replace("places", "items")
    assert faults(lambda: counting.open(places=[house.first, nowhere, house.scrap], items=[nothing])) == {
        "stocktake.places[1]": "PLACE_NOT_FOUND",
        "stocktake.places[2]": "PLACE_NOT_FOUND",
        "stocktake.items[0]": "ITEM_NOT_FOUND",
    }
    unknown = nowhere.replace("places", "warehouses")
    assert refusal(lambda: counting.open(warehouse=unknown)) == "WAREHOUSE_NOT_FOUND"


@pytest.mark.parametrize(
    "tolerance",
    [
        messages.StocktakeTolerance(percent=""),
        messages.StocktakeTolerance(percent="100.1"),
        messages.StocktakeTolerance(percent="-1"),
        messages.StocktakeTolerance(quantity="1e3"),
        messages.StocktakeTolerance(quantity="٣"),
    ],
)
def test_a_tolerance_is_a_plain_decimal(counting: Counting, tolerance: messages.StocktakeTolerance) -> None:
    assert refusal(lambda: counting.open(tolerance=tolerance)) == "FIELD_INVALID"


def test_a_result_is_not_signed_before_it_is_explained_and_reported(house: House, counting: Counting) -> None:
    tea, ink = house.item("TEA"), house.item("INK")
    house.receive(tea, "10")
    house.receive(ink, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "9"), count(ink, house.first, "9"))
    assert refusal(lambda: counting.sign(made, KEEPER)) == "STOCKTAKE_NOT_IN_STATE"
    counting.end(made)
    first, second = (one.name for one in counting.differences(made))
    counting.explain(made, only=[first])
    assert refusal(lambda: counting.sign(made, KEEPER)) == "STOCKTAKE_UNEXPLAINED"
    counting.explain(made, only=[second])
    assert refusal(lambda: counting.submit(made)) == "STOCKTAKE_NOT_SIGNED"
    counting.sign(made, KEEPER)
    assert refusal(lambda: counting.submit(made)) == "STOCKTAKE_NOT_SIGNED"


def test_what_differs_is_reported_on_the_whole_too(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "9"))
    counting.end(made)
    (difference,) = counting.differences(made)
    said = messages.StocktakeExplanation(
        difference=difference.name,
        cause="lost",
        responsible=counting.person(KEEPER),
        proposal=messages.STOCKTAKE_PROPOSAL_ADJUST,
    )
    request = messages.ExplainStocktakeRequest(name=made.name, explanations=[said])
    counting.stub.ExplainStocktake(request, metadata=counting.token(KEEPER))
    assert refusal(lambda: counting.sign(made, KEEPER)) == "STOCKTAKE_NOT_REPORTED"


def test_an_explanation_names_a_difference_and_a_person_that_are_there(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "9"))
    assert refusal(lambda: counting.explain(made)) == "STOCKTAKE_NOT_IN_STATE"
    counting.end(made)
    nobody = "people/01a21e02-85e3-71bc-81b4-5c5343ad9634"
    unknown = f"{made.name}/differences/7"
    assert faults(lambda: counting.explain(made, only=[unknown], responsible=nobody)) == {
        "explanations[0].difference": "DIFFERENCE_NOT_FOUND",
        "explanations[0].responsible": "PERSON_NOT_FOUND",
    }
    (difference,) = counting.differences(made)
    assert refusal(lambda: counting.explain(made, only=[difference.name] * 2)) == "FIELD_INVALID"
    assert refusal(lambda: counting.explain(made, 9)) == "FIELD_INVALID"
    assert refusal(lambda: counting.explain(made, cause="")) == "FIELD_INVALID"
    assert counting.differences(made)[0].cause == ""


def test_only_the_two_who_count_together_sign_and_what_they_saw(counting: Counting) -> None:
    made = counting.begun()
    seen = counting.end(made)
    both = HeldGrant(Scope.COMPANY, None, HELD[KEEPER])
    third = counting.acme.service.as_caller(both, person=_id(counting.person("zhao")))
    request = messages.SignStocktakeRequest(name=made.name)
    assert refusal(lambda: counting.stub.SignStocktake(request, metadata=third)) == "STOCKTAKE_NOT_SIGNATORY"
    sending = messages.SubmitStocktakeRequest(name=made.name)
    assert refusal(lambda: counting.stub.SubmitStocktake(sending, metadata=third)) == "STOCKTAKE_NOT_SIGNATORY"
    counting.explain(made)
    assert refusal(lambda: counting.sign(made, KEEPER, etag=seen.etag)) == "STOCKTAKE_CHANGED"
    counting.sign(made, KEEPER, etag=counting.seen(made).etag)


def test_a_count_or_an_explanation_makes_both_signatures_void(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "9"))
    counting.end(made)
    counting.explain(made)
    signed = counting.signed(made)
    assert (signed.keeper_signature.person, signed.finance_signature.person) == (signed.keeper, signed.finance)
    counting.explain(made)
    assert refusal(lambda: counting.submit(made)) == "STOCKTAKE_NOT_SIGNED"
    counting.signed(made)
    counting.record(made, count(tea, house.first, "9"))
    again = counting.end(made)
    assert (again.HasField("keeper_signature"), again.HasField("finance_signature")) == (False, False)
    assert (again.state, counting.differences(made)[0].cause) == (EXPLAINING, "miscounted")  # the same difference


def test_an_adjusting_movement_is_neither_posted_nor_reversed_by_hand(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "9"))
    made = counting.decide(counting.sent(made))
    request = stock.ReverseStockMovementRequest(name=made.movements[0], reason="x")
    assert refusal(lambda: inventory.stock.ReverseStockMovement(request, metadata=inventory.everything)) == (
        "MOVEMENT_NEEDS_COUNT"
    )


def test_what_is_over_takes_nothing_more(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    made = counting.begun()
    gone = counting.cancel(made)
    assert (gone.cancel_reason, gone.HasField("end_time")) == ("the roof leaks", True)
    acts = (counting.join, counting.cancel, counting.end, counting.explain, counting.withdraw, counting.book)
    assert {refusal(lambda act=act: act(made)) for act in acts[1:]} == {"STOCKTAKE_NOT_IN_STATE"}  # type: ignore[misc]
    assert refusal(lambda: counting.record(made, count(tea, house.first, "1"))) == "STOCKTAKE_NOT_IN_STATE"
    assert refusal(lambda: counting.sign(made, KEEPER)) == "STOCKTAKE_NOT_IN_STATE"
    assert refusal(lambda: counting.submit(made)) == "STOCKTAKE_NOT_IN_STATE"
    assert refusal(lambda: counting.cancel(made, reason="")) == "FIELD_INVALID"


def test_a_stocktake_out_of_reach_is_answered_like_none(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    made = counting.begun()
    other = _id(inventory.people.unit(f"ELSE-{house.number}").name)
    stranger = counting.acme.service.as_caller(HeldGrant(Scope.SUBTREE, other, HELD[KEEPER]))
    assert refusal(
        lambda: counting.stub.GetStocktake(messages.GetStocktakeRequest(name=made.name), metadata=stranger)
    ) == ("STOCKTAKE_NOT_FOUND")
    ending = messages.EndStocktakeCountingRequest(name=made.name)
    assert refusal(lambda: counting.stub.EndStocktakeCounting(ending, metadata=stranger)) == "STOCKTAKE_NOT_FOUND"
    listing = messages.ListStocktakesRequest(parent=house.warehouse.name)
    assert refusal(lambda: counting.stub.ListStocktakes(listing, metadata=stranger)) == "WAREHOUSE_NOT_FOUND"


def _id(name: str) -> UUID:
    return UUID(name.rpartition("/")[2])
