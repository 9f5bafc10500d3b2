"""Sound columns of a few people under a small plan, and what it takes to spoil them."""

from array import array
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from itertools import accumulate, pairwise
from typing import Any

from bylaw_hooks import AnswerColumns, CardParameters, FactColumns, MonthAnswer, MonthFacts, MonthPlan, PlanColumns
from bylaw_kit.adapting import NO_PUNCH, judge_columns, pack_facts, pack_plans

from tests.plugins.gallery.ordinary import Ordinary
from tests.plugins.host.conftest import DAYS

SHORT_DAYS = DAYS[:5]
"""The day before the month and its first four days: two cards each."""
PARAMETERS = CardParameters()
PATTERN = Ordinary()
PLANS = (PATTERN.compile(SHORT_DAYS, PARAMETERS), PATTERN.compile(DAYS[:4], PARAMETERS))
WHOSE = (0, 1, 0)
HALVES = [len(PLANS[number].segments) for number in WHOSE]


def exists(clause: str, on: date) -> bool:
    """ATT-9 exists from the third on."""
    return clause in {"HRS-1", "HRS-4", "HRS-5", "ATT-1", "ATT-2", "ATT-3", "ATT-4"} or (clause, on.day > 2) == (
        "ATT-9",
        True,
    )


def months() -> list[MonthFacts]:
    """In order; late and early; absent."""
    plain = [60 * SHORT_DAYS[day].at(wall) for day in range(1, 5) for wall in ("08:50", "12:10")]
    odd = [60 * SHORT_DAYS[day].at(wall) for day in range(1, 4) for wall in ("09:10", "11:58")]
    return [
        MonthFacts(person, (SHORT_DAYS, DAYS[:4])[WHOSE[person]], tuple(punches), decided_until=2**40)
        for person, punches in enumerate((plain, odd, []))
    ]


def facts() -> FactColumns:
    return pack_facts(months(), WHOSE)


def plan_columns() -> list[PlanColumns]:
    return [pack_plans([plan]) for plan in PLANS]


def sound_answers() -> AnswerColumns:
    return judge_columns(PATTERN, (SHORT_DAYS, DAYS[:4]), facts(), PARAMETERS)


def spoiled(columns: Any, name: str, place: int, value: int) -> Any:
    """The same columns with one number changed."""
    column = list(getattr(columns, name))
    column[place] = value
    return with_column(columns, name, column)


def with_column(columns: Any, name: str, values: Iterable[int]) -> Any:
    """The same columns with one column exchanged."""
    kept = {field.name: getattr(columns, field.name) for field in fields(columns)}
    return type(columns)(**{**kept, name: memoryview(array("q", values)).toreadonly()})


def as_answers(columns: AnswerColumns) -> list[MonthAnswer]:
    """What the columns say, a person at a time."""
    text = columns.texts.__getitem__
    answers = []
    for number, (first, after) in enumerate(pairwise(accumulate(HALVES, initial=0))):
        cards, own = slice(2 * first, 2 * after), slice(first, after)
        answers.append(
            MonthAnswer(
                number,
                _plan(number),
                bytes(columns.kinds[cards].tolist()),
                tuple(columns.minutes[cards]),
                tuple(None if punch == NO_PUNCH else punch for punch in columns.punches[cards]),
                tuple(map(text, columns.clauses[cards])),
                bytes(columns.verdicts[own].tolist()),
                tuple(map(text, columns.verdict_clauses[own])),
                tuple(columns.worked_minutes[own]),
            )
        )
    return answers


def _plan(person: int) -> MonthPlan:
    return PLANS[WHOSE[person]]
