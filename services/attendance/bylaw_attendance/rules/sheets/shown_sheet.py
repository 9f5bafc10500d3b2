"""A kept sheet as people see it: day by day, with halves, cards and the punches that no card took."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bylaw_hooks import DayKind, Kind
from bylaw_kit.reading import Side

from bylaw_attendance.rules.calendar.company_day import CompanyDay
from bylaw_attendance.rules.calendar.hours_notice import HoursNotice
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.plan_body import PlanBody, PlannedDate
from bylaw_attendance.rules.leave.leave_days import ExcusedDay
from bylaw_attendance.rules.sheets.sheet import Part, SheetBody

KINDS = {kind.value: kind for kind in Kind}
"""By their values: a look-up, where an enumeration's call costs ten times as much."""


class ShownKind(IntEnum):
    """What a day is; the numbers are the contract's."""

    UNASSIGNED = 0
    WORK = 1
    REST = 2
    HOLIDAY = 3
    MAKE_UP_WORK = 4
    NOT_EMPLOYED = 5


class SheetView(IntEnum):
    """How much of a sheet a list shows; the numbers are the contract's."""

    UNSPECIFIED = 0
    FULL = 1
    TOTALS = 2


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
    hours_notice: str = ""
    """The notice that sets its hours."""
    company_day: str = ""
    """The company's day over the official calendar."""
    leave: tuple[ExcusedDay, ...] = ()
    """What leave, trips and duty outside excuse of it."""


class ShownSheet(NamedTuple):
    """All days of a month, the zone most of them are in, and who judged them."""

    days: tuple[ShownDay, ...]
    time_zone: str
    distributions: tuple[str, ...]


def shown_sheet(month: date, body: SheetBody, plans: Mapping[bytes, PlanBody]) -> ShownSheet:
    """Lays a kept sheet out over its month."""
    judged = {day.work_date: day for part in body.parts for day in _laid(part, plans[part.plan_key])}
    used = [plans[part.plan_key] for part in body.parts]
    zone = max(used, key=lambda plan: len(plan.days)).time_zone if used else ""
    days = (month.replace(day=number) for number in range(1, last_day(month).day + 1))
    return ShownSheet(
        tuple(judged.get(day) or ShownDay(day, _without_plan(day, body)) for day in days),
        zone,
        tuple(sorted({plan.distribution for plan in used})),
    )


def with_changes(
    sheet: ShownSheet, notices: Mapping[date, HoursNotice], company: Mapping[date, CompanyDay]
) -> ShownSheet:
    """A sheet that names what changed its days: the company's day (HRS-3), and the notice of each day judged by one.

    A day that is not worked anyway is not judged by its notice (HRS-6).
    """
    if not (notices or company):
        return sheet
    days = (_noticed(day, notices.get(day.work_date)) for day in sheet.days)
    return sheet._replace(days=tuple(_by_company(day, company.get(day.work_date)) for day in days))


def _noticed(day: ShownDay, notice: HoursNotice | None) -> ShownDay:
    return day._replace(hours_notice=notice.name) if notice and day.clause == notice.hours.clause else day


def _by_company(day: ShownDay, company: CompanyDay | None) -> ShownDay:
    return day._replace(company_day=company.name) if company and day.pattern else day


def _without_plan(day: date, body: SheetBody) -> ShownKind:
    unassigned = any(first <= day <= last for first, last in body.unassigned)
    return ShownKind.UNASSIGNED if unassigned else ShownKind.NOT_EMPLOYED


class _Face(NamedTuple):
    """What everybody's sheets show of a planned date: the halves as start, end and sign-in on the wall."""

    work_date: date
    kind: ShownKind
    clause: str
    halves: tuple[tuple[str, str, str], ...]


@lru_cache(maxsize=256)
def _faces(plan: PlanBody) -> tuple[_Face, ...]:
    """A plan's dates; kept, for a unit's people share few plans and each of them has many times to write out."""

    def minute(epoch_minute: int) -> str:
        return local_text(epoch_minute * 60, plan.time_zone)[:16]

    return tuple(
        _Face(
            day.work_date,
            _kind(day),
            day.clause,
            tuple((minute(half.start), minute(half.end), minute(half.due)) for half in day.halves),
        )
        for day in plan.days
    )


def _laid(part: Part, plan: PlanBody) -> Iterator[ShownDay]:
    """A part's days beside their plan's."""
    others: dict[date, list[str]] = {}
    for second in part.others:
        local = local_text(second, plan.time_zone)
        others.setdefault(date.fromisoformat(local[:10]), []).append(local)
    place = 0
    for day in _faces(plan):
        halves = tuple(_half(part, place + number, half, plan.time_zone) for number, half in enumerate(day.halves))
        place += len(halves)
        yield ShownDay(day.work_date, day.kind, day.clause, plan.pattern, halves, tuple(others.get(day.work_date, ())))


def _half(part: Part, place: int, planned: tuple[str, str, str], zone: str) -> ShownHalf:
    start, end, due = planned
    cards = (_card(part, 2 * place, Side.IN, due, zone), _card(part, 2 * place + 1, Side.OUT, end, zone))
    return ShownHalf(
        start,
        end,
        tuple(card for card in cards if card.kind is not Kind.UNASKED),
        KINDS[part.verdicts[place]],
        part.verdict_clauses[place],
    )


def _card(part: Part, card: int, side: Side, due: str, zone: str) -> ShownCard:
    punch = part.punches[card]
    shown = local_text(punch, zone) if punch is not None else ""
    return ShownCard(side, due, shown, KINDS[part.kinds[card]], part.minutes[card], part.clauses[card])


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local_text(second: int, zone: str) -> str:
    """An epoch second on the wall of a zone, `YYYY-MM-DD HH:MM:SS`."""
    return datetime.fromtimestamp(second, _zone(zone)).isoformat(" ")[:19]


def _kind(day: PlannedDate) -> ShownKind:
    if day.halves:
        return ShownKind.MAKE_UP_WORK if day.calendar_kind is DayKind.MAKE_UP_WORK else ShownKind.WORK
    return ShownKind.HOLIDAY if day.calendar_kind is DayKind.HOLIDAY else ShownKind.REST
