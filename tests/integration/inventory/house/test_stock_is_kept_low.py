"""Stock is low but sufficient: reorder points, slow, dead and expiring stock, proposals and their outcomes (WHS-7)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_levels_pb2
from bylaw.types.v1.amount_pb2 import Quantity

from tests.builders.inventory import InventoryService, line
from tests.builders.receiving import refusal_of
from tests.builders.stock_levels import DEAD, DECLINED, DONE, EXPIRING, REORDER, SLOW, Levels
from tests.databases import plain
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-7")
NEVER = "018f0000-0000-7000-8000-000000000000"


def ago(house: House, days: int) -> date:
    """A day gone by, as it is in the house."""
    return (house.warehouse.inventory.clock.now + timedelta(hours=8)).date() - timedelta(days=days)


def received(house: House, item: items.Item, value: str, days: int = 0, **more: Any) -> None:
    """So much came in, so many days ago."""
    taken = line(item, house.supplier, house.first, value, **more)
    house.warehouse.post(taken, book_date=ago(house, days).isoformat())


def issued(house: House, item: items.Item, value: str, days: int = 0) -> str:
    """So much was sold, so many days ago; answers the movement."""
    sold = line(item, house.first, house.customer, value)
    return house.warehouse.post(sold, book_date=ago(house, days).isoformat()).name


def test_demand_turnover_and_days_of_cover_are_the_ledgers(house: House, levels: Levels) -> None:
    tea = house.item("TEA")
    received(house, tea, "100", 30)
    issued(house, tea, "20", 20)
    issued(house, tea, "15", 9)
    issued(house, tea, "5", 1)
    house.warehouse.reverse(issued(house, tea, "7"))
    house.warehouse.post(line(tea, house.first, house.second, "10"))
    house.warehouse.reserve((tea, "4"))
    shown = levels.of(tea)
    assert (shown.on_hand.value, shown.available.value, shown.issued.value) == ("60", "56", "20")
    assert (shown.daily_demand, shown.days_of_cover, shown.turnover) == ("2", "30", "0.29")
    assert shown.last_issue_date == ago(house, 1).isoformat()
    assert not shown.HasField("reorder_point")


def test_a_level_by_hand_proposes_to_reorder_at_its_point(house: House, levels: Levels) -> None:
    tea = house.item("TEA")
    received(house, tea, "11", 1)
    made = levels.by_hand(tea, "10", "50")
    assert (made.reorder_point.value, made.reorder_quantity.value, made.lead_days) == ("10", "50", 0)
    assert levels.proposed() == []
    issued(house, tea, "1")
    assert levels.proposed() == [(tea.code, REORDER, "50")]
    received(house, tea, "5")
    assert levels.proposed() == []
    house.warehouse.reserve((tea, "5"))
    assert levels.proposed() == [(tea.code, REORDER, "50")]


def test_a_level_from_demand_follows_it(house: House, levels: Levels) -> None:
    tea = house.item("TEA")
    received(house, tea, "100", 3)
    issued(house, tea, "25", 2)
    made = levels.write(tea.name, lead_days=4, safety_days=1, cover_days=7)
    assert (made.reorder_point.value, made.reorder_quantity.value) == ("13", "18")
    assert (made.lead_days, made.safety_days, made.cover_days) == (4, 1, 7)
    assert levels.proposed() == []
    issued(house, tea, "55")
    assert (levels.of(tea).reorder_point.value, levels.proposed()) == ("40", [(tea.code, REORDER, "56")])
    assert levels.write(tea.name, lead_days=4).cover_days == 30
    assert not levels.write(tea.name).HasField("reorder_point")
    assert levels.proposed() == []


def test_an_item_of_which_nothing_came_yet_may_have_a_level(house: House, levels: Levels) -> None:
    tea = house.item("TEA")
    assert not levels.write(tea.name).HasField("reorder_point")
    assert levels.listed() == []
    levels.by_hand(tea, "0", "5")
    assert (levels.of(tea).on_hand.value, levels.proposed()) == ("0", [(tea.code, REORDER, "5")])


def test_what_lies_there_and_is_not_issued_is_slow_and_then_dead(house: House, levels: Levels) -> None:
    dead, slow, sold, fresh, gone = (house.item(code) for code in ("DEAD", "SLOW", "SOLD", "FRESH", "GONE"))
    for item in (dead, sold, gone):
        received(house, item, "9", 40)
    received(house, slow, "9", 8)
    received(house, fresh, "9", 4)
    issued(house, dead, "1", 12)
    issued(house, slow, "1", 5)
    issued(house, sold, "1", 4)
    issued(house, gone, "9", 30)
    assert levels.proposed() == [(dead.code, DEAD, "8"), (slow.code, SLOW, "8")]
    assert levels.proposed(kind=SLOW) == [(slow.code, SLOW, "8")]


def test_an_issue_taken_back_wakes_nothing(house: House, levels: Levels) -> None:
    tea = house.item("TEA")
    received(house, tea, "9", 40)
    house.warehouse.reverse(issued(house, tea, "1", 1))
    assert levels.proposed() == [(tea.code, DEAD, "9")]


def test_what_expires_soon_is_proposed_with_how_much(house: House, levels: Levels) -> None:
    milk = house.item("MILK", tracking=items.ITEM_TRACKING_LOT)
    for lot, days, value in (("A", 20, "3"), ("B", 21, "5"), ("C", 1, "2")):
        received(house, milk, value, lot=lot, expiry_date=ago(house, -days).isoformat())
    assert (levels.of(milk).expiring.value, levels.proposed()) == ("5", [(milk.code, EXPIRING, "5")])


def test_what_has_its_outcome_is_not_proposed_again_for_some_days(
    inventory: InventoryService, house: House, levels: Levels
) -> None:
    tea = house.item("TEA")
    received(house, tea, "9", 40)
    levels.by_hand(tea, "10", "50")
    made = levels.settle(tea, DEAD, DECLINED, "the season begins")
    assert (made.result, made.reason) == (DECLINED, "the season begins")
    assert made.quiet_until_date == ago(house, -3).isoformat()
    assert levels.proposed() == [(tea.code, REORDER, "50")]
    assert refusal_of(lambda: levels.settle(tea, DEAD)) == "STOCK_PROPOSAL_NOT_FOUND"
    levels.settle(tea, REORDER, DONE)
    assert levels.proposed() == []
    inventory.clock.pass_time(days=4)
    assert levels.proposed() == [(tea.code, REORDER, "50"), (tea.code, DEAD, "9")]
    levels.settle(tea, DEAD, DONE, "sold off")
    assert [(one.kind, one.result) for one in levels.outcomes()] == [(DEAD, DONE), (REORDER, DONE), (DEAD, DECLINED)]


def test_of_many_who_settle_a_proposal_at_once_one_does(house: House, levels: Levels) -> None:
    tea = house.item("TEA")
    levels.by_hand(tea, "10", "50")
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda _: refusal_of(lambda: levels.settle(tea, REORDER)), range(4)))
    assert sorted(said) == ["", *["STOCK_PROPOSAL_NOT_FOUND"] * 3]


def test_pages_of_levels_and_proposals_hold_each_once(house: House, levels: Levels) -> None:
    made = [house.item(code) for code in ("A", "B", "C")]
    for item in made:
        received(house, item, "9", 40)
        levels.by_hand(item, "10", "50")
    found, token = list[tuple[str, int]](), ""
    while True:
        request = stock_levels_pb2.ListStockProposalsRequest(parent=levels.warehouse, page_size=2, page_token=token)
        page = levels.stub.ListStockProposals(request, metadata=levels.caller)
        found += [(one.level.code, one.kind) for one in page.stock_proposals]
        token = page.next_page_token
        if not token:
            break
    assert found == [(item.code, kind) for item in made for kind in (REORDER, DEAD)]
    request = stock_levels_pb2.ListStockLevelsRequest(parent=levels.warehouse, page_size=2)
    first = levels.stub.ListStockLevels(request, metadata=levels.caller)
    request.page_token = first.next_page_token
    second = levels.stub.ListStockLevels(request, metadata=levels.caller)
    assert [one.code for one in (*first.stock_levels, *second.stock_levels)] == [item.code for item in made]


def of(value: str, unit: str = "") -> Quantity:
    """So much."""
    return Quantity(value=value, unit=unit)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"reorder_point": of("1")}, "FIELD_INVALID"),
        ({"reorder_quantity": of("1")}, "FIELD_INVALID"),
        ({"reorder_point": of("1"), "reorder_quantity": of("1"), "lead_days": 1}, "FIELD_INVALID"),
        ({"safety_days": 1}, "FIELD_INVALID"),
        ({"cover_days": 1}, "FIELD_INVALID"),
        ({"lead_days": -1}, "FIELD_INVALID"),
        ({"lead_days": 367}, "FIELD_INVALID"),
        ({"lead_days": 1, "safety_days": 367}, "FIELD_INVALID"),
        ({"reorder_point": of("1.5"), "reorder_quantity": of("1")}, "QUANTITY_INVALID"),
        ({"reorder_point": of("1"), "reorder_quantity": of("0")}, "QUANTITY_INVALID"),
        ({"reorder_point": of("-1"), "reorder_quantity": of("1e3")}, "QUANTITY_INVALID"),
        ({"reorder_point": of("1", "box"), "reorder_quantity": of("1")}, "QUANTITY_UNIT_UNKNOWN"),
    ],
)
def test_a_level_that_cannot_be_is_refused(house: House, levels: Levels, said: dict[str, Any], refused: str) -> None:
    tea = house.item("TEA")
    assert refusal_of(lambda: levels.write(tea.name, **said)) == refused
    assert levels.listed() == []


def test_what_is_not_there_is_refused(house: House, levels: Levels) -> None:
    tea, elsewhere = house.item("TEA"), Levels(levels.inventory, f"warehouses/{NEVER}")
    asked = (
        lambda: elsewhere.by_hand(tea, "1", "1"),
        elsewhere.listed,
        elsewhere.proposed,
        elsewhere.outcomes,
        lambda: elsewhere.settle(tea, REORDER),
    )
    assert {refusal_of(one) for one in asked} == {"WAREHOUSE_NOT_FOUND"}
    assert refusal_of(lambda: levels.write(f"items/{NEVER}", lead_days=1)) == "ITEM_NOT_FOUND"
    assert refusal_of(lambda: levels.settle(tea, REORDER)) == "STOCK_PROPOSAL_NOT_FOUND"
    levels.by_hand(tea, "1", "1")
    assert refusal_of(lambda: levels.settle(tea, REORDER, DECLINED)) == "FIELD_INVALID"
    assert refusal_of(lambda: levels.settle(tea, 0)) == "FIELD_INVALID"
    assert refusal_of(lambda: levels.settle(tea, REORDER, 0)) == "FIELD_INVALID"
    assert refusal_of(lambda: levels.proposed(kind=9)) == "FIELD_INVALID"


def test_outcomes_are_never_changed(inventory: InventoryService, house: House, levels: Levels) -> None:
    tea = house.item("TEA")
    levels.by_hand(tea, "1", "1")
    levels.settle(tea, REORDER)
    with psycopg.connect(plain(inventory.url), options="-csearch_path=inventory") as connection:
        for statement in ("update stock_proposal_outcomes set result = 2", "delete from stock_proposal_outcomes"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()
