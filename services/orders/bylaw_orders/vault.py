"""Where keys are: each customer's own key wrapped by a master key, fields sealed by it, and keyed hashes (CUS-1).

AES-GCM throughout. What a field belongs to is bound to it, so that a field moved to another order or customer opens no
more. A customer whose wrapped key is gone is erased: nobody can open their fields, in whatever copy they lie.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.keys import derived_key
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, NONCE_BYTES, KEY_ID_BYTES, HASH_BYTES = 32, 12, 8, 16
_PURPOSE = "orders-customers"
_INDEX = b"index"


class MasterKeyUnknown(RuntimeError):  # noqa: N818 - what was found
    """What is on record was wrapped by a master key that this installation was not told; names the key's id."""

    def __init__(self, key_id: bytes) -> None:
        super().__init__(f"wrapped by master key {key_id.hex()}, which is neither the present one nor a previous one")


class SealBroken(RuntimeError):  # noqa: N818 - what was found
    """What is on record does not open: it was changed, moved, or sealed for something else; shows nothing of it."""


@dataclass(frozen=True, slots=True, repr=False)
class Wrapped:
    """A key as it lies in the database, and the id of the master key that wraps it."""

    key_id: bytes
    key: bytes


class CustomerKey:
    """A customer's own key, in memory alone."""

    __slots__ = ("_cipher", "_customer")

    def __init__(self, customer: UUID, key: bytes) -> None:
        self._customer, self._cipher = customer.bytes, AESGCM(key)

    def sealed(self, order: UUID, fields: Sequence[str]) -> list[bytes]:
        """Each field sealed for its place in this order; an empty one is empty."""
        nonces, of = os.urandom(NONCE_BYTES * len(fields)), self._customer + order.bytes
        encrypt, made = self._cipher.encrypt, list[bytes]()
        for place, text in enumerate(fields):
            if text:
                nonce = nonces[place * NONCE_BYTES : (place + 1) * NONCE_BYTES]
                made.append(nonce + encrypt(nonce, text.encode("utf-8", "surrogatepass"), of + bytes((place,))))
            else:
                made.append(b"")
        return made

    def opened(self, order: UUID, fields: Sequence[bytes]) -> list[str]:
        """Raises SealBroken where one was changed or moved."""
        of = self._customer + order.bytes
        return [
            _opened(self._cipher, sealed, of + bytes((place,))).decode("utf-8", "surrogatepass") if sealed else ""
            for place, sealed in enumerate(fields)
        ]


class Vault:
    """Wraps customers' keys by the present master key, and opens what a previous one wrapped.

    Keys that stand for one another in time are known by their ids, which tell nothing of them.
    """

    def __init__(self, master_key: str, previous: Sequence[str] = ()) -> None:
        known = [_master(key) for key in (master_key, *previous)]
        self.key_id = known[0][0]
        self._ciphers = dict(reversed(known))

    @property
    def key_ids(self) -> frozenset[bytes]:
        """The ids of the master keys that are known."""
        return frozenset(self._ciphers)

    def new_key(self, customer: UUID) -> tuple[CustomerKey, Wrapped]:
        """A key for a customer, and as it is kept."""
        key = os.urandom(KEY_BYTES)
        return CustomerKey(customer, key), self._wrap(key, customer.bytes)

    def customer_key(self, customer: UUID, wrapped: Wrapped) -> CustomerKey:
        """Raises MasterKeyUnknown, SealBroken."""
        return CustomerKey(customer, self._unwrap(wrapped, customer.bytes))

    def rewrapped(self, customer: UUID, wrapped: Wrapped) -> Wrapped:
        """The same key under the present master key; raises MasterKeyUnknown, SealBroken."""
        return self._wrap(self._unwrap(wrapped, customer.bytes), customer.bytes)

    def new_index(self) -> Wrapped:
        """A key for hashes, as it is kept."""
        return self._wrap(os.urandom(KEY_BYTES), _INDEX)

    def index(self, wrapped: Wrapped) -> "Index":
        """Raises MasterKeyUnknown, SealBroken."""
        return Index(self._unwrap(wrapped, _INDEX))

    def rewrapped_index(self, wrapped: Wrapped) -> Wrapped:
        """The same key for hashes under the present master key; raises MasterKeyUnknown, SealBroken."""
        return self._wrap(self._unwrap(wrapped, _INDEX), _INDEX)

    def _wrap(self, key: bytes, of: bytes) -> Wrapped:
        nonce = os.urandom(NONCE_BYTES)
        return Wrapped(self.key_id, nonce + self._ciphers[self.key_id].encrypt(nonce, key, of))

    def _unwrap(self, wrapped: Wrapped, of: bytes) -> bytes:
        cipher = self._ciphers.get(bytes(wrapped.key_id))
        if cipher is None:
            raise MasterKeyUnknown(bytes(wrapped.key_id))
        return _opened(cipher, wrapped.key, of)


class Index:
    """Keyed hashes by which customers are found; without the key nobody can try all numbers there are."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = key

    def hashed(self, kind: str, text: str) -> bytes:
        """16 bytes; the same text as another kind of thing has another hash. Empty where there is nothing."""
        if not text:
            return b""
        said = f"{kind}:{text}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, said, hashlib.sha256)[:HASH_BYTES]


def _master(key: str) -> tuple[bytes, AESGCM]:
    derived = derived_key(key, _PURPOSE)
    return hmac.digest(derived, b"id", hashlib.sha256)[:KEY_ID_BYTES], AESGCM(derived)


def _opened(cipher: AESGCM, sealed: bytes, of: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], of)
    except (InvalidTag, ValueError):
        raise SealBroken from None
