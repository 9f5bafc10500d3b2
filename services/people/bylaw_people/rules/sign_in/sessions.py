"""Sessions: how long they last, what a refresh token that comes again means, and when an access token ends."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo

TOKEN_LIFETIME = timedelta(minutes=15)
GRACE = timedelta(seconds=20)
"""Two tabs, or a repeat after a lost answer, send the same refresh token at once: that is no theft."""

LONGEST_DEVICE = 200


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a session lasts without use, and at all."""

    idle: timedelta = timedelta(hours=72)
    longest: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignedInSession:
    """A sign-in and all its refreshes; `ends_at` is the latest end, `used_at` the last use.

    `proved_at` is when the person proved who they are: with a password as it began, with a provider as it says.
    """

    id: UUID
    person: UUID
    methods: tuple[str, ...]
    device: str
    address: str
    started_at: datetime
    used_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
    proved_at: datetime | None = None

    def end(self, lasting: Lasting) -> datetime:
        """When it ends if it is not used again."""
        return min(self.ends_at, self.used_at + lasting.idle)

    def runs(self, now: datetime, lasting: Lasting) -> bool:
        """Whether it has not ended."""
        return self.ended_at is None and now < self.end(lasting)


class Rotation(Enum):
    """What becomes of a refresh token that is sent."""

    TAKEN = "taken"
    SIBLING = "sibling"
    ENDED = "ended"
    REUSED = "reused"


def rotation(session: SignedInSession, spent_at: datetime | None, now: datetime, lasting: Lasting) -> Rotation:
    """A fresh token is taken; one that was spent a moment ago gets a sibling; one spent before is a theft."""
    if not session.runs(now, lasting):
        return Rotation.ENDED
    if spent_at is None:
        return Rotation.TAKEN
    return Rotation.SIBLING if now - spent_at <= GRACE else Rotation.REUSED


def rights_end(now: datetime, zone: ZoneInfo, *, latest: datetime | None = None) -> datetime:
    """From when on nothing that is minted now counts: the end of the organisation's day, or of what proved who it is.

    Rights are dated: what somebody may do today, they may not be allowed tomorrow (SEC-2).
    """
    midnight = first_instant(now.astimezone(zone).date() + timedelta(days=1), zone)
    return min(midnight, latest) if latest else midnight


def token_end(now: datetime, rights: datetime) -> datetime:
    """When an access token ends: in a quarter of an hour, or with the rights it speaks for."""
    return min(now + TOKEN_LIFETIME, rights)


def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins."""
    return datetime.combine(day, time.min, tzinfo=zone)
