"""Hashes passwords with argon2, and compares: as much work whether there is a hash or not."""

from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bylaw_people.rules.sign_in.passwords import LONGEST


def _hasher() -> PasswordHasher:
    """Argon2id with 19 MiB and two passes: safe, and eight at once still fit a small machine."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


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
