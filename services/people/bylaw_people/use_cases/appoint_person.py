"""Gives a person another unit, position, site or employment kind from a date; the past stays as it was."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.events import person_changed
from bylaw_people.ports import Needs
from bylaw_people.rules import staff
from bylaw_people.rules.staff import Appointment, PersonView
from bylaw_people.use_cases.finding import person_within, require_heads_nothing, require_place, view_of


def appoint_person(person_id: UUID, wish: Appointment, caller: Caller, *, needs: Needs) -> PersonView:
    """Refuses PERSON_NOT_FOUND, UNIT_NOT_FOUND, POSITION_NOT_FOUND, SITE_NOT_FOUND, PERSON_NOT_EMPLOYED, FIELD_INVALID.

    A last day in the wish ends the employment: PERSON_HEADS_UNIT, as in EndEmployment.
    """
    reach, today = caller.reach("people.staff.appoint"), needs.today()
    with needs.store.work(caller) as records:
        person = person_within(records, person_id, reach, today=today, lock=True)
        require_place(records, wish, reach, today=today)
        change = staff.appoint(person, wish)
        require_heads_nothing(records, person, wish.end_date)
        if change.added:
            person = records.people.change([(person, change)])[0]
            records.publish(person_changed(person))
        return view_of(records, person, wish.start_date)
