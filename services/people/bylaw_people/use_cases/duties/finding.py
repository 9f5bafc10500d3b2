"""Finds what a duty names within the caller's reach; what lies beyond is refused like what does not exist."""

from uuid import UUID

from bylaw_chassis.caller import Caller, Reach

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.duties.duty import Duty, DutyTerms, Occurrence, Whose
from bylaw_people.rules.duties.refusals import (
    DutyClauseUnknown,
    DutyNotFound,
    DutyOccurrenceNotFound,
    DutyServicesOnly,
)
from bylaw_people.rules.fields import shown
from bylaw_people.rules.refusals import PersonNotFound, PositionNotFound, SiteNotFound, UnitNotFound


def duty_within(records: Records, duty: UUID, reach: Reach, *, needs: Needs, lock: bool = False) -> Duty:
    """A duty; refuses DUTY_NOT_FOUND."""
    found = records.duties.find(duty, reach, needs.today(), lock=lock)
    if found is None:
        raise DutyNotFound
    return found


def occurrence_within(
    records: Records, occurrence: UUID, reach: Reach, *, needs: Needs, lock: bool = False
) -> Occurrence:
    """Something due; refuses DUTY_OCCURRENCE_NOT_FOUND."""
    found = records.occurrences.find(occurrence, reach, needs.today(), lock=lock)
    if found is None:
        raise DutyOccurrenceNotFound
    return found


def require_known(records: Records, terms: DutyTerms, reach: Reach) -> None:
    """That what the terms name is there.

    Refuses PERSON_NOT_FOUND, POSITION_NOT_FOUND, UNIT_NOT_FOUND, SITE_NOT_FOUND, DUTY_CLAUSE_UNKNOWN.
    """
    if not records.duties.reaches(terms.whose, reach, terms.effective_date):
        raise _not_there(terms.whose)
    if terms.site and not records.duties.surroundings({terms.site}, terms.effective_date):
        raise SiteNotFound
    if terms.clause and records.rulebook.find(terms.clause) is None:
        raise DutyClauseUnknown(clause_id=shown(terms.clause))


def service_of(caller: Caller) -> str:
    """The service that calls for itself; refuses DUTY_SERVICES_ONLY."""
    if not caller.service or caller.person:
        raise DutyServicesOnly
    return caller.service


def _not_there(whose: Whose) -> Exception:
    if whose.person:
        return PersonNotFound()
    return PositionNotFound() if whose.position else UnitNotFound()
