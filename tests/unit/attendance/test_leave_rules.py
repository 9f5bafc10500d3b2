"""Rules of leave without a database: exact amounts, what excuses a day, and the chain of the ledger."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from uuid import UUID

import pytest
from bylaw_attendance.rules.exact import exact_amount, exact_text
from bylaw_attendance.rules.judging.day_changes import DayChange
from bylaw_attendance.rules.leave.leave_days import ExcusedDay, excused_by_person, with_leave
from bylaw_attendance.rules.leave.leave_held import OfferedKind
from bylaw_attendance.rules.leave.leave_kinds import OUTSIDE, TRIP, with_own
from bylaw_attendance.rules.leave.leave_ledger import Entry, EntryKind, lapsing
from bylaw_attendance.rules.leave.leave_recorded import FIRST, Reasons, Recorded, chained
from bylaw_attendance.rules.leave.leave_request import LeaveDayTaken
from bylaw_attendance.rules.leave.shown_leave import ExcusedMinutes, minutes_of, together, with_outside
from bylaw_attendance.rules.sheets.sheet import NO_TOTALS, TOTALS
from bylaw_hooks import Excused, Hours
from hypothesis import given
from hypothesis import strategies as some

ANNA, REQUEST = UUID(int=1), UUID(int=2)
MONDAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 4, tzinfo=UTC)
FRACTIONS = some.fractions(min_value=-1000, max_value=1000, max_denominator=600)


@given(FRACTIONS)
def test_an_amount_that_is_written_is_read_as_the_same(amount: Fraction) -> None:
    assert exact_amount(exact_text(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(3, 2), "1.5"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(10), "10"),
        (Fraction(-1, 3), "-1/3"),
        (Fraction(1, 20), "0.05"),
    ],
)
def test_an_amount_is_a_decimal_number_where_there_is_an_exact_one(amount: Fraction, text: str) -> None:
    assert exact_text(amount) == text


@pytest.mark.parametrize("text", ["", "1/0", "1.", ".5", "1e3", "٣", " 1", "1/2/3", "9" * 10])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert exact_amount(text) is None


def excused(day: date = MONDAY, part: str = "day", *, clause: str = "LVE-1", minutes: int = 450) -> ExcusedDay:
    taken = LeaveDayTaken(day, part, None, (), minutes, Fraction(1))  # type: ignore[arg-type]
    return ExcusedDay(ANNA, REQUEST, "annual", ("年假", "Annual leave"), clause, taken)


@pytest.mark.clause("LVE-1")
def test_leave_is_laid_over_what_changes_the_days_anyway() -> None:
    tuesday = MONDAY.replace(day=3)
    notice = DayChange(MONDAY, hours=Hours("HRS-6", ((540, 720),)))
    changed = with_leave((notice,), [excused(), excused(tuesday, "first-half")])
    assert changed == (
        notice._replace(excused=(Excused("LVE-1"),)),
        DayChange(tuesday, excused=(Excused("LVE-1", "first-half"),)),
    )
    assert with_leave((notice,), []) == (notice,)


@pytest.mark.clause("LVE-1")
def test_two_halves_of_a_day_are_in_one_order_whoever_tells_them() -> None:
    halves = [excused(part="second-half"), excused(part="first-half")]
    assert excused_by_person(halves) == excused_by_person(reversed(halves))


@pytest.mark.clause("LVE-3")
def test_trips_and_duty_outside_count_apart_and_only_in_their_month() -> None:
    days = [excused(), excused(clause="LVE-3", minutes=60), excused(date(2026, 4, 1))]
    assert minutes_of(days, MONDAY.replace(day=1)) == ExcusedMinutes(450, 60)
    both = [minutes_of(days, MONDAY.replace(day=1)), minutes_of(days, date(2026, 4, 1))]
    assert together(both) == ExcusedMinutes(900, 60)


@pytest.mark.clause("LVE-3")
@pytest.mark.parametrize(
    ("parts", "counted"),
    [
        ([("LVE-3", (0, 210))], (1, 0)),
        ([("LVE-3", (0, 210)), ("LVE-3", (330, 570))], (2, 1)),
        ([("LVE-3", (0, 100))], (0, 0)),
        ([("LVE-3", (100, 210)), ("LVE-1", (0, 100))], (1, 0)),
        ([("LVE-3", (0, 210)), ("LVE-1", (330, 570))], (1, 1)),
        ([("LVE-1", (0, 210)), ("LVE-1", (330, 570))], (0, 0)),
    ],
)
def test_a_half_of_which_nothing_is_left_counts_where_some_of_it_was_outside(
    parts: list[tuple[str, tuple[int, int]]], counted: tuple[int, int]
) -> None:
    days = [excused(clause=clause, minutes=0) for clause, _ in parts]
    halves = ((0, 210), (330, 570))
    days = [
        day._replace(day=day.day._replace(spans=(span,), halves=halves))
        for day, (_, span) in zip(days, parts, strict=True)
    ]
    found = minutes_of(days, MONDAY.replace(day=1))
    assert (found.outside_halves, found.outside_days) == counted
    totals = dict(zip(TOTALS, with_outside(NO_TOTALS, found), strict=True))
    assert (totals["halves_planned"], totals["halves_worked"]) == (counted[0], counted[0])
    assert (totals["days_planned"], totals["days_worked"]) == (counted[1], counted[1])


@pytest.mark.clause("LVE-3")
def test_a_company_may_offer_trips_of_its_own() -> None:
    own = OfferedKind(replace(TRIP, most_days=5), "acme@1", "{}")
    assert with_own((own,)) == (OfferedKind(OUTSIDE, "", "{}"), own)


def recorded(place: int, days: int) -> Recorded:
    entry = Entry(EntryKind.GRANT, "annual", MONDAY, Fraction(days), f"annual/{place}")
    return Recorded(ANNA, place, entry, Reasons("年假", "annual"), AT, "")


@given(some.lists(some.integers(min_value=1, max_value=99), min_size=2, max_size=6), some.data())
def test_a_chain_shows_whatever_was_changed_in_it(amounts: list[int], data: some.DataObject) -> None:
    links = list(chained((recorded(place, days) for place, days in enumerate(amounts, 1)), FIRST))
    assert all(one.holds for one in links)
    assert [one.previous for one in links] == [FIRST, *(one.hash for one in links[:-1])]
    place = data.draw(some.integers(0, len(links) - 1))
    entry = links[place].entry
    changed = links[place]._replace(entry=replace(entry, amount=entry.amount + 1))
    assert not changed.holds
    assert not links[place]._replace(by=str(ANNA)).holds
    assert changed.sealed(changed.previous).hash != links[place].hash


@pytest.mark.clause("LVE-1")
def test_what_lapses_soonest_is_what_is_not_taken_of_the_next_to_expire() -> None:
    first = Entry(EntryKind.GRANT, "annual", MONDAY, Fraction(2), "a", expires=date(2026, 3, 31))
    second = Entry(EntryKind.GRANT, "annual", MONDAY, Fraction(3), "b", expires=date(2026, 12, 31))
    taken = Entry(EntryKind.TAKE, "annual", date(2026, 3, 9), Fraction(1), "r/1", "r")
    entries = (first, second, taken)
    assert lapsing(entries, "annual", MONDAY) == (2, date(2026, 3, 31))
    assert lapsing(entries, "annual", date(2026, 3, 31)) == (1, date(2026, 3, 31))
    assert lapsing(entries, "annual", date(2026, 4, 1)) == (3, date(2026, 12, 31))
    assert lapsing(entries, "annual", date(2027, 1, 1)) is None
    assert lapsing(entries, "sick", MONDAY) is None
