"""Whatever is said for whatever dates in whatever order: what holds on a day equals a replay of it (ORG-1, ORG-4)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from bylaw_chassis.refusals import Refusal
from bylaw_people.rules import heads, staff, versions
from bylaw_people.rules.organisation import Headship, UnitKind, UnitVersion, Wording
from bylaw_people.rules.staff import Appointment, EmploymentKind, PersonRecord
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders.replay import DAYS, RefusedError, Replay, UnitDays, on

FIRST = date(2026, 3, 1)
PLACES = [UUID(int=number) for number in range(4)]
day, small, place = st.sampled_from(DAYS), st.integers(0, 2), st.sampled_from(range(4))


def dated(number: int) -> date:
    return FIRST + timedelta(days=number)


def version(title: int, parent: int, since: int) -> UnitVersion:
    return UnitVersion(dated(since), Wording(str(title), str(title)), UnitKind.TEAM, PLACES[parent])


@pytest.mark.clause("ORG-1", "ORG-2")
@settings(max_examples=300)
@given(st.integers(0, 4), st.lists(st.tuples(st.sampled_from(["title", "parent"]), small, day), max_size=12))
def test_each_field_of_a_unit_on_each_day_equals_days_painted_over(born: int, said: list[tuple[str, int, int]]) -> None:
    replayed = UnitDays(*({number: 0 for number in DAYS if number >= born} for _ in range(2)))
    record: tuple[UnitVersion, ...] = (version(0, 0, born),)
    for name, value, since in said:
        replayed = replayed.change(name, value, since)
        base = versions.present(record, dated(since))
        assert base
        new = {"title": Wording(str(value), str(value))} if name == "title" else {"parent": PLACES[value]}
        record = versions.change(record, replace(base, effective_date=dated(since), **new)).of(record)
        for number in DAYS:
            shown = versions.as_of(record, dated(number))
            assert (shown is None) == (number not in replayed.title)
            if shown:
                assert shown.title.en == str(replayed.title[number])
                assert shown.parent == PLACES[replayed.parent[number]]


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(["title", "parent"]), st.integers(1, 11)), min_size=1, max_size=8))
def test_a_change_that_is_taken_back_right_away_was_never_made(said: list[tuple[str, int]]) -> None:
    record: tuple[UnitVersion, ...] = (version(0, 0, 0),)
    for number, (name, since) in enumerate(said, start=1):
        base = versions.as_of(record, dated(since))
        assert base
        new = {"title": Wording(str(number), str(number)), "parent": UUID(int=number + 100)}[name]
        changed = versions.change(record, replace(base, effective_date=dated(since), **{name: new})).of(record)
        if dated(since) not in {one.effective_date for one in record}:
            assert versions.withdraw(changed, dated(since)).of(changed) == record
        record = changed


people_wishes = st.one_of(
    st.tuples(st.just("appoint"), place, day),
    st.tuples(st.just("leave"), day),
    st.tuples(st.just("rehire"), place, day),
    st.tuples(st.just("take_back"), day),
)


@pytest.mark.clause("ORG-4")
@settings(max_examples=400)
@example([("leave", 0), ("rehire", 0, 2), ("take_back", 0), ("rehire", 0, 0)])
@example([("leave", 0), ("rehire", 1, 2), ("leave", 3), ("take_back", 2), ("rehire", 1, 3)])
@example([("leave", 0), ("rehire", 1, 2), ("leave", 3), ("take_back", 2), ("take_back", 1)])
@example([("leave", 0), ("rehire", 1, 2), ("leave", 3), ("take_back", 2), ("take_back", 4)])
@given(st.lists(people_wishes, max_size=14))
def test_what_somebody_is_appointed_to_on_each_day_equals_what_was_said_last_for_it(
    said: list[tuple[Any, ...]],
) -> None:
    every = UnitDays(dict.fromkeys(DAYS, 0), dict.fromkeys(DAYS, -1))
    replay = Replay(units=dict.fromkeys(range(4), every), people={0: {0: 0}})
    person = _stored(PersonRecord(uuid4(), "1", "Li", "", 1, (_wish(0, 0),)))
    for kind, *more in said:
        outcome, changed = _outcome(_change_of(person, kind, more))
        expected, _ = _outcome(lambda kind=kind, more=more: getattr(replay, kind)(0, *more))
        assert outcome == expected, (kind, more)
        if changed:
            person = _stored(staff.after(person, changed))
        for number in range(len(DAYS) + 2):
            held, told = person.on(dated(number)), on(replay.people[0], number)
            assert (held.unit if held else None) == (None if told is None else PLACES[told])


def _change_of(person: PersonRecord, kind: str, more: list[int]) -> Callable[[], Any]:
    changes: dict[str, Callable[[], Any]] = {
        "appoint": lambda: staff.appoint(person, _wish(*more)),
        "leave": lambda: staff.end_employment(person, dated(*more)),
        "rehire": lambda: staff.rehire(person, _wish(*more)),
        "take_back": lambda: staff.withdraw(person, dated(*more)),
    }
    return changes[kind]


def _wish(unit: int, since: int) -> Appointment:
    return Appointment(PLACES[unit], None, PLACES[0], EmploymentKind.FORMAL, dated(since))


def _stored(person: PersonRecord) -> PersonRecord:
    rows = tuple(row if row.id else replace(row, id=uuid4()) for row in person.appointments)
    return replace(person, appointments=rows)


def _outcome(call: Callable[[], Any]) -> tuple[str, Any]:
    """Why it was refused, or nothing and the answer."""
    try:
        return "", call()
    except Refusal as refusal:
        return refusal.reason, None
    except RefusedError as error:
        return str(error), None


head_wishes = st.one_of(st.tuples(st.just("head"), small, day), st.tuples(st.just("vacate"), day))


@pytest.mark.clause("ORG-3")
@settings(max_examples=300)
@given(st.lists(head_wishes, max_size=12), st.none() | st.integers(0, 11))
def test_who_heads_a_unit_on_each_day_equals_what_was_said_last_for_it(
    said: list[tuple[Any, ...]], end: int | None
) -> None:
    """Person 0 may be employed until a last day: their headships end with it."""
    every = UnitDays(dict.fromkeys(DAYS, 0), dict.fromkeys(DAYS, -1))
    employed = {0: {0: 0} if end is None else {0: 0, end + 1: None}, 1: {0: 0}, 2: {0: 0}}
    replay, held = Replay(units={0: every}, people=employed), tuple[Headship, ...]()
    for kind, *more in said:
        expected, _ = _outcome(lambda kind=kind, more=more: getattr(replay, kind)(0, *more))
        if expected == "PERSON_NOT_EMPLOYED":
            continue
        if kind == "head":
            last = dated(end) if end is not None and more[0] == 0 else None
            wish = Headship(PLACES[more[0]], dated(more[1]), last)
            outcome, change = _outcome(lambda wish=wish, held=held: heads.appoint(held, wish))
        else:
            outcome, change = _outcome(lambda more=more, held=held: heads.end(held, dated(*more)))
        assert outcome == expected
        held = (
            tuple(one if one.id else replace(one, id=uuid4()) for one in heads.after(held, change)) if change else held
        )
        for number in range(len(DAYS) + 1):
            shown = next((one.person for one in held if one.covers(dated(number))), None)
            told = on(replay.heads.get(0, {}), number)
            assert shown == (None if told is None else PLACES[told])
