"""Deliveries outward as facts: where each stands, and when one that failed is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
MOST_TRIES = 10
"""About a day and a half from the first try to the last."""


class DeliveryState(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given-up"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice on its way to an addressee; `last_error` is a stable word that holds no personal data."""

    notice: UUID
    person: UUID
    channel: str
    state: DeliveryState
    tries: int
    due_at: datetime
    last_error: str = ""
    delivered_at: datetime | None = None

    @property
    def next_try_at(self) -> datetime | None:
        """When it is tried next; nothing once it is delivered, given up or withdrawn."""
        return self.due_at if self.state is DeliveryState.WAITING else None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a channel is handed: the words in the addressee's language, and their address."""

    notice: UUID
    person: UUID
    channel: str
    tries: int
    language: str
    title: str
    body: str
    address: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended: an empty error where the channel took it; `for_good` where another try would be in vain."""

    error: str = ""
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """What is written of a delivery behind a try."""

    state: DeliveryState
    due_at: datetime
    last_error: str
    delivered_at: datetime | None


def tried(outgoing: Outgoing, outcome: Outcome, now: datetime) -> Tried:
    """Delivered; or tried again, each wait four times the one before; or given up."""
    if not outcome.error:
        return Tried(DeliveryState.DELIVERED, now, "", now)
    tries = outgoing.tries + 1
    if outcome.for_good or tries >= MOST_TRIES:
        return Tried(DeliveryState.GIVEN_UP, now, outcome.error, None)
    return Tried(DeliveryState.WAITING, now + wait_after(tries), outcome.error, None)


def wait_after(tries: int) -> timedelta:
    """How long is waited after so many failures: 1 min, 4 min, 16 min, about an hour, 4 h, then 6 h each time."""
    factor: int = 4 ** min(tries - 1, 6)
    return min(FIRST_WAIT * factor, LONGEST_WAIT)
