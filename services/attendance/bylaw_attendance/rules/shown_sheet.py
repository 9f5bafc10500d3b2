"""A kept sheet as people see it: day by day, with halves, cards and the punches that no card took."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bylaw_hooks import DayKind, Kind, Side

from bylaw_attendance.rules.hand_over import last_day
from bylaw_attendance.rules.plan_body import PlanBody, PlannedDate
from bylaw_attendance.rules.sheet import Part, SheetBody


class ShownKind(IntEnum):
    """What a day is; the numbers are the contract's."""

    UNASSIGNED = 0
    WORK = 1
    REST = 2
    HOLIDAY = 3
    MAKE_UP_WORK = 4
    NOT_EMPLOYED = 5


class ShownCard(NamedTuple):
    """A card that was asked for: local due time, the punch bound to it ("" for none), what was found."""

    side: Side
    due: str
    punch: str
    kind: Kind
    minutes: int
    clause: str


class ShownHalf(NamedTuple):
    """A segment with its cards and what it comes to."""

    start: str
    end: str
    cards: tuple[ShownCard, ...]
    verdict: Kind
    clause: str


class ShownDay(NamedTuple):
    """A day of the month."""

    work_date: date
    kind: ShownKind
    clause: str = ""
    pattern: str = ""
    halves: tuple[ShownHalf, ...] = ()
    others: tuple[str, ...] = ()


class ShownSheet(NamedTuple):
    """All days of a month, the zone most of them are in, and who judged them."""

    days: tuple[ShownDay, ...]
    time_zone: str
    distributions: tuple[str, ...]


def shown_sheet(month: date, body: SheetBody, plans: Mapping[bytes, PlanBody]) -> ShownSheet:
    """Lays a kept sheet out over its month."""
    judged = {day.work_date: day for part in body.parts for day in _Laid(part, plans[part.plan_key]).days()}
    used = [plans[part.plan_key] for part in body.parts]
    zone = max(used, key=lambda plan: len(plan.days)).time_zone if used else ""
    days = (month.replace(day=number) for number in range(1, last_day(month).day + 1))
    return ShownSheet(
        tuple(judged.get(day) or ShownDay(day, _without_plan(day, body)) for day in days),
        zone,
        tuple(sorted({plan.distribution for plan in used})),
    )


def _without_plan(day: date, body: SheetBody) -> ShownKind:
    unassigned = any(first <= day <= last for first, last in body.unassigned)
    return ShownKind.UNASSIGNED if unassigned else ShownKind.NOT_EMPLOYED


class _Laid(NamedTuple):
    """A part beside its plan."""

    part: Part
    plan: PlanBody

    def days(self) -> Iterator[ShownDay]:
        others: dict[date, list[str]] = {}
        for second in self.part.others:
            local = self._local(second)
            others.setdefault(date.fromisoformat(local[:10]), []).append(local)
        half = 0
        for day in self.plan.days:
            halves = tuple(self._half(half + place, day, place) for place in range(len(day.halves)))
            half += len(halves)
            yield ShownDay(
                day.work_date,
                _kind(day),
                day.clause,
                self.plan.pattern,
                halves,
                tuple(others.get(day.work_date, ())),
            )

    def _half(self, half: int, day: PlannedDate, place: int) -> ShownHalf:
        planned = day.halves[place]
        cards = (
            self._card(2 * half, Side.IN, planned.due),
            self._card(2 * half + 1, Side.OUT, planned.end),
        )
        return ShownHalf(
            self._minute(planned.start),
            self._minute(planned.end),
            tuple(card for card in cards if card.kind is not Kind.UNASKED),
            Kind(self.part.verdicts[half]),
            self.part.verdict_clauses[half],
        )

    def _card(self, card: int, side: Side, due: int) -> ShownCard:
        part, punch = self.part, self.part.punches[card]
        return ShownCard(
            side,
            self._minute(due),
            self._local(punch) if punch is not None else "",
            Kind(part.kinds[card]),
            part.minutes[card],
            part.clauses[card],
        )

    def _minute(self, minute: int) -> str:
        return self._local(minute * 60)[:16]

    def _local(self, second: int) -> str:
        return local_text(second, self.plan.time_zone)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local_text(second: int, zone: str) -> str:
    """An epoch second on the wall of a zone, `YYYY-MM-DD HH:MM:SS`."""
    instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    return instant.astimezone(_zone(zone)).strftime("%Y-%m-%d %H:%M:%S")


def _kind(day: PlannedDate) -> ShownKind:
    if day.halves:
        return ShownKind.MAKE_UP_WORK if day.calendar_kind is DayKind.MAKE_UP_WORK else ShownKind.WORK
    return ShownKind.HOLIDAY if day.calendar_kind is DayKind.HOLIDAY else ShownKind.REST
