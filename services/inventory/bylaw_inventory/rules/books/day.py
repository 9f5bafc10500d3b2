"""Days of a warehouse's books: what keeps one from being closed, and the seal of one that was (WHS-4)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.place import WAREHOUSES

DAYS = "bookDays"
UNSEALED = bytes(32)
"""What stands before the first closed day of a warehouse."""
MOST_NAMED = 100
"""So many disagreements of each kind are named and kept."""


class DisagreementKind(IntEnum):
    """What does not agree; the numbers are those of the contract."""

    CARD = 1
    MOVEMENT = 2
    COUNT = 3
    NOTHING_COUNTED = 4
    NOT_POSTED = 5


class Disagreement(NamedTuple):
    """Something that does not agree: of what, a resource name (empty: of the day), and in both languages."""

    kind: DisagreementKind
    subject: str
    zh: str
    en: str


class DayEntries(NamedTuple):
    """What is booked on some days: how many movements and entries, and the SHA-256 of the entries' hashes."""

    movements: int
    entries: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A closed day on record, with the days since the one closed before it: nothing moved on those but the last.

    `seal` holds everything said here and the seal before it, so that no closed day can be changed or left out. `cards`
    is the digest of what the warehouse's cards were sealed with; days closed by an older version have none.
    """

    warehouse: UUID
    first_day: date
    day: date
    booked: DayEntries
    spot_counts: int
    disagreements: tuple[Disagreement, ...]
    explanation: str
    closed_at: datetime
    closed_by: str
    previous: bytes
    cards: bytes = b""
    seal: bytes = b""

    @property
    def name(self) -> str:
        """`warehouses/{warehouse}/bookDays/{day}`."""
        return day_name(self.warehouse, self.day)

    @property
    def holds(self) -> bool:
        """Whether the seal is that of what the day says."""
        return self.seal == _seal(self)

    @property
    def sealed(self) -> "ClosedDay":
        """The same with its seal."""
        return replace(self, seal=_seal(self))


def day_name(warehouse: UUID, day: date) -> str:
    """`warehouses/018f.../bookDays/2026-11-27`."""
    return f"{resource_name(WAREHOUSES, warehouse)}/{DAYS}/{day.isoformat()}"


def following(closed_through: date | None, begun: date) -> date:
    """The day that comes next: the one behind the last closed, or the first of the books."""
    return closed_through + timedelta(days=1) if closed_through else begun


def nothing_counted(movements: int, counts: int) -> Iterable[Disagreement]:
    """Where goods moved, something has to have been counted: else book and goods were not compared (WHS-4)."""
    if movements and not counts:
        yield Disagreement(
            DisagreementKind.NOTHING_COUNTED,
            "",
            f"当日有 {movements} 笔库存变动，但没有抽点记录",
            f"goods moved ({movements} movements), and nothing was counted",
        )


def _seal(day: ClosedDay) -> bytes:
    said = (
        day.warehouse.hex,
        day.first_day.isoformat(),
        day.day.isoformat(),
        str(day.booked.movements),
        str(day.booked.entries),
        day.booked.digest.hex(),
        str(day.spot_counts),
        *(part for one in day.disagreements for part in (str(int(one.kind)), one.subject, one.zh, one.en)),
        day.explanation,
        day.closed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        day.closed_by,
        day.previous.hex(),
        *((day.cards.hex(),) if day.cards else ()),
    )
    return hashlib.sha256("\n".join(said).encode()).digest()
