"""Punches as facts: as wished for, as kept, and in the columns that a month is judged from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID


class Direction(IntEnum):
    """Which way a punch says it goes; the numbers are the contract's and the hooks'."""

    UNCERTAIN = 0
    IN = 1
    OUT = 2


TURN = "↻"
"""Behind it a status says which time this is that a punch came: what was taken back may come again."""


@dataclass(frozen=True, slots=True)
class PunchWish:
    """A punch that somebody asks to record; the person by id or by employee number."""

    person: UUID | None
    employee_number: str
    local_time: str
    device: str
    direction: int
    status: str


class Punch(NamedTuple):
    """A punch on record."""

    id: UUID
    person: UUID
    instant: datetime
    local_text: str
    utc_offset_minutes: int
    time_zone: str
    device: str
    direction: int
    status: str
    source: str
    received_at: datetime
    import_id: UUID | None

    @property
    def local_time(self) -> str:
        """The local reading, `YYYY-MM-DD HH:MM:SS`."""
        local = self.instant + timedelta(minutes=self.utc_offset_minutes)
        return local.strftime("%Y-%m-%d %H:%M:%S")

    @property
    def sent_status(self) -> str:
        """The status as it was sent."""
        return self.status.partition(TURN)[0]

    def anew(self) -> "Punch":
        """The same once more, beside one that was struck: punches are told apart by person, instant, clock, status."""
        return self._replace(status=str(self.id))


class PersonPunches(NamedTuple):
    """A person's punches of a time: epoch seconds in order, and beside them the certain directions (0, 1, 2)."""

    seconds: tuple[int, ...]
    directions: bytes

    @classmethod
    def of(cls, turns: Iterable[tuple[int, int]]) -> "PersonPunches":
        """From seconds with the direction of each, in the order in which they will be read."""
        every = sorted(turns)
        directions = bytes(direction for _, direction in every)
        return cls(tuple(second for second, _ in every), directions if any(directions) else b"")

    @property
    def turns(self) -> list[tuple[int, int]]:
        """Each second with its direction."""
        return list(zip(self.seconds, self.directions or bytes(len(self.seconds)), strict=True))


NO_PUNCHES = PersonPunches((), b"")


def instant_of(second: int) -> datetime:
    """An epoch second as an aware instant."""
    return datetime.fromtimestamp(second, UTC)


def epoch_of(instant: datetime) -> int:
    """An aware instant as epoch second, fractions dropped."""
    return int(instant.timestamp())


def civil_instant(day: date, *, days_later: int = 0) -> datetime:
    """Midnight UTC of a date, for margins that need not be exact."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=days_later)
