"""The clock that is passed in wherever time matters, so that tests choose the hour."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers the present instant, aware, in UTC."""


def system_clock() -> datetime:
    """The machine's clock; this file is the only place of the product that reads it."""
    return datetime.now(UTC)


def seconds_of(clock: Clock) -> Callable[[], float]:
    """What a clock says in seconds since 1970; the machine's own without the detour by a date: every call asks."""
    return time.time if clock is system_clock else lambda: clock().timestamp()
