"""Imports of files of punches as facts: what was handed in, how far it is, what it took."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Reach

from bylaw_attendance.rules.import_revocation import Revocation
from bylaw_attendance.rules.judging.punch import LineRefusal


class ImportState(IntEnum):
    """How an import stands; the numbers are the contract's."""

    WAITING = 1
    RUNNING = 2
    DONE = 3
    REFUSED = 4
    FAILED = 5

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self in {ImportState.DONE, ImportState.REFUSED, ImportState.FAILED}


class FileLayout(IntEnum):
    """The layout somebody says a file has; the numbers are the contract's."""

    UNSPECIFIED = 0
    ATTLOG = 1
    WIDE_IN = 2
    WIDE_OUT = 3
    CSV = 4
    DINGTALK = 5
    WECOM = 6


class RefusedLine(NamedTuple):
    """A line that was not taken, and why; `ordinal` tells several of one line apart."""

    line: int
    field: str
    reason: str
    zh: str
    en: str
    ordinal: int = 0

    @classmethod
    def of(cls, refusal: LineRefusal) -> "RefusedLine":
        """A line that a reader refused."""
        return cls(refusal.line_number, refusal.column, refusal.reason.value, refusal.zh, refusal.en)


class RepeatedLine(NamedTuple):
    """A line with punches that were on record already, and how many."""

    line: int
    punch_count: int


@dataclass(frozen=True, slots=True)
class PunchImport:
    """An import on record."""

    id: UUID
    state: ImportState
    file_name: str
    format: FileLayout
    site: UUID
    device: str
    complete_until: date | None
    created_by: str
    reach: Reach
    file_digest: bytes
    created_at: datetime
    read_count: int = 0
    taken_count: int = 0
    repeated_count: int = 0
    refused_count: int = 0
    position: int = 0
    total: int = 0
    refusal: RefusedLine | None = None
    finished_at: datetime | None = None
    warning: RefusedLine | None = None
    revocation: Revocation | None = None

    @property
    def progress_percent(self) -> int:
        """How far, 0 to 100; 100 only once it has ended."""
        if self.state.ended:
            return 100
        return min(99, 100 * self.position // self.total) if self.total else 0


class Counts(NamedTuple):
    """What a stretch of a file came to."""

    read: int = 0
    taken: int = 0
    repeated: int = 0
    refused: int = 0
