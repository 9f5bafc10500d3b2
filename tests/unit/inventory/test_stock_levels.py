"""When an item is reordered, and what is slow, dead or expires (WHS-7)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from bylaw_inventory.rules.levels.level import Level, LevelDays, ProposalKind, Seen, figures_of, proposals_of
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("WHS-7")

DAYS = LevelDays(demand=28, slow=90, dead=180, expiring=60, quiet=30)
TODAY = date(2026, 11, 27)
AMOUNTS = st.decimals(0, 10**9, places=3)


def seen(**more: Any) -> Seen:
    """An item of which there is nothing, but for what is said."""
    names = ("on_hand", "reserved", "expiring", "issued", "before", "at_slow", "at_dead")
    said = {**dict.fromkeys(names, Decimal(0)), "last_issue": None, "level": None, **more}
    return Seen(UUID(int=1), "TEA", "kg", 3, **said)


def kinds(one: Seen) -> list[ProposalKind]:
    """What is proposed."""
    return [each.kind for each in proposals_of(figures_of(one, DAYS), DAYS, TODAY)]


def test_without_demand_there_is_no_cover_and_without_stock_no_turnover() -> None:
    nothing = figures_of(seen(), DAYS)
    assert (nothing.daily, nothing.cover, nothing.turnover, nothing.point) == (0, None, None, None)
    sold = figures_of(seen(on_hand=Decimal(14), before=Decimal(42), issued=Decimal(28)), DAYS)
    assert (sold.daily, sold.cover, sold.turnover) == (1, 14, 1)


@given(AMOUNTS, st.integers(1, 366), st.integers(0, 366), st.integers(1, 366))
def test_a_level_from_demand_covers_its_days_and_no_more_than_it_has_to(
    issued: Decimal, lead: int, safety: int, cover: int
) -> None:
    made = figures_of(seen(issued=issued, level=Level(None, None, lead, safety, cover)), DAYS)
    assert made.point is not None
    assert made.quantity is not None
    for quantity, days in ((made.point, lead + safety), (made.quantity, cover)):
        wanted = issued * days
        assert wanted <= quantity * DAYS.demand < wanted + Decimal("0.001") * DAYS.demand


@given(AMOUNTS, st.integers(0, 400))
def test_stock_is_slow_or_dead_and_never_both(on_hand: Decimal, idle: int) -> None:
    last = TODAY - timedelta(days=idle)
    found = kinds(seen(on_hand=on_hand, at_slow=on_hand, at_dead=on_hand, last_issue=last))
    wanted = [ProposalKind.DEAD] if idle >= DAYS.dead else [ProposalKind.SLOW] if idle >= DAYS.slow else []
    assert found == (wanted if on_hand else [])


def test_what_came_in_lately_is_not_slow() -> None:
    assert kinds(seen(on_hand=Decimal(9), at_slow=Decimal(0))) == []
    assert kinds(seen(on_hand=Decimal(9), at_slow=Decimal(9))) == [ProposalKind.SLOW]


def test_what_has_its_outcome_is_not_proposed() -> None:
    level = Level(Decimal(9), Decimal(5), 0, 0, 0)
    assert kinds(seen(level=level, expiring=Decimal(1))) == [ProposalKind.REORDER, ProposalKind.EXPIRING]
    assert kinds(seen(level=level, expiring=Decimal(1), quiet=(1,))) == [ProposalKind.EXPIRING]
