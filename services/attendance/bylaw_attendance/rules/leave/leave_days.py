"""The days on which somebody is excused: what leave, trips and duty outside change of them (LVE-1, LVE-3)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bylaw_attendance.rules.judging.day_changes import DayChange, DayChanges
from bylaw_attendance.rules.leave.leave_request import WORKED_CLAUSE, LeaveDayTaken, leave_name


class ExcusedDay(NamedTuple):
    """A day, or a part of it, of an agreed request."""

    person: UUID
    request: UUID
    kind: str
    title: tuple[str, str]
    clause: str
    day: LeaveDayTaken
    paid: bool | None = None
    """As its kind said when it was asked for."""

    @property
    def name(self) -> str:
        """The request's resource name."""
        return leave_name(self.request)

    @property
    def counts_as_worked(self) -> bool:
        """Of a trip, or of duty outside (LVE-3)."""
        return self.clause == WORKED_CLAUSE


ExcusedDays = Mapping[UUID, Sequence[ExcusedDay]]
"""By person."""


def excused_by_person(days: Iterable[ExcusedDay]) -> dict[UUID, list[ExcusedDay]]:
    """Each person's, in the order of their days and of the parts within."""
    found: dict[UUID, list[ExcusedDay]] = {}
    for one in sorted(days, key=_place):
        found.setdefault(one.person, []).append(one)
    return found


def excused_on(days: Iterable[ExcusedDay]) -> dict[date, list[ExcusedDay]]:
    """Somebody's, by day."""
    found: dict[date, list[ExcusedDay]] = {}
    for one in days:
        found.setdefault(one.day.work_date, []).append(one)
    return found


def with_leave(changes: DayChanges, days: Sequence[ExcusedDay]) -> DayChanges:
    """What changes somebody's days anyway, and what leave excuses of them (LVE-1)."""
    if not days:
        return changes
    made = {change.work_date: change for change in changes}
    for day, parts in excused_on(days).items():
        excused = tuple(one.day.excused(one.clause) for one in parts)
        made[day] = made.get(day, DayChange(day))._replace(excused=excused)
    return tuple(made[day] for day in sorted(made))


def _place(one: ExcusedDay) -> tuple[date, str, int, UUID]:
    start = one.day.hours[0] if one.day.hours else 0
    return one.day.work_date, one.day.part, start, one.request
