"""What use cases need to keep parcels, to ask for them, and to tell of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_orders.rules.following.heard import ParcelHandedOver
from bylaw_orders.rules.tracking.messages import Step
from bylaw_orders.rules.tracking.parcel import Parcel
from bylaw_orders.rules.tracking.promises import KeptPromise, Promised, PromiseFacts
from bylaw_orders.rules.tracking.told import Moved, Report
from bylaw_orders.rules.tracking.track import Tracked

ByNumber = tuple[tuple[datetime, int] | None, int]
ByInstant = tuple[tuple[datetime, UUID] | None, int]


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event as it is kept: under its number, by whom and why it was told."""

    number: int
    event: Tracked
    source: str
    actor: str
    reason: str


class ParcelStore(Protocol):
    """Parcels and what is known of their way; see `store.parcels`."""

    def add(self, connection: sa.Connection, made: Parcel, *, by: str, at: datetime) -> bool:
        """Puts one on record, to be asked for at once; says no where the order has that waybill."""
        ...

    def handed_over(self, connection: sa.Connection, told: Sequence[tuple[UUID, ParcelHandedOver]]) -> list[Parcel]:
        """Parcels of orders that a warehouse handed to a carrier; answers those that are new."""
        ...

    def find(
        self, connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = False
    ) -> Parcel | None:
        """One of an order within reach."""
        ...

    def of_order(self, connection: sa.Connection, order: UUID, *, page: ByInstant) -> list[Parcel]:
        """Those of an order, the first handed over first."""
        ...

    def by_waybill(
        self, connection: sa.Connection, waybill: str, reach: Reach, day: date, *, page: ByInstant
    ) -> list[Parcel]:
        """Those within reach that have a number, the newest first."""
        ...

    def orders_of(self, connection: sa.Connection, waybills: Collection[str]) -> list[UUID]:
        """The orders of parcels that have one of these numbers."""
        ...

    def named(self, connection: sa.Connection, waybills: Collection[str]) -> list[Parcel]:
        """Parcels that have one of these numbers, locked in the order of their ids."""
        ...

    def known(self, connection: sa.Connection, parcels: Collection[UUID]) -> dict[UUID, list[Tracked]]:
        """What is known of each one's way."""
        ...

    def events(self, connection: sa.Connection, parcel: UUID, *, page: ByNumber) -> list[KnownEvent]:
        """What is known of one's way, oldest first, each event once."""
        ...

    def write(self, connection: sa.Connection, moved: Sequence[tuple[Moved, Report]], now: datetime) -> None:
        """Keeps what is new, and where parcels are by it."""
        ...

    def news(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, list[Parcel]]:
        """The parcels of orders."""
        ...


class Question(NamedTuple):
    """A parcel that is to be asked for; `asked_before` how often in vain, and who pushes it."""

    parcel: Parcel
    tries: int
    subscribed_by: str


class QuestionStore(Protocol):
    """Which parcels are to be asked for; see `store.questions`."""

    def lease(self, connection: sa.Connection, now: datetime, until: datetime, *, per_minute: int) -> list[Question]:
        """Takes parcels whose time has come for oneself, no more than may be asked within a minute."""
        ...

    def settle(self, connection: sa.Connection, settled: Mapping[UUID, tuple[datetime | None, int, str]]) -> None:
        """Writes when each is asked for again, how often it was in vain, and who pushes it."""
        ...


class PromiseStore(Protocol):
    """How promises stand; see `store.promises`."""

    def due(self, connection: sa.Connection, now: datetime, most: int) -> list[UUID]:
        """Orders whose promise may stand otherwise than it was last written."""
        ...

    def facts(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, PromiseFacts]:
        """What is promised of orders and how far they are."""
        ...

    def standings(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, KeptPromise]:
        """How they stood when they were last looked at."""
        ...

    def write(self, connection: sa.Connection, standings: Collection[KeptPromise]) -> None:
        """Writes how they stand."""
        ...

    def listed(
        self, connection: sa.Connection, query: "PromiseQuery", reach: Reach, day: date
    ) -> list["ListedPromise"]:
        """Those of orders within reach, those that have stood so longest first."""
        ...


@dataclass(frozen=True, slots=True)
class ListedPromise:
    """The same beside what is shown of the order."""

    kept: KeptPromise
    number: str
    channel: UUID
    ship_by: datetime | None
    deliver_by: datetime | None


@dataclass(frozen=True, slots=True)
class PromiseQuery:
    """Which promises are asked for; none: both that are not on time."""

    promised: Promised | None
    channel: UUID | None
    page: ByInstant


class MessageSteps(NamedTuple):
    """At which steps the customers of a channel are told, and in which language."""

    steps: frozenset[Step] = frozenset()
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent: of which parcel and step, with what it says, and for whose order."""

    parcel: Parcel
    step: Step
    number: str
    shop: tuple[str, str]
    language: str
    wanted_at: datetime


class MessageStore(Protocol):
    """What customers are told; see `store.customer_messages`."""

    def steps_of(self, connection: sa.Connection, channel: UUID) -> MessageSteps:
        """At which steps those of a channel are told."""
        ...

    def set_steps(self, connection: sa.Connection, channel: UUID, steps: MessageSteps) -> None:
        """Says at which steps they are."""
        ...

    def want(
        self, connection: sa.Connection, steps: Sequence[tuple[UUID, Step]], now: datetime
    ) -> list[tuple[UUID, Step]]:
        """Of these steps those that the channel tells of and that were not told before: they count as told."""
        ...

    def outgoing(self, connection: sa.Connection, parcel: UUID, step: Step) -> Outgoing | None:
        """A message that is wanted and has not ended."""
        ...

    def end(self, connection: sa.Connection, parcel: UUID, step: Step, *, outcome: str, now: datetime) -> None:
        """Writes what became of it."""
        ...
