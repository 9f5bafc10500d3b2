"""The form of a correction of a closed sheet; what cannot be read is refused with the field (SHT-3)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import Any, TypeVar
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id
from bylaw_hooks import DayKind, Hours

from bylaw_attendance.rules.calendar.hours_notice import CLAUSE
from bylaw_attendance.rules.closing.sheet_correction import MissingPunch, SheetCorrection
from bylaw_attendance.rules.judging.punch_facts import Direction
from bylaw_attendance.rules.leave.leave_request import COLLECTION, LeaveWish
from bylaw_attendance.rules.rota.rota import LONGEST_CODE
from bylaw_attendance.rules.sheets.sheet_changes import CorrectedDay, LeaveTakenOff
from bylaw_attendance.use_cases.calendar.hours_forms import notice_hours
from bylaw_attendance.use_cases.forms import business_date, known_number, optional_text, short_text
from bylaw_attendance.use_cases.leave.leave_forms import leave_wish

MOST_PUNCHES, MOST_DAYS = 100, 31
Read = TypeVar("Read")


class DayKindNumber(IntEnum):
    """What a corrected day is; the numbers are the contract's."""

    AS_IT_WAS = 0
    ORDINARY = 1
    OFF = 2
    WORKED = 3


KINDS = {
    DayKindNumber.AS_IT_WAS: None,
    DayKindNumber.ORDINARY: DayKind.ORDINARY,
    DayKindNumber.OFF: DayKind.HOLIDAY,
    DayKindNumber.WORKED: DayKind.MAKE_UP_WORK,
}


def sheet_correction(request: Any, month: date) -> SheetCorrection:
    """What is corrected and why; all of one month."""
    reason = short_text(request.reason, field="reason").strip()
    if not reason:
        raise FieldInvalid(field="reason", zh="请写明更正何事、何故", en="say what is corrected and why")
    days = _each(request.days, "days", MOST_DAYS, lambda one, field: _day(one, month, field))
    _no_twice([one.work_date for one in days], "days")
    taken_off = _each(request.leave_taken_off, "leave_taken_off", MOST_DAYS, lambda one, at: _off(one, month, at))
    _no_twice([one.request for one in taken_off], "leave_taken_off")
    leave = _leave(request.leave, month) if request.HasField("leave") else None
    _check_apart(days, leave)
    return SheetCorrection(
        reason,
        request.etag,
        _each(request.punches, "punches", MOST_PUNCHES, _punch),
        tuple(dict.fromkeys(_each(request.struck_punches, "struck_punches", MOST_PUNCHES, _struck))),
        tuple(days),
        leave,
        tuple(taken_off),
    )


def _each(given: Sequence[Any], field: str, most: int, read: Callable[[Any, str], Read]) -> list[Read]:
    if len(given) > most:
        raise FieldInvalid(field=field, zh=f"一次至多 {most} 条", en=f"expected at most {most} of them")
    return [read(one, f"{field}[{place}]") for place, one in enumerate(given)]


def _no_twice(given: Sequence[object], field: str) -> None:
    if len(set(given)) < len(given):
        raise FieldInvalid(field=field, zh="有重复项", en="names something twice")


def _punch(one: Any, field: str) -> MissingPunch:
    return MissingPunch(one.local_time, known_number(one.direction, Direction, field=f"{field}.direction"))


def _struck(name: Any, field: str) -> UUID:
    return resource_id(name, "punches", field=field)


def _day(one: Any, month: date, field: str) -> CorrectedDay:
    kind = KINDS[DayKindNumber(known_number(one.kind, DayKindNumber, field=f"{field}.kind"))]
    word = optional_text(one, "rota_word")
    if word is not None and (len(word) > LONGEST_CODE or not word.isprintable()):
        raise FieldInvalid(
            field=f"{field}.rota_word",
            zh=f"应为至多 {LONGEST_CODE} 个可见字符",
            en=f"expected at most {LONGEST_CODE} visible characters",
        )
    hours = _hours(one, field)
    if not (kind or hours or one.as_planned) and word is None:
        raise FieldInvalid(field=field, zh="请写明当日更正为何", en="say what the day ought to have been")
    return CorrectedDay(_of_month(one.work_date, month, f"{field}.work_date"), kind, word, hours, one.as_planned)


def _hours(one: Any, field: str) -> Hours | None:
    if not (one.hours or one.day_off):
        return None
    if one.as_planned:
        raise FieldInvalid(
            field=f"{field}.as_planned", zh="不能同时写明时段", en="hours and as planned do not go together"
        )
    return Hours(CLAUSE, notice_hours(one.hours, day_off=one.day_off, field=field))


def _off(one: Any, month: date, field: str) -> LeaveTakenOff:
    request = resource_id(one.leave_request, COLLECTION, field=f"{field}.leave_request")
    days = _each(one.dates, f"{field}.dates", MOST_DAYS, lambda day, at: _of_month(day, month, at))
    if not days:
        raise FieldInvalid(field=f"{field}.dates", zh="请写明日期", en="say which days")
    return LeaveTakenOff(request, tuple(sorted(set(days))))


def _leave(one: Any, month: date) -> LeaveWish:
    wish = leave_wish(one, within="leave.")
    for day, name in ((wish.first, "start_date"), (wish.last, "end_date")):
        if day.replace(day=1) != month:
            raise _another_month(f"leave.{name}")
    return wish


def _check_apart(days: Iterable[CorrectedDay], leave: LeaveWish | None) -> None:
    """Leave is measured by the days as they were closed: those that are put right come in a correction of their own."""
    if leave and any(leave.first <= one.work_date <= leave.last for one in days):
        raise FieldInvalid(
            field="leave",
            zh="请假日与更正的日子重叠；请先更正当日，再另行补记假期",
            en="is on a day that is put right, too; put the day right first, then correct the leave",
        )


def _of_month(text: str, month: date, field: str) -> date:
    day = business_date(text, field=field)
    if day.replace(day=1) != month:
        raise _another_month(field)
    return day


def _another_month(field: str) -> FieldInvalid:
    return FieldInvalid(field=field, zh="不在该月之内", en="is of another month")
