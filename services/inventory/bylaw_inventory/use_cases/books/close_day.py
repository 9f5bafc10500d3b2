"""Closes the days of a warehouse's books in their order, once ledger, cards and goods agree, and shows them (WHS-4)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work

from bylaw_inventory.events import book_day_closed
from bylaw_inventory.ports.books import BookStore, CardSeals
from bylaw_inventory.rules.books.day import (
    MOST_NAMED,
    ClosedDay,
    DayEntries,
    Disagreement,
    following,
    nothing_counted,
)
from bylaw_inventory.rules.books.duty import DutyDone, day_duty
from bylaw_inventory.rules.books.refusals import DayBeforeOpen, DayClosed, DayDisagrees, DayNotOver
from bylaw_inventory.rules.books.sealed_cards import LookedCards
from bylaw_inventory.rules.books.spot_count import differing
from bylaw_inventory.rules.goods.place import Warehouse
from bylaw_inventory.use_cases.books.keep_duties import note_done
from bylaw_inventory.use_cases.finding import Finding

MOST_DUE_DAYS = 31
"""Of a long gap that is closed at once so many duties, the last, are told of as done."""


class ShownDay(NamedTuple):
    """A day as it is shown: what is booked on it, what does not agree, and its record where it is closed."""

    warehouse: UUID
    first_day: date
    day: date
    booked: DayEntries
    spot_counts: int
    disagreements: tuple[Disagreement, ...]
    closed: ClosedDay | None
    altered: bool = False


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Whoever posts holds the warehouse's row shared, and whoever closes takes it: neither can pass the other."""

    database: Database
    finding: Finding
    books: BookStore
    cards: CardSeals

    def close(self, warehouse: UUID, day: date, explanation: str, *, caller: Caller, reach: Reach) -> ShownDay:
        """Refuses as the contract says; a day that is refused stays open as it was."""
        with self.database.work() as work:
            connection = work.connection
            found = self.finding.warehouse(connection, warehouse, reach)
            closed_through = self.books.lock(connection, warehouse)
            if closed_through and day <= closed_through:
                raise DayClosed(day, closed_through)
            today = found.day_at(work.now)
            if day >= today:
                raise DayNotOver(day, today)
            if before := self.books.first_with_something(connection, warehouse, behind=closed_through, before=day):
                raise DayBeforeOpen(day, before)
            looked = self.cards.look(connection, warehouse)
            open_day = self._examined(connection, found, (day, closed_through), looked)
            if open_day.disagreements and not explanation:
                raise DayDisagrees(open_day.disagreements)
            made = self._made(work, open_day, explanation, looked=looked, by=caller.key)
            self.books.close(connection, made)
            note_done(work, _done(made, caller))
            work.publish(book_day_closed(made))
        return _shown(made)

    def one(self, warehouse: UUID, day: date, reach: Reach) -> ShownDay:
        """A day as it stands; refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.finding.warehouse(connection, warehouse, reach)
            if closed := self.books.closed_with(connection, warehouse, day):
                booked = self.books.booked(connection, warehouse, closed.first_day, closed.day)
                return _shown(closed)._replace(altered=not closed.holds or booked != closed.booked)
            looked = self.cards.look(connection, warehouse)
            return self._examined(connection, found, (day, self.books.closed_through(connection, warehouse)), looked)

    def listed(self, warehouse: UUID, reach: Reach, *, page: tuple[date | None, int]) -> list[ShownDay]:
        """The closed days, newest first; refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return [_shown(one) for one in self.books.listed(connection, warehouse, page=page)]

    def _examined(
        self, connection: sa.Connection, kept: Warehouse, days: tuple[date, date | None], looked: LookedCards
    ) -> ShownDay:
        """An open day and up to which day books are closed: with everything that does not agree in it."""
        books, warehouse, (day, closed_through) = self.books, kept.identifier, days
        before = books.first_with_something(connection, warehouse, behind=closed_through, before=day)
        first = day if before else min(following(closed_through, day), day)
        booked = books.booked(connection, warehouse, first, day)
        counts = books.counts_of(connection, warehouse, first, day)
        found = (
            *looked.disagreements(kept.name, MOST_NAMED),
            *books.unlike_papers(connection, warehouse, first, day),
            *books.not_posted(connection, warehouse, kept.end_of(day)),
            *differing(books.compared(connection, warehouse, (first, day), sealed=looked.sealed)),
            *nothing_counted(booked.movements, counts),
        )
        return ShownDay(warehouse, first, day, booked, counts, found, None)

    def _made(self, work: Work, open_day: ShownDay, explanation: str, *, looked: LookedCards, by: str) -> ClosedDay:
        previous = self.books.last_seal(work.connection, open_day.warehouse)
        cards = self.cards.seal(work.connection, open_day.warehouse, looked)
        found, said = open_day[:6], (explanation, work.now, by, previous, cards)
        return ClosedDay(*found, *said).sealed


def _shown(closed: ClosedDay) -> ShownDay:
    found = (closed.booked, closed.spot_counts, closed.disagreements)
    return ShownDay(closed.warehouse, closed.first_day, closed.day, *found, closed)


def _done(made: ClosedDay, caller: Caller) -> DutyDone:
    """A day is due on the next."""
    days = min((made.day - made.first_day).days + 1, MOST_DUE_DAYS)
    due = tuple(made.day + timedelta(days=1 - back) for back in range(days))
    return DutyDone(day_duty(made.warehouse), due, made.name, caller.person)
