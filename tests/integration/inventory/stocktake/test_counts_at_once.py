"""On real PostgreSQL: counts beside goods that move, two outcomes, two who open; the books hold (WHS-6)."""

import pytest
from bylaw.people.v1 import decisions_pb2

from tests.builders.inventory import InventoryService, line
from tests.builders.stocktakes import COUNTER, DONE, FINANCE, KEEPER, Counting, count
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House
from tests.integration.inventory.test_stock_at_once import at_once

pytestmark = pytest.mark.clause("WHS-6")


def test_goods_move_while_they_are_counted_and_while_the_difference_is_booked(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "500")
    made = counting.begun()
    moved: list[int] = []

    def move() -> None:
        for _ in range(12):
            house.warehouse.post(line(tea, house.first, house.customer, "3"))
            house.warehouse.post(line(tea, house.supplier, house.first, "1"))
            moved.append(-2)

    def count_it() -> None:
        for who in (KEEPER, FINANCE, COUNTER):
            counting.record(made, count(tea, house.first, "600"), who=who)

    assert at_once([move, count_it, move]) == [None, None, None]
    counting.sent(made)
    (difference,) = counting.differences(made)
    before = 500 + sum(moved)
    assert at_once([move, lambda: counting.decide(counting.seen(made)).state, move]) == [None, DONE, None]
    left = house.warehouse.on_hand(tea)["A-01"][0]
    assert int(left) == before + int(difference.quantity.value) - 2 * 24
    assert int(difference.book.value) == 600 - int(difference.quantity.value)
    assert_sound(inventory)


def test_two_workers_that_learn_of_the_outcome_at_once_book_it_once(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "7"))
    sent = counting.sent(made)
    decision = decisions_pb2.Decision(name=sent.decision)
    for who in ("qian", "lin"):
        counting.acme.answer(who, counting.acme.see(who, decision))
    inventory.run_timer("organisation")
    at_once([lambda: inventory.run_timer("outcomes")] * 6)
    assert house.warehouse.on_hand(tea) == {"A-01": ("7", "0")}
    assert len(counting.seen(made).movements) == 1
    assert_sound(inventory)


def test_of_several_that_would_count_the_same_one_is_opened(counting: Counting) -> None:
    said = at_once([counting.open] * 6)
    assert sorted(one for one in said if isinstance(one, str)) == ["STOCKTAKE_OVERLAPS"] * 5


def test_counts_of_many_at_once_are_all_on_record(house: House, counting: Counting) -> None:
    tea = house.item("TEA")
    made = counting.begun()
    people = (KEEPER, FINANCE, COUNTER) * 4
    said = at_once([lambda who=who: counting.record(made, count(tea, house.first, "0"), who=who) for who in people])
    assert [one for one in said if isinstance(one, str)] == []
    counting.end(made)
    assert [one.number for one in counting.counts(made)] == list(range(1, 13))


def test_what_is_blocked_is_booked_once_by_whoever_asks(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    tea = house.item("TEA")
    house.receive(tea, "10")
    made = counting.begun()
    counting.confirmed(made, count(tea, house.first, "7"))
    counting.sent(made)
    held = house.warehouse.reserve((tea, "9"))
    made = counting.decide(counting.seen(made))
    house.warehouse.release(held.name)
    said = at_once([lambda: counting.book(made)] * 5)
    assert {str(one) for one in said} == {str(counting.seen(made))}
    assert house.warehouse.on_hand(tea) == {"A-01": ("7", "0")}
    assert_sound(inventory)
