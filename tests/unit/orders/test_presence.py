"""Whoever has customers' data shown proved a short while ago who they are (CUS-1)."""

from datetime import UTC, datetime, timedelta

import pytest
from bylaw_orders.rules.privacy.presence import check_present
from bylaw_orders.rules.privacy.refusals import SignInAgain

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)

pytestmark = pytest.mark.clause("CUS-1")


@pytest.mark.parametrize("ago", [timedelta(0), HALF_AN_HOUR, timedelta(seconds=-30)])
def test_whoever_signed_in_within_the_time_is_there(ago: timedelta) -> None:
    check_present(NOON - ago, NOON, HALF_AN_HOUR)


@pytest.mark.parametrize("proved_at", [None, NOON - HALF_AN_HOUR - timedelta(microseconds=1)])
def test_nobody_else_is(proved_at: datetime | None) -> None:
    with pytest.raises(SignInAgain) as refused:
        check_present(proved_at, NOON, HALF_AN_HOUR)
    assert "30" in refused.value.message_zh
