"""What closing days and reporting months need: see the modules of `store` with these names, and `neighbours`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.books.day import ClosedDay, DayEntries, Disagreement
from bylaw_inventory.rules.books.month import HandOver, MonthLine, MonthSpan
from bylaw_inventory.rules.books.sealed_cards import LookedCards
from bylaw_inventory.rules.books.spot_count import Compared, SpotCount
from bylaw_inventory.rules.goods.place import Warehouse
from bylaw_inventory.rules.ledger.balance import Balance
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.ledger.movement import Movement


class BookStore(Protocol):
    """Closed days and spot counts."""

    def lock(self, connection: sa.Connection, warehouse: UUID) -> date | None: ...
    def hold(self, connection: sa.Connection, warehouse: UUID) -> date | None: ...
    def hold_open(self, connection: sa.Connection, warehouse: UUID, day: date) -> None: ...
    def closed_through(self, connection: sa.Connection, warehouse: UUID) -> date | None: ...
    def first_with_something(
        self, connection: sa.Connection, warehouse: UUID, *, behind: date | None, before: date
    ) -> date | None: ...
    def booked(self, connection: sa.Connection, warehouse: UUID, first: date, last: date) -> DayEntries: ...
    def unlike_papers(
        self, connection: sa.Connection, warehouse: UUID, first: date, last: date
    ) -> list[Disagreement]: ...
    def not_posted(self, connection: sa.Connection, warehouse: UUID, until: datetime) -> list[Disagreement]: ...
    def compared(
        self, connection: sa.Connection, warehouse: UUID, days: tuple[date, date], *, sealed: bool
    ) -> list[Compared]: ...
    def counts_of(self, connection: sa.Connection, warehouse: UUID, first: date, last: date) -> int: ...
    def close(self, connection: sa.Connection, made: ClosedDay) -> None: ...
    def last_seal(self, connection: sa.Connection, warehouse: UUID) -> bytes: ...
    def closed_with(self, connection: sa.Connection, warehouse: UUID, day: date) -> ClosedDay | None: ...
    def listed(
        self, connection: sa.Connection, warehouse: UUID, *, page: tuple[date | None, int]
    ) -> list[ClosedDay]: ...
    def add_count(self, connection: sa.Connection, made: SpotCount) -> None: ...
    def counts_listed(
        self, connection: sa.Connection, warehouse: UUID, *, day: date | None, page: tuple[UUID | None, int]
    ) -> list[SpotCount]: ...


class CardSeals(Protocol):
    """What cards came to when a day was closed last: the module `store.sealed_cards`."""

    def look(self, connection: sa.Connection, warehouse: UUID) -> LookedCards: ...
    def seal(self, connection: sa.Connection, warehouse: UUID, looked: LookedCards) -> bytes: ...


class MonthStore(Protocol):
    """Month reports, and those that were handed over."""

    def lines(self, connection: sa.Connection, span: MonthSpan) -> list[MonthLine]: ...
    def listed(
        self, connection: sa.Connection, span: MonthSpan, *, by_item: bool, page: tuple[Sequence[str] | None, int]
    ) -> list[MonthLine]: ...
    def hand_over(self, connection: sa.Connection, made: HandOver) -> bool: ...
    def handed_over(self, connection: sa.Connection, warehouse: UUID, month: date) -> list[HandOver]: ...
    def told_of(self, connection: sa.Connection, warehouse: UUID, day: date) -> HandOver | None: ...


class BulkStore(Protocol):
    """Many movements written at once."""

    def write(
        self,
        connection: sa.Connection,
        made: Sequence[Movement],
        entries: Sequence[Entry],
        moved: Sequence[tuple[Balance, Balance]],
    ) -> None: ...


class DutyDeclaring(Protocol):
    """Duties about a warehouse that people reminds of; see `neighbours`."""

    def declare(self, warehouse: Warehouse) -> None:
        """Has the head of the unit that keeps it do what is due there; again it is the same."""
        ...


class BookDutyDesk(DutyDeclaring, Protocol):
    """Each day is closed and each month handed over; see `neighbours.book_duties`."""

    def done(self, duty: str, due: date, *, record: str, by: UUID | None) -> None:
        """Something due was done; again it is a repeat, and what was never due is none."""
        ...
