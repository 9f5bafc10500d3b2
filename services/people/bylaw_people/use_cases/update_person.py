"""Changes what a person is called, or the name they sign in with; the number stays for ever."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldNotWritable

from bylaw_people.events import person_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.dated_refusals import PersonChanged
from bylaw_people.rules.fields import Fields, normal_login
from bylaw_people.rules.refusals import LoginTaken
from bylaw_people.rules.staff import PersonRecord, PersonView
from bylaw_people.use_cases.access.administration import keeping_an_administrator
from bylaw_people.use_cases.finding import person_within, require_unchanged, view_of
from bylaw_people.use_cases.sign_in.taking_over import require_no_more


@dataclass(frozen=True, slots=True)
class PersonWish:
    """What shall become of a person: the texts that change (display_name, login), and what was sent of the number."""

    person: UUID
    etag: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    number: str | None = None


def update_person(wish: PersonWish, caller: Caller, needs: Needs) -> PersonView:
    """Refuses PERSON_NOT_FOUND, LOGIN_TAKEN, PERSON_CHANGED, FIELD_NOT_WRITABLE, FIELD_INVALID.

    And GRANT_BEYOND_OWN, LAST_ADMINISTRATOR where another login, or none, would keep out who may do more, or the last.
    """
    reach, today = caller.reach("people.staff.update"), needs.today()
    with needs.store.work(caller) as records:
        before = person_within(records, wish.person, reach, today=today, lock=True)
        person = _changed(before, wish)
        if person != before:
            person = replace(person, revision=before.revision + 1)
            if person.login != before.login:
                require_unchanged(records, caller)
                require_no_more(records, before, caller, needs)
            with keeping_an_administrator(records, today, ending=[person.id]):
                if not records.people.rename(person):
                    raise LoginTaken(login=person.login)
            records.publish(person_changed(person))
        return view_of(records, person, today)


def _changed(person: PersonRecord, wish: PersonWish) -> PersonRecord:
    if wish.etag and wish.etag != str(person.revision):
        raise PersonChanged
    if wish.number not in (None, person.number):
        raise FieldNotWritable(field="person.number")
    login = normal_login(wish.texts.get("login", person.login))
    changed = replace(person, display_name=wish.texts.get("display_name", person.display_name), login=login)
    fields = Fields()
    fields.name("person.display_name", changed.display_name)
    if login:
        fields.login("person.login", login)
    fields.require()
    return changed
