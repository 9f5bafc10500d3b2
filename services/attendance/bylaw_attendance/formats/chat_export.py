"""Exports of DingTalk and WeCom: which sheet holds the punches, and its columns found by their names."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_chassis.files.workbook import Sheet

from bylaw_attendance.formats.chat_cells import Period, made_at, midnight_after, period_of
from bylaw_attendance.formats.named_columns import Table, find_table

NUMBER, ACCOUNT, USER = "工号", "账号", "UserId"
TIMES = "打卡时间"
EVERY_TIME = "打卡时间记录"
DAY_NAMES = ("日期", "时间")
SLOT = re.compile(r"(上班|下班)([1-9])打卡时间")
DAY_HEADING = re.compile(r"(?P<number>[0-9]{1,2})?[日号]?[（(]?(星期|周)?(?P<weekday>[一二三四五六日天])?[)）]?")
WEEKDAYS = "一二三四五六日"
MOST_DAYS = 366


class Vendor(Enum):
    """Whose export it is; the value is the clock that its punches come from where nobody names one."""

    DINGTALK = "dingtalk"
    WECOM = "wecom"


class Slot(NamedTuple):
    """A column with the time of one card point of a day."""

    place: int
    direction: str


class Daily(NamedTuple):
    """A row a person and day, a column a card point; `every` holds all times of the day."""

    table: Table
    number: int
    day: int
    slots: tuple[Slot, ...]


class ByDay(NamedTuple):
    """A row a person, a column a day, in each cell all times of the day."""

    table: Table
    number: int
    days: tuple[tuple[int, date], ...]


class Export(NamedTuple):
    """An export whose columns were found."""

    vendor: Vendor
    layout: Daily | ByDay
    period: Period | None

    @property
    def complete_until(self) -> datetime | None:
        """Up to when it shows everything, on the wall; None where it says not when it was made, or of which days."""
        made = made_at(self.layout.table.above)
        if made is None or self.period is None:
            return None
        return min(midnight_after(self.period.last), made)


def vendor_of(sheets: Sequence[Sheet]) -> Vendor | None:
    """Whose export these sheets are; None where no sheet looks like one."""
    vendors = [_vendor(table) for table in map(find_table, sheets) if table]
    return next((vendor for vendor in vendors if vendor), None)


def _vendor(table: Table) -> Vendor | None:
    names = {column.own for column in table.columns}
    said = table.title + table.above + "".join(column.joined for column in table.columns)
    if TIMES not in said and "统计" not in said:
        return None
    if ACCOUNT in names:
        return Vendor.WECOM
    return Vendor.DINGTALK if names & {NUMBER, USER, "考勤组"} else None


def open_export(sheets: Sequence[Sheet], file_name: str = "") -> Export:
    """Find the sheet with the punches, best the one with all times of each day; raises FileRefused by name."""
    tables = [table for table in map(find_table, sheets) if table and _vendor(table)]
    for table in sorted(tables, key=lambda table: not _shows_all_times(table)):
        if _shows_all_times(table) or _has_slots(table):
            period = period_of(table.above, file_name)
            layout = _by_day(table, period) if _shows_all_times(table) else _daily(table)
            return Export(_vendor(table) or Vendor.DINGTALK, layout, period)
    seen = " ".join((table.title or table.above)[:20] for table in tables)
    raise FileRefused(FileReason.NOT_RECOGNISED, seen=seen[:40])


def _shows_all_times(table: Table) -> bool:
    """Whether it is the sheet with a column a day that holds times, not verdicts: both are built alike."""
    titled = TIMES in table.title or table.above.startswith(TIMES)
    return titled and not any(column.own in DAY_NAMES for column in table.columns)


def _has_slots(table: Table) -> bool:
    return any(TIMES in column.joined for column in table.columns)


def _number(table: Table) -> int:
    return table.needed(NUMBER, ACCOUNT) if table.place(ACCOUNT) is not None else table.needed(NUMBER)


def _daily(table: Table) -> Daily:
    number, day = _number(table), table.needed(*DAY_NAMES)
    every = table.place(EVERY_TIME)
    found = {match.groups(): place for place, match in _slot_headings(table)}
    last = max((int(index) for _, index in found), default=0)
    if not found and every is None:
        raise table.missing("上班1打卡时间")
    slots = []
    for index in range(1, last + 1):
        for side, direction in (("上班", "in"), ("下班", "out")):
            slots.append(Slot(table.needed(f"{side}{index}{TIMES}"), direction))
    return Daily(table, number, day, (*slots, *([] if every is None else [Slot(every, "")])))


def _slot_headings(table: Table) -> list[tuple[int, re.Match[str]]]:
    matches = ((place, SLOT.fullmatch(column.joined)) for place, column in enumerate(table.columns))
    return [(place, match) for place, match in matches if match]


def _by_day(table: Table, period: Period | None) -> ByDay:
    number = _number(table)
    if period is None or len(period.days) > MOST_DAYS:
        raise table.wrong(
            len(table.columns),
            expected_zh="表头上方注明的统计日期（如 2026-03-01 至 2026-03-31）",
            expected_en="the days of the export above the heading (such as 2026-03-01 至 2026-03-31)",
        )
    start = next((place for place, column in enumerate(table.columns) if _is_day(column.own)), len(table.columns))
    for place, day in enumerate(period.days, start):
        if place >= len(table.columns) or not _is_day(table.columns[place].own, day):
            raise table.wrong(place, expected_zh=f"{day:%Y-%m-%d} 的列", expected_en=f"the column of {day:%Y-%m-%d}")
    behind = start + len(period.days)
    if behind < len(table.columns) and _is_day(table.columns[behind].own):
        raise table.wrong(behind, expected_zh="没有其他日期", expected_en="no further day")
    return ByDay(table, number, tuple(enumerate(period.days, start)))


def _is_day(heading: str, day: date | None = None) -> bool:
    """Whether a heading is that of a day, and of this one: by its number, its weekday, or both."""
    found = DAY_HEADING.fullmatch(heading)
    if not heading or found is None:
        return False
    number, weekday = found["number"], (found["weekday"] or "").replace("天", "日")
    if day is None:
        return True
    return (not number or int(number) == day.day) and (not weekday or WEEKDAYS[day.weekday()] == weekday)
