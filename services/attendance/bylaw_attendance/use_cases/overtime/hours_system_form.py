"""Reads by which system of hours somebody is put under a pattern, and by which approval."""

from typing import TypedDict

from bylaw_chassis.refusals import FieldInvalid

from bylaw_attendance.rules.overtime.hours_system import HoursSystem
from bylaw_attendance.use_cases.forms import known_number, short_text


class HoursTerms(TypedDict):
    """As an assignment is wished for with them."""

    hours_system: HoursSystem
    hours_approval: str


def hours_terms(number: int, approval: str, *, within: str) -> HoursTerms:
    """The standard system where none is named; refuses FIELD_INVALID where the approval of another one is missing."""
    system = (
        HoursSystem(known_number(number, HoursSystem, field=f"{within}.hours_system")) if number else HoursSystem(1)
    )
    text = short_text(approval, field=f"{within}.hours_approval").strip()
    if (system is HoursSystem.STANDARD) == bool(text):
        raise FieldInvalid(
            field=f"{within}.hours_approval",
            zh="综合计算或不定时工时制须填写批准文号；标准工时制不填",
            en="say by which approval another system of hours holds; the standard one needs none",
        )
    return HoursTerms(hours_system=system, hours_approval=text)
