"""The tree of units: one head at a time, nobody above themselves, and versions that keep what was (ORG-1, ORG-3)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_people.rules.organisation import (
    Headship,
    UnitKind,
    UnitRecord,
    UnitVersion,
    UnitView,
    Wording,
    appoint_head,
)
from bylaw_people.rules.refusals import CompanyHasNoParent, UnitCycle, UnitNeedsParent
from bylaw_people.rules.tree import head_of, parents_first, require_no_cycle
from hypothesis import given
from hypothesis import strategies as st

FIRST = date(2026, 1, 1)
PEOPLE = [UUID(int=number + 100) for number in range(3)]


def version(parent: UUID | None, since: date = FIRST) -> UnitVersion:
    kind = UnitKind.DEPARTMENT if parent else UnitKind.COMPANY
    return UnitVersion(since, Wording("部", "unit"), kind, parent)


def view(number: int, parent: int | None, head: UUID | None = None) -> UnitView:
    above = UUID(int=parent) if parent is not None else None
    return UnitView(UUID(int=number), f"U{number}", 1, version(above), head)


@pytest.mark.clause("ORG-1")
def test_a_company_stands_at_the_top_and_everything_else_below_something() -> None:
    with pytest.raises(CompanyHasNoParent):
        UnitVersion(FIRST, Wording(), UnitKind.COMPANY, uuid4())
    with pytest.raises(UnitNeedsParent):
        UnitVersion(FIRST, Wording(), UnitKind.TEAM, None)


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(PEOPLE)), max_size=8))
def test_a_unit_has_at_most_one_head_on_any_day_and_no_day_before_an_appointment_changes(
    appointments: list[tuple[int, UUID]],
) -> None:
    heads: list[Headship] = []
    days = [FIRST + timedelta(days=number) for number in range(40)]
    for offset, person in appointments:
        start = FIRST + timedelta(days=offset)
        before = [_head(heads, day) for day in days if day < start]
        try:
            change = appoint_head(heads, Headship(person, start))
        except FieldInvalid:
            assert start < heads[-1].start_date
            continue
        kept = [kept for kept in heads if kept.id not in change.superseded]
        heads = [*kept, *(replace(new, id=uuid4()) for new in change.added)]
        assert [_head(heads, day) for day in days if day < start] == before
        assert _head(heads, start) == person
        assert all(sum(headship.covers(day) for headship in heads) <= 1 for day in days)


def _head(heads: list[Headship], day: date) -> UUID | None:
    return next((headship.person for headship in heads if headship.covers(day)), None)


@pytest.mark.clause("ORG-3")
def test_a_head_is_headed_by_the_head_of_the_next_unit_up() -> None:
    boss, chen, wang = PEOPLE
    units = {unit.id: unit for unit in (view(1, None, boss), view(2, 1, chen), view(3, 2), view(4, 3, chen))}
    assert head_of(wang, UUID(int=4), units) == chen
    assert head_of(wang, UUID(int=3), units) == chen
    assert head_of(chen, UUID(int=4), units) == boss
    assert head_of(boss, UUID(int=1), units) is None


@pytest.mark.clause("ORG-1")
@given(st.permutations([view(number, (number - 1) // 2 if number else None) for number in range(12)]))
def test_parents_are_listed_before_their_children_whatever_order_they_come_in(units: list[UnitView]) -> None:
    ordered = parents_first(units)
    places = {unit.id: place for place, unit in enumerate(ordered)}
    assert len(ordered) == len(units)
    assert all(places[unit.version.parent] < places[unit.id] for unit in units if unit.version.parent)
    assert ordered == parents_first(reversed(units))


def test_a_unit_whose_parent_is_out_of_reach_stands_at_the_top() -> None:
    assert [unit.code for unit in parents_first([view(3, 2), view(4, 3)])] == ["U3", "U4"]


@pytest.mark.clause("ORG-1")
def test_a_circle_that_would_close_only_later_is_refused_with_its_day() -> None:
    top, left, right = UUID(int=1), UUID(int=2), UUID(int=3)
    later = date(2026, 6, 1)
    records = [
        UnitRecord(top, "TOP", 1, (version(None),)),
        UnitRecord(left, "LEFT", 1, (version(top), version(right, later))),
        UnitRecord(right, "RIGHT", 1, (version(top),)),
    ]
    with pytest.raises(UnitCycle, match="2026-06-01"):
        require_no_cycle(records, right, version(left, date(2026, 3, 1)))
    require_no_cycle(records, right, version(top, date(2026, 3, 1)))


def test_a_version_before_the_newest_is_refused_and_one_of_its_day_takes_its_place() -> None:
    top = UUID(int=1)
    unit = UnitRecord(UUID(int=2), "U", 1, (version(top), version(top, date(2026, 6, 1))))
    with pytest.raises(FieldInvalid):
        unit.with_version(version(top, date(2026, 5, 31)))
    renamed = replace(version(top, date(2026, 6, 1)), title=Wording("新", "new"))
    assert unit.with_version(renamed).versions == (version(top), renamed)
    assert unit.as_of(date(2025, 12, 31)) is None
