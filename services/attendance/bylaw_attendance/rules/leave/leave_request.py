"""A request for leave, a trip or duty outside: what was asked for, what it takes, where it stands (LVE-1, LVE-3)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import IntEnum
from fractions import Fraction
from typing import Literal, NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name
from bylaw_hooks import Excused
from bylaw_hooks.leave import LeaveDay, LeaveKind, LeaveRequest, Taken

from bylaw_attendance.rules.leave.leave_ledger import NOTHING, Entry, EntryKind

COLLECTION = "leaveRequests"
WORKED_CLAUSE = "LVE-3"
"""What is excused by this clause counts as worked time."""
MOST_DAYS = 366
"""Of a request; up to its last day everything is granted that a policy gives, and what is granted stays on record."""
Half = Literal["first-half", "second-half"]
Part = Literal["day", "first-half", "second-half", "span"]
Wall = tuple[int, int]
"""Minutes on the wall after the day's midnight, from and to."""
Unit = Literal["days", "minutes"]


class LeaveState(IntEnum):
    """Where a request stands; the numbers are the contract's."""

    WAITING = 1
    AGREED = 2
    REFUSED = 3
    WITHDRAWN = 4
    CANCELLED = 5


STANDING = (LeaveState.WAITING, LeaveState.AGREED)
"""Those that take something of their days."""


class LeaveWish(NamedTuple):
    """What somebody asks for: days from a half of the first to a half of the last, or hours of one day."""

    kind: str
    first: date
    last: date
    starts: Half = "first-half"
    ends: Half = "second-half"
    hours: Wall | None = None
    reason: str = ""
    evidence: str = ""

    def request(self, asked_on: date) -> LeaveRequest:
        """As a policy is told of it; ValueError where it ends before it starts."""
        days = (self.kind, self.first, self.last, asked_on, self.starts, self.ends)
        return LeaveRequest(*days, hours=self.hours, evidence=bool(self.evidence))


class LeaveTerms(NamedTuple):
    """How its kind was offered: by which policy, under what title in Chinese and English, from which balance."""

    policy: str
    title: tuple[str, str]
    clause: str
    balance: str
    unit: Unit
    paid: bool | None = None
    """Of what was asked for before that was kept nothing is known."""

    @classmethod
    def of(cls, kind: LeaveKind, policy: str) -> "LeaveTerms":
        """Those of an offered kind."""
        return cls(policy, (kind.title.zh, kind.title.en), kind.clause, kind.balance, kind.balance_in, kind.paid)


class LeaveDayTaken(NamedTuple):
    """What it takes of a day: the part that was asked for, the spans of the plan in epoch minutes, what they count."""

    work_date: date
    part: Part
    hours: Wall | None
    spans: tuple[tuple[int, int], ...]
    minutes: int
    days: Fraction
    given_back: bool = False
    halves: tuple[tuple[int, int], ...] = ()
    """All that is planned of the day, as if there were no leave, in epoch minutes; of what was kept before: unknown."""

    @property
    def taken(self) -> Taken:
        """As a policy is told of it."""
        return Taken(self.work_date, self.spans, self.minutes, self.days)

    def excused(self, clause: str) -> Excused:
        """What nobody has to be there for."""
        start, end = self.hours or (0, 0)
        return Excused(clause, self.part, start, end)

    def amount(self, unit: Unit) -> Fraction:
        """What it counts in a balance's unit."""
        return Fraction(self.minutes) if unit == "minutes" else self.days


class LeaveChange(NamedTuple):
    """When a request last changed, by whose key ("" the service itself), and what they said."""

    at: datetime
    by: str
    text: str = ""


class Leave(NamedTuple):
    """A request on record, with what it takes of each day."""

    identifier: UUID
    person: UUID
    wish: LeaveWish
    terms: LeaveTerms
    days: tuple[LeaveDayTaken, ...]
    asked_at: datetime
    state: LeaveState = LeaveState.WAITING
    decision: UUID | None = None
    revision: int = 1
    change: LeaveChange | None = None
    number: str = ""
    """Of the person, as employees are numbered."""
    steps: tuple[str, ...] = ()
    """Whom the policy wants asked, in this order (LVE-2)."""

    @property
    def name(self) -> str:
        """`leaveRequests/018f...`."""
        return leave_name(self.identifier)

    @property
    def waits(self) -> bool:
        """Whether it is not decided yet."""
        return self.state is LeaveState.WAITING

    @property
    def counts_as_worked(self) -> bool:
        """A trip and duty outside do (LVE-3)."""
        return self.terms.clause == WORKED_CLAUSE

    @property
    def kept(self) -> tuple[LeaveDayTaken, ...]:
        """The days that were not given back."""
        return tuple(day for day in self.days if not day.given_back)

    @property
    def total_days(self) -> Fraction:
        """What those count."""
        return sum((day.days for day in self.kept), NOTHING)

    @property
    def total_minutes(self) -> int:
        """Likewise, in minutes of plan."""
        return sum(day.minutes for day in self.kept)

    def amounts(self) -> Iterator[tuple[date, Fraction]]:
        """What its balance is asked for, by day."""
        if self.terms.balance:
            yield from ((day.work_date, day.amount(self.terms.unit)) for day in self.kept)

    def entries(self) -> Iterator[Entry]:
        """What it takes of its balance: an entry for each day that counts."""
        for day, amount in self.amounts():
            if amount:
                yield Entry(EntryKind.TAKE, self.terms.balance, day, amount, f"{self.name}/{day}", self.name)


def leave_name(identifier: UUID) -> str:
    """`leaveRequests/018f...`."""
    return resource_name(COLLECTION, identifier)


def days_taken(
    request: LeaveRequest, measured: Iterable[Taken], planned: Iterable[LeaveDay]
) -> tuple[LeaveDayTaken, ...]:
    """What was measured, with the part of each day that it was measured for, and all that is planned of the day."""
    halves = {day.work_date: day.segments for day in planned}
    return tuple(
        LeaveDayTaken(
            one.work_date,
            request.part_on(one.work_date),
            request.hours,
            one.spans,
            one.minutes,
            one.days,
            halves=halves.get(one.work_date, ()),
        )
        for one in measured
    )


class LeaveWishes(NamedTuple):
    """What a list of requests is asked for: of a unit and those below it, of a person, of a state, with such days."""

    unit: UUID | None = None
    person: UUID | None = None
    state: LeaveState | None = None
    first: date | None = None
    last: date | None = None
