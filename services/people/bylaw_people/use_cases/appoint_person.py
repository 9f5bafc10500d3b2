"""Gives a person another unit, position, site or employment kind from any date; what held before stays as it was."""

from dataclasses import replace
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules import staff
from bylaw_people.rules.staff import Appointment, AppointmentChange, PersonView
from bylaw_people.use_cases.access.giving_by_post import require_positions_held
from bylaw_people.use_cases.changing import change_appointments, require_added
from bylaw_people.use_cases.finding import person_within, view_of


def appoint_person(person_id: UUID, wish: Appointment, caller: Caller, *, needs: Needs) -> PersonView:
    """Refuses PERSON_NOT_FOUND, PERSON_NOT_EMPLOYED, PERSON_HEADS_UNIT, FIELD_INVALID, and what `require_place` does.

    A last day in the wish ends the employment: PERSON_HEADS_UNIT, as in EndEmployment.
    """
    reach, today = caller.reach("people.staff.appoint"), needs.today()
    wish = replace(wish, reason_by=caller.person if wish.reason else None)
    with needs.store.work(caller) as records:
        person = person_within(records, person_id, reach, today=today, lock=True)
        change = staff.appoint(person, wish)
        require_added(records, person, _of_wish(change, wish), reach, today=today)
        require_positions_held(records, person, change.added, caller=caller, needs=needs)
        person = change_appointments(records, person, change, today=today)
        return view_of(records, person, wish.start_date)


def rehire_person(person_id: UUID, wish: Appointment, caller: Caller, *, needs: Needs) -> PersonView:
    """Takes somebody on again; what they were given before they left ended with that (SEC-2).

    Refuses PERSON_NOT_FOUND, PERSON_EMPLOYED, and what `require_place` does.
    """
    reach, today = caller.reach("people.staff.create"), needs.today()
    wish = replace(wish, reason_by=caller.person if wish.reason else None)
    with needs.store.work(caller) as records:
        person = person_within(records, person_id, reach, today=today, lock=True)
        change = staff.rehire(person, wish)
        if person.has_left(today):
            records.grants.end(records.grants.of_person_before(person.id, today), today)
        require_added(records, person, change.added, reach, today=today)
        require_positions_held(records, person, change.added, caller=caller, needs=needs)
        person = change_appointments(records, person, change, today=today)
        return view_of(records, person, wish.start_date)


def _of_wish(change: AppointmentChange, wish: Appointment) -> tuple[Appointment, ...]:
    """Of what is written, what the wish asked for: what is cut to make room was looked at when it was recorded."""
    return tuple(new for new in change.added if new.start_date >= wish.start_date and new.same_as(wish))
