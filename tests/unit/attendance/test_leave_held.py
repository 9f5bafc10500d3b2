"""Employments as leave policies are told of them, what holds for whom on which days, and what may meet."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from bylaw_attendance.rules.judging.assignment import EVERYBODY, Assignment, SubjectKind
from bylaw_attendance.rules.leave.leave_codes import clash, meet
from bylaw_attendance.rules.leave.leave_effects import with_wish
from bylaw_attendance.rules.leave.leave_held import ServiceRecord, employments, held
from bylaw_chassis.organisation.facts import Stay, Tree, UnitVersion
from bylaw_hooks import Both
from bylaw_hooks.leave import Change, LeaveKind, Period
from hypothesis import given
from hypothesis import strategies as st

ANNA, COMPANY, SHOP, STORE = (UUID(int=number) for number in (1, 10, 11, 12))
FIRST, YEAR = date(2026, 1, 1), Period(date(2026, 1, 1), date(2026, 12, 31))
TREE = Tree.of(
    [
        UnitVersion(COMPANY, FIRST, None, None),
        UnitVersion(SHOP, FIRST, None, COMPANY),
        UnitVersion(STORE, FIRST, date(2026, 6, 30), COMPANY),
        UnitVersion(STORE, date(2026, 7, 1), None, SHOP),
    ]
)


def stay(first: date, last: date | None = None, unit: UUID = SHOP, kind: str = "formal") -> Stay:
    return Stay(ANNA, first, last, unit, None, employment_kind=kind)


def made(
    subject: UUID, policy: str = "acme-day@1", first: date = FIRST, last: date | None = None, number: int = 1
) -> Assignment:
    kind = SubjectKind.PERSON if subject == ANNA else SubjectKind.UNIT
    kind = SubjectKind.ORGANISATION if subject == EVERYBODY else kind
    return Assignment(UUID(int=100 + number), kind, subject, policy, "{}", first, last)


@pytest.mark.clause("ORG-4")
def test_appointments_without_a_gap_are_one_employment_and_behind_a_gap_begins_another() -> None:
    stays = [
        stay(date(2026, 3, 1), date(2026, 4, 30), kind="formal"),
        stay(FIRST, date(2026, 2, 28), kind="temporary"),
        stay(date(2026, 6, 1)),
    ]
    one, two = employments(stays, ServiceRecord(date(2015, 5, 1), (2, 29)))
    assert (one.joined, one.left) == (FIRST, date(2026, 4, 30))
    assert one.changes == (Change(FIRST, "temporary"), Change(date(2026, 3, 1), "formal"))
    assert (two.joined, two.left, two.served_since, two.birthday) == (date(2026, 6, 1), None, date(2015, 5, 1), (2, 29))


@pytest.mark.clause("LVE-1")
def test_what_holds_follows_the_person_from_unit_to_unit_and_the_unit_from_parent_to_parent() -> None:
    stays = [stay(FIRST, date(2026, 3, 31), STORE), stay(date(2026, 4, 1), None, STORE)]
    found = held([made(SHOP), made(EVERYBODY, "statutory@1", number=2)], TREE, stays, span=YEAR)
    assert [(one.policy, one.period.first, one.period.last) for one in found] == [
        ("statutory@1", FIRST, YEAR.last),
        ("acme-day@1", date(2026, 7, 1), YEAR.last),
    ]


@given(
    first=st.dates(FIRST, YEAR.last),
    length=st.integers(0, 200),
    joined=st.dates(FIRST, YEAR.last),
    subjects=st.lists(st.sampled_from([ANNA, SHOP, COMPANY, EVERYBODY]), min_size=1, max_size=4, unique=True),
)
def test_each_day_of_an_employment_that_is_covered_has_the_nearest_one_and_only_that(
    first: date, length: int, joined: date, subjects: list[UUID]
) -> None:
    last = first + timedelta(days=length)
    assignments = [made(subject, first=first, last=last, number=place) for place, subject in enumerate(subjects)]
    nearest = min(subjects, key=[ANNA, SHOP, COMPANY, EVERYBODY].index)
    wanted = next(one.identifier for one in assignments if one.subject == nearest)
    found = held(assignments, TREE, [stay(joined)], span=YEAR)
    covered = max(first, joined) <= min(last, YEAR.last)
    assert [one.assignment for one in found] == ([wanted] if covered else [])
    assert all(one.period == Period(max(first, joined), min(last, YEAR.last)) for one in found)


@pytest.mark.parametrize(
    ("one", "other", "meeting"),
    [
        (made(EVERYBODY), made(ANNA), True),
        (made(SHOP), made(COMPANY), True),
        (made(SHOP), made(SHOP, number=2), True),
        (made(STORE, last=date(2026, 6, 30)), made(SHOP), False),
        (made(STORE), made(SHOP), True),
        (made(SHOP, last=date(2026, 3, 31)), made(COMPANY, first=date(2026, 4, 1)), False),
        (made(ANNA), made(SHOP), True),
        (made(ANNA), made(STORE, last=date(2026, 6, 30)), False),
    ],
)
def test_assignments_meet_where_they_may_hold_for_one_person_on_one_day(
    one: Assignment, other: Assignment, *, meeting: bool
) -> None:
    stays = {ANNA: [stay(FIRST)]}
    assert meet(one, other, tree=TREE, stays=stays) is meeting
    assert meet(other, one, tree=TREE, stays=stays) is meeting


@pytest.mark.clause("LVE-1")
def test_a_shared_code_of_a_kind_or_a_balance_clashes_and_another_version_of_itself_does_not() -> None:
    words = Both("假", "leave")
    mine, theirs = [LeaveKind("rest", words, balance="annual")], [LeaveKind("annual", words)]
    for name, found in (("other@1", ["annual"]), ("acme-day@2", None)):
        other = made(SHOP, name, number=2)
        told = clash(made(SHOP), mine, [(other, theirs)], tree=TREE, stays={})
        assert (told and told.codes) == found


def test_a_wish_ends_what_is_open_of_its_own_policy_and_subject_alone() -> None:
    wish = made(SHOP, "acme-day@2", date(2026, 5, 1), number=9)
    before = [made(SHOP), made(COMPANY, number=2), made(SHOP, "other@1", number=3)]
    assert [one.last_day for one in with_wish(before, wish)] == [None, date(2026, 4, 30), None, None]
