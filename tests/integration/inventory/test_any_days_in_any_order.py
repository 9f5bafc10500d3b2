"""Whatever is posted, counted and closed in whatever order, closed days stay what they were and the books hold."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

import grpc
import pytest
from bylaw.inventory.v1 import books_pb2 as books
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.status import refusal_from
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.builders.inventory import InventoryService, line
from tests.builders.stock_books import StockBooks, movement
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

QUANTITIES, BACK, PLACES = st.integers(1, 9), st.integers(0, 3), st.integers(0, 1)
MOST_DAYS = 4
EXPECTED = {
    *("STOCK_SHORT", "STOCK_MOVEMENT_REVERSED", "REVERSAL_NOT_REVERSED"),
    *("DAY_CLOSED", "DAY_NOT_OPEN", "DAY_BELOW_ZERO", "DAY_BEFORE_OPEN", "DAY_NOT_OVER", "DAY_DISAGREES"),
}


class Days(RuleBasedStateMachine):
    """Over a warehouse with two bins and one kind of goods, whose books go back one day."""

    inventory: ClassVar[InventoryService]
    house: ClassVar[House]
    kept: ClassVar[StockBooks]
    tea: ClassVar[items.Item]
    movements = Bundle("movements")

    def __init__(self) -> None:
        super().__init__()
        self.ended, self.closed = 0, dict[date, books.BookDay]()

    @rule(target=movements, place=PLACES, quantity=QUANTITIES, back=BACK)
    def receive(self, place: int, quantity: int, back: int) -> str:
        wanted = line(self.tea, self.house.supplier, self._bins[place], str(quantity))
        made = tried(lambda: self.house.warehouse.post(wanted, book_date=self._day(back)))
        return made.name if made else ""

    @rule(place=PLACES, quantity=QUANTITIES, back=BACK)
    def issue_two_at_once(self, place: int, quantity: int, back: int) -> None:
        wanted = line(self.tea, self._bins[place], self.house.customer, str(quantity))
        one = movement(wanted, book_date=self._day(back))
        tried(lambda: self.kept.post_many(one, one))

    @rule(name=movements, back=BACK)
    def reverse(self, name: str, back: int) -> None:
        if name:
            tried(lambda: self.house.warehouse.reverse(name, book_date=self._day(back)))

    @rule(place=PLACES, quantity=QUANTITIES, back=BACK)
    def preview(self, place: int, quantity: int, back: int) -> None:
        wanted = line(self.tea, self._bins[place], self.house.customer, str(quantity))
        tried(lambda: self.kept.preview(wanted, book_date=self._day(back)))

    @rule(place=PLACES, quantity=QUANTITIES)
    def count(self, place: int, quantity: int) -> None:
        self.kept.count(self.tea, self._bins[place], str(quantity))

    @rule(quantity=QUANTITIES)
    def reserve(self, quantity: int) -> None:
        tried(lambda: self.house.warehouse.reserve((self.tea, str(quantity))))

    @precondition(lambda self: self.ended < MOST_DAYS)
    @rule()
    def let_the_day_end(self) -> None:
        self.ended += 1
        self.kept.next_day()

    @rule(back=BACK, explained=st.booleans())
    def close(self, back: int, explained: bool) -> None:  # noqa: FBT001 - drawn by chance
        day = self.kept.today - timedelta(days=back)
        made = tried(lambda: self.kept.close(day, "explained" if explained else ""))
        if made:
            assert explained or not made.disagreements
            assert day > max(self.closed, default=date.min)
            self.closed[day] = made

    @invariant()
    def the_books_hold(self) -> None:
        assert_sound(self.inventory)
        assert {day: self.kept.day(day) for day in self.closed} == self.closed

    @property
    def _bins(self) -> tuple[str, str]:
        return self.house.first, self.house.second

    def _day(self, back: int) -> str:
        return (self.kept.today - timedelta(days=back)).isoformat()


def tried(act: Callable[[], Any]) -> Any:
    """What a command answers; nothing where it is refused, as it may be."""
    try:
        return act()
    except grpc.RpcError as error:
        if refusal_from(error).reason in EXPECTED:
            return None
        raise


@pytest.mark.clause("WHS-4")
def test_closed_days_stay_what_they_were_after_any_commands(inventory: InventoryService, house: House) -> None:
    quick = settings(
        max_examples=4, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    tea, turns, begun = house.item("TEA"), iter(range(1_000)), inventory.clock.now

    class Own(Days):
        """Each run with a warehouse of its own: its days begin anew."""

        def __init__(self) -> None:
            super().__init__()
            inventory.clock.now = begun
            warehouse = inventory.warehouse(house.unit, house.site, f"D-{house.number}-{next(turns)}")
            type(self).house = House(warehouse, house.unit, house.site, house.number)
            type(self).kept = StockBooks(warehouse)

    Own.inventory, Own.tea = inventory, tea
    run_state_machine_as_test(Own, settings=quick)
