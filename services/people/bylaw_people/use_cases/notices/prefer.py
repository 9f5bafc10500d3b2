"""How notices go out to the caller: shows it, or sets it."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.notices.preferences import Preferences
from bylaw_people.rules.refusals import PersonNotFound


def show_preferences(caller: Caller, needs: Needs) -> Preferences:
    """Refuses PERSON_NOT_FOUND for a caller who is no person."""
    person = _person(caller)
    with needs.store.read() as records:
        return records.notice_preferences.of(person)


def set_preferences(wish: Preferences, caller: Caller, needs: Needs) -> Preferences:
    """Refuses PERSON_NOT_FOUND for a caller who is no person."""
    person = _person(caller)
    with needs.store.work(caller) as records:
        records.notice_preferences.set(person, wish)
    return wish


def _person(caller: Caller) -> UUID:
    if caller.person is None:
        raise PersonNotFound
    return caller.person
