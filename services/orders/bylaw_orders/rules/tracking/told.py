"""What is told of a waybill, by a provider or by a person, and what it makes of the parcels that have it (ORD-2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bylaw_orders.rules.tracking.messages import Step, step_of
from bylaw_orders.rules.tracking.parcel import Parcel
from bylaw_orders.rules.tracking.texts import without_people
from bylaw_orders.rules.tracking.track import Tracked, own_events, whereabouts

HAND = "hand"
"""The source of what a person records."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a source tells of a waybill. `courier` is the provider's opinion of whose it is, "" where it has none."""

    waybill: str
    courier: str
    events: tuple[Tracked, ...]
    source: str
    actor: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A parcel before and after what was told, and the events that were new."""

    before: Parcel
    after: Parcel
    news: tuple[Tracked, ...]

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is somewhere else now."""
        return self.before.at.state is not self.after.at.state

    @property
    def step(self) -> Step | None:
        """The step that it has come to by this; none where it is no news for the customer."""
        return step_of(self.after.at.state) if self.is_elsewhere else None


def cleaned(events: Iterable[Tracked]) -> tuple[Tracked, ...]:
    """Events as they may be kept: without people (CUS-1)."""
    return tuple(
        replace(event, text=without_people(event.text), place=without_people(event.place)[:100], code=event.code[:64])
        for event in events
    )


def moved(parcel: Parcel, known: Sequence[Tracked], told: Iterable[Tracked], now: datetime) -> Moved:
    """What a report makes of a parcel; what is known of it or cannot have happened to it is no news."""
    own = own_events(told, handed_over_at=parcel.handed_over_at, now=now)
    seen = set(known)
    news = tuple(event for event in dict.fromkeys(own) if event not in seen)
    if not news:
        return Moved(parcel, parcel, ())
    at = whereabouts([*known, *news])
    after = parcel if at == parcel.at else replace(parcel, at=at, revision=parcel.revision + 1)
    return Moved(parcel, after, news)
