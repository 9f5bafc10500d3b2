"""Which occurrences a duty has in a span of days; the same span again answers the same."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.duties.duty import Duty, DutyTerms
from bylaw_people.rules.duties.schedule import IsWorkingDay, Rhythm, due_at, occurrences

LONGEST_REST = timedelta(days=31)
"""No holidays are longer: by then the working day behind a date has come."""

OfficialDay = Callable[[str, date], bool | None]
"""Whether a calendar (`CN`, `NONE`) says of a day that it is worked or off; nothing of an ordinary one (HRS-3)."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a duty is done: the zone whose wall counts, and the official calendar."""

    zone: ZoneInfo
    calendar: str = "NONE"


@dataclass(frozen=True, slots=True)
class Due:
    """An occurrence to be made."""

    duty: UUID
    terms: UUID
    due_date: date
    due_at: datetime
    remind_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unmade:
    """A duty whose occurrences have been made up to a day."""

    duty: Duty
    made_until: date


def dues(
    unmade: Unmade, until: date, places: Mapping[UUID | None, Surroundings], official: OfficialDay
) -> Iterator[Due]:
    """What comes due behind the day it was made up to, and up to another."""
    for terms, last in unmade.duty.spans():
        place = places[terms.site]
        days = occurrences(terms.schedule(last), _after(unmade.made_until), until, working(terms, place, official))
        for day in days:
            instant = due_at(day, terms.at, place.zone)
            if terms.id and (terms.recorded_at is None or instant > terms.recorded_at):
                yield Due(unmade.duty.id, terms.id, day, instant, terms.remind_at(instant))


def require_comes_due(duty: Duty, places: Mapping[UUID | None, Surroundings], official: OfficialDay) -> None:
    """What is due once by its newest terms comes due; refuses FIELD_INVALID where it never would, unnoticed."""
    terms = duty.newest
    if terms.rhythm is not Rhythm.ONCE or not terms.once_on:
        return
    alone = Unmade(replace(duty, terms=(terms,)), terms.effective_date - timedelta(days=1))
    if not any(dues(alone, terms.once_on + LONGEST_REST, places, official)):
        raise FieldInvalid(
            field="duty.schedule.date",
            zh="此事项永远不会到期：时间已过、当天休息，或晚于其末日",
            en="it would never be due: the time has passed, the day is one of rest, or comes after its last day",
        )


def working(terms: DutyTerms, place: Surroundings, official: OfficialDay) -> IsWorkingDay:
    """What is a working day for a duty: the official calendar first, then the weekly days of rest (HRS-1, HRS-3)."""

    def works(day: date) -> bool:
        said = official(place.calendar, day)
        return day.isoweekday() not in terms.rest_weekdays if said is None else said

    return works


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
