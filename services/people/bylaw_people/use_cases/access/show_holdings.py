"""Shows what somebody may do as of a date, and what gives it (SEC-3)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.use_cases.access.finding import person_asked_about
from bylaw_people.use_cases.holding import Holding, holdings_of


def show_holdings(person_id: UUID, day: date, caller: Caller, *, needs: Needs) -> Holding:
    """Refuses PERSON_NOT_FOUND."""
    with needs.store.read() as records:
        person = person_asked_about(records, person_id, caller, day=day)
        return holdings_of(records, [person], day, needs=needs)[person.id]
