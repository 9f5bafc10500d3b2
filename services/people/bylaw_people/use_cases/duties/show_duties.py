"""Shows duties and what comes due of them, within the caller's reach."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.ports.duties import OccurrenceQuery
from bylaw_people.rules.duties.duty import Duty, Occurrence
from bylaw_people.use_cases.duties.finding import duty_within, occurrence_within
from bylaw_people.use_cases.finding import unit_within

PERMISSION = "people.duties.read"


def show_duty(duty: UUID, caller: Caller, needs: Needs) -> Duty:
    """Refuses DUTY_NOT_FOUND."""
    with needs.store.read() as records:
        return duty_within(records, duty, caller.reach(PERMISSION), needs=needs)


def show_occurrence(occurrence: UUID, caller: Caller, needs: Needs) -> Occurrence:
    """Refuses DUTY_OCCURRENCE_NOT_FOUND."""
    with needs.store.read() as records:
        return occurrence_within(records, occurrence, caller.reach(PERMISSION), needs=needs)


def list_duties(clause: str, after: UUID | None, limit: int, *, caller: Caller, needs: Needs) -> Sequence[Duty]:
    """Duties within the caller's reach, newest first."""
    with needs.store.read() as records:
        reach = caller.reach(PERMISSION)
        return records.duties.page(reach, needs.today(), clause=clause, after=after, limit=limit)


def list_occurrences(
    query: OccurrenceQuery, after: tuple[datetime, UUID] | None, limit: int, *, caller: Caller, needs: Needs
) -> Sequence[Occurrence]:
    """What comes due within the caller's reach; refuses UNIT_NOT_FOUND and DUTY_NOT_FOUND for what lies beyond."""
    reach, today = caller.reach(PERMISSION), needs.today()
    with needs.store.read() as records:
        if query.unit:
            unit_within(records, query.unit, caller.reach("people.units.read"), today=today)
        if query.duty:
            duty_within(records, query.duty, reach, needs=needs)
        return records.occurrences.page(query, reach, today, after=after, limit=limit)
