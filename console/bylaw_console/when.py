"""Days, instants and lengths of time as people read them, in Chinese and English; zones are IANA names."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")


def day(value: str | date, language: str) -> str:
    """A day with its weekday, as in `Wed 14 Oct`; takes `YYYY-MM-DD` or a date; what is no date stays as it is."""
    found = _date(value)
    if found is None:
        return str(value)
    weekday = WEEKDAYS[language][found.weekday()]
    if language == "zh":
        return f"{found.month}月{found.day}日 {weekday}"
    return f"{weekday} {found.day} {MONTHS[found.month - 1]}"


def full_day(value: str | date, language: str) -> str:
    """A day with its year, as in `14 Oct 2026`."""
    found = _date(value)
    if found is None:
        return str(value)
    if language == "zh":
        return f"{found.year}年{found.month}月{found.day}日"
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def month(value: str, language: str) -> str:
    """A month, as in `October 2026`, of `YYYY-MM`."""
    found = _date(f"{value}-01")
    if found is None:
        return value
    return f"{found.year}年{found.month}月" if language == "zh" else f"{LONG_MONTHS[found.month - 1]} {found.year}"


def is_month(text: str) -> bool:
    """Whether it is a month, `YYYY-MM`, of this millennium or the one before."""
    return bool(_MONTH.fullmatch(text))


def month_beside(month: str, steps: int) -> str:
    """The month so many months on, `YYYY-MM`; ValueError if it is none."""
    year, number = (int(part) for part in month.split("-"))
    whole = year * 12 + number - 1 + steps
    return f"{whole // 12:04d}-{whole % 12 + 1:02d}"


def instant(stamp: Any, zone: str, language: str) -> str:
    """A protobuf Timestamp in a zone, to the minute; empty where none was set."""
    if not (stamp.seconds or stamp.nanos):
        return ""
    local = datetime.fromtimestamp(stamp.seconds, ZoneInfo(zone))
    return f"{full_day(local.date(), language)} {local:%H:%M}"


def minutes(count: int, language: str) -> str:
    """How long, as in `2 h 5 min`."""
    hours, rest = divmod(abs(count), 60)
    sign = "-" if count < 0 else ""
    hour, minute = ("小时", "分钟") if language == "zh" else ("h", "min")
    parts = [f"{hours} {hour}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} {minute}")
    return sign + " ".join(parts)


def _date(value: str | date) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
