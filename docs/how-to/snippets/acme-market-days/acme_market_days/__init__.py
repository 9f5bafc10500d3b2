"""The distribution's entry point: registers every version of the company's shift patterns."""

from typing import Any

from bylaw_hooks import ShiftPattern, hookimpl

from acme_market_days.market_days import MarketDays

bylaw_api = 1


@hookimpl
def register_shift_patterns() -> list[ShiftPattern[Any]]:
    """Every version by which months were judged; a new one joins the list, none ever leaves it."""
    return [MarketDays()]
