"""What a leave policy answers: its kinds, what somebody is entitled to, what a request takes, objections."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from bylaw_hooks.parameters import Both

Span = tuple[int, int]
"""From one minute to another."""


class Step(StrEnum):
    """Who is asked, in this order (LVE-2)."""

    UNIT_HEAD = "unit-head"
    HEAD_ABOVE = "head-above"
    HR = "hr"
    OPERATIONS_DIRECTOR = "operations-director"


@dataclass(frozen=True, slots=True)
class LeaveKind:
    """A kind of leave. What is said here the inherited rules go by; `unit` is the smallest that may be asked for."""

    code: str
    title: Both
    unit: Literal["day", "half", "hour"] = "half"
    paid: bool = True
    counts: Literal["planned", "calendar"] = "planned"
    """Days of rest count nothing, or every day of the calendar counts."""
    balance: str = ""
    """What it is taken from; "": it is granted case by case."""
    balance_in: Literal["days", "minutes"] = "days"
    notice_days: int = 0
    """To be asked for so many days ahead; below zero: so many days afterwards at the latest."""
    evidence: Both | None = None
    evidence_beyond_days: int = 0
    """To be handed in for what is longer than so many days."""
    most_days: int | None = None
    """Of one request."""
    steps: tuple[Step, ...] = ()
    """Asked besides those whom the length calls for."""
    clause: str = "LVE-1"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """An amount given to a balance on a day, in that balance's unit: exact days, or whole minutes.

    Below zero it takes back what has not been used and no more. What is left after `expires`, its last day, lapses; as
    far as `carried_until` is set it is carried on to that day, and taken first.
    """

    balance: str
    day: date
    amount: Fraction
    why: Both
    expires: date | None = None
    carried_until: date | None = None
    carried_most: Fraction | None = None
    clause: str = "LVE-1"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a request takes of a day: spans of its plan in epoch minutes, their minutes, and days exactly."""

    work_date: date
    spans: tuple[Span, ...]
    minutes: int
    days: Fraction

    def meets(self, other: "Taken") -> bool:
        """Whether both take the same part of the same day."""
        if self.work_date != other.work_date:
            return False
        shared = any(one[0] < two[1] and two[0] < one[1] for one in self.spans for two in other.spans)
        return shared or (not self.spans and not other.spans and bool(self.days and other.days))


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a request is not admitted: a stable UPPER_SNAKE reason, its clause, and what to do about it."""

    reason: str
    why: Both
    clause: str = "LVE-1"
