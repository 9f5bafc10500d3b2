"""Who enters, for how long an outsider is let in, and that an administrator is left (SEC-1, SEC-2)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_people.rules.access.explaining import Answer
from bylaw_people.rules.access.granting import Administration, require_administrator_left
from bylaw_people.rules.access.outsiders import (
    Gap,
    OutsideAccess,
    entry_gap,
    last_day_within,
    may_enter,
    require_limited,
)
from bylaw_people.rules.access.refusals import LastAdministrator, OutsiderNotPermitted
from bylaw_people.rules.staff import Appointment, EmploymentKind, PersonRecord
from hypothesis import given
from hypothesis import strategies as st

DAY, NOW = date(2026, 3, 2), datetime(2026, 3, 2, 4, tzinfo=UTC)
LIN, CHEN, UNIT, SITE = (UUID(int=number) for number in range(1, 5))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def person(kind: EmploymentKind, start: date, end: date | None = None) -> PersonRecord:
    """Somebody employed for a time."""
    return PersonRecord(LIN, "1", "Lin", "lin", 1, (Appointment(UNIT, None, SITE, kind, start, end),))


@pytest.mark.clause("SEC-2")
@given(kind=st.sampled_from(EmploymentKind), start=days, day=days, permitted=st.booleans())
def test_whoever_is_employed_enters_and_an_outsider_with_a_permission_alone(
    kind: EmploymentKind, start: date, day: date, *, permitted: bool
) -> None:
    enters = may_enter(person(kind, start), day, permitted=permitted)
    assert enters == (day >= start and (permitted or kind is not EmploymentKind.EXTERNAL))


def test_why_somebody_does_not_enter_is_told_apart() -> None:
    left = person(EmploymentKind.EXTERNAL, date(2026, 1, 1), date(2026, 2, 1))
    here = person(EmploymentKind.EXTERNAL, date(2026, 1, 1))
    assert entry_gap(left, DAY, permitted=True) is Gap.NOT_EMPLOYED
    assert entry_gap(here, DAY, permitted=False) is Gap.OUTSIDER_NOT_PERMITTED
    assert entry_gap(here, DAY, permitted=True) is None
    assert entry_gap(PersonRecord(CHEN, "admin", "admin", "admin", 1), DAY, permitted=False) is None


@pytest.mark.clause("SEC-2")
@given(days, days | st.none(), st.integers(1, 366))
def test_a_permission_has_an_end_within_so_many_days_or_is_refused(
    start: date, end: date | None, longest_days: int
) -> None:
    limited = end is not None and DAY <= start <= end <= start + timedelta(days=longest_days - 1)
    if limited:
        assert require_limited(start, end, DAY, longest_days=longest_days) == end
        return
    with pytest.raises(FieldInvalid, match=r"outside_access\.(start|end)_date"):
        require_limited(start, end, DAY, longest_days=longest_days)


@pytest.mark.clause("SEC-2")
@given(days, days | st.none(), st.lists(st.tuples(days, days), max_size=3))
def test_a_grant_of_an_outsider_never_outlives_a_permission(
    start: date, end: date | None, spans: list[tuple[date, date]]
) -> None:
    allowed = [OutsideAccess(UNIT, LIN, CHEN, first, last, "", NOW) for first, last in spans if first <= last]
    try:
        last = last_day_within(allowed, start, end)
    except OutsiderNotPermitted:
        return
    assert any(each.covers(start) and each.covers(last) for each in allowed)
    assert last == (end or last)


administrations = st.lists(
    st.builds(Administration, st.just(UNIT), st.sampled_from([LIN, CHEN]), days | st.none()), max_size=4
)


@pytest.mark.clause("SEC-1")
@given(administrations, st.data())
def test_what_is_taken_away_never_leaves_nobody_nor_nobody_without_a_last_day(
    before: list[Administration], data: st.DataObject
) -> None:
    kept = [each for each in before if data.draw(st.booleans())]
    try:
        require_administrator_left(before, kept)
    except LastAdministrator:
        assert not kept or all(each.last_date for each in kept)
        return
    assert bool(kept) == bool(before)
    assert any(not each.last_date for each in kept) == any(not each.last_date for each in before)


@pytest.mark.parametrize("gap", list(Gap))
def test_every_gap_is_said_in_both_languages_and_cites_a_clause(gap: Gap) -> None:
    answer = Answer(LIN, "people.staff.read", "people/x", gap)
    assert answer.sentence.zh.startswith("不允许：")
    assert answer.sentence.en.startswith("Not allowed: ")
    assert "{" not in answer.sentence.zh + answer.sentence.en
    assert answer.clause


@pytest.mark.clause("SEC-3")
def test_what_is_held_in_one_place_is_not_said_to_reach_everything() -> None:
    somewhere = Answer(LIN, "people.staff.read", "", None)
    assert "whole organisation" not in somewhere.sentence.en
    assert "as far as its scope reaches" in somewhere.sentence.en
    assert "限于各自的范围" in somewhere.sentence.zh
    assert "reaches units/x" in Answer(LIN, "people.staff.read", "units/x", None).sentence.en
    assert "the whole organisation" in Answer(LIN, "people.staff.read", "", None, everywhere=True).sentence.en
