"""Signs people in by password: one answer and one cost for whatever is wrong, and every try is counted."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports.sign_in import Attempt
from bylaw_people.rules.fields import normal_login
from bylaw_people.rules.sign_in.devices import NONCE_BYTES, device_bytes, knows_device
from bylaw_people.rules.sign_in.opaque import Opaque, random_of, written
from bylaw_people.rules.sign_in.refusals import SecondFactorNeeded, SignInRefused
from bylaw_people.use_cases.sign_in.counting import (
    attempts_at_factor,
    attempts_of_device,
    attempts_of_stranger,
    count,
    give_back,
)
from bylaw_people.use_cases.sign_in.minting import Opened, Session, signed
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.opening import Place, Shown, open_session
from bylaw_people.use_cases.sign_in.second_factor import prove_second_factor
from bylaw_people.use_cases.sign_in.telling_trail import tell_whose

PASSWORD = "pwd"  # noqa: S105 - the name of a method
LONGEST_LOGIN = 256


@dataclass(frozen=True, slots=True)
class PasswordTry:
    """What somebody brings who wants to sign in, and from where."""

    login: str
    password: str = field(repr=False)
    one_time_code: str = field(default="", repr=False)
    device_token: str = field(default="", repr=False)
    place: Place = field(default_factory=Place)


def create_session(wish: PasswordTry, means: SignInNeeds) -> Session:
    """Refuses SIGN_IN_REFUSED, SECOND_FACTOR_NEEDED, SECOND_FACTOR_REFUSED, SIGN_IN_THROTTLED."""
    login = normal_login(wish.login[:LONGEST_LOGIN])
    named = _named(login, means)
    known = _knows_device(login, wish.device_token, means)
    attempts = attempts_of_device(wish.device_token) if known else attempts_of_stranger(login, wish.place.address)
    count(attempts, means.needs)
    person, hash_ = _proven(named, wish.password, means)
    opened = _opened(person, hash_, wish, attempts, means)
    return signed(opened, means, device_token="" if known else _device_token(login, means))


def _named(login: str, means: SignInNeeds) -> tuple[UUID | None, str | None]:
    """Who has the login, and the hash of their password; the trail is told at whose account this is, whatever follows.

    Until the password is right, a login nobody has costs the same: one question, one comparison.
    """
    with means.needs.store.read() as records:
        person, hash_ = records.passwords.by_login(login)
    tell_whose(login, person, means)
    return person, hash_


def _proven(named: tuple[UUID | None, str | None], password: str, means: SignInNeeds) -> tuple[UUID, str]:
    """Who it is, and the hash their password fits; no connection is held while argon2 works."""
    person, hash_ = named
    if not means.check.right(password, hash_) or person is None or hash_ is None:
        raise SignInRefused
    return person, hash_


def _opened(person: UUID, hash_: str, wish: PasswordTry, attempts: Sequence[Attempt], means: SignInNeeds) -> Opened:
    """The session, if the password is still the one that was proved: it may have been changed meanwhile."""
    at_factor = attempts_at_factor(person) if wish.one_time_code else []
    if at_factor:
        count(at_factor, means.needs)
    try:
        with means.needs.store.work(Caller(person=person)) as records:
            records.people.hold(person)
            if records.passwords.hash_of(person) != hash_:
                raise SignInRefused
            factors = prove_second_factor(records, person, wish.one_time_code, means)
            opened = open_session(records, person, Shown((PASSWORD, *factors), records.now), wish.place, means)
            if opened is None:
                raise SignInRefused
            records.attempts.forgive([*attempts, *at_factor])
    except SecondFactorNeeded:
        give_back(attempts, means.needs)
        raise
    return opened


def _knows_device(login: str, token: str, means: SignInNeeds) -> bool:
    return knows_device(means.secrets.devices, login, random_of(Opaque.DEVICE, token), means.needs.today())


def _device_token(login: str, means: SignInNeeds) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return written(Opaque.DEVICE, device_bytes(means.secrets.devices, login, nonce, means.needs.today()))
