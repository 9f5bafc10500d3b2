"""What a replay adds up, who still sees it, and which cards and halves count as changes."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from bylaw_attendance.rules.judging.plan_body import PlanBody, PlannedDate, PlannedHalf
from bylaw_attendance.rules.replay.replay import (
    NO_FIGURES,
    Position,
    Replay,
    ReplayState,
    added,
    check_room,
    figures_of,
    hours,
    months_between,
    named_figures,
    still_holds,
)
from bylaw_attendance.rules.replay.replay_changes import changes_between, shown_changes
from bylaw_attendance.rules.replay.replay_refusals import TooManyReplays
from bylaw_attendance.rules.sheets.sheet import NO_TOTALS, Part
from bylaw_chassis.caller import Reach
from bylaw_hooks import DayKind, Kind
from bylaw_kit.reading import Side

MONTH = date(2026, 1, 1)
SHOP, STORE = (UUID(int=number) for number in (1, 2))
EIGHT, NOON = 60 * 8, 60 * 12
"""Epoch minutes of a day in 1970, in UTC."""


def plan(*halves: tuple[int, int], pattern: str = "week@1") -> PlanBody:
    """A plan of one day, the fifth, due at each start."""
    day = PlannedDate(date(2026, 1, 5), DayKind.ORDINARY, "HRS-1", tuple(PlannedHalf(a, b, a) for a, b in halves))
    return PlanBody(b"s", pattern, "acme 1", "UTC", 0, 0, 0, (day,))


def part(*cards: tuple[Kind, int], verdicts: tuple[Kind, ...], clause: str = "ATT-2") -> Part:
    """Findings, two cards a half."""
    kinds, minutes = bytes(kind for kind, _ in cards), [minutes for _, minutes in cards]
    nobody = [None] * len(cards)
    said = [clause] * len(cards)
    return Part(b"key", kinds, minutes, nobody, said, bytes(verdicts), [clause] * len(verdicts), ())


GOOD = (Kind.ON_TIME, 0)
LATE = part((Kind.LATE, 9), GOOD, verdicts=(Kind.LATE,))
FINE = part(GOOD, GOOD, verdicts=(Kind.ON_TIME,))


def changes(before: tuple[Part, PlanBody], after: tuple[Part, PlanBody]) -> list[tuple[int, Side | None, bool, bool]]:
    """Which halves and cards change, and on which sides they are."""
    sides = [([found], {b"key": planned}) for found, planned in (before, after)]
    count, packed = changes_between(MONTH, *sides)
    shown = list(shown_changes(MONTH, packed))
    assert len(shown) == count
    assert {change.work_date for change in shown} <= {date(2026, 1, 5)}
    return [(one.half, one.side, bool(one.before), bool(one.after)) for one in shown]


def test_the_same_findings_are_no_change_even_where_hours_have_moved() -> None:
    moved = plan((EIGHT + 30, NOON + 30), pattern="other@1")
    assert changes((LATE, plan((EIGHT, NOON))), (LATE, moved)) == []


def test_a_card_found_otherwise_is_a_change_of_itself_and_of_its_half() -> None:
    planned = plan((EIGHT, NOON))
    assert changes((LATE, planned), (FINE, planned)) == [(1, None, True, True), (1, Side.IN, True, True)]


def test_another_clause_alone_is_a_change() -> None:
    planned = plan((EIGHT, NOON))
    other = part(GOOD, GOOD, verdicts=(Kind.ON_TIME,), clause="HRS-5")
    assert len(changes((FINE, planned), (other, planned))) == 3


def test_a_longer_half_is_a_change_of_the_half_alone() -> None:
    assert changes((FINE, plan((EIGHT, NOON))), (FINE, plan((EIGHT, NOON + 60)))) == [(1, None, True, True)]


def test_a_half_on_one_side_alone_is_a_change_with_its_cards_that_are_asked_for() -> None:
    two = part(GOOD, GOOD, (Kind.UNASKED, 0), GOOD, verdicts=(Kind.ON_TIME, Kind.ON_TIME))
    both = plan((EIGHT, NOON), (NOON + 60, NOON + 120))
    assert changes((FINE, plan((EIGHT, NOON))), (two, both)) == [(2, None, False, True), (2, Side.OUT, False, True)]


def test_minutes_planned_and_absent_are_the_lengths_of_halves() -> None:
    absent = part(GOOD, GOOD, (Kind.ABSENT, 0), (Kind.ABSENT, 0), verdicts=(Kind.ON_TIME, Kind.ABSENT))
    planned = plan((EIGHT, NOON), (NOON + 60, NOON + 160))

    named = named_figures(figures_of(NO_TOTALS, [absent], {b"key": planned}))

    assert (named["planned_minutes"], named["absent_minutes"]) == (340, 100)
    assert added() == NO_FIGURES
    assert (hours(-450), hours(10)) == (-7.5, 0.17)


@pytest.mark.parametrize(
    ("state", "done", "percent"),
    [
        (ReplayState.WAITING, 0, 0),
        (ReplayState.RUNNING, 5, 50),
        (ReplayState.RUNNING, 10, 99),
        (ReplayState.CANCELLED, 5, 50),
        (ReplayState.CANCELLED, 10, 99),
        (ReplayState.FAILED, 1, 10),
        (ReplayState.DONE, 9, 100),
    ],
)
def test_a_replay_is_at_a_hundred_percent_only_where_it_is_done(state: ReplayState, done: int, percent: int) -> None:
    assert replay(state, done).progress_percent == percent


def test_a_person_has_room_for_one_replay_less_than_the_limit() -> None:
    two = [replay(ReplayState.RUNNING, 5), replay(ReplayState.WAITING, 0)]
    check_room(two, 3)
    with pytest.raises(TooManyReplays) as refused:
        check_room(two, 2)
    assert "week@2, 2026-01/2026-02, 50 %" in refused.value.message_en
    assert refused.value.variables["count"] == "2"


def replay(state: ReplayState, done: int) -> Replay:
    """A replay of ten months of people, at some point of it."""
    return Replay(
        id=SHOP,
        state=state,
        unit=None,
        first_month=MONTH,
        last_month=date(2026, 2, 1),
        pattern="week@2",
        parameters="{}",
        replaced="",
        created_by="",
        reach=Reach(everyone=True),
        created_at=datetime(2026, 3, 1, tzinfo=UTC),
        total=10,
        done=done,
    )


def test_months_go_over_the_turn_of_the_year() -> None:
    assert [f"{month:%Y-%m}" for month in months_between(date(2025, 11, 1), date(2026, 1, 1))] == [
        "2025-11",
        "2025-12",
        "2026-01",
    ]


def test_a_place_is_kept_and_found_again() -> None:
    place = Position(MONTH, "A-1", str(SHOP))
    assert Position.from_json(place.to_json()) == place
    assert place.after == ("A-1", str(SHOP))
    assert Position(MONTH).after is None


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize(
    ("now", "then", "holds"),
    [
        (Reach(everyone=True), Reach(everyone=True), True),
        (Reach(everyone=True), Reach(subtrees=frozenset({SHOP})), True),
        (Reach(subtrees=frozenset({SHOP})), Reach(everyone=True), False),
        (Reach(subtrees=frozenset({SHOP})), Reach(subtrees=frozenset({SHOP})), True),
        (Reach(subtrees=frozenset({SHOP, STORE})), Reach(subtrees=frozenset({SHOP})), True),
        (Reach(subtrees=frozenset({STORE})), Reach(subtrees=frozenset({SHOP})), False),
        (Reach(units=frozenset({SHOP})), Reach(subtrees=frozenset({SHOP})), False),
        (Reach(subtrees=frozenset({SHOP})), Reach(units=frozenset({SHOP})), True),
        (Reach(own=SHOP), Reach(own=SHOP), True),
        (Reach(own=STORE), Reach(own=SHOP), False),
        (Reach(), Reach(own=SHOP), False),
    ],
)
def test_a_reach_holds_what_another_held_or_not(now: Reach, then: Reach, *, holds: bool) -> None:
    assert still_holds(now, then) is holds
