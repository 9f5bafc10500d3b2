"""When a courier is asked for a parcel again: seldom, ever more seldom, and never more than it allows (ORD-2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bylaw_orders.rules.tracking.states import ENDED, State

LEAST = timedelta(minutes=30)
"""Providers of tracking answer for one number at most so often."""
_PAUSES = {
    State.NO_TRACE: timedelta(hours=2),
    State.OUT_FOR_DELIVERY: timedelta(hours=1),
    State.IN_LOCKER: timedelta(hours=6),
}
USUAL, WITH_PUSHES, LONGEST = timedelta(hours=3), timedelta(hours=12), timedelta(hours=24)
GIVEN_UP = timedelta(days=60)
"""Of a parcel of which nobody has heard for so long nobody is asked any more; it stays in the list of what is late."""


@dataclass(frozen=True, slots=True)
class LastHeard:
    """What the next question goes by: `heard_at` is the last event, or the hand-over where there was none."""

    state: State
    heard_at: datetime
    subscribed: bool = False
    tries: int = 0


def next_question(last: LastHeard, now: datetime) -> datetime | None:
    """When to ask again; none: never. A failure doubles the pause, a subscription makes asking the exception."""
    if last.state in ENDED or now - last.heard_at > GIVEN_UP:
        return None
    pause = WITH_PUSHES if last.subscribed else _PAUSES.get(last.state, USUAL)
    if last.tries:
        pause = min(LEAST * 2 ** min(last.tries - 1, 6), LONGEST)
    return now + max(pause, LEAST)
