"""What inventory's answer to a step makes of a claim (ORD-1, WHS-3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from uuid import UUID

from bylaw_orders.rules.stocking.claim import SHORT_PAUSE, Claim, ClaimState, Settled, Step, Wanted, due_again

SHORT, RELEASED, ENDED = "STOCK_SHORT", "RESERVATION_RELEASED", "RESERVATION_ENDED"


class HeldState(IntEnum):
    """Where a reservation stands; the numbers are those of inventory's contract."""

    HELD = 1
    CONFIRMED = 2
    USED = 3
    RELEASED = 4
    EXPIRED = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """Either where the reservation stands and what it holds of each item, or the reason for which it was refused."""

    state: HeldState | None = None
    reserved: Mapping[UUID, Decimal] = field(default_factory=dict)
    reason: str = ""


def settled(claim: Claim, step: Step, answer: Answer, now: datetime) -> Settled:
    """Where the claim stands now. What nobody can answer by trying again is LOST, and a person has to say."""
    if answer.state is not None:
        return _standing(claim, answer, now)
    if step is Step.RESERVE and answer.reason == SHORT:
        return Settled(ClaimState.SHORT, now + SHORT_PAUSE, reason=answer.reason)
    if answer.reason in {RELEASED, ENDED} or step is Step.RESERVE:
        lost = ClaimState.RELEASED if claim.wanted is Wanted.NONE else ClaimState.LOST
        return Settled(lost, reason=answer.reason)
    return Settled(claim.state, due_again(now, claim.tries), reason=answer.reason)


def unanswered(claim: Claim, now: datetime) -> Settled:
    """Inventory did not answer: nobody knows what it did, and the same step comes again."""
    return Settled(claim.state, due_again(now, claim.tries), reason="UNAVAILABLE")


def _standing(claim: Claim, answer: Answer, now: datetime) -> Settled:
    match answer.state:
        case HeldState.HELD:
            return Settled(ClaimState.HELD, now, answer.reserved)
        case HeldState.CONFIRMED:
            due = now if claim.wanted is Wanted.NONE else None
            return Settled(ClaimState.CONFIRMED, due, answer.reserved)
        case HeldState.USED:
            return Settled(ClaimState.USED, reserved=answer.reserved)
        case _:
            over = ClaimState.RELEASED if claim.wanted is Wanted.NONE else ClaimState.LOST
            return Settled(over, reason=answer.state.name if answer.state else "")
