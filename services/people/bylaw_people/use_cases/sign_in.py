"""Signs people in: same answer, same work, whether login, password or employment is wrong; tries are counted."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from bylaw_chassis.caller import NOBODY, Caller, HeldGrant, Scope
from bylaw_chassis.tokens import mint
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bylaw_people.ports import Needs
from bylaw_people.ports.sign_in import Attempt
from bylaw_people.rules.fields import normal_login
from bylaw_people.rules.passwords import LONGEST
from bylaw_people.rules.refusals import SignInRefused, SignInThrottled
from bylaw_people.rules.roles import SERVICE
from bylaw_people.use_cases.holding import caller_for

_NOBODY = UUID(int=0)
TOKEN_LIFETIME = timedelta(minutes=15)
SERVICES = frozenset({"attendance", "inventory", "orders", "gateway"})


def _hasher() -> PasswordHasher:
    """Argon2id with 19 MiB and two passes: safe, and eight at once still fit a small machine."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class SigningKey(Protocol):
    """The key that signs now."""

    @property
    def id(self) -> str: ...
    @property
    def private(self) -> Ed25519PrivateKey: ...


class SigningKeys(Protocol):
    """Where it comes from."""

    def current(self) -> SigningKey: ...


@dataclass(frozen=True, slots=True)
class Session:
    """A signed token, when it ends, and whose it is."""

    access_token: str
    expire_time: datetime
    caller: Caller


@dataclass(frozen=True)
class PasswordCheck:
    """Hashes with argon2; where there is no hash, as much work is done for nothing."""

    hasher: PasswordHasher = field(default_factory=_hasher)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_nobodys_hash", self.hasher.hash("nobody signs in with this"))

    _nobodys_hash: str = field(init=False, repr=False)

    def right(self, password: str, hash_: str | None) -> bool:
        """Whether a password is the one that was hashed."""
        try:
            return self.hasher.verify(hash_ or self._nobodys_hash, password[: LONGEST + 1]) and hash_ is not None
        except (VerificationError, InvalidHashError):
            return False

    def hash(self, password: str) -> str:
        """The hash of a new password."""
        return self.hasher.hash(password)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Makes sessions, for people by password and for services by the installation's secret."""

    needs: Needs
    keys: SigningKeys
    check: PasswordCheck
    service_secret: str

    def person(self, login: str, password: str, address: str) -> Session:
        """Refuses SIGN_IN_REFUSED, SIGN_IN_THROTTLED."""
        login = normal_login(login[:256])
        attempts = attempts_of(login, address)
        self.count(attempts)
        caller = self._caller(login, password)
        with self.needs.store.work(caller) as records:
            records.passwords.forgive(attempts)
        return self.session(caller)

    def service(self, name: str, secret: str) -> Session:
        """A session of a service of the suite; refuses SIGN_IN_REFUSED."""
        right = hmac.compare_digest(secret.encode(), self.service_secret.encode())
        if not (right and name in SERVICES):
            raise SignInRefused
        return self.session(Caller(service=name, grants=(HeldGrant(Scope.COMPANY, None, SERVICE),)))

    def count(self, attempts: Sequence[Attempt]) -> None:
        """Counts a try before it is made; refuses SIGN_IN_THROTTLED."""
        with self.needs.store.work(NOBODY) as records:
            seconds = records.passwords.count_attempts(attempts)
        if seconds:
            raise SignInThrottled(seconds=seconds)

    def session(self, caller: Caller) -> Session:
        """A token for a caller."""
        now, key = self.needs.clock(), self.keys.current()
        token = mint(caller, key_id=key.id, key=key.private, now=now, lifetime=TOKEN_LIFETIME)
        return Session(token, now + TOKEN_LIFETIME, caller)

    def _caller(self, login: str, password: str) -> Caller:
        """No connection is held while argon2 works; until the password is right, a login nobody has costs the same."""
        today = self.needs.today()
        with self.needs.store.read() as records:
            person = records.people.by_login(login)
            hash_ = records.passwords.hash_of(person.id if person else _NOBODY)
        right = self.check.right(password, hash_)
        if not (right and person and person.may_sign_in(today)):
            raise SignInRefused
        with self.needs.store.read() as records:
            return caller_for(records, person, today, needs=self.needs)


def attempts_of(login: str, address: str) -> list[Attempt]:
    """What a try counts against; only digests are kept, so that the table names nobody."""
    kinds = {"login": login, "address": address}
    return [Attempt(kind, hashlib.sha256(f"{kind}:{key}".encode()).digest()) for kind, key in kinds.items() if key]
