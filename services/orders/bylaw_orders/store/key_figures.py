"""How sales went, and the orders and tickets that each count is of: one statement each (ANA-1, MKT-3, ORD-3, CUS-2)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from bylaw_orders.ports.figures import Sight
from bylaw_orders.ports.stores import ByInstant
from bylaw_orders.rules.figures.asked import OF_TICKETS, Asked, Kind
from bylaw_orders.rules.figures.key_figures import KeyFigure, KeyFigureRecord
from bylaw_orders.rules.figures.sales import fits
from bylaw_orders.rules.figures.words import ALL_CHANNELS
from bylaw_orders.rules.orders.order import OrderKind
from bylaw_orders.rules.orders.standing import Fulfilment
from bylaw_orders.rules.tickets.ticket import TicketKind
from bylaw_orders.store.channels import within
from bylaw_orders.store.customer_tables import order_recipients
from bylaw_orders.store.figure_facts import ORDER, counted, sums_of
from bylaw_orders.store.parcel_tables import parcels
from bylaw_orders.store.tables import channels
from bylaw_orders.store.ticket_tables import tickets

TICKET = tickets.c
IS_COMPLAINT = TICKET.kind == int(TicketKind.COMPLAINT)
_ALL: sa.ColumnElement[bool] = sa.true()
NONE = Decimal(0)


def listed(connection: sa.Connection, asked: Asked, sight: Sight) -> list[KeyFigure]:
    """By currency the whole of it, then its channels by code; refuses FIGURE_TOO_LARGE."""
    sold = _sales(asked, sight).cte("sold")
    of_orders, of_buyers = _of_orders(sold, sight.now), _of_buyers(sold)
    of_tickets = _of_tickets(asked, sight)
    currency = sa.func.coalesce(of_orders.c.currency, of_tickets.c.currency)
    channel = sa.func.coalesce(of_orders.c.channel, of_tickets.c.channel)
    query = (
        sa.select(
            currency.label("its_currency"),
            channels.c.id.label("its_channel"),
            channels.c.title_zh,
            channels.c.title_en,
            *(column for one in (of_orders, of_buyers, of_tickets) for column in one.c if column.name not in _PLACE),
        )
        .select_from(of_orders.join(of_tickets, _same(of_orders, of_tickets), full=True))
        .outerjoin(of_buyers, _same(of_orders, of_buyers))
        .outerjoin(channels, channels.c.id == channel)
        .order_by(sa.collate(currency, "C"), sa.func.lower(channels.c.code).nulls_first())
    )
    return [_figure(row) for row in connection.execute(query)]


def records(
    connection: sa.Connection,
    kind: Kind,
    asked: Asked,
    sight: Sight,
    *,
    page: ByInstant,
) -> list[KeyFigureRecord]:
    """What one of them counts, the newest first, behind a place."""
    after, limit = page
    made = _ticket_records(kind, asked, sight) if kind in OF_TICKETS else _order_records(kind, asked, sight)
    own = made.c
    query = sa.select(made).order_by(own.at.desc(), own.id.desc()).limit(limit)
    if after:
        query = query.where(sa.tuple_(own.at, own.id) < sa.tuple_(*map(sa.literal, after)))
    return [
        KeyFigureRecord(
            row.id, kind, row.number, row.channel, row.at, fits(row.amount), row.customer, row.answer_seconds
        )
        for row in connection.execute(query)
    ]


def _sales(asked: Asked, sight: Sight) -> sa.Select[Any]:
    """The sales that count, each with what it comes to, who bought, and what became of it."""
    found = counted(asked, sight, ORDER.kind == int(OrderKind.SALE))
    own, sums = found.c, sums_of(found)
    left = (
        sa.select(
            parcels.c.of_order,
            sa.func.max(parcels.c.handed_over_at).label("handed_over_at"),
            sa.func.max(parcels.c.signed_at).label("signed_at"),
        )
        .join(found, own.id == parcels.c.of_order)
        .group_by(parcels.c.of_order)
        .subquery("left_by")
    )
    complained = sa.select(TICKET.of_order).where(IS_COMPLAINT).distinct().subquery("complained")
    source = (
        found.outerjoin(sums, sums.c.of_order == own.id)
        .outerjoin(order_recipients, order_recipients.c.of_order == own.id)
        .outerjoin(left, left.c.of_order == own.id)
        .outerjoin(complained, complained.c.of_order == own.id)
    )
    return sa.select(
        *(own[name] for name in ("id", "number", "channel", "currency", "placed_at", "refunded", "fulfilment")),
        *(own[name] for name in ("ship_by", "deliver_by")),
        (own.total - sa.func.coalesce(sums.c.off, 0)).label("amount"),
        sa.func.coalesce(sums.c.lines, 0).label("lines"),
        sa.func.coalesce(sums.c.units, 0).label("units"),
        order_recipients.c.customer,
        complained.c.of_order.is_not(None).label("complained"),
        left.c.handed_over_at,
        left.c.signed_at,
    ).select_from(source)


def _conditions(own: Any, now: datetime) -> Mapping[Kind, sa.ColumnElement[bool]]:
    """Which sales a count is of. What the platform alone says was shipped has no instant: neither in time nor late."""
    shipped = own.fulfilment.between(int(Fulfilment.HANDED_OVER), int(Fulfilment.SIGNED))
    signed = own.fulfilment == int(Fulfilment.SIGNED)
    waits = own.fulfilment < int(Fulfilment.HANDED_OVER)
    on_its_way = own.fulfilment < int(Fulfilment.SIGNED)
    return {
        Kind.ORDERS: _ALL,
        Kind.REFUNDED: own.refunded > 0,
        Kind.COMPLAINED: own.complained,
        Kind.SHIPPED_IN_TIME: sa.and_(shipped, own.handed_over_at <= own.ship_by),
        Kind.SHIPPED_LATE: sa.or_(
            sa.and_(shipped, own.handed_over_at > own.ship_by), sa.and_(waits, own.ship_by < now)
        ),
        Kind.DELIVERED_IN_TIME: sa.and_(signed, own.signed_at <= own.deliver_by),
        Kind.DELIVERED_LATE: sa.or_(
            sa.and_(signed, own.signed_at > own.deliver_by), sa.and_(on_its_way, own.deliver_by < now)
        ),
    }


_OF_TICKETS: Mapping[Kind, sa.ColumnElement[bool]] = {
    Kind.TICKETS: _ALL,
    Kind.COMPLAINTS: IS_COMPLAINT,
    Kind.ANSWERED: TICKET.answered_at.is_not(None),
    Kind.ANSWERED_IN_TIME: TICKET.answered_at <= TICKET.first_due_at,
}
_SECONDS = sa.cast(sa.func.extract("epoch", TICKET.answered_at - TICKET.created_at), sa.Numeric)
_PLACE = frozenset({"currency", "channel"})


def _grouped(*columns: Any) -> Any:
    """Each channel of a currency, and the whole of it."""
    currency, channel, *more = columns
    return sa.func.grouping_sets(sa.tuple_(currency, channel, *more), sa.tuple_(currency, *more))


def _of_orders(sold: sa.CTE, now: datetime) -> sa.Subquery[Any]:
    own = sold.c
    counts = (sa.func.count().filter(here).label(kind.name.lower()) for kind, here in _conditions(own, now).items())
    sums = (sa.func.sum(own[name]).label(label) for name, label in _SUMS.items())
    return (
        sa.select(own.currency, own.channel, *counts, *sums)
        .group_by(_grouped(own.currency, own.channel))
        .subquery("of_orders")
    )


_SUMS = {"amount": "sales", "lines": "lines", "units": "units", "refunded": "paid_back"}


def _of_buyers(sold: sa.CTE) -> sa.Subquery[Any]:
    """How many bought, and how many more than once; of a whole currency also who bought through two channels."""
    own = sold.c
    each = (
        sa.select(own.currency, own.channel, own.customer, sa.func.count().label("bought"))
        .where(own.customer.is_not(None))
        .group_by(_grouped(own.currency, own.channel, own.customer))
        .subquery("buyers")
    )
    again = each.c.bought > 1
    return (
        sa.select(
            each.c.currency,
            each.c.channel,
            sa.func.count().label("customers"),
            sa.func.count().filter(again).label("repeat_customers"),
            sa.func.sum(each.c.bought).filter(again).label(Kind.REPEAT_ORDERS.name.lower()),
        )
        .group_by(each.c.currency, each.c.channel)
        .subquery("of_buyers")
    )


def _of_tickets(asked: Asked, sight: Sight) -> sa.Subquery[Any]:
    counts = (sa.func.count().filter(here).label(kind.name.lower()) for kind, here in _OF_TICKETS.items())
    return (
        sa.select(
            channels.c.currency,
            TICKET.channel,
            *counts,
            sa.func.sum(_SECONDS).label("answer_seconds"),
            sa.func.percentile_disc(0.5).within_group(_SECONDS).label("median_seconds"),
        )
        .join(channels, channels.c.id == TICKET.channel)
        .where(*_taken(asked, sight))
        .group_by(_grouped(channels.c.currency, TICKET.channel))
        .subquery("of_tickets")
    )


def _taken(asked: Asked, sight: Sight) -> list[sa.ColumnElement[bool]]:
    """Tickets of the days asked for, of channels within reach."""
    here = [within(sight.reach, sight.day), TICKET.created_at >= asked.span.begins, TICKET.created_at < asked.span.ends]
    if asked.channel:
        here.append(TICKET.channel == asked.channel)
    if asked.currency:
        here.append(channels.c.currency == asked.currency)
    return here


def _same(one: sa.Subquery[Any], other: sa.Subquery[Any]) -> sa.ColumnElement[bool]:
    """Of the same currency and channel, or of the whole of a currency both."""

    def place(of: sa.Subquery[Any]) -> sa.ColumnElement[str]:
        return sa.func.coalesce(sa.cast(of.c.channel, sa.Text), "")

    return sa.and_(one.c.currency == other.c.currency, place(one) == place(other))


def _order_records(kind: Kind, asked: Asked, sight: Sight) -> sa.Subquery[Any]:
    sold = _sales(asked, sight).cte("sold")
    bought = sa.func.count().over(partition_by=(sold.c.currency, sold.c.customer)).label("bought")
    made = sa.select(sold, bought).subquery("bought")
    again = sa.and_(made.c.customer.is_not(None), made.c.bought > 1)
    here = again if kind is Kind.REPEAT_ORDERS else _conditions(made.c, sight.now)[kind]
    return (
        sa.select(
            *(made.c[name] for name in ("id", "number", "channel", "customer")),
            made.c.placed_at.label("at"),
            (made.c.refunded if kind is Kind.REFUNDED else made.c.amount).label("amount"),
            sa.null().label("answer_seconds"),
        )
        .where(here)
        .subquery("records")
    )


def _ticket_records(kind: Kind, asked: Asked, sight: Sight) -> sa.Subquery[Any]:
    return (
        sa.select(
            TICKET.id,
            sa.literal("").label("number"),
            TICKET.channel,
            sa.null().label("customer"),
            TICKET.created_at.label("at"),
            sa.literal(0).label("amount"),
            _SECONDS.label("answer_seconds"),
        )
        .join(channels, channels.c.id == TICKET.channel)
        .where(*_taken(asked, sight), _OF_TICKETS[kind])
        .subquery("records")
    )


def _figure(row: Any) -> KeyFigure:
    counts = {kind: int(getattr(row, kind.name.lower()) or 0) for kind in Kind}
    return KeyFigure(
        row.its_channel,
        (row.title_zh, row.title_en) if row.its_channel else ALL_CHANNELS,
        row.its_currency,
        counts,
        fits(row.sales or 0),
        int(row.lines or 0),
        row.units or NONE,
        row.customers or 0,
        row.repeat_customers or 0,
        fits(row.paid_back or 0),
        row.answer_seconds or NONE,
        row.median_seconds,
    )
