"""Who put something on record and when, and since when something else has its place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

Fact = TypeVar("Fact")
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Recording:
    """When and by whom, nobody for the installation itself; nothing superseded: it counts."""

    at: datetime
    by: UUID | None
    superseded_at: datetime | None = None
    superseded_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Recorded(Generic[Fact]):
    """Something on record."""

    fact: Fact
    recording: Recording

    def while_it_counts(self, tell: Callable[[Fact], Told | None]) -> Told | None:
        """What is told of it; nothing of what counts no more."""
        return None if self.recording.superseded_at else tell(self.fact)


class Kind(StrEnum):
    """What a change of the organisation is of."""

    UNIT = "unit"
    HEAD = "head"
    DEPUTY = "deputy"
    APPOINTMENT = "appointment"
    POSITION = "position"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was recorded: of what kind, whose, by which row, from when to when."""

    kind: Kind
    owner: UUID
    row: str
    person: UUID | None
    first: date
    last: date | None
    recording: Recording
