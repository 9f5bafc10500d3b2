"""What somebody is appointed to: one thing at a time, and whatever was true of a day stays true of it (ORG-4)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_people.rules.dated_refusals import ChangeNotFound, FirstChangeStays, PersonEmployed
from bylaw_people.rules.organisation import Headship
from bylaw_people.rules.refusals import PersonNotEmployed
from bylaw_people.rules.staff import (
    Appointment,
    EmploymentKind,
    PersonRecord,
    after,
    appoint,
    end_employment,
    left_since,
    rehire,
    unemployed_day,
    withdraw,
)
from hypothesis import given
from hypothesis import strategies as st

FIRST = date(2026, 1, 1)
UNITS = [UUID(int=number) for number in range(3)]
SITE = UUID(int=9)


def wish(unit: int, start: date, end: date | None = None, kind: EmploymentKind = EmploymentKind.FORMAL) -> Appointment:
    return Appointment(UNITS[unit], None, SITE, kind, start, end)


def stored(person: PersonRecord) -> PersonRecord:
    """The record as it would be read again: every appointment with an id."""
    rows = tuple(row if row.id else replace(row, id=uuid4()) for row in person.appointments)
    return replace(person, appointments=rows)


def hired(end: date | None = None) -> PersonRecord:
    return stored(PersonRecord(uuid4(), "1", "Li", "", 1, (wish(0, FIRST, end),)))


steps = st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.integers(0, 40), st.sampled_from(EmploymentKind)), max_size=8)
DAYS = [FIRST + timedelta(days=number) for number in range(-1, 60)]


@pytest.mark.clause("ORG-4")
@given(steps)
def test_whatever_is_appointed_in_whatever_order_holds_from_its_day_until_the_next_on_record(
    wishes: list[tuple[int, int, EmploymentKind]],
) -> None:
    person, told = hired(), {FIRST: (UNITS[0], EmploymentKind.FORMAL)}
    for unit, offset, kind in wishes:
        start = FIRST + timedelta(days=offset)
        person = stored(after(person, appoint(person, wish(unit, start, kind=kind))))
        if replayed(told, start) != (UNITS[unit], kind):
            told[start] = (UNITS[unit], kind)
        held = {day: row for day in DAYS if (row := person.on(day))}
        assert all((row.unit, row.employment_kind) == replayed(told, day) for day, row in held.items())
        assert all(sum(row.covers(day) for row in person.appointments) == (day >= FIRST) for day in DAYS)


def replayed(told: dict[date, tuple[UUID, EmploymentKind]], day: date) -> tuple[UUID, EmploymentKind]:
    """What was said for the latest date that is not behind the day."""
    return told[max(said for said in told if said <= day)]


def test_a_change_within_the_past_ends_where_the_next_on_record_begins() -> None:
    person = moved(hired(), 1, date(2026, 6, 1))
    person = moved(person, 2, date(2026, 3, 1))
    assert [(row.unit, row.start_date, row.end_date) for row in person.appointments] == [
        (UNITS[0], FIRST, date(2026, 2, 28)),
        (UNITS[2], date(2026, 3, 1), date(2026, 5, 31)),
        (UNITS[1], date(2026, 6, 1), None),
    ]


def test_an_end_takes_back_what_is_recorded_of_the_employment_for_later_and_taken_back_lets_it_go_on() -> None:
    before = moved(hired(), 1, date(2026, 6, 1))
    ended = stored(after(before, end_employment(before, date(2026, 3, 31))))
    assert [(row.start_date, row.end_date) for row in ended.appointments] == [(FIRST, date(2026, 3, 31))]
    again = stored(after(ended, rehire(ended, wish(2, date(2026, 9, 1)))))
    assert again.on(date(2026, 8, 31)) is None
    assert (again.on(date(2026, 9, 1)) or again.appointments[0]).unit == UNITS[2]
    goes_on = stored(after(again, withdraw(again, date(2026, 4, 1))))
    assert [(row.start_date, row.end_date) for row in goes_on.appointments] == [
        (FIRST, date(2026, 8, 31)),
        (date(2026, 9, 1), None),
    ]


def test_another_employment_begins_only_where_none_is_and_before_the_next() -> None:
    person = stored(after(hired(date(2026, 3, 31)), rehire(hired(date(2026, 3, 31)), wish(1, date(2026, 9, 1)))))
    with pytest.raises(PersonEmployed):
        rehire(person, wish(1, date(2026, 3, 31)))
    with pytest.raises(FieldInvalid, match=r"appointment\.end_date"):
        rehire(person, wish(1, date(2026, 5, 1), date(2026, 9, 1)))
    with pytest.raises(FieldInvalid, match=r"appointment\.end_date"):
        appoint(person, wish(1, date(2026, 3, 1), date(2026, 9, 1)))
    earlier = after(person, rehire(person, wish(2, date(2026, 5, 1))))
    assert [row.end_date for row in earlier.appointments] == [date(2026, 3, 31), date(2026, 8, 31), None]


def test_an_appointment_taken_back_gives_its_time_to_the_one_before() -> None:
    person = moved(hired(), 1, date(2026, 6, 1))
    back = after(person, withdraw(person, date(2026, 6, 1)))
    assert [(row.unit, row.end_date) for row in back.appointments] == [(UNITS[0], None)]
    with pytest.raises(FirstChangeStays):
        withdraw(stored(back), FIRST)
    with pytest.raises(ChangeNotFound):
        withdraw(person, date(2026, 6, 2))


@pytest.mark.parametrize("day", [date.min, date.max])
def test_nothing_begins_on_the_first_or_the_last_day_that_can_be_written(day: date) -> None:
    with pytest.raises(ChangeNotFound):
        withdraw(hired(date(2026, 3, 1)), day)


@pytest.mark.clause("ORG-3")
def test_a_headship_needs_somebody_employed_on_each_of_its_days() -> None:
    person = hired(date(2026, 3, 31))
    person = stored(after(person, rehire(person, wish(1, date(2026, 9, 1)))))
    free = {(FIRST, date(2026, 3, 31)): None, (date(2026, 9, 1), None): None}
    for span, expected in {**free, (FIRST, None): date(2026, 4, 1), (date(2026, 5, 1), None): date(2026, 5, 1)}.items():
        assert unemployed_day(person.appointments, Headship(person.id, *span)) == expected


def moved(person: PersonRecord, unit: int, day: date) -> PersonRecord:
    return stored(after(person, appoint(person, wish(unit, day))))


def test_the_same_again_changes_nothing() -> None:
    person = hired()
    assert appoint(person, wish(0, FIRST + timedelta(days=9))).added == ()


def test_an_end_that_is_known_stays_when_somebody_moves() -> None:
    last = date(2026, 6, 30)
    before = hired(last)
    person = stored(after(before, appoint(before, wish(1, date(2026, 3, 1)))))
    assert person.appointments[-1].end_date == last


@pytest.mark.parametrize("day", [date(2026, 7, 1), date(2027, 1, 1)])
def test_who_has_left_cannot_be_appointed_nor_leave_again(day: date) -> None:
    person = hired(date(2026, 6, 30))
    with pytest.raises(PersonNotEmployed):
        appoint(person, wish(1, day))
    with pytest.raises(PersonNotEmployed):
        end_employment(person, day)


def test_the_last_day_is_worked_and_the_next_is_not() -> None:
    before = hired()
    person = stored(after(before, end_employment(before, date(2026, 6, 30))))
    assert person.on(date(2026, 6, 30))
    assert person.on(date(2026, 7, 1)) is None
    assert person.may_sign_in(date(2026, 6, 30))
    assert not person.may_sign_in(date(2026, 7, 1))


def test_an_appointment_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(FieldInvalid, match=r"appointment\.end_date"):
        wish(0, date(2026, 3, 2), date(2026, 3, 1))


MARCH = [date(2026, 3, day) for day in range(1, 12)]


@pytest.mark.clause("SEC-2")
@given(st.sets(st.sampled_from(MARCH), min_size=1), st.sampled_from(MARCH), st.sampled_from(MARCH))
def test_somebody_left_since_a_day_if_they_were_gone_on_one_in_between_having_been_employed_before(
    employed: set[date], since: date, day: date
) -> None:
    rows = [wish(0, each, each) for each in sorted(employed)]
    gone = [each for each in MARCH if since <= each < day and each > min(employed) and each not in employed]
    assert left_since(rows, since, day) is bool(gone)
