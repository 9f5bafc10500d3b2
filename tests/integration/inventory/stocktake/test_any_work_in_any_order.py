"""Whatever a warehouse does in whatever order: after each command every invariant of the ledger holds."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

import grpc
import psycopg
import pytest
from bylaw.inventory.v1 import books_pb2 as books
from bylaw.inventory.v1 import feed_pb2 as feed
from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2 as stock
from bylaw_chassis.status import refusal_from
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.builders.inventory import InventoryService, line
from tests.builders.receiving import Dock
from tests.builders.stock_books import StockBooks
from tests.builders.stocktakes import BLOCKED, DONE, Counting, count
from tests.databases import plain
from tests.integration.inventory.books import assert_sound
from tests.integration.inventory.conftest import House

QUANTITIES, BINS, MINUTES = st.integers(1, 9), st.integers(0, 1), st.integers(1, 20)
MOST_STOCKTAKES, MOST_DAYS = 1, 3
EXPECTED = {
    *("STOCK_SHORT", "RESERVATION_ENDED", "RESERVATION_SHORT", "STOCK_MOVEMENT_REVERSED", "DAY_CLOSED"),
    *("DAY_BELOW_ZERO", "DAY_DISAGREES", "DAY_NOT_OPEN", "DAY_BEFORE_OPEN"),
}
UNLIKE = """
    select 'a sum that is not zero' from balances group by item having sum(on_hand) <> 0
    union all select 'less than nothing, or less than is reserved' from balances join places on places.id = place
        where reserved < 0 or on_hand < reserved and kind in (1, 2, 3)
    union all select 'not the sum of its movements' from balances where on_hand <> (
        select coalesce(sum(on_hand), 0) from entries where balance = balances.id
    )
    union all select 'not what live reservations hold' from balances group by item having sum(reserved) <> (
        select coalesce(sum(line.reserved - line.issued), 0) from reservation_lines as line
        join reservations on reservations.id = line.reservation and state in (1, 2) where line.item = balances.item
    )
