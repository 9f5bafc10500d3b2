"""Proves a second factor: a code of the app whose step was not used yet, or a recovery code that was not."""

from datetime import datetime
from uuid import UUID

from bylaw_people.ports import Records
from bylaw_people.ports.sign_in import SecondFactor
from bylaw_people.rules.sign_in.refusals import SecondFactorNeeded, SecondFactorRefused
from bylaw_people.rules.sign_in.second_factor import code_step, recovery_digest
from bylaw_people.use_cases.sign_in.needs import SignInNeeds

ONE_TIME_CODE = "otp"


def prove_second_factor(records: Records, person: UUID, code: str, means: SignInNeeds) -> tuple[str, ...]:
    """The method by which it was proved, none where no factor is enrolled.

    Refuses SECOND_FACTOR_NEEDED, SECOND_FACTOR_REFUSED. The factor stays locked: of two with one code, one gets in.
    """
    factor = records.second_factors.find(person, lock=True)
    if factor is None or not factor.confirmed:
        return ()
    if not code:
        raise SecondFactorNeeded
    if not (uses_code(records, factor, code, means) or _uses_recovery_code(records, person, code)):
        raise SecondFactorRefused
    return (ONE_TIME_CODE,)


def uses_code(records: Records, factor: SecondFactor, code: str, means: SignInNeeds) -> bool:
    """Whether a code is the app's, of a step that is used by it."""
    step = code_step(_secret(factor, means), code, _time(means), factor.last_step)
    return step is not None and records.second_factors.use_step(factor.person, step)


def _uses_recovery_code(records: Records, person: UUID, code: str) -> bool:
    return records.second_factors.use_recovery_code(person, recovery_digest(str(person), code))


def _secret(factor: SecondFactor, means: SignInNeeds) -> str:
    return means.secrets.second_factors.decrypt(factor.wrapped_secret).decode()


def _time(means: SignInNeeds) -> datetime:
    return means.needs.clock()
