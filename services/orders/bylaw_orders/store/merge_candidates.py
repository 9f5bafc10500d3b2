"""Open orders of customers who have several: what could go together is among them (ORD-2)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_orders.rules.orders.order import OrderKind, SourceState
from bylaw_orders.rules.orders.standing import Fulfilment
from bylaw_orders.store.customer_tables import order_recipients
from bylaw_orders.store.order_rows import reached
from bylaw_orders.store.tables import channels, orders

READY = [int(SourceState.PAID), int(SourceState.SHIPPED_IN_PART)]
OPEN = [int(Fulfilment.WAITING), int(Fulfilment.RESERVED_IN_PART), int(Fulfilment.RESERVED)]


def customers(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, UUID]:
    """Whose orders are, of those that have a recipient."""
    own = order_recipients.c
    query = sa.select(own.of_order, own.customer).where(own.of_order.in_([*wanted]))
    return {row.of_order: row.customer for row in connection.execute(query)}


def candidates(
    connection: sa.Connection, channel: UUID | None, reach: Reach, day: date, *, page: tuple[UUID | None, int]
) -> list[tuple[UUID, list[UUID]]]:
    """The open orders of customers who have several that are out of one warehouse, from a customer on."""
    first, limit = page
    several = _open(channel, reach, day).group_by(order_recipients.c.customer).having(sa.func.count() > 1)
    several = several.order_by(order_recipients.c.customer).limit(limit)
    several = several.with_only_columns(
        order_recipients.c.customer, sa.func.array_agg(orders.c.id).label("orders"), maintain_column_froms=True
    )
    if first:
        several = several.where(order_recipients.c.customer >= first)
    return [(row.customer, sorted(row.orders)) for row in connection.execute(several)]


def _open(channel: UUID | None, reach: Reach, day: date) -> sa.Select[Any]:
    own = orders.c
    query = (
        sa.select(own.id)
        .join(channels, channels.c.id == own.channel)
        .join(order_recipients, order_recipients.c.of_order == own.id)
        .where(*_conditions(), reached(reach, day))
    )
    return query.where(own.channel == channel) if channel else query


def _conditions() -> Sequence[sa.ColumnElement[bool]]:
    own, others = orders.c, orders.alias("others")
    beside = (others.c.together == own.together, others.c.id != own.id)
    return (
        own.fulfilment.in_(OPEN),
        own.kind == int(OrderKind.SALE),
        own.source_state.in_(READY),
        own.holds == 0,
        own.cancelled_at.is_(None),
        ~sa.exists().where(*beside).correlate(orders),
        channels.c.warehouse.is_not(None),
        ~channels.c.history,
    )
