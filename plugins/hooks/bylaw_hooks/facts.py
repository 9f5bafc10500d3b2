"""The facts a pattern is given: the month's days, the punches, and how far the clocks have reported."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from bylaw_hooks.parameters import wall_minutes


class DayKind(StrEnum):
    """What the official calendar says of a day (HRS-3); an ordinary day it leaves to the pattern."""

    ORDINARY = "ordinary"
    HOLIDAY = "holiday"
    MAKE_UP_WORK = "make-up-work"


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The clock goes forward (minutes above 0) or back (below 0) when it shows `wall` minutes."""

    wall: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Excused:
    """A part of a day at which nobody has to be there, by a clause: the day or half a day as planned, or a span of it.

    `start` and `end` of a span are minutes on the wall after the day's midnight, up to 48 hours.
    """

    clause: str
    part: Literal["day", "first-half", "second-half", "span"] = "day"
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Hours:
    """What a notice makes of a worked day (HRS-6): other spans, in minutes on the wall; none: no work."""

    clause: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DayFacts:
    """One date of a site: its calendar kind, the epoch minute of its midnight, the clock changes of 48 hours.

    `inside` is false for the neighbours at the month's edges: they are planned, so that both months cut
    a night at the edge alike, but never judged. `cell` is what the published rota says of the person's day, "rest" or
    a word that the pattern defines; empty where there is none.
    """

    work_date: date = field(hash=False)  # midnight, cell and what is excused tell the days of a site apart
    kind: DayKind = field(hash=False)
    midnight: int
    clock_changes: tuple[ClockChange, ...] = field(default=(), hash=False)
    inside: bool = True
    cell: str = ""
    hours: Hours | None = field(default=None, hash=False)
    """Set by notice: given to the day in place of those that the pattern plans, if it plans any."""
    excused: tuple[Excused, ...] = ()
    """Taken out of what the pattern plans; the pattern itself need not heed either."""

    def at(self, wall: str, *, days_later: int = 0) -> int:
        """The epoch minute at which the site's clock first shows `wall` ("22:00"); see `elapsed`."""
        return self.elapsed(wall_minutes(wall) + 1440 * days_later)

    def elapsed(self, wall: int) -> int:
        """The epoch minute of a wall time in minutes after this midnight, up to 48 hours.

        A time that the clock skips is the moment of the jump; of a time that it shows twice the first counts.
        So what is later on the wall is never earlier in fact.
        """
        minute = wall
        for change in self.clock_changes:
            if change.minutes > 0:
                minute -= min(max(wall - change.wall, 0), change.minutes)
            elif wall >= change.wall:
                minute -= change.minutes
        return self.midnight + minute


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """All that is known of one person's month when it is judged."""

    person: int
    """An opaque number; never a name."""
    days: tuple[DayFacts, ...]
    punches: tuple[int, ...]
    """Epoch seconds, sorted, with a margin on both sides of the month (half a day at least)."""
    directions: bytes = b""
    """Beside the punches: 0 unknown, 1 in, 2 out; empty if none is certain (status keys are often wrong)."""
    decided_until: int = 0
    """Epoch minute up to which every clock of the site has reported, and which is past."""
    handed_over: bool = False
    """The sheet's hand-over day has passed: leave that was required and not granted is now absence."""


def days_between(days: tuple[DayFacts, ...], first: date, last: date) -> tuple[DayFacts, ...]:
    """The same days, only `first` to `last` judged: for who joins, leaves or changes pattern mid-month."""
    return tuple(_narrowed(days, first, last))


def _narrowed(days: tuple[DayFacts, ...], first: date, last: date) -> Iterator[DayFacts]:
    for day in days:
        within = day.inside and first <= day.work_date <= last
        yield day if within == day.inside else replace(day, inside=within)
