"""What somebody is appointed to: one thing at a time, and whatever was true of a day stays true of it (ORG-4)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_people.rules.refusals import PersonNotEmployed
from bylaw_people.rules.staff import Appointment, EmploymentKind, PersonRecord, after, appoint, end_employment
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


@pytest.mark.clause("ORG-4")
@given(steps)
def test_whatever_is_appointed_no_day_before_it_changes_and_no_two_hold_at_once(
    wishes: list[tuple[int, int, EmploymentKind]],
) -> None:
    person, days = hired(), [FIRST + timedelta(days=number) for number in range(-1, 60)]
    for unit, offset, kind in wishes:
        start = FIRST + timedelta(days=offset)
        before = {day: person.on(day) for day in days if day < start}
        try:
            person = stored(after(person, appoint(person, wish(unit, start, kind=kind))))
        except FieldInvalid:
            assert start < person.appointments[-1].start_date
            continue
        assert all(_says_the_same(person.on(day), held) for day, held in before.items())
        assert (person.on(start) or hired().appointments[0]).unit == UNITS[unit]
        assert all(sum(row.covers(day) for row in person.appointments) == (day >= FIRST) for day in days)


def _says_the_same(one: Appointment | None, other: Appointment | None) -> bool:
    return one is other is None or (one is not None and other is not None and one.same_as(other))


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
