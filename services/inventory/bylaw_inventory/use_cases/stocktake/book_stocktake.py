"""What follows from a decision: what was approved is booked, once and whole; else nothing is (WHS-6)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach, caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.wish import DecisionEnd
from bylaw_chassis.jobs import Lease
from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import new_id, resource_id

from bylaw_inventory.events import stock_moved
from bylaw_inventory.ports.stocktake import DifferenceStore, StocktakeStore
from bylaw_inventory.ports.stores import ItemStore, LedgerStore, MovementStore, WarehouseStore
from bylaw_inventory.rules.goods.place import PlaceKind, Warehouse
from bylaw_inventory.rules.ledger.movement import Movement, MovementKind, legs
from bylaw_inventory.rules.refusals import LinesRefused
from bylaw_inventory.rules.reserving.refusals import StockShort
from bylaw_inventory.rules.stocktake.explaining import Explained, adjusting_lines
from bylaw_inventory.rules.stocktake.stocktake import STOCKTAKES, Block, Stocktake, StocktakeState, stocktake_of
from bylaw_inventory.use_cases.stock.booking import Booking, limits_of
from bylaw_inventory.use_cases.stocktake.finding import Stocktakes, keep, note_counted

MOST_LINES = 500
"""Of a movement, as of any other."""
EVERYWHERE = Reach(everyone=True)
BEYOND = (PlaceKind.LOST_AND_FOUND, PlaceKind.SCRAP)
_LINE = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class BookStocktake:
    """Differences are booked as such: what has moved since the count stays right."""

    kept: StocktakeStore
    differences: DifferenceStore
    items: ItemStore
    warehouses: WarehouseStore
    movements: MovementStore
    ledger: LedgerStore

    def book(self, work: Work, found: Stocktake, *, by: str) -> Stocktake:
        """Books what was approved, and it is done; refuses STOCK_SHORT, SERIAL_NOT_ONE, and nothing is booked then."""
        connection = work.connection
        approved = [one for one in self.differences.every(connection, found.identifier) if one.adjusts]
        warehouse = self._warehouse(work, found)
        made = self._movements(work, found, approved, day=warehouse.day_at(work.now), by=by)
        for movement in made:
            self.movements.add(connection, movement)
        if made:
            self._enter(connection, found, made, approved)
        work.publish(*map(stock_moved, made))
        booked = tuple(movement.identifier for movement in made)
        note_counted(work, found, warehouse.day_at(found.started_at or work.now))
        done = replace(found, state=StocktakeState.DONE, movements=booked, blocks=(), ended_at=work.now)
        return keep(work, self.kept, done, before=found)

    def book_or_block(self, work: Work, found: Stocktake, *, before: Stocktake, by: str) -> None:
        """The same; what stands in the way is kept with it in the place of a refusal. `before`: as it is on record."""
        try:
            with work.connection.begin_nested():
                self.book(work, found, by=by)
        except (StockShort, LinesRefused) as refused:
            blocked = replace(found, state=StocktakeState.BLOCKED, blocks=tuple(map(_block, refused.violations)))
            if blocked != before:
                keep(work, self.kept, blocked, before=before)

    def _warehouse(self, work: Work, found: Stocktake) -> Warehouse:
        warehouse = self.warehouses.find(work.connection, found.wish.warehouse, EVERYWHERE, work.now.date())
        assert warehouse  # noqa: S101 - a warehouse stays on record
        return warehouse

    def _movements(
        self, work: Work, found: Stocktake, approved: Sequence[Explained], *, day: date, by: str
    ) -> list[Movement]:
        own = found.wish.warehouse
        lines = adjusting_lines(approved, self.warehouses.places_of_kinds(work.connection, own, BEYOND))
        said = ((), work.now, by, None, found.name)
        return [
            Movement(new_id(), own, MovementKind.STOCKTAKE, day, tuple(some), *said)
            for some in (lines[first : first + MOST_LINES] for first in range(0, len(lines), MOST_LINES))
        ]

    def _enter(
        self, connection: sa.Connection, found: Stocktake, made: Sequence[Movement], approved: Sequence[Explained]
    ) -> None:
        """All balances of all movements are locked first, in the order of their ids, and booked then."""
        goods = self.items.find(connection, {one.difference.key.item for one in approved})
        keys = legs([line for movement in made for line in movement.lines])
        places = self.warehouses.places_of(connection, found.wish.warehouse, {key.place for key in keys})
        self.ledger.lock(connection, {key: limits_of(goods[key.item], places[key.place]) for key in keys})
        booking = Booking(self.ledger)
        for number, movement in enumerate(made):
            own = approved[number * MOST_LINES : (number + 1) * MOST_LINES]
            try:
                booking.book(connection, movement, goods=goods, places=places, today=movement.day)
            except (StockShort, LinesRefused) as refused:
                raise type(refused)([_of_difference(one, found, own) for one in refused.violations]) from None
            numbers = [one.number for one in own]
            self.differences.adjusted(connection, found.identifier, numbers, movement.identifier)


@dataclass(frozen=True, slots=True)
class SettleStocktake:
    """What follows from a decision, in the unit of work that marks that it has."""

    booking: BookStocktake

    def __call__(self, work: Work, end: DecisionEnd) -> None:
        """Whatever is not waited for any more, or is not known here, stays as it is."""
        kept = self.booking.kept
        name, submission = stocktake_of(end.subject)
        identifier = resource_id(name, STOCKTAKES)
        found = kept.lock(work.connection, identifier, EVERYWHERE, work.now.date())
        if found is None or found.state is not StocktakeState.SUBMITTED or found.submissions != submission:
            return
        by = str(end.by or "")
        work.act_as(caller_by_key(by))
        work.concerns(found.name)
        told = replace(found, decision=end.decision, outcome=end.state)
        if not end.agreed:
            changed = int(end.state == "refused")  # what was refused is signed anew
            back = replace(told, state=StocktakeState.EXPLAINING, revision=found.revision + changed)
            keep(work, kept, back, before=found)
            return
        self.booking.book_or_block(work, told, before=found, by=by)


@dataclass(frozen=True, slots=True)
class BookBlocked:
    """Books what was approved, and could not be booked then."""

    database: Database
    stocktakes: Stocktakes
    booking: BookStocktake

    def __call__(self, identifier: UUID, caller: Caller, reach: Reach) -> Stocktake:
        """Refuses as the contract says; booked before, it stays so."""
        with self.database.work() as work:
            states = (StocktakeState.BLOCKED, StocktakeState.DONE)
            found = self.stocktakes.locked(work, identifier, reach, *states)
            if found.state is StocktakeState.DONE:
                return found
            return self.booking.book(work, found, by=caller.key)


@dataclass(frozen=True, slots=True)
class BookOnceFree:
    """The timer: books what was approved and stood blocked, as soon as the stock allows it, as who decided it."""

    database: Database
    stocktakes: Stocktakes
    booking: BookStocktake

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002
        """Each by itself: one that is blocked still holds up no other."""
        with self.database.read() as connection:
            blocked = self.booking.kept.blocked(connection)
        for identifier, decider in blocked:
            self._try(identifier, str(decider or ""))

    def _try(self, identifier: UUID, by: str) -> None:
        with self.database.work() as work:
            found = self.stocktakes.locked(work, identifier, EVERYWHERE)
            if found.state is not StocktakeState.BLOCKED:
                return
            work.act_as(caller_by_key(by))
            work.concerns(found.name)
            self.booking.book_or_block(work, found, before=found, by=by)


def _of_difference(fault: Violation, found: Stocktake, own: Sequence[Explained]) -> Violation:
    """The fault of a movement's line, at the difference that the line is of."""
    line = _LINE.search(fault.field)
    number = own[int(line[1])].number if line else own[0].number
    return replace(fault, field=f"{found.name}/differences/{number}")


def _block(fault: Violation) -> Block:
    return Block(int(fault.field.rpartition("/")[2]), fault.reason, fault.zh, fault.en)
