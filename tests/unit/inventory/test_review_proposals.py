"""What a review proposes by the figures, and which outcome fits which line (GDS-3)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from bylaw_inventory.rules.reviewing.review import Proposal, Reviewed, is_due, proposed

pytestmark = pytest.mark.clause("GDS-3")
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
TEA = UUID(int=1)


def seen(issued: str, on_hand: str, days_listed: float | None = 100) -> Reviewed:
    listed_at = None if days_listed is None else NOON - timedelta(days=days_listed)
    return Reviewed(TEA, listed_at, Decimal(issued), date(2026, 3, 1), Decimal(on_hand))


@pytest.mark.parametrize(
    ("looked_at", "proposal"),
    [
        (seen("0", "10"), Proposal.DELIST),
        (seen("0", "10", days_listed=30), Proposal.DELIST),
        (seen("0", "10", days_listed=29.9), Proposal.KEEP),
        (seen("10", "6"), Proposal.KEEP),
        (seen("10", "5"), Proposal.REORDER),
        (seen("10", "0"), Proposal.REORDER),
        (seen("0.5", "-1"), Proposal.REORDER),
        (seen("0", "10", days_listed=None), Proposal.INTRODUCE),
    ],
)
def test_slow_sellers_are_delisted_and_what_runs_out_is_reordered(looked_at: Reviewed, proposal: Proposal) -> None:
    assert proposed(looked_at, NOON, 30) is proposal


def test_a_channel_is_due_when_its_days_are_over() -> None:
    assert is_due(NOON, NOON + timedelta(days=29, hours=23), 30) is None
    assert is_due(NOON, NOON + timedelta(days=30), 30) == date(2026, 4, 1)
