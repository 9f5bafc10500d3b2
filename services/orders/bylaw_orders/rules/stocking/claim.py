"""What an order wants of the stock: one claim a round, brought to what is wanted by steps that may be repeated (ORD-1).

Inventory knows the claim by its reservation's id, which follows from the order and the round: reserving, confirming and
releasing again does nothing twice, and a release that comes first forbids the reserve that comes late.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from uuid import UUID

from bylaw_orders.rules.orders.order import ZERO, derived_id

LONGEST_PAUSE_SECONDS = 300
SHORT_PAUSE = timedelta(minutes=10)
"""So often an order that is short looks again by itself; goods that arrive have it look at once."""


class Wanted(IntEnum):
    """What the order wants of it."""

    HELD = 1
    NONE = 2


class ClaimState(IntEnum):
    """Where it stands. LOST: inventory let go what the order wants still."""

    ASKED = 1
    HELD = 2
    CONFIRMED = 3
    USED = 4
    RELEASED = 5
    SHORT = 6
    LOST = 7


class Step(Enum):
    """What is to be done in inventory."""

    RESERVE = "reserve"
    CONFIRM = "confirm"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on record. `lines`: how much of each item is wanted; `reserved`, `issued`: how much of it is so far."""

    reservation: UUID
    order: UUID
    round: int
    warehouse: UUID
    purpose: str
    lines: Mapping[UUID, Decimal]
    partial: bool = False
    wanted: Wanted = Wanted.HELD
    state: ClaimState = ClaimState.ASKED
    tries: int = 0
    reserved: Mapping[UUID, Decimal] = field(default_factory=dict)
    issued: Mapping[UUID, Decimal] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether it holds anything that the order wants."""
        return self.wanted is Wanted.HELD and self.state in {ClaimState.HELD, ClaimState.CONFIRMED}

    @property
    def live(self) -> bool:
        """Whether it holds, or is to hold, what the order wants."""
        return self.holds or (self.wanted is Wanted.HELD and self.state in {ClaimState.ASKED, ClaimState.SHORT})

    @property
    def holding(self) -> Decimal:
        """How much it holds that has not left."""
        return sum(self.reserved.values(), ZERO) - sum(self.issued.values(), ZERO) if self.holds else ZERO


@dataclass(frozen=True, slots=True)
class Settled:
    """What a step came to: where the claim stands, what it holds of each item, when it is due again (None: at rest)."""

    state: ClaimState
    due: datetime | None = None
    reserved: Mapping[UUID, Decimal] = field(default_factory=dict)
    reason: str = ""


def reservation_id(order: UUID, claim_round: int) -> UUID:
    """By which inventory knows the claim."""
    return derived_id(b"claim", order, str(claim_round).encode())


def next_step(wanted: Wanted, state: ClaimState) -> Step | None:
    """What brings a claim nearer to what is wanted; nothing where it is there, or a person has to say."""
    if wanted is Wanted.HELD:
        return {ClaimState.ASKED: Step.RESERVE, ClaimState.SHORT: Step.RESERVE, ClaimState.HELD: Step.CONFIRM}.get(
            state
        )
    if state in {ClaimState.RELEASED, ClaimState.USED, ClaimState.LOST}:
        return None
    return Step.RELEASE


def due_again(now: datetime, tries: int) -> datetime:
    """When a step that nobody answered is tried again: 1, 2, 4 ... seconds later, five minutes at most."""
    return now + timedelta(seconds=min(2 ** min(tries, 10), LONGEST_PAUSE_SECONDS))
