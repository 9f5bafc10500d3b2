"""The clock that is passed in wherever time matters, so that tests choose the hour."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers the present instant, aware, in UTC."""


def system_clock() -> datetime:
    """The machine's clock; the only place of the product that reads it."""
    return datetime.now(UTC)
