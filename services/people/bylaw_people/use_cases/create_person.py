"""Takes a person on: number, name, what they can do and the first appointment (ORG-4, POS-2)."""

from dataclasses import replace

from bylaw_chassis.caller import Caller

from bylaw_people.events import person_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.fields import LONGEST_REASON, Fields, normal_login
from bylaw_people.rules.refusals import LoginTaken, PersonNumberTaken
from bylaw_people.rules.staff import PersonRecord, PersonView
from bylaw_people.use_cases.access.giving_by_post import require_all_positions_held
from bylaw_people.use_cases.finding import view_of
from bylaw_people.use_cases.placing import require_place
from bylaw_people.use_cases.set_qualifications import check_qualifications


def create_person(person: PersonRecord, caller: Caller, needs: Needs) -> PersonView:
    """Refuses PERSON_NUMBER_TAKEN, LOGIN_TAKEN, FIELD_INVALID, and what `require_place` does."""
    first = person.appointments[0]
    first = replace(first, reason_by=caller.person if first.reason else None)
    person = replace(person, login=normal_login(person.login), appointments=(first,))
    _require_fields(person)
    with needs.store.work(caller) as records:
        reach, has = caller.reach("people.staff.create"), person.qualifications
        require_place(records, first, has, reach, today=needs.today(), field="person.appointment")
        require_all_positions_held(records, [(person, person.appointments, ())], caller=caller, needs=needs)
        if not records.people.add(person):
            if person.login and records.people.taken_logins([person.login]):
                raise LoginTaken(login=person.login)
            raise PersonNumberTaken(number=person.number)
        records.publish(person_changed(person))
        return view_of(records, person, first.start_date)


def _require_fields(person: PersonRecord) -> None:
    fields = Fields()
    fields.code("person.number", person.number)
    fields.name("person.display_name", person.display_name)
    if person.login:
        fields.login("person.login", person.login)
    check_qualifications(fields, "person.qualifications", person.qualifications)
    fields.text("person.appointment.reason", person.appointments[0].reason, LONGEST_REASON)
    fields.require()
