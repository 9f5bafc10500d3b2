"""Sets passwords: one's own, knowing the old one; somebody else's, who may do no more than oneself (SEC-1)."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Records
from bylaw_people.rules.sign_in.passwords import require_strong
from bylaw_people.rules.sign_in.refusals import PersonHasNoLogin, SignInRefused
from bylaw_people.rules.staff import PersonRecord
from bylaw_people.use_cases.finding import EVERYONE, person_within, require_unchanged
from bylaw_people.use_cases.sign_in.counting import attempts_of_owner, count
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.opening import end_sessions_of, require_session
from bylaw_people.use_cases.sign_in.taking_over import require_no_more

CHANGED = "password_changed"


def change_password(old: str, new: str, caller: Caller, means: SignInNeeds) -> None:
    """Changes the caller's own and ends their other sessions.

    Refuses SESSION_NEEDED, SIGN_IN_REFUSED (the old one is wrong), SIGN_IN_THROTTLED, PASSWORD_TOO_WEAK.
    """
    with means.needs.store.read() as records:
        require_session(records, caller)
    person = prove_password(old, caller, means)
    with means.needs.store.read() as records:
        known = words_of(records, person)
    require_strong(new, known)
    fresh = means.check.hash(new)
    with means.needs.store.work(caller) as records:
        records.passwords.set(person.id, fresh)
        end_sessions_of(records, person.id, CHANGED, but=caller.session)


def prove_password(password: str, caller: Caller, means: SignInNeeds) -> PersonRecord:
    """The caller, who knows their own password; refuses SIGN_IN_REFUSED, SIGN_IN_THROTTLED."""
    if caller.person is None:
        raise SignInRefused
    attempts = attempts_of_owner(caller.person)
    count(attempts, means.needs)
    with means.needs.store.read() as records:
        person = records.people.find(caller.person, EVERYONE, means.needs.today())
        hash_ = records.passwords.hash_of(caller.person)
    if person is None or not means.check.right(password, hash_):
        raise SignInRefused
    with means.needs.store.work(caller) as records:
        records.attempts.forgive(attempts)
    return person


def set_password(person_id: UUID, new: str, caller: Caller, means: SignInNeeds) -> None:
    """Sets somebody's and ends their sessions.

    Refuses PERSON_NOT_FOUND, PERSON_HAS_NO_LOGIN, PASSWORD_TOO_WEAK, GRANT_BEYOND_OWN.
    """
    reach, today = caller.reach("people.passwords.set"), means.needs.today()
    with means.needs.store.read() as records:
        person = person_within(records, person_id, reach, today=today)
        if not person.login:
            raise PersonHasNoLogin
        require_no_more(records, person, caller, means.needs)
        known = words_of(records, person)
    require_strong(new, known)
    fresh = means.check.hash(new)
    with means.needs.store.work(caller) as records:  # hashing took its time: both may hold something else by now
        person = person_within(records, person_id, reach, today=today, lock=True)
        require_unchanged(records, caller)
        require_no_more(records, person, caller, means.needs)
        records.passwords.set(person.id, fresh)
        end_sessions_of(records, person.id, CHANGED)


def words_of(records: Records, person: PersonRecord) -> list[str]:
    """What everybody knows of somebody: no good password holds it."""
    return [person.login, person.display_name, person.number, *records.passwords.company_words()]
