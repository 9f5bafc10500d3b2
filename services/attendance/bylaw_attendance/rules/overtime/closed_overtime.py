"""By which punches overtime of a closed month is found, and whether a version finds it otherwise (HRS-7, SHT-3)."""

from collections.abc import Iterable, Mapping

from bylaw_hooks import Kind

from bylaw_attendance.rules.closing.closing import ClosedSheet
from bylaw_attendance.rules.judging.month_facts import HalfFound, halves_of
from bylaw_attendance.rules.judging.plan_body import PlanBody, PlannedDate
from bylaw_attendance.rules.judging.punch_facts import PersonPunches
from bylaw_attendance.rules.overtime.overtime import OvertimeRequest, Percent, Spans
from bylaw_attendance.rules.overtime.overtime_found import WorkedSpan, found_minutes
from bylaw_attendance.rules.sheets.sheet import SheetBody

WORKED = {Kind.ON_TIME, Kind.LATE, Kind.EARLY}
Plans = Mapping[bytes, PlanBody]


def moves_overtime(
    before: ClosedSheet, after: ClosedSheet, plans: Plans, agreed: Iterable[OvertimeRequest], live: PersonPunches
) -> bool:
    """Whether overtime that was agreed to is found otherwise by another version of a closed sheet (HRS-7, SHT-3).

    Of one that was closed before the punches beside it were kept nothing is known to differ.
    """
    if before.beside is None:
        return False
    asked = list(agreed)
    return _found(before, plans, asked, live) != _found(after, plans, asked, live)


def _found(closed: ClosedSheet, plans: Plans, agreed: Iterable[OvertimeRequest], live: PersonPunches) -> list[int]:
    body = SheetBody.unpack(closed.body)
    dates = {day.work_date: day for part in body.parts for day in plans[part.plan_key].days}
    worked = [worked_span(half) for half in halves_of(body, plans)]
    punches, statutory = kept_punches(body, plans, live, closed.beside), closed.statutory_days or ()
    return [
        found_minutes(60 * one.start, 60 * one.end, punches, worked)
        for one in agreed
        if spans_of(dates.get(day := one.wish.work_date)) == one.day.planned
        and (day in statutory) == (one.day.percent is Percent.STATUTORY_HOLIDAY)
    ]


def kept_punches(body: SheetBody, plans: Plans, live: PersonPunches, around: PersonPunches | None) -> PersonPunches:
    """The punches that a closed sheet holds, and those `around` it of then: what came later changes nothing (SHT-3).

    A last night goes on behind them, by punches of the month beside it; so does the night before. Of a month that was
    closed before those were kept the ones of today must do. Which way a punch of the month went is not in the sheet;
    one that was struck since is known no more.
    """
    ways = dict(live.turns)
    around = _around(body, plans, live) if around is None else around
    kept = {second: ways.get(second, 0) for second in body.seconds}
    return PersonPunches.of((kept | dict(around.turns)).items())


def _around(body: SheetBody, plans: Plans, live: PersonPunches) -> PersonPunches:
    own = [plans[part.plan_key] for part in body.parts]
    opens, closes = min((one.opens for one in own), default=0), max((one.closes for one in own), default=0)
    return PersonPunches.of(turn for turn in live.turns if not opens <= turn[0] < closes)


def worked_span(half: HalfFound) -> WorkedSpan:
    """A half that was judged, and whether the person had come for it."""
    came = half.punches[0] is not None or (half.kinds[0] == Kind.UNASKED and half.verdict in WORKED)
    return WorkedSpan(60 * half.start, 60 * half.end, came)


def spans_of(planned: PlannedDate | None) -> Spans:
    """When a day is planned to be worked, in epoch minutes."""
    return tuple((half.start, half.end) for half in planned.halves) if planned else ()
