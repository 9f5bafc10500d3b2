"""A replay: months as if another pattern had held, what they come to before and after, and who may see it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from functools import lru_cache
from itertools import compress
from typing import Any, NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import resource_name
from bylaw_hooks import Kind

from bylaw_attendance.rules.closing.hand_over import next_month
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.replay.replay_refusals import TooManyReplays
from bylaw_attendance.rules.sheets.sheet import TOTALS, Part

MOST_MONTHS, MOST_PERSON_MONTHS = 12, 100_000
FIGURES = (*TOTALS, "planned_minutes", "absent_minutes")
"""What a month comes to in a replay: its sheet's totals, and the minutes planned and absent."""
NO_FIGURES = (0,) * len(FIGURES)
Figures = tuple[int, ...]
_ABSENT = int(Kind.ABSENT)


class ReplayState(IntEnum):
    """How a replay stands; the numbers are the contract's."""

    WAITING = 1
    RUNNING = 2
    DONE = 3
    CANCELLED = 4
    FAILED = 5

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self in {ReplayState.DONE, ReplayState.CANCELLED, ReplayState.FAILED}


class ReplaySide(IntEnum):
    """Which of the compared sheets; the numbers are the contract's."""

    BEFORE = 1
    AFTER = 2


class Position(NamedTuple):
    """Behind whom the next batch of a month begins: employee number and id; both empty: at its first person."""

    month: date
    number: str = ""
    person: str = ""

    @property
    def after(self) -> tuple[str, str] | None:
        """The place as lists of people take it."""
        return (self.number, self.person) if self.person else None

    def to_json(self) -> list[str]:
        """As it is kept."""
        return [self.month.isoformat(), self.number, self.person]

    @classmethod
    def from_json(cls, kept: Sequence[str]) -> "Position":
        """As it was kept."""
        return cls(date.fromisoformat(kept[0]), *kept[1:])


@dataclass(frozen=True, slots=True)
class Replay:
    """A replay on record; `replaced` names the only pattern whose days are replayed (empty: every day).

    `followed` are the patterns to which the people it met were assigned, where it asks for the days of one.
    """

    id: UUID
    state: ReplayState
    unit: UUID | None
    first_month: date
    last_month: date
    pattern: str
    parameters: str
    replaced: str
    created_by: str
    reach: Reach
    created_at: datetime
    total: int
    done: int = 0
    position: Position | None = None
    before: Figures = NO_FIGURES
    after: Figures = NO_FIGURES
    change_count: int = 0
    finished_at: datetime | None = None
    cancelled_by: str = ""
    followed: tuple[str, ...] = ()

    @property
    def months(self) -> list[date]:
        """Its months by their first days."""
        return list(months_between(self.first_month, self.last_month))

    @property
    def progress_percent(self) -> int:
        """How far, 0 to 100; 100 only where it is done: whatever kept it from its end, it came so far."""
        if self.state is ReplayState.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0


class MonthFault(NamedTuple):
    """Why a person's month could not be judged on a side."""

    side: ReplaySide
    reason: str
    zh: str
    en: str

    @classmethod
    def of(cls, side: ReplaySide, refusal: Refusal) -> "MonthFault":
        """What is kept of a refusal."""
        return cls(side, refusal.reason, refusal.message_zh, refusal.message_en)


class ReplayedMonth(NamedTuple):
    """A person's month on both sides; figures of a side that could not be judged are None. `changes` are packed."""

    person: UUID
    month: date
    before: Figures | None
    after: Figures | None
    change_count: int = 0
    changes: bytes = b""
    faults: tuple[MonthFault, ...] = ()

    @property
    def compared(self) -> bool:
        """Whether both sides are known: only then it is in the totals."""
        return self.before is not None and self.after is not None


class ListedMonth(NamedTuple):
    """A replayed month with whose it is."""

    number: str
    display_name: str
    month: ReplayedMonth


class Outcome(NamedTuple):
    """What a replay says besides its totals: how many people change, and how many of their months were compared or not.

    A month that was not has a fault on one side or on both; `faults` are the first such months.
    """

    changed_people: int = 0
    compared: int = 0
    uncompared: int = 0
    fault_count: int = 0
    faults: Sequence[ListedMonth] = ()


def check_room(unfinished: Sequence[Replay], limit: int) -> None:
    """Refuses TOO_MANY_REPLAYS where as many of somebody's have not ended as they may have; names them."""
    if len(unfinished) < limit:
        return
    named = ", ".join(
        f"{resource_name('replays', one.id)} ({one.pattern}, {one.first_month:%Y-%m}/{one.last_month:%Y-%m},"
        f" {one.progress_percent} %)"
        for one in unfinished
    )
    raise TooManyReplays(count=len(unfinished), limit=limit, replays=named)


def months_between(first: date, last: date) -> Iterator[date]:
    """Months by their first days, from one to another."""
    while first <= last:
        yield first
        first = next_month(first)


def added(*figures: Sequence[int]) -> Figures:
    """Figures added up."""
    return tuple(map(sum, zip(NO_FIGURES, *figures, strict=True)))


def difference(before: Sequence[int], after: Sequence[int]) -> Figures:
    """After less before."""
    return tuple(new - old for old, new in zip(before, after, strict=True))


def figures_of(totals: Sequence[int], parts: Sequence[Part], plans: Mapping[bytes, PlanBody]) -> Figures:
    """What a sheet comes to; minutes planned and absent are the lengths of the halves from start to end."""
    planned = absent = 0
    for part in parts:
        lengths = _lengths(plans[part.plan_key])
        planned += sum(lengths)
        absent += sum(compress(lengths, map(_ABSENT.__eq__, part.verdicts)))
    return (*totals, planned, absent)


@lru_cache(maxsize=256)
def _lengths(plan: PlanBody) -> tuple[int, ...]:
    """The minutes of each half; kept, for a unit's people share few plans."""
    return tuple(half.end - half.start for day in plan.days for half in day.halves)


def named_figures(figures: Sequence[int]) -> dict[str, int]:
    """Figures by their names."""
    return dict(zip(FIGURES, figures, strict=True))


def hours(minutes: int) -> float:
    """Minutes as hours, to a hundredth."""
    return round(minutes / 60, 2)


def still_holds(now: Reach, then: Reach) -> bool:
    """Whether a reach holds at least all that another one did."""
    if now.everyone:
        return True
    own = then.own is None or then.own == now.own
    return own and not then.everyone and then.units <= now.units | now.subtrees and then.subtrees <= now.subtrees


def faults_json(faults: Sequence[MonthFault]) -> list[list[Any]] | None:
    """Faults as they are kept; nothing for none."""
    return [[int(fault.side), *fault[1:]] for fault in faults] or None


def faults_from(kept: Sequence[Sequence[Any]] | None) -> tuple[MonthFault, ...]:
    """Faults as they were kept."""
    return tuple(MonthFault(ReplaySide(side), *said) for side, *said in kept or ())
