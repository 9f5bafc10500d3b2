"""Takes back an appointment, or the end of an employment; what held the day before holds on."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules import staff
from bylaw_people.rules.staff import PersonView
from bylaw_people.use_cases.access.giving_by_post import require_positions_held
from bylaw_people.use_cases.changing import change_appointments
from bylaw_people.use_cases.finding import EVERYONE, person_within, view_of
from bylaw_people.use_cases.placing import require_there


def withdraw_appointment(person_id: UUID, day: date, caller: Caller, *, needs: Needs) -> PersonView:
    """Refuses PERSON_NOT_FOUND, CHANGE_NOT_FOUND, FIRST_CHANGE_STAYS, PERSON_HEADS_UNIT, and what is closed since.

    And GRANT_BEYOND_OWN, GRANT_TO_SELF where the position was given a role.
    """
    reach, today = caller.reach("people.staff.appoint"), needs.today()
    with needs.store.work(caller) as records:
        person = person_within(records, person_id, reach, today=today, lock=True)
        change = staff.withdraw(person, day)
        for longer in change.added:
            require_there(records, longer, EVERYONE, today=today)
        require_positions_held(records, person, change.added, caller=caller, needs=needs)
        person = change_appointments(records, person, change, today=today)
        return view_of(records, person, day)
