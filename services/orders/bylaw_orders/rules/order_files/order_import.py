"""Imports of files of orders as facts: what was handed in, how far it is, what became of its lines (ORD-1)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach

IMPORTS = "orderImports"


class ImportState(IntEnum):
    """How an import stands; the numbers are those of the contract."""

    FILE_AWAITED = 1
    WAITING = 2
    RUNNING = 3
    DONE = 4
    REFUSED = 5
    FAILED = 6

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self in {ImportState.DONE, ImportState.REFUSED, ImportState.FAILED}


class Outcome(IntEnum):
    """What became of a line; the numbers are those of the contract."""

    TAKEN = 1
    HELD = 2
    UPDATED = 3
    REPEATED = 4
    REFUSED = 5


class RefusedLine(NamedTuple):
    """A line that was not taken: its row, which says file and line, the column at fault, and why."""

    row: int
    column: str
    reason: str
    zh: str
    en: str


class OrderLines(NamedTuple):
    """The rows of an order, and what became of it; `order` is none where it was refused."""

    rows: Sequence[int]
    outcome: Outcome
    order: UUID | None


class ListedLine(NamedTuple):
    """A line and what became of it; `place` is where in the import it stands: the chunk, and the number within."""

    place: tuple[int, int]
    row: int
    outcome: Outcome
    order: UUID | None
    refusal: RefusedLine | None


class Counts(NamedTuple):
    """Lines by what became of them, and orders."""

    taken: int = 0
    held: int = 0
    updated: int = 0
    repeated: int = 0
    refused: int = 0
    orders: int = 0

    @property
    def read(self) -> int:
        """Lines in all."""
        return sum(self[:-1])


NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a stretch of a file came to: its orders, the lines that were refused, and what was odd."""

    orders: Sequence[OrderLines]
    refused: Sequence[RefusedLine]
    oddities: Mapping[str, int]

    @property
    def counts(self) -> Counts:
        """Lines by what became of them."""
        lines = Counter[Outcome]()
        for one in self.orders:
            lines[one.outcome] += len(one.rows)
        lines[Outcome.REFUSED] += len(self.refused)
        return Counts(*[*(lines[outcome] for outcome in Outcome), len(self.orders)])


@dataclass(frozen=True, slots=True)
class OrderImport:
    """An import on record. `position`: so many orders and refused lines of its files were dealt with."""

    identifier: UUID
    channel: UUID
    state: ImportState
    importer: str
    zone: str
    file_names: tuple[str, ...]
    file_digest: bytes
    created_by: str
    reach: Reach
    created_at: datetime
    counts: Counts = NOTHING
    oddities: Mapping[str, int] = field(default_factory=dict)
    position: int = 0
    total: int = 0
    refusal: RefusedLine | None = None
    finished_at: datetime | None = None

    @property
    def progress_percent(self) -> int:
        """How far, 0 to 100; 100 only once it has ended. `total` is of lines."""
        if self.state.ended:
            return 100
        return min(99, 100 * self.counts.read // self.total) if self.total else 0
