"""Ends a person's employment with a last day, past or future."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules import staff
from bylaw_people.rules.staff import PersonView
from bylaw_people.use_cases.changing import change_appointments
from bylaw_people.use_cases.finding import person_within, view_of


def end_employment(person_id: UUID, last_date: date, caller: Caller, *, needs: Needs) -> PersonView:
    """Refuses PERSON_NOT_FOUND, PERSON_NOT_EMPLOYED, PERSON_HEADS_UNIT."""
    reach, today = caller.reach("people.staff.end"), needs.today()
    with needs.store.work(caller) as records:
        person = person_within(records, person_id, reach, today=today, lock=True)
        person = change_appointments(records, person, staff.end_employment(person, last_date), today=today)
        return view_of(records, person, last_date)
