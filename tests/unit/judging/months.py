"""Months to judge: stamps as a person would write them in, findings as a person would read them out."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bylaw_fixed_week import FixedWeek, Week, WorkSegment
from bylaw_hooks import DayFacts, DayKind, MonthAnswer, MonthFacts
from bylaw_kit import reading
from bylaw_kit.months import epoch_minute, month_days
from bylaw_kit.reading import DayAnswer

MARCH = (2026, 3)
SHANGHAI = "Asia/Shanghai"
FAR = 2**40
NIGHT = Week(
    segments=(WorkSegment(hours="22:00-06:00"),),
    working_days=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)


def second(stamp: str, zone: str = SHANGHAI) -> int:
    """A stamp like 2026-03-02 08:25, or with seconds, on the wall of the zone."""
    return int(datetime.fromisoformat(stamp).replace(tzinfo=ZoneInfo(zone)).timestamp())


def judged_days(
    days: tuple[DayFacts, ...],
    *stamps: str,
    week: Week | None = None,
    zone: str = SHANGHAI,
    until: int = FAR,
    handed_over: bool = False,
) -> MonthAnswer:
    """Judge the days given; a stamp may end in " in" or " out" where its direction is certain."""
    week, pattern = week or Week(), FixedWeek()
    known = sorted(_punch(stamp, zone) for stamp in stamps)
    facts = MonthFacts(
        person=7,
        days=days,
        punches=tuple(punch for punch, _ in known),
        directions=bytes(direction for _, direction in known),
        decided_until=until,
        handed_over=handed_over,
    )
    return pattern.judge_month(facts, pattern.compile(days, week), week)


def _punch(stamp: str, zone: str) -> tuple[int, int]:
    moment, _, direction = stamp.rpartition(" ")
    if direction not in {"in", "out"}:
        return second(stamp, zone), 0
    return second(moment, zone), 1 if direction == "in" else 2


def monday(  # a shorthand for the many tests that look at one day only
    *walls: str,
    week: Week | None = None,
    until: str | None = None,
    handed_over: bool = False,
    holidays: Mapping[date, DayKind] | None = None,
) -> DayAnswer:
    """Monday, 2 March 2026 in Shanghai, with these stamps; `until` is how far the clocks have reported."""
    day = date(2026, 3, 2)
    days = month_days(MARCH, SHANGHAI, holidays or {})
    answer = judged_days(
        days,
        *(f"{day} {wall}" for wall in walls),
        week=week,
        handed_over=handed_over,
        until=FAR if until is None else epoch_minute(day, until, SHANGHAI),
    )
    return on(answer, day)


def on(answer: MonthAnswer, day: date) -> DayAnswer:
    return next(each for each in reading.days(answer) if each.day.work_date == day)


def marks(day: DayAnswer) -> list[str]:
    """Each card as "late 15 ATT-2"; a card without minutes as "on time HRS-5"."""
    found = [mark for half in day.halves for mark in half.marks]
    return [
        " ".join(
            [
                mark.kind.name.lower().replace("_", " "),
                *([str(mark.minutes)] if mark.minutes else []),
                mark.clause,
            ]
        )
        for mark in found
    ]


def verdicts(day: DayAnswer) -> list[str]:
    """Each half as "absent ATT-4"; on time reads "worked"."""
    return [
        ("worked" if half.verdict.name == "ON_TIME" else half.verdict.name.lower().replace("_", " "))
        + f" {half.clause}"
        for half in day.halves
    ]


def bound_walls(day: DayAnswer, zone: str = SHANGHAI) -> list[str]:
    """The wall time bound to each card, or "-"."""
    return [
        "-" if mark.punch is None else datetime.fromtimestamp(mark.punch, ZoneInfo(zone)).strftime("%H:%M")
        for half in day.halves
        for mark in half.marks
    ]


def bound_once(*answers: MonthAnswer) -> bool:
    """Whether no punch is bound to two cards, in one month or in several."""
    punches = sorted(punch for answer in answers for punch in answer.punches if punch is not None)
    return all(len(list(same)) == 1 for _, same in groupby(punches))
