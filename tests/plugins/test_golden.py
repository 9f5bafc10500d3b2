"""A version's answers never move: months long handed over are judged again by the version of their day."""

import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from bylaw_fixed_week import FixedWeek, Week, WorkSegment
from bylaw_hooks import ClockChange, DayFacts, DayKind, MonthFacts
from bylaw_kit import reading

GOLDEN = Path(__file__).parents[2] / "plugins/fixed_week/golden/fixed-week@1.json"
FIRST = date(2026, 3, 1)
MIDNIGHT = (FIRST - date(1970, 1, 1)).days * 1440 - 480
CASES = {
    "rulebook": Week(),
    "seconds-from-start": Week(seconds="count", late_from="start", without_leave="leave_required"),
    "night": Week(segments=(WorkSegment(hours="22:00-06:00"),), repeat_minutes=0),
    "first-in-last-out": Week(
        segments=(WorkSegment(hours="08:30-12:00", sign_out=False), WorkSegment(hours="14:00-18:00", sign_in=False))
    ),
}


def number(*key: object) -> int:
    """A number that looks drawn by lot and is the same on every machine and Python."""
    return int.from_bytes(sha256(repr(key).encode()).digest()[:4])


def corpus_days() -> tuple[DayFacts, ...]:
    """March 2026 with a holiday, a make-up day and a clock change; the zone is written out, not looked up."""
    kinds = {6: DayKind.HOLIDAY, 8: DayKind.MAKE_UP_WORK}
    return tuple(
        DayFacts(
            FIRST + timedelta(days=day),
            kinds.get(day + 1, DayKind.ORDINARY),
            MIDNIGHT + 1440 * day - 60 * (day > 28),
            (ClockChange(120, 60),) if day == 28 else (),
            inside=0 <= day < 31,
        )
        for day in range(-1, 32)
    )


def digest(case: str, week: Week) -> str:
    pattern, days, lines = FixedWeek(), corpus_days(), []
    plan = pattern.compile(days, week)
    for person in range(40):
        punches = sorted(
            60 * point.due + number(case, person, index) % 6000 - 3000
            for index, point in enumerate(reading.card_points(plan))
            if number(person, index) % 7
        )
        directions = bytes(number(person, punch) % 3 * (person % 4 == 0) for punch in punches)
        facts = MonthFacts(
            person,
            days,
            tuple(punches),
            directions,
            handed_over=person % 2 == 1,
            decided_until=MIDNIGHT + 1440 * (25 + person % 10),
        )
        answer = pattern.judge_month(facts, plan, week)
        lines.append(
            repr(
                (
                    bytes(answer.kinds),
                    answer.minutes,
                    answer.punches,
                    answer.clauses,
                    bytes(answer.verdicts),
                    answer.verdict_clauses,
                    answer.worked_minutes,
                )
            )
        )
    return sha256("\n".join(lines).encode()).hexdigest()


@pytest.mark.parametrize("case", CASES)
def test_c28_the_answers_of_version_one_are_unmoved(case: str) -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert digest(case, CASES[case]) == golden[case], "if the answers must change, register a version 2 beside it"
