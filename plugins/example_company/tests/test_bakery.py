"""The bakery's months, judged by both versions; nothing but `bylaw-hooks` is installed."""

from datetime import date
from typing import Any

import pytest
from bylaw_hooks import CardParameters, DayKind, MonthAnswer, MonthFacts, ShiftPattern
from bylaw_kit import reading
from bylaw_kit.checking import answer_faults, plan_faults
from bylaw_kit.months import epoch_minute, month_days
from pydantic import ValidationError

from example_company import Bakery1, Bakery2, register_shift_patterns
from example_company.bakery_1 import BakingDay1
from example_company.bakery_2 import BakingDay2

ZONE = "Asia/Shanghai"
MAY = month_days((2026, 5), ZONE, {date(2026, 5, day): DayKind.HOLIDAY for day in (1, 2, 3, 4, 5)})
CLAUSES = {"HRS-1", "HRS-3", "HRS-4", "ATT-1", "ATT-2", "ATT-3", "ATT-4"}
OPEN = [day for day in range(1, 32) if date(2026, 5, day).weekday() != 0]
"""Every day of May but its Mondays: 4, 11, 18, 25."""


def judged(pattern: ShiftPattern[Any], parameters: CardParameters, stamps: dict[int, str]) -> MonthAnswer:
    """Judge stamps by day of May, and hold the answer to the rules that the service holds it to."""
    walls = [(date(2026, 5, day), wall) for day, line in stamps.items() for wall in line.split()]
    punches = tuple(sorted(60 * epoch_minute(day, wall, ZONE) for day, wall in walls))
    facts = MonthFacts(person=1, days=MAY, punches=punches, decided_until=2**40)
    plan = pattern.compile(MAY, parameters)
    answer = pattern.judge_month(facts, plan, parameters)
    faults = [*plan_faults(MAY, plan, _exists), *answer_faults(facts, answer, _exists)]
    assert faults == []
    return answer


def _exists(clause: str, _: date) -> bool:
    return clause in CLAUSES


def cards(answer: MonthAnswer, day: int) -> list[tuple[str, int, str]]:
    """What was found at each card of a day."""
    found = [mark for mark in reading.marks(answer) if mark.point.work_date.day == day]
    return [(mark.kind.name, mark.minutes, mark.clause) for mark in found]


def test_by_version_one_old_ma_bakes_eight_hours_on_every_day_but_monday() -> None:
    stamps = dict.fromkeys(OPEN, "03:50 12:05") | {6: "04:10 12:00", 7: "04:11 11:55", 8: "03:55"}
    answer = judged(Bakery1(), BakingDay1(), stamps)
    assert cards(answer, 6) == [("LATE", 10, "ATT-2"), ("ON_TIME", 0, "HRS-4")]
    assert cards(answer, 7) == [("LEAVE_REQUIRED", 11, "ATT-2"), ("EARLY", 5, "ATT-3")]
    assert cards(answer, 8) == [("ON_TIME", 0, "HRS-4"), ("MISSING_CARD", 0, "ATT-1")]
    totals = reading.totals(answer)
    assert totals.days_planned == 31 - 4 == 27
    assert totals.worked_minutes == 27 * 480 - 10 - (11 + 5) - 480 == 12_454


def test_by_version_two_he_has_a_break_and_the_holidays_off() -> None:
    stamps = dict.fromkeys(OPEN, "03:50 08:05 08:25 12:35") | {6: "03:50 08:05 08:41 12:35", 7: "03:50 08:05"}
    answer = judged(Bakery2(), BakingDay2(), stamps)
    assert cards(answer, 6)[2] == ("LEAVE_REQUIRED", 11, "ATT-2")
    assert cards(answer, 7)[2:] == [("ABSENT", 0, "ATT-4")] * 2
    totals = reading.totals(answer)
    assert totals.days_planned == 27 - 4 == 23
    assert totals.worked_minutes == 23 * 480 - 11 - 240 == 10_789


def test_both_versions_are_registered_side_by_side() -> None:
    assert [pattern.identity for pattern in register_shift_patterns()] == ["example-bakery@1", "example-bakery@2"]


@pytest.mark.parametrize("model", [BakingDay1, BakingDay2])
def test_each_setting_is_titled_in_chinese_and_english_and_survives_json(model: type[CardParameters]) -> None:
    for described in model.model_json_schema()["properties"].values():
        assert all(described["x-title"][language] for language in ("zh", "en"))
    assert model.model_validate_json(model().model_dump_json()) == model()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"starts": "4:00"}', "starts"),
        ('{"closed_on": "never"}', "closed_on"),
        ('{"late_minutes": "10"}', "late_minutes"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(text: str, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        BakingDay1.model_validate_json(text)
    assert refused.value.errors()[0]["loc"] == (field,)


def test_a_break_that_ends_before_it_begins_is_refused_in_both_languages() -> None:
    with pytest.raises(ValidationError) as refused:
        BakingDay2(before_break="04:00-09:00")
    context = refused.value.errors()[0]["ctx"]
    assert (context["field"], bool(context["zh"]), bool(context["en"])) == ("after_break", True, True)
