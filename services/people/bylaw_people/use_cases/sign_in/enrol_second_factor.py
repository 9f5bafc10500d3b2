"""Enrols second factors and takes them off; secrets and recovery codes are shown once and kept wrapped or hashed."""

import secrets
from uuid import UUID

import pyotp
from bylaw_chassis.caller import Caller

from bylaw_people.ports import Records
from bylaw_people.rules.sign_in.refusals import (
    SecondFactorEnrolled,
    SecondFactorNotEnrolled,
    SecondFactorRefused,
)
from bylaw_people.rules.sign_in.second_factor import (
    RECOVERY_CODE_BYTES,
    RECOVERY_CODES,
    otpauth_uri,
    recovery_code,
    recovery_digest,
)
from bylaw_people.use_cases.finding import EVERYONE, person_within, require_unchanged
from bylaw_people.use_cases.sign_in.counting import attempts_at_factor, count
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.opening import end_sessions_of, require_session
from bylaw_people.use_cases.sign_in.second_factor import prove_second_factor, uses_code
from bylaw_people.use_cases.sign_in.set_password import prove_password
from bylaw_people.use_cases.sign_in.taking_over import require_no_more

CHANGED = "second_factor_changed"


def enrol_second_factor(caller: Caller, means: SignInNeeds) -> tuple[str, str]:
    """Begins: answers the secret and its otpauth address; refuses SESSION_NEEDED, SECOND_FACTOR_ENROLLED."""
    secret = pyotp.random_base32()
    wrapped = means.secrets.second_factors.encrypt(secret.encode())
    with means.needs.store.work(caller) as records:
        person = require_session(records, caller).person
        if not records.second_factors.begin(person, wrapped):
            raise SecondFactorEnrolled
        record = records.people.find(person, EVERYONE, means.needs.today())
    return secret, otpauth_uri(secret, record.login or record.number if record else "")


def confirm_second_factor(code: str, caller: Caller, means: SignInNeeds) -> list[str]:
    """From now on it counts: answers recovery codes.

    Refuses SESSION_NEEDED, SECOND_FACTOR_ENROLLED, SECOND_FACTOR_NOT_ENROLLED, SECOND_FACTOR_REFUSED,
    SIGN_IN_THROTTLED.
    """
    person = _counted(caller, means)
    codes = [recovery_code(secrets.token_bytes(RECOVERY_CODE_BYTES)) for _ in range(RECOVERY_CODES)]
    with means.needs.store.work(caller) as records:
        factor = records.second_factors.find(person, lock=True)
        if factor is None:
            raise SecondFactorNotEnrolled
        if factor.confirmed:
            raise SecondFactorEnrolled
        if not uses_code(records, factor, code, means):
            raise SecondFactorRefused
        records.second_factors.confirm(person, [recovery_digest(str(person), each) for each in codes])
        records.attempts.forgive(attempts_at_factor(person))
        end_sessions_of(records, person, CHANGED, but=caller.session)
    return codes


def disable_second_factor(password: str, code: str, caller: Caller, means: SignInNeeds) -> None:
    """Takes one's own off, proving both factors anew; who has no password, as they sign in elsewhere, proves one.

    Refuses SESSION_NEEDED, SECOND_FACTOR_NOT_ENROLLED, SIGN_IN_REFUSED, SECOND_FACTOR_REFUSED, SIGN_IN_THROTTLED.
    """
    person = _counted(caller, means)
    with means.needs.store.read() as records:
        has_password = records.passwords.hash_of(person) is not None
    if has_password:
        prove_password(password, caller, means)
    with means.needs.store.work(caller) as records:
        _require_proof(records, person, code, means)
        records.second_factors.remove(person)
        records.attempts.forgive(attempts_at_factor(person))


def remove_second_factor(person_id: UUID, caller: Caller, means: SignInNeeds) -> None:
    """Takes somebody's off; refuses PERSON_NOT_FOUND, SECOND_FACTOR_NOT_ENROLLED, GRANT_BEYOND_OWN."""
    reach, today = caller.reach("people.passwords.set"), means.needs.today()
    with means.needs.store.work(caller) as records:
        person = person_within(records, person_id, reach, today=today, lock=True)
        require_unchanged(records, caller)
        require_no_more(records, person, caller, means.needs)
        if not records.second_factors.remove(person.id):
            raise SecondFactorNotEnrolled
        end_sessions_of(records, person.id, CHANGED)


def _counted(caller: Caller, means: SignInNeeds) -> UUID:
    """The caller's person; the try of a code is counted before it is made."""
    with means.needs.store.read() as records:
        person = require_session(records, caller).person
    count(attempts_at_factor(person), means.needs)
    return person


def _require_proof(records: Records, person: UUID, code: str, means: SignInNeeds) -> None:
    if not code:
        raise SecondFactorRefused
    if not prove_second_factor(records, person, code, means):
        raise SecondFactorNotEnrolled
