"""Rounds in the form that rules take; what has another form is refused, naming the field."""

from enum import IntEnum
from typing import Any

from bylaw_chassis.forms import known, line_of_text
from bylaw_chassis.refusals import FieldInvalid

from bylaw_inventory.rules.rounds.house_round import CheckKind, Checks, RoundSide
from bylaw_inventory.use_cases.forms import LONGEST_REASON


class Finding(IntEnum):
    """What a check found; the numbers are those of the contract."""

    FINE = 1
    UNUSUAL = 2


def side_asked(number: int) -> RoundSide:
    """On arriving or leaving."""
    return known(number, RoundSide, field="side")


def kind_asked(number: int) -> CheckKind:
    """Which check."""
    return known(number, CheckKind, field="check")


def checks_asked(request: Any) -> Checks:
    """All three, each answered."""
    return Checks(*(_check(getattr(request, part), part) for part in Checks._fields))


def _check(check: Any, field: str) -> str:
    finding = known(check.finding, Finding, field=f"{field}.finding")
    if finding is Finding.UNUSUAL:
        return line_of_text(check.words, field=f"{field}.words", longest=LONGEST_REASON)
    if check.words:
        raise FieldInvalid(
            field=f"{field}.words", zh="正常的检查不填说明；有异常请选异常", en="a check that is fine has no words"
        )
    return ""
