"""At each quarter's end the stock is counted: when that is due, and of which quarter a stocktake is (WHS-6)."""

from datetime import date, timedelta
from uuid import UUID

QUARTER_MONTHS = 3


def stocktake_duty(warehouse: UUID) -> str:
    """Under which key the duty to count a warehouse is declared."""
    return f"stocktakes-{warehouse}"


def first_due_month(today: date) -> date | None:
    """The first day of the quarter's last month, from which every third month counts; nothing where it has begun."""
    if today.month % QUARTER_MONTHS == 0:
        return None
    return today.replace(month=_last_month(today.month), day=1)


def quarter_end(started: date) -> date:
    """Of which quarter a stocktake is: from the quarter's last month on it is for that end, before it for the last."""
    if started.month % QUARTER_MONTHS == 0:
        return _month_end(started)
    return started.replace(month=_last_month(started.month) - 2, day=1) - timedelta(days=1)


def _last_month(month: int) -> int:
    return month + (-month % QUARTER_MONTHS)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
