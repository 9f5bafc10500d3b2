"""What a recorded correction changes of a closed sheet: punches, days as they ought to have been, leave (SHT-3)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from bylaw_hooks import DayFacts, DayKind, Excused, Hours
from pydantic import TypeAdapter

from bylaw_attendance.rules.leave.leave_request import Leave, LeaveDayTaken
from bylaw_attendance.rules.leave.shown_leave import ExcusedMinutes
from bylaw_attendance.rules.rota.floating_day import FLOATING_OFF
from bylaw_attendance.rules.rota.rota import with_codes


class DayEdit(Protocol):
    """Something that is put right of a day."""

    @property
    def work_date(self) -> date: ...
    def applied(self, day: DayFacts) -> DayFacts: ...


class CorrectedDay(NamedTuple):
    """A day as it ought to have been; what is not said stays as it was closed."""

    work_date: date
    kind: DayKind | None = None
    word: str | None = None
    """Of the rota; empty: none."""
    hours: Hours | None = None
    as_planned: bool = False
    """The hours are the pattern's own, whatever notice there was."""

    def applied(self, day: DayFacts) -> DayFacts:
        """The day so."""
        made = replace(day, kind=self.kind or day.kind)
        if self.word is not None:
            made = _with_word(made, self.word)
        if self.hours or self.as_planned:
            made = replace(made, hours=self.hours)
        return made


class LeaveEdit(NamedTuple):
    """What nobody had to be there for after all, and what somebody had to."""

    work_date: date
    put: tuple[Excused, ...] = ()
    off: tuple[Excused, ...] = ()

    def applied(self, day: DayFacts) -> DayFacts:
        """The day so."""
        left = list(day.excused)
        for one in self.off:
            if one in left:
                left.remove(one)
        return replace(day, excused=(*left, *self.put))


class LeaveTakenOff(NamedTuple):
    """Days of a request that did not count."""

    request: UUID
    days: tuple[date, ...]


class LeaveMoved(NamedTuple):
    """What of a day leave was put onto, or taken off: minutes of plan, and days exactly."""

    request: UUID
    kind: str
    title: tuple[str, str]
    work_date: date
    minutes: int
    days: str
    counts_as_worked: bool
    taken_off: bool = False
    paid: bool | None = None

    @classmethod
    def of(cls, request: Leave, day: LeaveDayTaken, *, taken_off: bool = False) -> "LeaveMoved":
        """A day of a request."""
        of_kind = (request.wish.kind, request.terms.title, day.work_date, day.minutes, str(day.days))
        return cls(request.identifier, *of_kind, request.counts_as_worked, taken_off, request.terms.paid)

    def edit(self, excused: Excused) -> LeaveEdit:
        """What it makes of its day."""
        return LeaveEdit(self.work_date, off=(excused,)) if self.taken_off else LeaveEdit(self.work_date, (excused,))


class SheetChanges(NamedTuple):
    """What was changed, as it is kept with the version that it made."""

    added: tuple[UUID, ...] = ()
    struck: tuple[UUID, ...] = ()
    days: tuple[CorrectedDay, ...] = ()
    leave: tuple[LeaveMoved, ...] = ()
    outside: tuple[int, int] = (0, 0)
    """By how many halves and days more count as worked on trips and duty outside (LVE-3)."""

    def excused(self, before: ExcusedMinutes) -> ExcusedMinutes:
        """What is excused of the month then."""
        moved = [(one.counts_as_worked, -one.minutes if one.taken_off else one.minutes) for one in self.leave]
        outside = sum(minutes for worked, minutes in moved if worked)
        more = (sum(minutes for _, minutes in moved) - outside, outside, *self.outside)
        return ExcusedMinutes(*map(sum, zip(before, more, strict=True)))

    def pack(self) -> Any:
        """As JSON can say it."""
        return _FORM.dump_python(self, mode="json")

    @classmethod
    def unpack(cls, packed: Any) -> "SheetChanges":
        """From that; nothing of a version that was made before they were kept."""
        return _FORM.validate_python(packed) if packed else NO_CHANGES


NO_CHANGES = SheetChanges()
_FORM = TypeAdapter(SheetChanges)


def put_right(days: tuple[DayFacts, ...], edits: Sequence[DayEdit]) -> tuple[DayFacts, ...]:
    """Days with what is put right of them, in this order."""
    for edit in edits:
        days = tuple(edit.applied(day) if day.work_date == edit.work_date else day for day in days)
    return days


def days_without_plan(edits: Iterable[DayEdit], planned: Iterable[DayFacts]) -> list[date]:
    """Days that are to be put right and that nothing was assigned to."""
    there = {day.work_date for day in planned if day.inside}
    return sorted({edit.work_date for edit in edits} - there)


def _with_word(day: DayFacts, word: str) -> DayFacts:
    """The floating day is kept as hours, not as a word: it goes with the word that is replaced."""
    plain = replace(day, cell="", hours=None if day.hours == FLOATING_OFF else day.hours)
    return with_codes((plain,), ((day.work_date, word),))[0] if word else plain
