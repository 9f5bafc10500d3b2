"""What use cases need to sign people in: hashes of passwords, and failures that are counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a try to sign in counts against: a kind of key (login or address) and the key's digest."""

    kind: str
    key: bytes


class Passwords(Protocol):
    """Hashes of passwords, and failures to sign in."""

    def hash_of(self, person: UUID) -> str | None: ...
    def set(self, person: UUID, hash_: str) -> None: ...
    def count_attempts(self, attempts: Sequence[Attempt]) -> int: ...
    def forgive(self, attempts: Sequence[Attempt]) -> None: ...
