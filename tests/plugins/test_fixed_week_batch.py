"""The fixed week's batch form says what its easy form says, to the last byte, whatever it is given (C27)."""

from array import array
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import repeat

import pytest
from bylaw_fixed_week import FixedWeek, Week, WorkSegment
from bylaw_hooks import AnswerColumns, DayFacts, DayKind, FactColumns, MonthFacts, MonthPlan, days_between
from bylaw_kit import reading
from bylaw_kit.adapting import columns_of, pack_answers, pack_facts, pack_plans
from bylaw_kit.months import month_days
from hypothesis import given
from hypothesis import strategies as st

PATTERN = FixedWeek()
FAR = 2**40
LONE_CARDS = (
    WorkSegment(hours="08:30-12:00"),
    WorkSegment(hours="13:00-15:00", sign_out=False),
    WorkSegment(hours="16:00-18:00", sign_in=False),
)
WEEKS = [
    Week(),
    Week(seconds="count", late_from="start"),
    Week(repeat_minutes=0, without_leave="leave_required"),
    Week(segments=(WorkSegment(hours="22:00-06:00"),), repeat_minutes=60),
    Week(segments=LONE_CARDS),
    Week(segments=(WorkSegment(hours="08:30-12:00", sign_out=False), WorkSegment(hours="13:00-15:00"), LONE_CARDS[-1])),
    Week(segments=(WorkSegment(hours="06:00-18:00"), WorkSegment(hours="20:00-03:00", sign_out=False))),
    Week(segments=tuple(WorkSegment(hours=f"{hour:02}:00-{hour + 1:02}:30") for hour in (0, 4, 8, 12, 16))),
    Week(working_days=()),
]
HOLIDAYS = {date(2026, 3, 5): DayKind.HOLIDAY, date(2026, 3, 8): DayKind.MAKE_UP_WORK}


@cache
def calendars() -> tuple[tuple[DayFacts, ...], ...]:
    """Whole months and a part of one, in zones whose clocks change and in one whose do not."""
    shanghai = month_days((2026, 3), "Asia/Shanghai", HOLIDAYS)
    return (
        shanghai,
        days_between(shanghai, date(2026, 3, 9), date(2026, 3, 20)),
        days_between(shanghai, date(2026, 3, 1), date(2026, 3, 1)),
        month_days((2026, 3), "Europe/Berlin", {}),
        month_days((2026, 10), "Europe/Berlin", {}),
        month_days((2026, 4), "Australia/Lord_Howe", {}),
    )


@cache
def planned(calendar: int, week: int) -> MonthPlan:
    return PATTERN.compile(calendars()[calendar], WEEKS[week])


@cache
def moments(calendar: int, week: int) -> tuple[int, int, list[int]]:
    """From when to when a punch can matter, and the seconds around which all turns: what is due, and windows' edges."""
    plan, days = planned(calendar, week), calendars()[calendar]
    start, end = reading.reach(plan) if plan.windows else (60 * days[0].midnight, 60 * days[-1].midnight)
    due = [60 * point.due for point in reading.card_points(plan)]
    return start, end, [start, *due, *(edge for window in plan.windows for edge in window)]


@dataclass(frozen=True)
class Batch:
    """The months of some people; `plans` says beside them whose is which of the calendars."""

    week: int
    calendars: list[int]
    facts: list[MonthFacts]
    plans: list[int]

    def easy(self) -> AnswerColumns:
        plans = [planned(self.calendars[plan], self.week) for plan in self.plans]
        week = WEEKS[self.week]
        return pack_answers(map(PATTERN.judge_month, self.facts, plans, repeat(week)))

    def batch(self) -> AnswerColumns:
        plans = pack_plans([planned(calendar, self.week) for calendar in self.calendars])
        return PATTERN.judge_batch(pack_facts(self.facts, self.plans), plans, WEEKS[self.week])


@st.composite
def months(draw: st.DrawFn, calendar: int, week: int, *, person: int) -> MonthFacts:
    """Somebody who stamps near the moments that count, and now and then at any time at all."""
    start, end, counting = moments(calendar, week)
    near = st.builds(int.__add__, st.sampled_from(counting), st.integers(-60, 60) | st.integers(-3_000, 3_000))
    punches = tuple(sorted(draw(st.lists(near | st.integers(start - 90_000, end + 90_000), max_size=25))))
    size = len(punches)
    directed = st.lists(st.sampled_from((0, 0, 1, 2)), min_size=size, max_size=size).map(bytes)
    until = draw(st.sampled_from([FAR, 0]) | st.integers(start // 60, end // 60))
    return MonthFacts(person, calendars()[calendar], punches, draw(st.just(b"") | directed), until, draw(st.booleans()))


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """People with one calendar or several among them, those of several mixed."""
    week = draw(st.integers(0, len(WEEKS) - 1))
    chosen = draw(st.lists(st.integers(0, len(calendars()) - 1), min_size=1, max_size=3))
    plans = draw(st.lists(st.integers(0, len(chosen) - 1), max_size=5))
    return Batch(week, chosen, [draw(months(chosen[plan], week, person=at)) for at, plan in enumerate(plans)], plans)


def said(answers: AnswerColumns) -> list[object]:
    """The bytes of every column; clauses as texts, since the two forms may number them otherwise."""
    spelt = [
        [answers.texts[number] for number in column.tolist()] for column in (answers.clauses, answers.verdict_clauses)
    ]
    counted = [answers.kinds, answers.minutes, answers.punches, answers.verdicts, answers.worked_minutes]
    return [*spelt, *(column.tobytes() for column in counted)]


@given(batches())
def test_c27_both_forms_agree_to_the_last_byte(case: Batch) -> None:
    assert said(case.batch()) == said(case.easy())


@given(batches())
def test_c13_the_order_of_people_does_not_matter_to_the_batch_form(case: Batch) -> None:
    turned = replace(case, facts=case.facts[::-1], plans=case.plans[::-1])
    assert said(turned.batch()) == said(turned.easy())


def test_the_answer_is_columns_of_int64_even_where_there_is_nobody() -> None:
    for facts in ([], [MonthFacts(1, calendars()[0], ())]):
        for column in columns_of(Batch(0, [0], facts, [0] * len(facts)).batch()):
            assert (column.format, column.itemsize, column.ndim, column.c_contiguous) == ("q", 8, 1, True)


def test_what_a_batch_is_given_is_as_it_was_afterwards() -> None:
    _, _, counting = moments(0, 0)
    known = tuple(sorted(counting))
    facts = pack_facts([MonthFacts(1, calendars()[0], known, b"\1" * len(known), FAR, handed_over=True)], [0])
    writable = (memoryview(array("q", column)) for column in columns_of(facts))
    facts, plans = FactColumns(*writable), pack_plans([planned(0, 0)])
    before = [column.tobytes() for column in (*columns_of(facts), *columns_of(plans))]
    PATTERN.judge_batch(facts, plans, WEEKS[0])
    assert [column.tobytes() for column in (*columns_of(facts), *columns_of(plans))] == before


@pytest.mark.parametrize("far", [2**61, -(2**61)])
def test_a_punch_of_another_age_disturbs_nobody(far: int) -> None:
    facts = [MonthFacts(number, days, (far,), b"", FAR) for number, days in enumerate(calendars()[:2])]
    case = Batch(0, [0, 1], facts, [0, 1])
    assert said(case.batch()) == said(case.easy())
