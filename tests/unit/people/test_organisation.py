"""The tree of units: one head at a time, nobody above themselves, and versions that keep what was (ORG-1, ORG-3)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from bylaw_people.rules import heads, versions
from bylaw_people.rules.dated_refusals import HeadIsDeputy, TwoHeads, UnitClosed, UnitHasNoHead
from bylaw_people.rules.organisation import (
    Headship,
    UnitKind,
    UnitRecord,
    UnitVersion,
    UnitView,
    Wording,
)
from bylaw_people.rules.refusals import CompanyHasNoParent, UnitCycle, UnitNeedsParent
from bylaw_people.rules.tree import head_of, parents_first, require_sound
from hypothesis import given
from hypothesis import strategies as st

FIRST = date(2026, 1, 1)
PEOPLE = [UUID(int=number + 100) for number in range(3)]


def version(parent: UUID | None, since: date = FIRST) -> UnitVersion:
    kind = UnitKind.DEPARTMENT if parent else UnitKind.COMPANY
    return UnitVersion(since, Wording("部", "unit"), kind, parent)


def view(number: int, parent: int | None, head: UUID | None = None) -> UnitView:
    above = UUID(int=parent) if parent is not None else None
    return UnitView(UUID(int=number), f"U{number}", 1, version(above), head=head)


@pytest.mark.clause("ORG-1")
def test_a_company_stands_at_the_top_and_everything_else_below_something() -> None:
    with pytest.raises(CompanyHasNoParent):
        UnitVersion(FIRST, Wording(), UnitKind.COMPANY, uuid4())
    with pytest.raises(UnitNeedsParent):
        UnitVersion(FIRST, Wording(), UnitKind.TEAM, None)


@pytest.mark.clause("ORG-3")
@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(PEOPLE)), max_size=8))
def test_heads_appointed_for_any_dates_in_any_order_are_one_a_day_each_until_the_next(
    appointments: list[tuple[int, UUID]],
) -> None:
    held: list[Headship] = []
    days = [FIRST + timedelta(days=number) for number in range(40)]
    told: dict[date, UUID] = {}
    for offset, person in appointments:
        start = FIRST + timedelta(days=offset)
        until = min((day for day in told if day > start), default=None)
        if _said(told, start) != person:
            told[start] = person
            change = heads.appoint(held, Headship(person, start))
            assert [new.end_date for new in change.added][-1] == (until - timedelta(days=1) if until else None)
        else:
            change = heads.appoint(held, Headship(person, start))
            assert not change
        held = [new if new.id else replace(new, id=uuid4()) for new in heads.after(held, change)]
        assert [_head(held, day) for day in days] == [_said(told, day) for day in days]
        assert all(sum(headship.covers(day) for headship in held) <= 1 for day in days)


def _said(told: dict[date, UUID], day: date) -> UUID | None:
    """Who was said to head it for the latest date that is not behind the day."""
    latest = max((said for said in told if said <= day), default=None)
    return told[latest] if latest else None


@pytest.mark.clause("ORG-3")
def test_somebody_appointed_for_a_set_time_is_not_pushed_out_silently() -> None:
    boss, chen, _ = PEOPLE
    acting = Headship(boss, FIRST, date(2026, 3, 31), uuid4(), limited=True)
    with pytest.raises(TwoHeads, match="2026-02-01"):
        heads.appoint([acting], Headship(chen, date(2026, 2, 1)))
    later = Headship(boss, date(2026, 6, 1), None, uuid4())
    with pytest.raises(TwoHeads, match="2026-06-01"):
        heads.appoint([later], Headship(chen, FIRST, date(2026, 6, 30), limited=True))
    assert heads.appoint([later], Headship(chen, FIRST)).added[0].end_date == date(2026, 5, 31)


def test_an_ended_headship_leaves_the_post_vacant_and_one_taken_back_gives_it_back() -> None:
    boss, chen, _ = PEOPLE
    first, second = Headship(boss, FIRST, date(2026, 3, 31), uuid4()), Headship(chen, date(2026, 4, 1), None, uuid4())
    ended = heads.after([first, second], heads.end([first, second], date(2026, 5, 31)))
    assert _head(list(ended), date(2026, 6, 1)) is None
    given_back = heads.after([first, second], heads.withdraw([first, second], date(2026, 4, 1)))
    assert _head(list(given_back), date(2027, 1, 1)) == boss
    with pytest.raises(UnitHasNoHead):
        heads.end([first], date(2026, 4, 1))


@pytest.mark.clause("ORG-3")
def test_nobody_is_their_own_deputy() -> None:
    boss, chen, _ = PEOPLE
    deputy = Headship(chen, date(2026, 2, 1))
    heads.require_two_people([Headship(boss, FIRST), Headship(chen, FIRST, date(2026, 1, 31))], [deputy])
    with pytest.raises(HeadIsDeputy, match="2026-02-01"):
        heads.require_two_people([Headship(chen, FIRST)], [deputy])


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


def moved(records: list[UnitRecord], unit: UUID, wish: UnitVersion) -> dict[UUID, UnitRecord]:
    return {record.id: record.with_version(wish) if record.id == unit else record for record in records}


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
        require_sound(moved(records, right, version(left, date(2026, 3, 1))), right, since=date(2026, 3, 1))
    require_sound(moved(records, right, version(top, date(2026, 3, 1))), right, since=date(2026, 3, 1))


@pytest.mark.clause("ORG-1")
def test_a_change_of_an_earlier_date_holds_field_by_field_until_the_next_change_of_that_field() -> None:
    top, other = UUID(int=1), UUID(int=3)
    moved = replace(version(other, date(2026, 6, 1)), title=Wording("部", "unit"))
    unit = UnitRecord(UUID(int=2), "U", 1, (version(top), moved))
    renamed = replace(version(top, date(2026, 3, 1)), title=Wording("新", "new"))
    changed = unit.with_version(renamed)
    assert [(one.effective_date, one.title.en, one.parent) for one in changed.versions] == [
        (FIRST, "unit", top),
        (date(2026, 3, 1), "new", top),
        (date(2026, 6, 1), "new", other),
    ]
    back = changed.rewritten(versions.withdraw(changed.versions, date(2026, 3, 1)))
    assert back.versions == unit.versions


def test_a_unit_that_is_closed_exists_until_its_last_day_and_later_changes_go_with_it() -> None:
    top = UUID(int=1)
    unit = UnitRecord(UUID(int=2), "U", 1, (version(top), version(UUID(int=3), date(2026, 6, 1))))
    rewriting = versions.close(unit.versions, date(2026, 4, 30))
    assert rewriting
    closed = unit.rewritten(rewriting)
    assert closed.as_of(date(2026, 4, 30))
    assert closed.as_of(date(2026, 5, 1)) is closed.as_of(date(2026, 6, 1)) is None
    assert closed.missing_day(FIRST, None) == date(2026, 5, 1)
    assert versions.close(closed.versions, date(2026, 7, 1)) is None


@pytest.mark.clause("ORG-1")
def test_no_unit_stands_below_one_that_is_closed() -> None:
    top, left = UUID(int=1), UUID(int=2)
    company = UnitRecord(top, "TOP", 1, (version(None), replace(version(None, date(2026, 9, 1)), closed=True)))
    unit = UnitRecord(left, "LEFT", 1, (version(top),))
    with pytest.raises(UnitClosed, match="2026-09-01"):
        require_sound({top: company, left: unit}, left, since=FIRST)


def test_a_version_of_the_same_day_takes_the_place_of_the_other() -> None:
    top = UUID(int=1)
    unit = UnitRecord(UUID(int=2), "U", 1, (version(top), version(UUID(int=4), date(2026, 6, 1))))
    renamed = replace(version(top, date(2026, 6, 1)), title=Wording("新", "new"))
    assert unit.with_version(renamed).versions == (version(top), renamed)
    assert unit.as_of(date(2025, 12, 31)) is None
