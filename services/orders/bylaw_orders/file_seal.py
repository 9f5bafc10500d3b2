"""Seals the files of imports while they wait to be read: they hold names and telephones in clear (CUS-1)."""

import os
from uuid import UUID

from bylaw_chassis.keys import derived_key
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bylaw_orders.vault import NONCE_BYTES, SealBroken


class MasterKeySeal:
    """By a key of its own out of the installation's master key; a file is bound to its import and its place there."""

    def __init__(self, master_key: str) -> None:
        self._cipher = AESGCM(derived_key(master_key, "orders-import-files"))

    def sealed(self, identifier: UUID, number: int, content: bytes) -> bytes:
        """As it is kept."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, identifier.bytes + bytes((number,)))

    def opened(self, identifier: UUID, number: int, sealed: bytes) -> bytes:
        """As it was handed in; raises SealBroken where it was changed or moved, or sealed by another key."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], identifier.bytes + bytes((number,)))
        except (InvalidTag, ValueError):
            raise SealBroken from None
