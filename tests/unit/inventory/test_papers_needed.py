"""A movement needs what was set last before its day, nearest first, and never less than the rulebook (WHS-3)."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from bylaw_inventory.rules.ledger.movement import MovementKind, Paper, PaperKind
from bylaw_inventory.rules.papers.paper_rule import (
    LEAST,
    SETTABLE,
    Need,
    PaperRule,
    covers_least,
    lacking,
    needs_of,
)
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("WHS-3")
HOUSE, FIRST = UUID(int=1), date(2026, 3, 1)
NEEDS = st.lists(st.frozensets(st.sampled_from(PaperKind), min_size=1), max_size=4).map(tuple)
KINDS = st.sampled_from(sorted(SETTABLE))


def rule(number: int, kind: MovementKind, needs: tuple[Need, ...], *, own: bool, day: int) -> PaperRule:
    """A rule, set as the so manieth."""
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number)
    identifier, first_day = UUID(int=100 + number), FIRST + timedelta(days=day)
    return PaperRule(identifier, HOUSE if own else None, kind, first_day, needs, "x", at, "")


RULES = st.lists(st.tuples(KINDS, NEEDS, st.booleans(), st.integers(0, 3)), max_size=8).map(
    lambda said: [
        rule(number, kind, needs, own=own, day=day)
        for number, (kind, needs, own, day) in enumerate(said)
        if covers_least(kind, needs)
    ]
)


@given(KINDS, RULES, st.integers(-1, 4))
def test_whatever_was_set_a_movement_needs_at_the_least_what_the_rulebook_says(
    kind: MovementKind, rules: list[PaperRule], day: int
) -> None:
    needs = needs_of(kind, rules, FIRST + timedelta(days=day))
    assert any(need <= LEAST[kind][0] for need in needs)
    assert not lacking(needs, [Paper(one, "1") for one in PaperKind])
    assert lacking(needs, [Paper(one, " ") for one in PaperKind]) == needs


@given(KINDS, RULES, st.integers(0, 3))
def test_a_rule_of_a_later_day_changes_nothing_before_it(kind: MovementKind, rules: list[PaperRule], day: int) -> None:
    last = FIRST + timedelta(days=day)
    before = [one for one in rules if one.first_day <= last]
    assert needs_of(kind, rules, last) == needs_of(kind, before, last)


def test_of_several_rules_of_one_day_the_one_set_last_counts_and_the_warehouses_own_comes_first() -> None:
    order, slip = frozenset({PaperKind.SALES_ORDER}), frozenset({PaperKind.REQUISITION})
    issue = MovementKind.ISSUE
    first, second = rule(1, issue, (order,), own=True, day=0), rule(2, issue, (slip,), own=True, day=0)
    everywhere = rule(3, issue, (order, slip), own=False, day=1)
    assert needs_of(issue, [second, everywhere, first], FIRST + timedelta(days=2)) == (slip,)
    ended = rule(4, issue, (), own=True, day=2)
    assert needs_of(issue, [second, everywhere, first, ended], FIRST + timedelta(days=2)) == (order, slip)


def test_a_transfer_needs_no_paper() -> None:
    assert needs_of(MovementKind.TRANSFER, [], FIRST) == ()
