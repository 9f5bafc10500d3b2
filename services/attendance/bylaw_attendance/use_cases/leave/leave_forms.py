"""The form of what is asked about leave: fields as values of ours; what cannot be read is refused with the field."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import civil_date, optional_date

from bylaw_attendance.rules.exact import exact_amount
from bylaw_attendance.rules.leave.leave_cut import LeaveEnding
from bylaw_attendance.rules.leave.leave_request import MOST_DAYS, Half, LeaveState, LeaveWish, Wall
from bylaw_attendance.use_cases.forms import FIRST_YEAR, LAST_YEAR, known_number, short_text
from bylaw_attendance.use_cases.leave.show_leave import Adjusting

ENTRY = "leave_entry"
LONGEST_CODE, LATEST_MINUTE = 64, 48 * 60
_HALVES: tuple[Half, Half] = ("first-half", "second-half")
_WALL = re.compile(r"([0-4][0-9]):([0-5][0-9])")


def leave_wish(wished: Any, *, within: str) -> LeaveWish:
    """What somebody asks for; `within` is where its fields stand in the request."""
    form = _Form(wished, within)
    first, last = form.day("start_date", wished.start_date), form.day("end_date", wished.end_date or wished.start_date)
    starts, ends, hours = form.half("start_half", 0), form.half("end_half", 1), form.hours()
    if last < first or (hours and last != first):
        raise form.wrong("end_date", "不得早于首日；按小时则须同一天", "must not be before the first; hours are of one")
    if hours and (wished.start_half or wished.end_half):
        raise form.wrong("start_time", "按小时请假时不得再选半天", "hours and halves do not go together")
    if first == last and (starts, ends) == ("second-half", "first-half"):
        raise form.wrong("end_half", "同一天的上半天不在下半天之后", "a day's first half does not follow its second")
    if (last - first).days >= MOST_DAYS:
        raise form.wrong("end_date", f"一次至多 {MOST_DAYS} 天", f"a request is of at most {MOST_DAYS} days")
    kind = code(wished.kind, field=f"{within}kind")
    return LeaveWish(kind, first, last, starts, ends, hours, form.line("reason"), form.line("evidence"))


def leave_ending(wished: Any) -> LeaveEnding:
    """Where leave is to end earlier."""
    form = _Form(wished, "")
    last, half = form.day("end_date", wished.end_date), form.half("end_half", 1)
    until = form.minute("end_time") if wished.end_time else None
    if wished.end_half and until is not None:
        raise form.wrong("end_time", "半天与时间不能同时填写", "a half and a time do not go together")
    return LeaveEnding(last, half == "first-half", until)


@dataclass(frozen=True, slots=True)
class _Form:
    """The fields of a wish, and where they stand."""

    wished: Any
    within: str

    def day(self, name: str, text: str) -> date:
        return near_date(text, field=self.within + name)

    def line(self, name: str) -> str:
        return short_text(getattr(self.wished, name), field=self.within + name).strip()

    def half(self, name: str, default: int) -> Half:
        number = getattr(self.wished, name)
        if number not in {0, 1, 2}:
            raise self.wrong(name, "没有这个取值", "there is no such value")
        return _HALVES[number - 1 if number else default]

    def hours(self) -> Wall | None:
        if not (self.wished.start_time or self.wished.end_time):
            return None
        start, end = self.minute("start_time"), self.minute("end_time")
        if start >= end:
            raise self.wrong("end_time", "须晚于开始时间", "must be after the start")
        return start, end

    def minute(self, name: str) -> int:
        found = _WALL.fullmatch(getattr(self.wished, name))
        minute = int(found[1]) * 60 + int(found[2]) if found else LATEST_MINUTE + 1
        if minute > LATEST_MINUTE:
            raise self.wrong(name, "应为时间，如 08:30；次日凌晨如 25:30", "expected a time such as 08:30, or 25:30")
        return minute

    def wrong(self, name: str, zh: str, en: str) -> FieldInvalid:
        return FieldInvalid(field=self.within + name, zh=zh, en=en)


def adjusting(wished: Any) -> Adjusting:
    """A correction by hand."""
    amount = exact_amount(wished.amount)
    if not amount:
        raise FieldInvalid(
            field=f"{ENTRY}.amount",
            zh="应为不等于零的数，如 1.5、-2 或 1/3",
            en="must be a number other than zero, such as 1.5, -2 or 1/3",
        )
    day, expires = (
        near_date(wished.date, field=f"{ENTRY}.date"),
        optional_date(wished.expire_date, field=f"{ENTRY}.expire_date"),
    )
    if expires and expires < day:
        raise FieldInvalid(field=f"{ENTRY}.expire_date", zh="不得早于生效日", en="must not be before the date")
    reason = short_text(wished.reason, field=f"{ENTRY}.reason").strip()
    if not reason:
        raise FieldInvalid(field=f"{ENTRY}.reason", zh="请说明原因", en="say why")
    return Adjusting(code(wished.balance, field=f"{ENTRY}.balance"), day, amount, reason, expires)


def near_date(text: str, *, field: str) -> date:
    """A date within the years of the calendar that is kept."""
    day = civil_date(text, field=field)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FieldInvalid(
            field=field, zh=f"应在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间", en=f"must be from {FIRST_YEAR} to {LAST_YEAR}"
        )
    return day


def code(text: str, *, field: str) -> str:
    """A code as policies have them."""
    if not text or len(text) > LONGEST_CODE or not text.isprintable():
        raise FieldInvalid(field=field, zh="请填写代码，如 annual", en="give a code such as annual")
    return text


def optional_leave_state(number: int, *, field: str) -> LeaveState | None:
    """Where a request stands, or nothing where the number says nothing."""
    return LeaveState(known_number(number, LeaveState, field=field)) if number else None


def entry_place(position: list[str] | None) -> int | None:
    """The place in a page token of entries."""
    return int(position[0]) if position else None
