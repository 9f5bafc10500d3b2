"""A card's entries as a chain: each holds the hash of the one before, so none can be changed or left out (WHS-4)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from bylaw_inventory.rules.quantity import written

FIRST = bytes(32)
"""What stands before the first entry of a card."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of one balance's card: by how much it changed what is on hand and what is reserved.

    `number` counts the card's entries from 1; `movement` or `reservation` says what it is of. `said` is how the change
    was stated, where that was in a further unit of the item.
    """

    balance: UUID
    number: int
    on_hand: Decimal
    reserved: Decimal
    movement: UUID | None
    reservation: UUID | None
    day: date
    at: datetime
    previous: bytes
    hash: bytes = b""
    said: str = ""

    @property
    def holds(self) -> bool:
        """Whether the hash is that of what the entry says."""
        return self.hash == link(self)


def link(entry: Entry) -> bytes:
    """The SHA-256 of everything an entry says, with the hash before it; nothing is added where `said` says nothing.

    So an entry of before there were further units has the hash that it always had.
    """
    said = (
        entry.balance.hex,
        str(entry.number),
        written(entry.on_hand),
        written(entry.reserved),
        entry.movement.hex if entry.movement else "",
        entry.reservation.hex if entry.reservation else "",
        entry.day.isoformat(),
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.previous.hex(),
        *filter(None, [entry.said]),
    )
    return hashlib.sha256("\n".join(said).encode()).digest()


def broken_at(entries: Iterable[Entry]) -> int | None:
    """The number of the first entry of a whole card that does not hold or does not follow; nothing where all do."""
    previous = FIRST
    for number, entry in enumerate(entries, 1):
        if entry.number != number or entry.previous != previous or not entry.holds:
            return number
        previous = entry.hash
    return None
