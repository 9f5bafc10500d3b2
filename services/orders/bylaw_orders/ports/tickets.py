"""What use cases need of the stores of tickets, of what they move, and of what channels promise (CUS-2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_orders.rules.orders.standing import AfterSales
from bylaw_orders.rules.tickets.action import Action, ActionState, Spent
from bylaw_orders.rules.tickets.policy import ServicePolicy
from bylaw_orders.rules.tickets.ticket import Message, Ticket, TicketQuery, Written

ById = tuple[UUID | None, int]


class TicketStore(Protocol):
    """Tickets. Whoever writes one holds its lock, and before it the lock of its order; see `store.tickets`."""

    def add(self, connection: sa.Connection, made: Ticket) -> None: ...
    def write(self, connection: sa.Connection, made: Ticket) -> None: ...
    def put_lines(self, connection: sa.Connection, made: Ticket) -> None: ...
    def order_of(self, connection: sa.Connection, identifier: UUID) -> UUID | None: ...
    def find(
        self, connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = False
    ) -> Ticket | None: ...
    def listed(
        self, connection: sa.Connection, query: TicketQuery, reach: Reach, day: date, *, page: ById
    ) -> list[Ticket]: ...
    def by_slips(self, connection: sa.Connection, slips: Collection[str]) -> dict[str, UUID]: ...
    def orders_of(self, connection: sa.Connection, wanted: Collection[UUID]) -> set[UUID]: ...
    def awaited(self, connection: sa.Connection, order: UUID) -> Mapping[UUID, Decimal]: ...
    def overdue(self, connection: sa.Connection, now: datetime, limit: int) -> list[UUID]: ...


class TicketsOfOrders(Protocol):
    """What is known of the tickets of orders."""

    def after_sales(self, connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, AfterSales]:
        """Of each order that has tickets whether one is open, or all are closed."""
        ...


class TicketTexts(Protocol):
    """What is written in tickets, sealed by a customer's key; see `store.sealed_texts` (CUS-1)."""

    def customer_of(self, connection: sa.Connection, order: UUID | None, now: datetime) -> UUID: ...
    def add(
        self, connection: sa.Connection, ticket: UUID, customer: UUID, written: Written, *, by: str, now: datetime
    ) -> UUID: ...
    def one(self, connection: sa.Connection, identifier: UUID) -> Message | None: ...
    def listed(self, connection: sa.Connection, ticket: UUID, *, page: ById) -> list[Message]: ...


class PolicyStore(Protocol):
    """What channels promise; see `store.service_policies`."""

    def of_channel(self, connection: sa.Connection, channel: UUID) -> ServicePolicy: ...
    def put(self, connection: sa.Connection, made: ServicePolicy) -> None: ...


@dataclass(frozen=True, slots=True)
class ActionQuery:
    """Which actions are asked for; what is none does not matter."""

    ticket: UUID | None = None
    order: UUID | None = None
    state: ActionState | None = None


class ActionStore(Protocol):
    """What tickets move. Whoever writes one holds the locks of its order, its ticket, and its own."""

    def add(self, connection: sa.Connection, made: Action, *, wish_key: tuple[str, bytes] | None) -> None: ...
    def write(self, connection: sa.Connection, made: Action) -> None: ...
    def forget(self, connection: sa.Connection, identifier: UUID) -> None: ...
    def lock(self, connection: sa.Connection, identifier: UUID) -> Action | None: ...
    def find(self, connection: sa.Connection, identifier: UUID, reach: Reach, day: date) -> Action | None: ...
    def by_wish(self, connection: sa.Connection, by: str, wish_key: str) -> tuple[Action, bytes] | None: ...
    def listed(
        self, connection: sa.Connection, query: ActionQuery, reach: Reach, day: date, *, page: ById
    ) -> list[Action]: ...
    def spent(self, connection: sa.Connection, order: UUID) -> Spent: ...
    def never_asked(self, connection: sa.Connection, before: datetime) -> list[Action]: ...
    def agreed(self, connection: sa.Connection, limit: int) -> list[UUID]: ...


class HeadStore(Protocol):
    """Who heads units; see `bylaw_chassis.organisation.queries`."""

    def heads_on(self, connection: sa.Connection, units: Collection[UUID], day: date) -> dict[UUID, UUID]:
        """The head of each of these units that has one."""
        ...
