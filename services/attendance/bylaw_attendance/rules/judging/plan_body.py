"""A plan as it is kept beside the sheets judged by it, so that they can be read when its pattern is long gone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import orjson
from bylaw_hooks import DayFacts, DayKind, PlanColumns
from bylaw_kit.adapting import EPOCH

KEPT_DATES = 16_384


class PlannedHalf(NamedTuple):
    """A segment: epoch minutes of its start, its end and its sign-in."""

    start: int
    end: int
    due: int


class PlannedDate(NamedTuple):
    """A date: what the official calendar says of it, the clause that makes it work or rest, its halves."""

    work_date: date
    calendar_kind: DayKind
    clause: str
    halves: tuple[PlannedHalf, ...]


@dataclass(frozen=True, slots=True)
class PlanBody:
    """All of a plan that showing needs, and what a digest of inputs needs without its pattern."""

    source: bytes
    """Digest of what was planned, the distribution left aside."""
    pattern: str
    distribution: str
    time_zone: str
    opens: int
    closes: int
    settles: int
    days: tuple[PlannedDate, ...]

    def __hash__(self) -> int:
        return hash(self.source)

    def pack(self) -> bytes:
        """As bytes; what cannot change any more need not be columns."""
        days = [
            (day.work_date.isoformat(), day.calendar_kind.value, day.clause, [tuple(half) for half in day.halves])
            for day in self.days
        ]
        head = (self.source.hex(), self.pattern, self.distribution, self.time_zone)
        return orjson.dumps((1, head, (self.opens, self.closes, self.settles), days))

    @classmethod
    def unpack(cls, packed: bytes) -> "PlanBody":
        """From its bytes."""
        _, (source, pattern, distribution, zone), (opens, closes, settles), days = orjson.loads(packed)
        return cls(bytes.fromhex(source), pattern, distribution, zone, opens, closes, settles, tuple(_dates(days)))


def _dates(days: list[Any]) -> Iterator[PlannedDate]:
    for work_date, kind, clause, halves in days:
        planned = tuple([PlannedHalf(*half) for half in halves])
        yield _shared(date.fromisoformat(work_date), DayKind(kind), clause, planned)


_shared = lru_cache(maxsize=KEPT_DATES)(PlannedDate)
"""A date that many have planned alike is one object: their plans differ on a few dates only."""


def plan_body(
    plan: PlanColumns, days: tuple[DayFacts, ...], *, source: bytes, pattern: str, distribution: str, time_zone: str
) -> PlanBody:
    """What is kept of one calendar's plan over the days it was made for."""
    inside = [day for day in days if day.inside]
    opens, closes = (plan.opens[0], plan.closes[-1]) if len(plan.opens) else (0, 0)
    return PlanBody(
        source,
        pattern,
        distribution,
        time_zone,
        opens=min(opens or inside[0].midnight * 60, inside[0].midnight * 60),
        closes=max(closes, inside[-1].elapsed(1440) * 60),
        settles=max(plan.settles, default=0),
        days=tuple(_planned_dates(plan, {day.work_date: day.kind for day in days})),
    )


def _planned_dates(plan: PlanColumns, kinds: Mapping[date, DayKind]) -> Iterator[PlannedDate]:
    halves = list(map(PlannedHalf, plan.start, plan.end, plan.due))
    cuts = pairwise(plan.segment_offsets)
    for number, why, (first, after) in zip(plan.work_date, plan.why, cuts, strict=True):
        work_date = EPOCH + timedelta(number)
        yield _shared(work_date, kinds[work_date], plan.texts[why], tuple(halves[first:after]))
