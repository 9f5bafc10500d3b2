"""A month of the rota copied into another: on which day a cell comes to stand, and why some are left out."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.rota.rota import PublishedCell


class LeftOutReason(IntEnum):
    """Why a cell is not copied; the numbers are the contract's."""

    NO_SUCH_DAY = 1
    NOT_HERE = 2
    PUBLISHED = 3


class LeftOut(NamedTuple):
    """A cell of the month that is copied, and why it is not."""

    cell: PublishedCell
    reason: LeftOutReason


class MonthCopy(NamedTuple):
    """The cells in the month that is copied into, by their numbers in a publication, and those that are left out."""

    cells: Sequence[PublishedCell]
    left_out: Sequence[LeftOut]


def same_weekday(day: date, month: date) -> date | None:
    """The day of another month with the same weekday, as many behind the month's first one; None: there is none."""
    ahead = (day.weekday() - month.weekday()) % 7
    found = month + timedelta(ahead + (day.day - 1) // 7 * 7)
    return found if found <= last_day(month) else None
