"""Customers with the orders within a caller's reach, masked, and all that is held of one in clear (CUS-1)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_orders.ports.customers import Asked
from bylaw_orders.rules.orders.standing import AfterSales, Fulfilment
from bylaw_orders.rules.privacy.customer import (
    ARRIVED_AFTER,
    MOST_CUSTOMERS,
    MOST_ORDERS,
    Customer,
    CustomerOrder,
    HeldLine,
    HeldMessage,
    HeldOrder,
)
from bylaw_orders.rules.privacy.phone import normalised
from bylaw_orders.store.channels import within
from bylaw_orders.store.customer_tables import customer_keys, customers, order_recipients
from bylaw_orders.store.customers import SealedCustomers, nick_said
from bylaw_orders.store.privacy_log import reveals_of
from bylaw_orders.store.sealed_texts import SealedTexts
from bylaw_orders.store.tables import channels, order_lines, orders

TO_WHOM = order_recipients.c
_OF_CHANNEL = order_recipients.join(orders, orders.c.id == TO_WHOM.of_order).join(
    channels, channels.c.id == orders.c.channel
)


@dataclass(frozen=True, slots=True)
class SealedRecords:
    """See `ports.customers.CustomerRecords`."""

    sealed: SealedCustomers

    def one(
        self, connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, locked: bool = False
    ) -> Customer | None:
        """A customer, masked, if one of their orders is within reach."""
        if locked:
            lock_keys(connection, [identifier])
        found = self._shown(connection, [identifier], reach, day)
        return found[0] if found else None

    def found(self, connection: sa.Connection, asked: Asked, reach: Reach, day: date) -> list[Customer]:
        """Customers by what was asked, masked, those who came last first."""
        hashed = self._hashed(connection, asked)
        if hashed is None:
            return []
        last = sa.func.max(orders.c.placed_at).desc()
        query = (
            sa.select(TO_WHOM.customer)
            .select_from(_OF_CHANNEL)
            .where(hashed, within(reach, day))
            .group_by(TO_WHOM.customer)
            .order_by(last, TO_WHOM.customer)
            .limit(MOST_CUSTOMERS)
        )
        return self._shown(connection, list(connection.execute(query).scalars()), reach, day)

    def held(self, connection: sa.Connection, customer: UUID) -> list[HeldOrder]:
        """All that is held in a customer's orders, in clear, the oldest first."""
        query = (
            sa.select(orders, channels.c.code)
            .select_from(_OF_CHANNEL)
            .where(TO_WHOM.customer == customer)
            .order_by(orders.c.placed_at, orders.c.id)
        )
        rows = connection.execute(query).all()
        named = [row.id for row in rows]
        clear, lines = self.sealed.opened(connection, named), _lines(connection, named)
        seen = reveals_of(connection, named)
        return [
            HeldOrder(
                row.id,
                row.code,
                row.number,
                row.placed_at,
                row.currency,
                row.total,
                row.paid,
                row.refunded,
                tuple(lines[row.id]),
                recipient,
                tuple(seen[row.id]),
            )
            for row in rows
            if (recipient := clear.get(row.id))
        ]

    def written(self, connection: sa.Connection, customer: UUID) -> list[HeldMessage]:
        """What was written in a customer's tickets, in clear, the oldest first."""
        found = SealedTexts(self.sealed.vault).of_customer(connection, customer)
        return [HeldMessage(one.ticket, one.at, int(one.kind), one.subject, one.text or "") for one in found]

    def open_orders(self, connection: sa.Connection, customer: UUID, now: datetime) -> list[UUID]:
        """Which orders of a customer have not ended."""
        query = sa.select(orders.c.id).select_from(_OF_CHANNEL).where(TO_WHOM.customer == customer, is_open(now))
        return list(connection.execute(query.order_by(orders.c.placed_at, orders.c.id)).scalars())

    def _hashed(self, connection: sa.Connection, asked: Asked) -> sa.ColumnElement[bool] | None:
        index = self.sealed.index.of(connection)
        if index is None:
            return None
        if asked.digits:
            return TO_WHOM.tail_hash == index.hashed("tail", asked.digits)
        if asked.nick:
            return TO_WHOM.nick_hash == index.hashed("nick", nick_said(asked.platform, asked.nick))
        return TO_WHOM.phone_hash == index.hashed("phone", normalised(asked.phone))

    def _shown(self, connection: sa.Connection, wanted: Sequence[UUID], reach: Reach, day: date) -> list[Customer]:
        newest_first = (orders.c.placed_at.desc(), orders.c.id.desc())
        counted = (
            sa.select(
                TO_WHOM.customer,
                orders.c.id,
                orders.c.channel,
                orders.c.number,
                orders.c.placed_at,
                sa.func.row_number().over(partition_by=TO_WHOM.customer, order_by=newest_first).label("place"),
                sa.func.count().over(partition_by=TO_WHOM.customer).label("all_orders"),
                sa.func.min(orders.c.placed_at).over(partition_by=TO_WHOM.customer).label("came_at"),
            )
            .select_from(_OF_CHANNEL)
            .where(TO_WHOM.customer.in_(wanted), within(reach, day))
            .subquery()
        )
        query = (
            sa.select(customers.c.erased_at, counted)
            .join(counted, counted.c.customer == customers.c.id)
            .where(counted.c.place <= MOST_ORDERS)
            .order_by(counted.c.place)
        )
        rows = connection.execute(query).all()
        shown = self.sealed.masked(connection, [row.id for row in rows])
        of = defaultdict[UUID, list[Any]](list)
        for row in rows:
            of[row.customer].append(row)
        return [
            Customer(
                one,
                of[one][0].came_at,
                of[one][0].erased_at,
                of[one][0].all_orders,
                tuple(CustomerOrder(row.id, row.channel, row.number, row.placed_at, shown[row.id]) for row in of[one]),
            )
            for one in wanted
            if one in of
        ]


def lock_keys(connection: sa.Connection, wanted: Sequence[UUID]) -> None:
    """Keeps orders from being written to these customers, and waits for those that are."""
    keys = customer_keys.c.customer
    connection.execute(sa.select(keys).where(keys.in_(wanted)).order_by(keys).with_for_update())


def is_open(now: datetime) -> sa.ColumnElement[bool]:
    """Whether somebody still waits: for goods, or for an answer. What left long ago has arrived."""
    state, ended = orders.c.fulfilment, (int(Fulfilment.SIGNED), int(Fulfilment.CANCELLED), int(Fulfilment.NOTHING))
    left = state.in_([int(Fulfilment.ISSUED), int(Fulfilment.HANDED_OVER), int(Fulfilment.IN_TRANSIT)])
    arrived = sa.and_(left, orders.c.placed_at < now - ARRIVED_AFTER)
    waits = sa.and_(state.not_in(ended), ~arrived, orders.c.cancelled_at.is_(None))
    return sa.or_(waits, orders.c.after_sales == int(AfterSales.OPEN))


def _lines(connection: sa.Connection, wanted: Sequence[UUID]) -> dict[UUID, list[HeldLine]]:
    query = sa.select(order_lines).where(order_lines.c.of_order.in_(wanted)).order_by(order_lines.c.line)
    made = defaultdict[UUID, list[HeldLine]](list)
    for row in connection.execute(query):
        made[row.of_order].append(HeldLine(row.code, row.title, f"{row.quantity.normalize():f}", row.amount))
    return made
