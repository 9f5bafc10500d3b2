"""Makes the installation's first account, which may do everything everywhere, and gives it back when it is lost."""

from dataclasses import replace
from uuid import UUID

from bylaw_chassis.caller import NOBODY, Scope
from bylaw_chassis.values import new_id

from bylaw_people.events import person_changed
from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.granting import Grant
from bylaw_people.rules.fields import normal_login
from bylaw_people.rules.sign_in.passwords import require_strong
from bylaw_people.rules.staff import PersonRecord
from bylaw_people.use_cases.sign_in.counting import attempts_of_owner, attempts_of_stranger
from bylaw_people.use_cases.sign_in.opening import end_sessions_of
from bylaw_people.use_cases.sign_in.password_check import PasswordCheck

ROLE = "administrator"


def create_administrator(login: str, password: str, *, needs: Needs, check: PasswordCheck) -> UUID:
    """The account's person; refuses PASSWORD_TOO_WEAK. A password that was set before stays as it is."""
    login = normal_login(login)
    require_strong(password, [login])
    hash_ = check.hash(password)
    with needs.store.work(NOBODY) as records:
        person = PersonRecord(new_id(), number=login, display_name=login, login=login, revision=1)
        if records.people.add(person):
            records.publish(person_changed(person))
        person = _found(records, login) or person
        if records.passwords.hash_of(person.id) is None:
            records.passwords.set(person.id, hash_)
        _grant(records, person, needs)
    return person.id


def has_password(login: str, *, needs: Needs) -> bool:
    """Whether the account is there and somebody could know its password."""
    with needs.store.work(NOBODY) as records:
        person = _found(records, normal_login(login))
        return person is not None and records.passwords.hash_of(person.id) is not None


def reset_password(login: str, password: str, *, needs: Needs, check: PasswordCheck) -> bool:
    """Gives the account another password, its login and role where it lost them, unlocks it, takes a second factor off.

    False where there is no such account; refuses PASSWORD_TOO_WEAK. For whoever holds the database, no call.
    """
    login = normal_login(login)
    require_strong(password, [login])
    hash_ = check.hash(password)
    with needs.store.work(NOBODY) as records:
        person = _found(records, login)
        if person is None:
            return False
        _rename(records, person, login)
        records.passwords.set(person.id, hash_)
        records.attempts.forgive([*attempts_of_stranger(login, "")[:1], *attempts_of_owner(person.id)])
        records.accounts.unlock(person.id)
        records.second_factors.remove(person.id)
        end_sessions_of(records, person.id, "password_changed")
        _grant(records, person, needs)
    return True


def _found(records: Records, login: str) -> PersonRecord | None:
    """The account by its number, which stays when its login is changed."""
    return records.people.by_number([login]).get(login) or records.people.by_login(login)


def _rename(records: Records, person: PersonRecord, login: str) -> None:
    named = replace(person, login=login, revision=person.revision + 1)
    if person.login != login and records.people.rename(named):
        records.publish(person_changed(named))


def _grant(records: Records, person: PersonRecord, needs: Needs) -> None:
    today = needs.today()
    if not any(held.role == ROLE for held in records.grants.granted(person.id, today)):
        records.grants.add(Grant(new_id(), person.id, ROLE, Scope.COMPANY, None, today, None, None, records.now))
