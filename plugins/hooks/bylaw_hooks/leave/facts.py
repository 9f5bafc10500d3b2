"""The facts a leave policy is given: an employment, a request, the days as they are planned, what else is taken."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from bylaw_hooks.facts import DayFacts
from bylaw_hooks.leave.answers import Span, Taken

Half = Literal["first-half", "second-half"]
Part = Literal["day", "first-half", "second-half", "span"]


@dataclass(frozen=True, slots=True)
class Change:
    """From a day on the employment is of this kind: "formal", "temporary", "external" (ORG-4)."""

    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Employment:
    """One employment, as far as leave depends on it; `left` is its last day."""

    person: int
    """An opaque number; never a name."""
    joined: date
    left: date | None = None
    service_since: date | None = None
    """From here cumulative service counts, with other employers too; none: from joining."""
    changes: tuple[Change, ...] = ()
    """Sorted by day."""
    birthday: tuple[int, int] | None = None
    """Month and day, if it is on record."""

    @property
    def served_since(self) -> date:
        """From when cumulative service counts."""
        return self.service_since or self.joined

    def employed_on(self, day: date) -> bool:
        """Whether that day lies inside it."""
        return self.joined <= day and (self.left is None or day <= self.left)

    def kind_on(self, day: date) -> str:
        """The employment's kind on a day; "" where none is on record."""
        return next((change.kind for change in reversed(self.changes) if change.day <= day), "")


@dataclass(frozen=True, slots=True)
class LeaveDay:
    """A day as it is planned for the person, without leave; `segments` are epoch minutes, none: a day of rest."""

    facts: DayFacts
    segments: tuple[Span, ...] = ()

    @property
    def work_date(self) -> date:
        """Its date."""
        return self.facts.work_date

    @property
    def minutes(self) -> int:
        """What is planned of it."""
        return sum(end - start for start, end in self.segments)


@dataclass(frozen=True, slots=True)
class LeaveRequest:
    """From a half of the first day to a half of the last, or so many hours of one day (`hours`, wall minutes)."""

    kind: str
    first: date
    last: date
    asked_on: date
    starts: Half = "first-half"
    ends: Half = "second-half"
    hours: Span | None = None
    evidence: bool = False
    """Whether something that proves the reason was handed in."""

    def __post_init__(self) -> None:
        """ValueError where it ends before it starts, or names hours of several days."""
        if self.last < self.first or (self.hours and (self.first != self.last or self.hours[0] >= self.hours[1])):
            raise ValueError("a request ends after it starts, and hours are those of one day")
        if self.first == self.last and (self.starts, self.ends) == ("second-half", "first-half"):
            raise ValueError("the first half of a day does not follow its second")

    def part_on(self, day: date) -> Part:
        """What of a day it asks for."""
        if self.hours:
            return "span"
        later = day == self.first and self.starts == "second-half"
        sooner = day == self.last and self.ends == "first-half"
        return "second-half" if later else "first-half" if sooner else "day"


@dataclass(frozen=True, slots=True)
class LeaveBalance:
    """Of a balance, the most that this request's days can take: by what is there on them, and by what is there now."""

    code: str
    available: Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """How the person stands when the request is looked at; `taken` is what their other requests take of its days."""

    employment: Employment
    balances: tuple[LeaveBalance, ...] = ()
    taken: tuple[Taken, ...] = ()

    def available(self, balance: str) -> Fraction:
        """Of a balance; nothing of one that is not there."""
        return next((one.available for one in self.balances if one.code == balance), Fraction(0))
