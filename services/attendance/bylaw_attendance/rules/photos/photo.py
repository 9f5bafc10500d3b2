"""What a photo by which somebody signs in is, where it stands, and what it proves (ATT-1)."""

from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_attendance.rules.judging.punch_facts import Punch

SOURCE = "photo"
MOST_A_DAY = 20
"""Of one person; whoever signs in at every card point of a day needs four."""


class PhotoState(IntEnum):
    """Where a photo stands; the numbers are the contract's."""

    WAITING = 1
    ACCEPTED = 2
    REFUSED = 3
    WITHDRAWN = 4
    EXPIRED = 5


class PhotoEnding(NamedTuple):
    """What became of a photo: as what it ended, when, by whom, what they said, and the punch it proves."""

    state: PhotoState
    at: datetime
    by: str
    text: str = ""
    punch: UUID | None = None


class Photo(NamedTuple):
    """A photo on record; its image lies in a folder, and the punch that it becomes has its identifier."""

    identifier: UUID
    person: UUID
    instant: datetime
    utc_offset_minutes: int
    time_zone: str
    direction: int
    device: str
    content_type: str
    digest: bytes
    size_bytes: int
    received_at: datetime
    ending: PhotoEnding | None = None
    purged_at: datetime | None = None
    number: str = ""
    """Of the person, as employees are numbered."""

    @property
    def name(self) -> str:
        """`signInPhotos/018f...`."""
        return resource_name("signInPhotos", self.identifier)

    @property
    def state(self) -> PhotoState:
        """Where it stands."""
        return self.ending.state if self.ending else PhotoState.WAITING

    @property
    def local(self) -> datetime:
        """What the wall at the site showed."""
        return self.instant.replace(tzinfo=None) + timedelta(minutes=self.utc_offset_minutes)

    @property
    def day(self) -> date:
        """The date it was on that wall."""
        return self.local.date()

    @property
    def place(self) -> tuple[bool, UUID]:
        """Where it stands in a list: what waits comes first, and the newest first."""
        return self.state is PhotoState.WAITING, self.identifier

    def punch(self, now: datetime) -> Punch:
        """The punch that it becomes where none is on record: the photo alone proves presence then (ATT-1)."""
        located = (self.instant, f"{self.local:%Y-%m-%d %H:%M:%S}", self.utc_offset_minutes, self.time_zone)
        return Punch(self.identifier, self.person, *located, self.device, self.direction, "", SOURCE, now, None)


class PhotoWishes(NamedTuple):
    """What a list of photos is asked for: of a unit and those below it, of a person, of a state."""

    unit: UUID | None
    person: UUID | None
    state: PhotoState | None
