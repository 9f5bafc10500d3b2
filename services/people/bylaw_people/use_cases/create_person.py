"""Takes a person on: number, name and the first appointment (ORG-4)."""

from dataclasses import replace

from bylaw_chassis.caller import Caller

from bylaw_people.events import person_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.fields import Fields, normal_login
from bylaw_people.rules.refusals import LoginTaken, PersonNumberTaken
from bylaw_people.rules.staff import PersonRecord, PersonView
from bylaw_people.use_cases.finding import require_place, view_of


def create_person(person: PersonRecord, caller: Caller, needs: Needs) -> PersonView:
    """Refuses PERSON_NUMBER_TAKEN, LOGIN_TAKEN, UNIT_NOT_FOUND, POSITION_NOT_FOUND, SITE_NOT_FOUND, FIELD_INVALID."""
    first = person.appointments[0]
    person = replace(person, login=normal_login(person.login))
    _require_fields(person)
    with needs.store.work(caller) as records:
        require_place(records, first, caller.reach("people.staff.create"), today=needs.today())
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
        fields.code("person.login", person.login)
    fields.require()
