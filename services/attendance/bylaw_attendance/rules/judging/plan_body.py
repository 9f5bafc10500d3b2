"""A plan as it is kept beside the sheets judged by it, so that they can be read when its pattern is long gone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import orjson
from bylaw_hooks import DayFacts, DayKind, PlanColumns
from bylaw_kit.adapting import EPOCH

KEPT_DATES = 16_384
_EPOCH = EPOCH.toordinal()


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
        head = (self.source.hex(), self.pattern, self.distribution, self.time_zone)
        told = orjson.dumps((1, head, (self.opens, self.closes, self.settles)))
        return told[:-1] + b",[" + b",".join(map(_packed, self.days)) + b"]]"

    @classmethod
    def unpack(cls, packed: bytes) -> "PlanBody":
        """From its bytes."""
        _, (source, pattern, distribution, zone), (opens, closes, settles), days = orjson.loads(packed)
        return cls(bytes.fromhex(source), pattern, distribution, zone, opens, closes, settles, tuple(_dates(days)))


def _dates(days: list[Any]) -> Iterator[PlannedDate]:
    for work_date, kind, clause, halves in days:
        number = date.fromisoformat(work_date).toordinal() - _EPOCH
        yield _shared(number, DayKind(kind), clause, tuple([tuple(half) for half in halves]))


@lru_cache(maxsize=KEPT_DATES)
def _packed(day: PlannedDate) -> bytes:
    halves = [tuple(half) for half in day.halves]
    return orjson.dumps((day.work_date.isoformat(), day.calendar_kind.value, day.clause, halves))


@lru_cache(maxsize=KEPT_DATES)
def _shared(number: int, kind: DayKind, clause: str, halves: tuple[tuple[int, int, int], ...]) -> PlannedDate:
    """A date that many have planned alike is one object: their plans differ on a few dates only."""
    return PlannedDate(date.fromordinal(_EPOCH + number), kind, clause, tuple([PlannedHalf(*half) for half in halves]))


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
        days=tuple(_planned_dates(plan, {day.work_date.toordinal() - _EPOCH: day.kind for day in days})),
    )


def _planned_dates(plan: PlanColumns, kinds: Mapping[int, DayKind]) -> Iterator[PlannedDate]:
    halves = list(zip(plan.start, plan.end, plan.due, strict=True))
    cuts = pairwise(plan.segment_offsets)
    for number, why, (first, after) in zip(plan.work_date, plan.why, cuts, strict=True):
        yield _shared(number, kinds[number], plan.texts[why], tuple(halves[first:after]))
