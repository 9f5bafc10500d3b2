"""What use cases need of the store of channels and orders."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.conversation import Said
from bylaw_chassis.database import Work
from bylaw_chassis.queries import Query

from bylaw_orders.rules.channels.channel import Channel, ChannelWarehouse
from bylaw_orders.rules.orders.hold import Hold
from bylaw_orders.rules.orders.order import Line
from bylaw_orders.rules.orders.placed import Kept, NewOrder, OrderQuery, Placed, Standing
from bylaw_orders.rules.orders.same_lines import OnceEach
from bylaw_orders.rules.orders.timeline import Event, NumberedEvent
from bylaw_orders.rules.stocking.claim import Claim, Settled


class Placing(NamedTuple):
    """How many orders were made, and of how many it was written to whom they go."""

    orders: int
    recipients: int


ByText = tuple[tuple[str, UUID] | None, int]
ByInstant = tuple[tuple[datetime, UUID] | None, int]


class ChannelStore(Protocol):
    """Channels, within a caller's reach."""

    def add(self, connection: sa.Connection, made: Channel) -> bool:
        """Opens one; says no where its code or its shop is another's."""
        ...

    def change(self, connection: sa.Connection, made: Channel) -> None:
        """Writes what may change."""
        ...

    def find(
        self, connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = False
    ) -> Channel | None:
        """One within reach."""
        ...

    def asked(self, identifier: UUID, reach: Reach, day: date) -> Query[Channel | None]:
        """One within reach, to be asked together with others."""
        ...

    def listed(self, connection: sa.Connection, reach: Reach, day: date, *, page: ByText) -> list[Channel]:
        """Those within reach, by code."""
        ...

    def warehouses(self, connection: sa.Connection, reach: Reach, day: date, *, page: ByText) -> list[ChannelWarehouse]:
        """The warehouses that they are shipped from, and those that units within reach keep, by code."""
        ...


class OrderStore(Protocol):
    """Orders as they are taken in, shown and changed."""

    def asked(self, identifier: UUID, reach: Reach, day: date) -> Query[Placed | None]:
        """One within reach, whole, to be asked together with others."""
        ...

    def beside(self, order: UUID) -> Query[tuple[UUID, ...]]:
        """The others that go with it in one parcel, in the order of their ids, to be asked together with others."""
        ...

    def asked_kept(self, channel: UUID, numbers: Collection[str]) -> Query[dict[str, Kept]]:
        """What is on record under numbers of a channel, by number."""
        ...

    def place(self, work: Work, made: Sequence[NewOrder], to: Said, copied: OnceEach[Line, str]) -> Placing:
        """Puts new orders on record, and whom they go to (`Customers.writing`), as the work's first statement.

        `copied`: lines of orders before these, as they were written.
        """
        ...

    def find(
        self, connection: sa.Connection, wanted: Collection[UUID], reach: Reach, day: date, *, lock: bool = False
    ) -> dict[UUID, Placed]:
        """Orders within reach, whole; locked in the order of their ids."""
        ...

    def listed(
        self, connection: sa.Connection, query: OrderQuery, reach: Reach, day: date, *, page: ByInstant
    ) -> list[Placed]:
        """Those within reach, the newest placed first."""
        ...

    def lock(self, connection: sa.Connection, wanted: Collection[UUID]) -> None:
        """Locks orders in the order of their ids."""
        ...

    def together(self, connection: sa.Connection, groups: Collection[UUID]) -> dict[UUID, list[UUID]]:
        """Of each of these, the orders that go together by it, in the order of their ids."""
        ...

    def rewrite(self, connection: sa.Connection, made: Placed, *, replaced: Placed | None, at: datetime) -> None:
        """Writes an order and its lines anew; what it `replaced` stays as a version."""
        ...

    def restate(self, connection: sa.Connection, stated: Mapping[UUID, Standing]) -> None:
        """Writes how far orders are."""
        ...

    def note(self, connection: sa.Connection, events: Sequence[Event]) -> None:
        """Adds to the timeline."""
        ...

    def events(self, connection: sa.Connection, order: UUID, *, page: tuple[int | None, int]) -> list[NumberedEvent]:
        """The timeline, oldest first."""
        ...

    def open_holds(self, connection: sa.Connection, holds: Sequence[Hold]) -> None:
        """Opens holds; one that is open stays as it is."""
        ...

    def pardoned(self, connection: sa.Connection, order: UUID) -> frozenset[tuple[str, int]]:
        """From which checks of which lines a person released it."""
        ...

    def end_holds(self, connection: sa.Connection, holds: Collection[UUID], *, at: datetime, by: str, why: str) -> None:
        """Ends holds."""
        ...


class ClaimStore(Protocol):
    """Claims on stock and their steps."""

    def add(self, connection: sa.Connection, claims: Sequence[Claim], *, due: datetime, now: datetime) -> None:
        """Puts claims on record, to be brought on when they are due."""
        ...

    def asked(self, order: UUID) -> Query[list[Claim]]:
        """The claims of an order by round, to be asked together with others."""
        ...

    def of_orders(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, list[Claim]]:
        """The claims of orders, by round."""
        ...

    def by_reservation(
        self, connection: sa.Connection, reservations: Collection[UUID], *, lock: bool = False
    ) -> dict[UUID, Claim]:
        """Claims by the id of their reservation; locked in the order of their ids."""
        ...

    def issue(self, connection: sa.Connection, moved: Mapping[tuple[UUID, UUID], Decimal]) -> None:
        """Writes what left of claims, by reservation and item, and what came back, which is less than nothing."""
        ...

    def lease(self, connection: sa.Connection, now: datetime, until: datetime, most: int) -> list[Claim]:
        """Takes claims that are due for oneself until an instant; others skip them."""
        ...

    def wake(self, connection: sa.Connection, items: Collection[UUID], now: datetime) -> None:
        """Has claims that are short of these items look again now."""
        ...

    def unwant(self, connection: sa.Connection, orders: Collection[UUID], now: datetime) -> None:
        """Wants nothing any more of what orders claim: their release is due at once."""
        ...

    def settle(self, connection: sa.Connection, settled: Sequence[tuple[Claim, Settled]], now: datetime) -> None:
        """Writes where claims stand after a step, and that nobody works on them."""
        ...
