"""Whoever reads the feed learns what became of returned goods, by which movement; not why, nor who was at fault."""

import pytest
from bylaw.inventory.v1 import feed_pb2, returns_pb2

from tests.builders.inventory import InventoryService
from tests.builders.returns import SALE, SCRAP, SUPPLIER, Returns
from tests.integration.inventory.conftest import House
from tests.integration.inventory.returns.test_returns_are_decided import returned

pytestmark = pytest.mark.clause("WHS-6")


def told(inventory: InventoryService, name: str) -> list[returns_pb2.ReturnInspected]:
    """What was told of a return, in its order."""
    found, cursor = list[returns_pb2.ReturnInspected](), ""
    while True:
        request = feed_pb2.ListEventsRequest(after_cursor=cursor, page_size=1000)
        answer = inventory.feed.ListEvents(request, metadata=inventory.everything)
        if not answer.events:
            return [one for one in found if one.stock_movement == name]
        cursor = answer.cursor
        found += [event.return_inspected for event in answer.events if event.HasField("return_inspected")]


def test_each_movement_that_booked_it_is_told_with_its_outcome_and_each_item_once(
    inventory: InventoryService, house: House, returns: Returns
) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "6")
    decided = returns.decide(
        made,
        returns.line(cup, "2", SALE, to_place=house.first),
        returns.line(cup, "1", SALE, to_place=house.second),
        returns.line(cup, "1", SUPPLIER),
        supplier_slip="RS-1",
    )
    seen = told(inventory, made)
    assert [one.booked for one in seen] == list(decided.booked)
    assert {one.return_decision for one in seen} == {decided.name}
    lines = [
        (one.outcome, [(line.item, line.quantity.value, line.quantity.unit) for line in one.lines]) for one in seen
    ]
    assert lines == [(SALE, [(cup.name, "3", "piece")]), (SUPPLIER, [(cup.name, "1", "piece")])]
    assert "as it came back" not in str(seen)


def test_scrap_is_told_when_it_was_agreed_and_not_before(
    inventory: InventoryService, house: House, returns: Returns
) -> None:
    cup = house.item("CUP")
    made = returned(house, cup, "2")
    returns.photo(made)
    refused = returns.settle(returns.decide(made, returns.line(cup, "1", SCRAP)), agree=False)
    asked = returns.decide(made, returns.line(cup, "2", SCRAP, cause="broken"))
    assert told(inventory, made) == []
    done = returns.settle(asked)
    (seen,) = told(inventory, made)
    assert (seen.return_decision, seen.booked, seen.outcome) == (done.name, done.booked[0], SCRAP)
    assert seen.return_decision != refused.name
