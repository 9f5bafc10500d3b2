"""What is known of a parcel's way, merged from whatever came in whatever order, and where it is by that (ORD-2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bylaw_orders.rules.tracking.states import WAY_BACK, SignedBy, State

LONGEST_BEFORE = timedelta(days=3)
"""What happened longer before the hand-over was another parcel: couriers give their numbers out again."""
LONGEST_AHEAD = timedelta(days=1)
"""What is told to have happened later than this from now has not happened."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """Something that happened to a parcel. No `state`: that it was is all that was told."""

    at: datetime
    text: str
    state: State | None = None
    place: str = ""
    code: str = ""
    signed_by: SignedBy | None = None

    @property
    def telling(self) -> tuple[int, int, str, str]:
        """How much it tells: of two tellings of one event the one that tells more stays."""
        return (self.state or 0, self.signed_by or 0, self.code, self.place)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a parcel is, since when, and when it was last heard of. `signed_at`: when the customer got it."""

    state: State
    since: datetime | None = None
    signed_at: datetime | None = None
    signed_by: SignedBy | None = None
    last_at: datetime | None = None


NOWHERE = Whereabouts(State.NO_TRACE)


def own_events(events: Iterable[Tracked], *, handed_over_at: datetime, now: datetime) -> list[Tracked]:
    """What can have happened to this parcel, and not to another of the same number or in somebody's future."""
    first, last = handed_over_at - LONGEST_BEFORE, now + LONGEST_AHEAD
    return [event for event in events if first <= event.at <= last]


def merged(events: Iterable[Tracked]) -> list[Tracked]:
    """Each event once, by its instant and text, in the order of what happened; repeats make no difference."""
    kept: dict[tuple[datetime, str], Tracked] = {}
    for event in events:
        known = kept.get((event.at, event.text))
        if known is None or event.telling > known.telling:
            kept[event.at, event.text] = event
    return sorted(kept.values(), key=lambda event: (event.at, event.telling, event.text))


def whereabouts(events: Iterable[Tracked]) -> Whereabouts:
    """Where a parcel is by all that is known of it, however and how often that came (ORD-2).

    What is told late does not take it back: it has its place in time. A signature stays unless a return begins after.
    """
    found = NOWHERE
    for event in merged(events):
        found = _after(found, event)
    return found


def _after(found: Whereabouts, event: Tracked) -> Whereabouts:
    state = _next(found.state, event.state)
    signed_at, signed_by = found.signed_at, found.signed_by
    if state is State.SIGNED and found.state is not State.SIGNED:
        taken_out = SignedBy.LOCKER if found.state is State.IN_LOCKER else None
        signed_at, signed_by = event.at, event.signed_by or taken_out
    since = event.at if state is not found.state else found.since
    return Whereabouts(state, since, signed_at, signed_by, event.at)


def _next(state: State, said: State | None) -> State:
    """The state behind one event."""
    if said is None or said in {State.NO_TRACE, State.PICKED_UP}:
        moved = State.PICKED_UP if said is State.PICKED_UP else State.IN_TRANSIT
        return state if state is not State.NO_TRACE or said is State.NO_TRACE else moved
    if state is State.RETURN_SIGNED:
        return state
    if state is State.RETURNING:
        # On its way back it is the shop that signs.
        return State.RETURN_SIGNED if said in {State.SIGNED, State.RETURN_SIGNED} else state
    if state is State.SIGNED:
        return said if said in WAY_BACK else state
    return said
