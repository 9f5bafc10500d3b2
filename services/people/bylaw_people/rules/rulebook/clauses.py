"""A clause with everything that was ever written of it, and what holds of it on a day.

A revision holds from its date to the day before the next date of which there is one. Of several from the same date the
last written counts; the others stay on record.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID
from zlib import crc32

from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.refusals import ClauseNotFound

COMPANY = "company"
"""Stands where a clause that ships names its service."""


class ClauseKind(StrEnum):
    """What a clause asks of the system: to decide by it, to keep it, or to follow a person's duty."""

    RULE = "rule"
    RECORD = "record"
    DUTY = "duty"


class Origin(StrEnum):
    """Whose words these are; restored are those that ship, which the company went back to."""

    SHIPPED = "shipped"
    COMPANY = "company"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as it ships, worded so from a date on."""

    id: str
    service: str
    kind: ClauseKind
    wording: Wording
    effective_date: date


@dataclass(frozen=True, slots=True)
class Revision:
    """What was written of a clause at one time: from which day, what, by whom and why; the first has number 1."""

    number: int
    effective_date: date
    wording: Wording
    origin: Origin
    reason: str = ""
    retired: bool = False
    recorded_at: datetime | None = None
    recorded_by: UUID | None = None

    def says_as(self, other: "Revision | None") -> bool:
        """Whether two revisions read the same."""
        return other is not None and (self.wording, self.retired) == (other.wording, other.retired)


@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """A clause with its revisions in the order in which they were written."""

    id: str
    service: str
    kind: ClauseKind
    position: int
    revisions: tuple[Revision, ...] = ()

    @property
    def revision(self) -> int:
        """The number of the revision written last; 0: none."""
        return self.revisions[-1].number if self.revisions else 0

    def timeline(self) -> tuple[Revision, ...]:
        """The revisions that count, oldest day first; each holds to the day before the next one's."""
        counting = {revision.effective_date: revision for revision in self.revisions}
        return tuple(counting[day] for day in sorted(counting))

    def on(self, day: date) -> Revision | None:
        """What holds on a day; nothing before the first day of all."""
        held = [revision for revision in self.timeline() if revision.effective_date <= day]
        return held[-1] if held else None

    def says_already(self, wish: Revision) -> bool:
        """Whether a wish changes nothing; going back to what ships changes whose words they are."""
        present = self.on(wish.effective_date)
        back = wish.origin is Origin.RESTORED and present is not None and present.origin is Origin.COMPANY
        return wish.says_as(present) and not back

    def newest_first(self, *, before: int = 0) -> list[Revision]:
        """The revisions, the last written first; with `before` those of a lower number only."""
        return [one for one in reversed(self.revisions) if not before or one.number < before]

    def with_revision(self, revision: Revision) -> "ClauseRecord":
        """The clause with one more revision, numbered."""
        return replace(self, revisions=(*self.revisions, replace(revision, number=self.revision + 1)))

    def follows_shipped(self, today: date) -> bool:
        """Whether nothing of the company's own holds today or is to hold later."""
        ahead = (revision for revision in self.timeline() if revision.effective_date > today)
        return all(one is None or one.origin is not Origin.COMPANY for one in (self.on(today), *ahead))


class ClauseView(NamedTuple):
    """A clause as of a day; `shipped` are the words that ship then, where they are others."""

    clause: ClauseRecord
    present: Revision
    shipped: Wording | None

    @property
    def etag(self) -> str:
        """How often the clause was revised; then what is shown: it changes by itself, with the day or an upgrade."""
        ships = crc32(f"{self.shipped.zh}\n{self.shipped.en}".encode()) if self.shipped else 0
        return f"{self.clause.revision}.{self.present.number}.{ships:x}"


class Difference(NamedTuple):
    """A clause on two days."""

    before: ClauseView | None
    after: ClauseView | None


@dataclass(frozen=True, slots=True)
class Book:
    """The clauses that ship, in the order of the rulebook; several wordings of one stand together, oldest first."""

    clauses: Sequence[Clause]

    def on(self, day: date) -> list[Clause]:
        """The clauses as they are worded on a day."""
        found: dict[str, Clause] = {}
        for clause in self.clauses:
            if clause.effective_date <= day:
                found[clause.id] = clause
        return list(found.values())

    def of(self, clause: str) -> list[Clause]:
        """Every wording of a clause, oldest first; none of one that does not ship."""
        return [one for one in self.clauses if one.id == clause]

    def clause_on(self, clause: str, day: date) -> Clause | None:
        """A clause as it ships for a day; before its first day as it ships first."""
        wordings = self.of(clause)
        held = [one for one in wordings if one.effective_date <= day] or wordings[:1]
        return held[-1] if held else None

    def ids(self) -> tuple[str, ...]:
        """The ids of the clauses, in order."""
        return tuple(dict.fromkeys(clause.id for clause in self.clauses))


def in_order(records: Iterable[ClauseRecord]) -> list[ClauseRecord]:
    """In the order of the rulebook; the company's own by letters and number."""
    return sorted(records, key=lambda record: (record.position, *_letters_and_number(record.id)))


def _letters_and_number(clause: str) -> tuple[str, int]:
    letters, _, number = clause.partition("-")
    return letters, int(number)


def view_of(record: ClauseRecord, day: date, book: Book) -> ClauseView | None:
    """A clause as of a day; nothing where there was none yet."""
    present = record.on(day)
    if present is None:
        return None
    ships = book.clause_on(record.id, day)
    differs = ships is not None and (present.retired or ships.wording != present.wording)
    return ClauseView(record, present, ships.wording if ships and differs else None)


def view_existing(record: ClauseRecord, day: date, book: Book) -> ClauseView:
    """A clause as of a day; refuses CLAUSE_NOT_FOUND where there was none yet."""
    view = view_of(record, day, book)
    if view is None:
        raise ClauseNotFound
    return view


def views_on(records: Iterable[ClauseRecord], day: date, book: Book) -> list[ClauseView]:
    """The rulebook as of a day, in its order."""
    views = (view_of(record, day, book) for record in in_order(records))
    return [view for view in views if view]


def differences(records: Iterable[ClauseRecord], days: tuple[date, date], book: Book) -> Iterator[Difference]:
    """The clauses that read otherwise on the one day than on the other."""
    for record in in_order(records):
        before, after = (view_of(record, day, book) for day in days)
        if before is None and after is None:
            continue
        if before is None or after is None or not before.present.says_as(after.present):
            yield Difference(before, after)
