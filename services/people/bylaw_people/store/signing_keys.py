"""The keys that sign tokens: made when needed, private parts wrapped, published before and after they sign."""

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.keys import wrapping_key
from bylaw_chassis.settings import SettingWrong
from bylaw_chassis.values import new_id
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bylaw_people.ports.sign_in import NewKey
from bylaw_people.store.rows import Stamp
from bylaw_people.store.tables import signing_keys

KEY_LOCK = 7_262_946_402
"""Advisory lock under which one worker makes a key."""

USED_FOR = timedelta(days=30)
KNOWN_BEFORE = timedelta(days=1)
"""The next key is published a day before it signs: every service then knows it in time."""

KNOWN_AFTER = timedelta(days=1)
"""Longer than any token lives."""

READ_AGAIN_SECONDS = 5.0
"""So soon every process of people learns that a key was withdrawn."""

_PRIVATE = "signing-keys"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key that signs now."""

    id: str
    private: Ed25519PrivateKey


@dataclass
class SigningKeys:
    """The keys of an installation; its public half is the key source of people's own verifier."""

    database: Database
    master_key: str

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._public: dict[str, tuple[datetime, Ed25519PublicKey]] = {}
        self._private: dict[str, Ed25519PrivateKey] = {}
        self._read_again = float("-inf")

    def __call__(self, key_id: str) -> Ed25519PublicKey | None:
        """The public key of an id while it is published; nothing for any other."""
        if key_id not in self._public and (len(key_id) != 32 or not key_id.isalnum()):
            return None
        if key_id not in self._public or time.monotonic() >= self._read_again:
            self.published()
        found = self._public.get(key_id)
        return found[1] if found and found[0] > self.database.clock() else None

    def published(self) -> list[tuple[str, bytes]]:
        """Ids and public keys of those that sign, will sign soon or signed lately, oldest first."""
        now = self.database.clock()
        columns = signing_keys.c
        with self.database.read() as connection:
            found = connection.execute(
                sa.select(columns.id, columns.public_key, columns.active_from)
                .where(columns.active_from > now - USED_FOR - KNOWN_BEFORE - KNOWN_AFTER)
                .where(columns.withdrawn_at.is_(None))
                .order_by(columns.active_from)
            ).all()
        self._public = {
            row.id: (
                row.active_from + USED_FOR + KNOWN_BEFORE + KNOWN_AFTER,
                Ed25519PublicKey.from_public_bytes(row.public_key),
            )
            for row in found
        }
        self._read_again = time.monotonic() + READ_AGAIN_SECONDS
        return [(row.id, row.public_key) for row in found]

    def current(self) -> SigningKey:
        """The key that signs now; makes the first, or the next where the present one's time comes to an end."""
        now = self.database.clock()
        rows = self._rows(now)
        if not rows or rows[-1].active_from + USED_FOR - KNOWN_BEFORE <= now:
            self._make(now)
            rows = self._rows(now)
        # Where another worker made the first key a moment after our clock was read, it signs already.
        row = next((row for row in reversed(rows) if row.active_from <= now), rows[0])
        return SigningKey(row.id, self._unwrapped(row.id, row.wrapped_private_key))

    def require_openable(self) -> None:
        """Raises SettingWrong naming the master key where it does not open a key that is still in use."""
        for row in self._rows(self.database.clock()):
            self._unwrapped(row.id, row.wrapped_private_key)

    def _rows(self, now: datetime) -> list[sa.Row[tuple[object, ...]]]:
        counts = (signing_keys.c.active_from > now - USED_FOR - KNOWN_BEFORE, signing_keys.c.withdrawn_at.is_(None))
        with self.database.read() as connection:
            return list(
                connection.execute(sa.select(signing_keys).where(*counts).order_by(signing_keys.c.active_from)).all()
            )

    def _make(self, now: datetime) -> None:
        """One worker makes it; whoever waited for the lock finds it made."""
        with self.database.engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(KEY_LOCK)))
            counts = signing_keys.c.withdrawn_at.is_(None)
            newest = connection.execute(sa.select(sa.func.max(signing_keys.c.active_from)).where(counts)).scalar()
            if newest and newest + USED_FOR - KNOWN_BEFORE > now:
                return
            in_time = newest is not None and newest + USED_FOR > now
            fresh = self.fresh(now + KNOWN_BEFORE if in_time else now)
            connection.execute(signing_keys.insert(), [_row(fresh, now)])

    def fresh(self, active_from: datetime) -> NewKey:
        """A new key, wrapped and not yet stored, that signs from an instant on."""
        private = Ed25519PrivateKey.generate()
        wrapped = wrapping_key(self.master_key, _PRIVATE).encrypt(private.private_bytes_raw())
        return NewKey(new_id().hex, private.public_key().public_bytes_raw(), wrapped, active_from)

    def _unwrapped(self, key_id: str, wrapped: bytes) -> Ed25519PrivateKey:
        with self._lock:
            if key_id not in self._private:
                try:
                    raw = wrapping_key(self.master_key, _PRIVATE).decrypt(wrapped)
                except InvalidToken as error:
                    raise SettingWrong(
                        "BYLAW_MASTER_KEY：不是保护现有签名密钥的主密钥；请使用本系统原来的主密钥。 / "
                        "this is not the key that protects the signing keys on record; use the installation's own."
                    ) from error
                self._private[key_id] = Ed25519PrivateKey.from_private_bytes(raw)
            return self._private[key_id]


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The signing keys on record in one transaction."""

    connection: sa.Connection
    stamp: Stamp

    def add(self, key: NewKey) -> None:
        """A new key, under the lock of whoever makes keys."""
        self.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(KEY_LOCK)))
        self.connection.execute(signing_keys.insert(), [_row(key, self.stamp.now)])

    def withdraw(self) -> None:
        """Has every key so far count no more."""
        counts = signing_keys.c.withdrawn_at.is_(None)
        self.connection.execute(signing_keys.update().where(counts).values(withdrawn_at=self.stamp.now))


def _row(key: NewKey, now: datetime) -> dict[str, object]:
    return {
        "id": key.id,
        "public_key": key.public_key,
        "wrapped_private_key": key.wrapped_private_key,
        "active_from": key.active_from,
        "recorded_at": now,
    }
