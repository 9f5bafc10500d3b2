"""What the use cases of signing in are handed beside what every use case is."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bylaw_chassis.audit.pseudonyms import Pseudonyms, pseudonyms
from bylaw_chassis.identity import service_secret
from bylaw_chassis.keys import derived_key, wrapping_key
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bylaw_people.ports import Needs
from bylaw_people.ports.sign_in import IdentityProvider, NewKey
from bylaw_people.rules.sign_in.opaque import RANDOM_BYTES, Opaque, digest_of, written
from bylaw_people.rules.sign_in.sessions import Lasting
from bylaw_people.use_cases.sign_in.password_check import PasswordCheck


class SigningKey(Protocol):
    """The key that signs now."""

    @property
    def id(self) -> str: ...
    @property
    def private(self) -> Ed25519PrivateKey: ...


class SigningKeys(Protocol):
    """Where it comes from."""

    def current(self) -> SigningKey: ...
    def fresh(self, active_from: datetime) -> NewKey: ...


@dataclass(frozen=True)
class Secrets:
    """The keys that are derived from the installation's master key for signing in, and those of its pseudonyms."""

    service: str
    devices: bytes
    flows: bytes
    second_factors: Fernet
    pseudonyms: Pseudonyms

    @classmethod
    def of(cls, master_key: str) -> "Secrets":
        """Those of a master key."""
        return cls(
            service_secret(master_key),
            derived_key(master_key, "device-tokens"),
            derived_key(master_key, "oidc-flows"),
            wrapping_key(master_key, "second-factors"),
            pseudonyms(master_key),
        )


@dataclass(frozen=True, slots=True)
class SignInNeeds:
    """Store, clock and roles; signing keys, argon2, derived keys; how long sessions last; the provider, if any.

    `person_claim` names the claim of the provider's ID token that holds the employee number; empty: none does.
    """

    needs: Needs
    keys: SigningKeys
    check: PasswordCheck
    secrets: Secrets
    lasting: Lasting
    provider: IdentityProvider | None = None
    person_claim: str = ""


def new_opaque(kind: Opaque) -> tuple[str, bytes]:
    """A new token and the digest by which it is known; the token itself is never stored."""
    token = written(kind, secrets.token_bytes(RANDOM_BYTES))
    digest = digest_of(kind, token)
    if digest is None:
        raise AssertionError(kind)
    return token, digest
