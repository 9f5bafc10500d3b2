"""What cells of DingTalk's and WeCom's exports say: days, times of one day or of the next, and nothing."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bylaw_attendance.rules.judging.punch import PunchReason

NOTHING = frozenset({"", "-", "--", "—", "——", "未打卡", "缺卡", "无需打卡", "休息"})
LONGEST_CELL = 1_000
DAY = re.compile(r"([0-9]{4}|[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?![0-9])")
WEEKDAY = re.compile(r"(星期|周)[一二三四五六日天]|00:00:00")
NEXT_DAY = frozenset({"次日", "第二天", "翌日", "+1", "+1天", "+1日"})
PLAIN_TIME = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])")
"""As almost every cell has it."""
TIME = re.compile(
    r"(?:(?P<day>[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2})\s+)?(?:(?P<before>次日|第二天|翌日|当日|\+1[天日]?)\s*)?"
    r"(?<![0-9:])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?(?![0-9:])"
    r"(?P<behind>次日|\+1[天日]?)?(?:\s{0,2}[（(](?P<note>[^（）()]{0,40})[)）])?"
)
BETWEEN = re.compile(r"[\s、,，;；]*")
PERIOD = re.compile(rf"{DAY.pattern}\s*[至到~～—-]\s*{DAY.pattern}")
FILE_PERIOD = re.compile(r"(?<![0-9])([0-9]{4})([0-9]{2})([0-9]{2})-([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])")
MADE = re.compile(rf"(生成|制表)时间\s*[:：]\s*{DAY.pattern}[ T]+([0-9]{{1,2}}):([0-9]{{2}})")


class Unreadable(Exception):  # noqa: N818 - it says what a cell is, and whoever reads the column answers it
    """A cell that holds neither what its heading says nor nothing; or a day or a time that does not exist."""

    def __init__(self, reason: PunchReason = PunchReason.LINE_MALFORMED) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Period(NamedTuple):
    """The first and the last day that an export is about."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(count) for count in range((self.last - self.first).days + 1)]


def day_of(text: str) -> date:
    """Read `2026/06/05 星期五`, `26-06-05`, `2026-06-05`; a year of two digits is of this century."""
    found = DAY.match(text.strip())
    if found is None or WEEKDAY.sub("", text.strip()[found.end() :]).strip():
        raise Unreadable
    return _day(found.group(1), found.group(2), found.group(3))


def times_of(text: str, day: date) -> Iterator[datetime]:
    """Read the times of a cell; a mark of the next day, or an hour from 24 on, moves a time there."""
    if text.strip() in NOTHING:
        return
    if plain := PLAIN_TIME.fullmatch(text):
        yield datetime(day.year, day.month, day.day, int(plain[1]), int(plain[2]))  # noqa: DTZ001 - the wall's
        return
    if len(text) > LONGEST_CELL:
        raise Unreadable
    end = 0
    for found in TIME.finditer(text):
        if not BETWEEN.fullmatch(text, end, found.start()):
            raise Unreadable
        end = found.end()
        yield _time(found, day)
    if not end or not BETWEEN.fullmatch(text, end):
        raise Unreadable


def period_of(above: str, file_name: str) -> Period | None:
    """The days that the lines above the heading, or else the file's name, say the export is about."""
    found = PERIOD.search(above) or FILE_PERIOD.search(file_name)
    if found is None:
        return None
    try:
        period = Period(_day(*found.group(1, 2, 3)), _day(*found.group(4, 5, 6)))
    except Unreadable:
        return None
    return period if period.first <= period.last else None


def made_at(above: str) -> datetime | None:
    """When the export says it was made, on the wall; None where it does not say so."""
    found = MADE.search(above)
    if found is None:
        return None
    try:
        day = _day(*found.group(2, 3, 4))
        return datetime(day.year, day.month, day.day, int(found.group(5)), int(found.group(6)))  # noqa: DTZ001 - the wall's
    except (Unreadable, ValueError):
        return None


def midnight_after(day: date) -> datetime:
    """When a day ends, on the wall."""
    return datetime(day.year, day.month, day.day) + timedelta(1)  # noqa: DTZ001 - the wall's


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError as error:
        raise Unreadable(PunchReason.DATE_IMPOSSIBLE) from error


def _time(found: re.Match[str], day: date) -> datetime:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour >= 48 or minute >= 60 or second >= 60:
        raise Unreadable(PunchReason.DATE_IMPOSSIBLE)
    start = day_of(found["day"]) if found["day"] else day
    marks = {found["before"], found["behind"], (found["note"] or "").strip()}
    later = 1 if marks & NEXT_DAY and hour < 24 else 0
    try:
        return datetime(start.year, start.month, start.day) + timedelta(  # noqa: DTZ001 - the wall's
            days=later, hours=hour, minutes=minute, seconds=second
        )
    except OverflowError as error:
        raise Unreadable(PunchReason.DATE_IMPOSSIBLE) from error
