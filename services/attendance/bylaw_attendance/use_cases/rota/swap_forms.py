"""Reads whom a swap of the rota is asked of, and its days."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_attendance.rules.rota.rota_swap import MOST_DAYS
from bylaw_attendance.use_cases.forms import business_date, short_text


def swap_other(person: str, number: str, *, within: str) -> UUID | str:
    """Who is asked, by id or by employee number; refuses both, and neither."""
    if person and number:
        raise FieldInvalid(
            field=f"{within}.other_employee_number",
            zh="已给出 other_person，二者只能给其一",
            en="goes without other_person: name the other person once",
        )
    if number:
        return short_text(number, field=f"{within}.other_employee_number")
    if not person:
        raise FieldInvalid(
            field=f"{within}.other_person",
            zh="请给出对方：other_person 或 other_employee_number",
            en="say who the other person is, here or by other_employee_number",
        )
    return resource_id(person, "people", field=f"{within}.other_person")


def swap_days(texts: Sequence[str], *, field: str) -> tuple[date, ...]:
    """The days in their order; refuses none, too many, and one that is named twice."""
    days = [business_date(text, field=f"{field}[{number}]") for number, text in enumerate(texts)]
    if not 1 <= len(days) <= MOST_DAYS:
        raise FieldInvalid(field=field, zh=f"请写明 1 至 {MOST_DAYS} 天", en=f"name 1 to {MOST_DAYS} days")
    if len({*days}) < len(days):
        raise FieldInvalid(field=field, zh="有日期重复", en="a day is named twice")
    return tuple(sorted(days))
