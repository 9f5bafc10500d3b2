"""Lists what was put on record of what a person can do, past and present, or as of a date (POS-2)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.ports.organisation import QualificationRow
from bylaw_people.use_cases.finding import person_within

PERMISSION = "people.staff.read"


def list_qualifications(
    person: UUID, day: date | None, caller: Caller, *, needs: Needs, after: UUID | None, limit: int
) -> list[QualificationRow]:
    """Oldest record first; on a day, what had begun by then and stood on record when it ended.

    Refuses PERSON_NOT_FOUND.
    """
    as_of = needs.as_of(day) if day else None
    with needs.store.read() as records:
        person_within(records, person, caller.reach(PERMISSION), today=needs.today())
        return records.qualifications.history(person, as_of, after=after, limit=limit)
