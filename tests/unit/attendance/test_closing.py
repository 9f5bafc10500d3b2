"""When months are handed over, objected to and closed; whose month it is; what is kept of a closed one."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from bylaw_attendance.rules.closing.closing import Deadlines, belongs_to, check_order, month_before, months_between
from bylaw_attendance.rules.closing.closing_refusals import MonthOutOfOrder
from bylaw_attendance.rules.closing.hand_over import hand_over_day, never
from bylaw_attendance.rules.judging.judged_from import JudgedFrom, RecordedStretch
from bylaw_chassis.organisation.facts import Stay
from bylaw_hooks import ClockChange, DayFacts, DayKind, Excused, Hours
from hypothesis import given
from hypothesis import strategies as st

FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in (2, 3, 4))
PERSON, SHOP, STORE = (UUID(int=number) for number in (1, 2, 3))
KEY = "ab" * 32

EXCUSED = st.builds(Excused, st.just("LVE-1"), st.sampled_from(["day", "span"]), st.just(60), st.just(90))
CHANGES = st.builds(ClockChange, st.integers(0, 2_880), st.integers(-120, 120))
DAYS = st.builds(
    DayFacts,
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(DayKind),
    st.integers(0, 2**33),
    st.lists(CHANGES, max_size=2).map(tuple),
    st.booleans(),
    st.sampled_from(["", "rest", "晚班"]),
    st.none() | st.builds(Hours, st.just("HRS-6"), st.just(((540, 720),))),
    st.lists(EXCUSED, max_size=2).map(tuple),
)


def stay(unit: UUID, first: date, last: date | None = None) -> Stay:
    return Stay(PERSON, first, last, unit, None)


@pytest.mark.clause("SHT-1", "SHT-2")
def test_the_third_and_the_fifth_stay_where_they_are_unless_holidays_move_them() -> None:
    may = {date(2026, 5, day) for day in range(1, 6)}
    assert Deadlines.of(APRIL, never) == (date(2026, 5, 3), date(2026, 5, 5))
    assert Deadlines.of(APRIL, may.__contains__) == (date(2026, 5, 6), date(2026, 5, 6))
    assert (hand_over_day(APRIL, never), hand_over_day(APRIL, may.__contains__)) == (date(2026, 5, 3), date(2026, 5, 6))
    assert Deadlines.of(date(2025, 12, 1), never) == (date(2026, 1, 3), date(2026, 1, 5))


@pytest.mark.clause("SHT-1")
def test_a_month_belongs_where_somebody_works_at_its_end_or_at_their_own() -> None:
    moved = [stay(SHOP, date(2024, 1, 1), date(2026, 2, 14)), stay(STORE, date(2026, 2, 15))]
    assert belongs_to(moved, FEBRUARY) == moved[1]
    assert belongs_to(moved, date(2026, 1, 1)) == moved[0]
    left = [stay(SHOP, date(2024, 1, 1), date(2026, 2, 14))]
    assert belongs_to(left, FEBRUARY) == left[0]
    assert belongs_to(left, MARCH) is None


@pytest.mark.clause("SHT-3")
def test_months_close_one_behind_the_other_from_the_first_that_was_closed() -> None:
    check_order(MARCH, [], None)
    check_order(MARCH, [FEBRUARY], None)
    check_order(FEBRUARY, [FEBRUARY], None)  # who came to the unit's month behind its closing
    with pytest.raises(MonthOutOfOrder, match="2026-03"):
        check_order(APRIL, [FEBRUARY], MARCH)
    with pytest.raises(MonthOutOfOrder, match="2026-03"):
        check_order(FEBRUARY, [MARCH], None)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 30))
def test_the_months_between_two_are_those_between_them(day: date, count: int) -> None:
    first = day.replace(day=1)
    found = months_between(first, first + timedelta(days=31 * count))
    assert all(month.day == 1 and first < month < first + timedelta(days=31 * count) for month in found)
    assert found == sorted(set(found))
    assert all(month_before(later) == earlier for earlier, later in zip([first, *found], found, strict=False))


@pytest.mark.clause("SHT-3")
@given(st.lists(DAYS, max_size=4), st.lists(st.integers(0, 2**33), max_size=5))
def test_what_a_month_was_judged_from_is_read_as_it_was_written(days: list[DayFacts], seconds: list[int]) -> None:
    stretch = RecordedStretch(KEY, "fixed-week@1", "{}", tuple(days), tuple(seconds), "0102", 5, handed_over=True)
    record = JudgedFrom((stretch,), ((FEBRUARY, MARCH),))
    assert JudgedFrom.unpack(record.pack()) == record
    assert record.pack() == JudgedFrom.unpack(record.pack()).pack()