"""
"""What must not be, asked of the tables themselves and not of the service."""


@dataclass
class Held:
    """What a reservation holds; without an end once it is confirmed."""

    left: int
    expires: datetime | None


@dataclass
class Model:
    """The warehouse as it should be: pieces by place, what is held, days as they were closed and as they ended."""

    there: Counter[str] = field(default_factory=Counter)
    held: dict[str, Held] = field(default_factory=dict)
    closed: dict[date, books.BookDay] = field(default_factory=dict)
    at_end: dict[date, dict[str, int]] = field(default_factory=dict)


class Work(RuleBasedStateMachine):
    """Over a warehouse with two bins and a place for inspection, and one kind of goods."""

    inventory: ClassVar[InventoryService]
    counting: ClassVar[Counting]
    house: ClassVar[House]
    kept: ClassVar[StockBooks]
    dock: ClassVar[Dock]
    tea: ClassVar[items.Item]
    movements, reservations = Bundle("movements"), Bundle("reservations")

    def __init__(self) -> None:
        super().__init__()
        self.model, self.stocktakes, self.days = Model(), 0, 0

    @rule(target=movements, quantity=QUANTITIES, looked_at=st.booleans())
    def receive(self, quantity: int, looked_at: bool) -> Any:  # noqa: FBT001 - drawn by chance
        return self._post(self.house.supplier, self.house.inspection if looked_at else self.house.first, quantity)

    @rule(bin_=BINS, quantity=QUANTITIES)
    def put_away(self, bin_: int, quantity: int) -> None:
        origin, target = self.house.inspection, self._bins[bin_]
        if tried(lambda: self.dock.put(self.tea, origin, str(quantity), to_place=target)):
            self._moved({origin: -quantity, target: quantity})

    @rule(target=movements, bin_=BINS, quantity=QUANTITIES)
    def move(self, bin_: int, quantity: int) -> Any:
        return self._post(self._bins[bin_], self._bins[1 - bin_], quantity)

    @rule(target=movements, bin_=BINS, quantity=QUANTITIES)
    def issue(self, bin_: int, quantity: int) -> Any:
        return self._post(self._bins[bin_], self.house.customer, quantity)

    @rule(movement=movements)
    def reverse(self, movement: tuple[str, dict[str, int]]) -> None:
        name, moved = movement
        if name and tried(lambda: self.house.warehouse.reverse(name)):
            self._moved({place: -change for place, change in moved.items()})

    @rule(target=reservations, quantity=QUANTITIES, partial=st.booleans(), minutes=MINUTES)
    def reserve(self, quantity: int, partial: bool, minutes: int) -> str:  # noqa: FBT001 - drawn by chance
        name = f"stockReservations/{uuid4()}"
        more = {"partial": partial, "hold_minutes": minutes}
        made = tried(lambda: self.house.warehouse.reserve((self.tea, str(quantity)), name=name, **more))
        if made is None:
            return ""
        ends = self.inventory.clock.now + timedelta(minutes=minutes)
        self.model.held[name] = Held(int(made.lines[0].reserved.value or 0), ends)
        return name

    @rule(reservation=reservations)
    def confirm(self, reservation: str) -> None:
        if reservation and tried(lambda: self.house.warehouse.confirm(reservation)):
            self.model.held[reservation].expires = None

    @rule(reservation=reservations)
    def release(self, reservation: str) -> None:
        if reservation:
            tried(lambda: self.house.warehouse.release(reservation))
            self.model.held[reservation].left = 0

    @rule(target=movements, reservation=reservations, bin_=BINS, quantity=QUANTITIES)
    def issue_reserved(self, reservation: str, bin_: int, quantity: int) -> Any:
        if not reservation:
            return "", {}
        made = self._post(self._bins[bin_], self.house.carrier, quantity, reservation=reservation)
        if made[0]:
            self.model.held[reservation].left -= quantity
        return made

    @rule(minutes=MINUTES)
    def let_time_pass(self, minutes: int) -> None:
        self.inventory.clock.pass_time(minutes=minutes)
        self.inventory.run_timer("expire-reservations")
        for held in self.model.held.values():
            if held.expires and held.expires <= self.inventory.clock.now:
                held.left = 0

    @precondition(lambda self: self.stocktakes < MOST_STOCKTAKES)
    @rule(bin_=BINS, found=st.integers(0, 12))
    def count_and_adjust(self, bin_: int, found: int) -> None:
        self.stocktakes += 1
        place = self._bins[bin_]
        made = self.counting.begun(places=[place])
        self.counting.confirmed(made, count(self.tea, place, str(found)))
        made = self.counting.sent(made)
        made = self.counting.decide(made) if made.decision else made
        if made.state == BLOCKED:  # what is reserved there stands in its way
            for reservation in self.model.held:
                self.release(reservation)
            self.inventory.run_timer("stocktakes-blocked")
            made = self.counting.seen(made)
        assert made.state == DONE
        self._moved({place: found - self.model.there[place]})

    @precondition(lambda self: self.days < MOST_DAYS)
    @rule(explained=st.booleans())
    def end_the_day_and_close_it(self, explained: bool) -> None:  # noqa: FBT001 - drawn by chance
        self.days += 1
        day = self.kept.next_day()
        self.model.at_end[day] = pieces(self.model.there)
        self.let_time_pass(1)
        if made := tried(lambda: self.kept.close(day, "as it was" if explained else "")):
            self.model.closed[day] = made

    @invariant()
    def every_invariant_holds(self) -> None:
        assert_sound(self.inventory)
        with psycopg.connect(plain(self.inventory.url), options="-csearch_path=inventory") as connection:
            assert connection.execute(UNLIKE).fetchall() == []
        found = self.house.warehouse.balances(item=self.tea.name)
        assert pieces({one.place: int(one.on_hand.value) for one in found}) == pieces(self.model.there)
        assert sum(int(one.reserved.value) for one in found) == sum(one.left for one in self.model.held.values())
        assert {day: self.kept.day(day) for day in self.model.closed} == self.model.closed

    def teardown(self) -> None:
        """In the end: a day is for ever as it ended, and whoever hears the feed from its beginning knows the same."""
        for day, there in self.model.at_end.items():
            then = self.house.warehouse.balances(item=self.tea.name, as_of_date=day.isoformat())
            assert pieces({one.place: int(one.on_hand.value) for one in then}) == there
        heard = Counter[str]()
        for moved in self._told():
            for one in moved.lines:
                heard[one.from_place] -= int(one.quantity.value)
                heard[one.to_place] += int(one.quantity.value)
        found = self.house.warehouse.balances(item=self.tea.name, show_beyond_the_door=True)
        assert pieces(heard) == pieces({one.place: int(one.on_hand.value) for one in found})

    def _told(self) -> Iterator[stock.StockMovement]:
        """The movements of the warehouse that the feed tells of."""
        request = feed.ListEventsRequest(page_size=1000)
        self.inventory.run_timer("sequence")
        while (answer := self.inventory.feed.ListEvents(request, metadata=self.inventory.everything)).events:
            own = (one.stock_moved for one in answer.events if one.WhichOneof("change") == "stock_moved")
            yield from (one for one in own if one.warehouse == self.house.warehouse.name)
            request.after_cursor = answer.cursor

    @property
    def _bins(self) -> tuple[str, str]:
        return self.house.first, self.house.second

    def _post(self, origin: str, target: str, quantity: int, **more: Any) -> tuple[str, dict[str, int]]:
        made = tried(lambda: self.house.warehouse.post(line(self.tea, origin, target, str(quantity)), **more))
        if made is None:
            return "", {}
        within = (*self._bins, self.house.inspection)
        moved = {place: change for place, change in ((origin, -quantity), (target, quantity)) if place in within}
        self._moved(moved)
        return made.name, moved

    def _moved(self, moved: dict[str, int]) -> None:
        for place, change in moved.items():
            self.model.there[place] += change


def pieces(there: Mapping[str, int]) -> dict[str, int]:
    """Where anything is."""
    return {place: number for place, number in there.items() if number}


def tried(act: Callable[[], Any]) -> Any:
    """What a command answers; nothing where it is refused, as it may be."""
    try:
        return act()
    except grpc.RpcError as error:
        if refusal_from(error).reason in EXPECTED:
            return None
        raise


@pytest.mark.clause("WHS-4", "WHS-6")
def test_every_invariant_holds_after_any_work_in_any_order(
    inventory: InventoryService, house: House, counting: Counting
) -> None:
    quick = settings(
        max_examples=3, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    turns, begun = iter(range(1_000)), inventory.clock.now

    class Own(Work):
        """Each run with a warehouse and goods of its own: its days begin anew."""

        def __init__(self) -> None:
            super().__init__()
            inventory.clock.now, turn, own = begun, next(turns), type(self)
            warehouse = inventory.warehouse(house.unit, house.site, f"M-{house.number}-{turn}")
            own.house, own.kept = House(warehouse, house.unit, house.site, house.number), StockBooks(warehouse)
            own.counting, own.dock = Counting(counting.acme, inventory, warehouse), Dock(inventory, warehouse)
            own.tea = house.item(f"TEA-{turn}")

    Own.inventory = inventory
    run_state_machine_as_test(Own, settings=quick)
