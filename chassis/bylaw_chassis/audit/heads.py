"""The end of the chain, signed, to be kept where no administrator of the database reaches: only that shows a cut."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bylaw_chassis.audit.canonical import microseconds, netstrings
from bylaw_chassis.audit.tables import audit_seals
from bylaw_chassis.keys import derived_key

PURPOSE = "bylaw-audit-head-1"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal of a service's chain."""

    service: str
    number: int
    head: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class ExportedHead:
    """A head as it left the database: when, and the signature over all of it, in base64."""

    head: Head
    exported_at: datetime
    signature: str

    def fields(self) -> dict[str, str | int]:
        """The head by the names it has in a line of JSON."""
        return {
            "service": self.head.service,
            "number": self.head.number,
            "head": self.head.head,
            "sealedAt": self.head.sealed_at.isoformat(),
            "exportedAt": self.exported_at.isoformat(),
            "signature": self.signature,
        }

    def line(self) -> str:
        """The head as one line of JSON."""
        return json.dumps(self.fields())


class HeadKey:
    """The installation's key for heads, derived from its master key; Ed25519, so that who checks needs no secret."""

    def __init__(self, master_key: str) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(derived_key(master_key, "audit-heads"))

    @property
    def public(self) -> str:
        """The public half in base64: for an auditor, to check lines without us."""
        return base64.b64encode(self._private.public_key().public_bytes_raw()).decode()

    def export(self, head: Head, now: datetime) -> ExportedHead:
        """Signs a head that leaves now."""
        return ExportedHead(head, now, base64.b64encode(self._private.sign(_signed(head, now))).decode())

    def signed(self, exported: ExportedHead) -> bool:
        """Whether this installation signed it."""
        return is_signed(exported, self.public)


class HeadUnreadable(ValueError):  # noqa: N818 - told to the operator with its line
    """A line is no exported head."""


def is_signed(exported: ExportedHead, public_key: str) -> bool:
    """Whether the owner of a public key (base64) signed a head."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        key.verify(base64.b64decode(exported.signature), _signed(exported.head, exported.exported_at))
    except (InvalidSignature, ValueError):
        return False
    return True


def read_head(line: str) -> ExportedHead:
    """A line of JSON as the head it is; raises HeadUnreadable."""
    try:
        found: dict[str, Any] = json.loads(line)
        head = Head(str(found["service"]), int(found["number"]), str(found["head"]), _instant(found["sealedAt"]))
        return ExportedHead(head, _instant(found["exportedAt"]), str(found["signature"]))
    except (ValueError, KeyError, TypeError) as error:
        raise HeadUnreadable(line[:80]) from error


def newest_head(connection: sa.Connection, service: str) -> Head | None:
    """The head of a service's chain; nothing before the first seal."""
    columns = audit_seals.c
    newest = sa.select(columns.number, columns.head, columns.sealed_at).order_by(columns.number.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return Head(service, row.number, row.head.hex(), row.sealed_at) if row else None


def contradicted(connection: sa.Connection, heads: Sequence[ExportedHead]) -> tuple[ExportedHead, str] | None:
    """The first exported head that the chain does not have, and what it has there instead; empty for nothing."""
    numbers = sorted({exported.head.number for exported in heads})
    columns = audit_seals.c
    held = sa.select(columns.number, columns.head).where(columns.number == sa.func.any(sa.literal(numbers, _BIGINTS)))
    found = {row.number: row.head.hex() for row in connection.execute(held)}
    for exported in sorted(heads, key=lambda one: one.head.number):
        if found.get(exported.head.number) != exported.head.head:
            return exported, found.get(exported.head.number, "")
    return None


_BIGINTS = sa.ARRAY(sa.BigInteger)


def _signed(head: Head, exported_at: datetime) -> bytes:
    sealed, exported = microseconds(head.sealed_at), microseconds(exported_at)
    return netstrings((PURPOSE, head.service, str(head.number), head.head, sealed, exported))


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant
