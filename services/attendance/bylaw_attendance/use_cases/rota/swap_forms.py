"""Reads the days of a swap of the rota."""

from collections.abc import Sequence
from datetime import date

from bylaw_chassis.refusals import FieldInvalid

from bylaw_attendance.rules.rota.rota_swap import MOST_DAYS
from bylaw_attendance.use_cases.forms import business_date


def swap_days(texts: Sequence[str], *, field: str) -> tuple[date, ...]:
    """The days in their order; refuses none, too many, and one that is named twice."""
    days = [business_date(text, field=f"{field}[{number}]") for number, text in enumerate(texts)]
    if not 1 <= len(days) <= MOST_DAYS:
        raise FieldInvalid(field=field, zh=f"请写明 1 至 {MOST_DAYS} 天", en=f"name 1 to {MOST_DAYS} days")
    if len({*days}) < len(days):
        raise FieldInvalid(field=field, zh="有日期重复", en="a day is named twice")
    return tuple(sorted(days))
