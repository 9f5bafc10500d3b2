"""Locks accounts and unlocks them: nothing signs a locked one in, and its sessions end (SEC-1)."""

from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.rules.sign_in.refusals import AccountIsOwn
from bylaw_people.use_cases.access.administration import keeping_an_administrator
from bylaw_people.use_cases.finding import person_within
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.opening import end_sessions_of

PERMISSION = "people.accounts.lock"
LOCKED = "account_locked"


def lock_account(person: UUID, caller: Caller, means: SignInNeeds) -> None:
    """Refuses PERSON_NOT_FOUND, ACCOUNT_IS_OWN, LAST_ADMINISTRATOR."""
    if person == caller.person:
        raise AccountIsOwn
    today = means.needs.today()
    with means.needs.store.work(caller) as records, keeping_an_administrator(records, today):
        found = person_within(records, person, caller.reach(PERMISSION), today=today)
        if records.accounts.lock(found.id):
            end_sessions_of(records, found.id, LOCKED)
            records.renew_access([found.id])  # what was minted for access tokens has no session of its own


def unlock_account(person: UUID, caller: Caller, means: SignInNeeds) -> None:
    """Refuses PERSON_NOT_FOUND."""
    with means.needs.store.work(caller) as records:
        found = person_within(records, person, caller.reach(PERMISSION), today=means.needs.today())
        records.accounts.unlock(found.id)
