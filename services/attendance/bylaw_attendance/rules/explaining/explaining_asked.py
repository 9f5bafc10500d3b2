"""What was asked for of an explained day: overtime with what was found of it, leave with where its decision stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bylaw_attendance.rules.leave.leave_request import Leave, LeaveDayTaken
from bylaw_attendance.rules.overtime.overtime import OvertimeRequest, OvertimeState

OVERTIME_CLAUSE = "HRS-7"


class Counting(StrEnum):
    """Whether a request for overtime counts, and why not."""

    WAITING = "waiting"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DAY_CHANGED = "day-changed"
    OPEN = "open"
    ALL = "all"
    SOME = "some"


class AskedOvertime(NamedTuple):
    """A request, the minutes found of it, whether that is final, and whether its day is another one now."""

    request: OvertimeRequest
    found: int
    settled: bool
    day_changed: bool

    @property
    def counting(self) -> Counting:
        """Whether it counts."""
        if self.request.state is not OvertimeState.AGREED:
            return _NOT_AGREED[self.request.state]
        if self.day_changed:
            return Counting.DAY_CHANGED
        if not self.settled:
            return Counting.OPEN
        return Counting.ALL if self.found >= self.request.minutes else Counting.SOME


def taken_on(leave: Leave, day: date) -> LeaveDayTaken:
    """What a request that reaches a day takes of it."""
    return next(taken for taken in leave.kept if taken.work_date == day)


_NOT_AGREED = {
    OvertimeState.WAITING: Counting.WAITING,
    OvertimeState.REFUSED: Counting.REFUSED,
    OvertimeState.WITHDRAWN: Counting.WITHDRAWN,
}


class AskedOfDay(NamedTuple):
    """All of it, and the minutes of presence that nobody asked for."""

    overtime: Sequence[AskedOvertime] = ()
    unasked: int = 0
    leave: Sequence[Leave] = ()

    def clauses(self) -> Iterator[str]:
        """By which it was asked for, or had to be."""
        if self.overtime or self.unasked:
            yield OVERTIME_CLAUSE
        yield from (one.terms.clause for one in self.leave)
