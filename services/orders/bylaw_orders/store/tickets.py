"""Tickets within a caller's reach: taken, found whole, listed, written anew (CUS-2, SEC-1)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.rules.orders.standing import AfterSales
from bylaw_orders.rules.tickets.ticket import (
    Goods,
    Level,
    ReturnLine,
    Ticket,
    TicketKind,
    TicketQuery,
    TicketWish,
)
from bylaw_orders.store.channels import within
from bylaw_orders.store.tables import channels
from bylaw_orders.store.ticket_tables import ticket_return_lines, tickets

COUNTS = ("quantity", "returned", "resold", "scrapped", "supplied")
CHANGING = COUNTS[1:]
_LINES = (
    sa.select(
        sa.func.json_agg(
            pg.aggregate_order_by(
                sa.func.json_build_array(
                    ticket_return_lines.c.item,
                    ticket_return_lines.c.code,
                    *(sa.cast(ticket_return_lines.c[name], sa.Text) for name in COUNTS),
                ),
                ticket_return_lines.c.code,
            )
        )
    )
    .where(ticket_return_lines.c.ticket == tickets.c.id, tickets.c.slip != "")
    .scalar_subquery()
    .label("lines")
)
_SHOWN = sa.select(tickets, _LINES)
COLUMNS = tickets.c


def add(connection: sa.Connection, made: Ticket) -> None:
    """Puts a ticket on record."""
    own = {"id": made.identifier, "customer": made.customer, "created_at": made.created_at}
    wish = {
        "channel": made.wish.channel,
        "of_order": made.wish.order,
        "kind": int(made.wish.kind),
        "category": made.wish.category,
    }
    row = {**own, **wish, "created_by": made.created_by, "first_due_at": made.first_due_at, **_facts(made)}
    connection.execute(tickets.insert().values(row))


def write(connection: sa.Connection, made: Ticket) -> None:
    """Writes what became of a ticket that the caller holds the lock of."""
    connection.execute(tickets.update().where(COLUMNS.id == made.identifier).values(**_facts(made)))


def put_lines(connection: sa.Connection, made: Ticket) -> None:
    """Writes what is to come back by its slip, and what came."""
    for line in made.lines:
        row = {"ticket": made.identifier, **line._asdict()}
        done = pg.insert(ticket_return_lines).values(row)
        connection.execute(
            done.on_conflict_do_update(
                index_elements=["ticket", "item"], set_={name: getattr(line, name) for name in CHANGING}
            )
        )


def order_of(connection: sa.Connection, identifier: UUID) -> UUID | None:
    """Which order a ticket is about, which never changes; none: of none, or there is no such ticket."""
    return connection.execute(sa.select(COLUMNS.of_order).where(COLUMNS.id == identifier)).scalar()


def find(connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = False) -> Ticket | None:
    """A ticket within reach."""
    query = _SHOWN.where(COLUMNS.id == identifier, _reached(reach, day))
    row = connection.execute(query.with_for_update(of=tickets) if lock else query).one_or_none()
    return _ticket(row) if row else None


def listed(
    connection: sa.Connection, query: TicketQuery, reach: Reach, day: date, *, page: tuple[UUID | None, int]
) -> list[Ticket]:
    """The tickets within reach, newest first, behind a place."""
    after, limit = page
    conditions = {
        COLUMNS.channel: query.channel,
        COLUMNS.of_order: query.order,
        COLUMNS.assignee: query.assignee,
        COLUMNS.state: query.state and int(query.state),
        COLUMNS.kind: query.kind and int(query.kind),
        COLUMNS.category: query.category,
    }
    asked = _SHOWN.where(_reached(reach, day)).order_by(COLUMNS.id.desc()).limit(limit)
    asked = asked.where(*(column == value for column, value in conditions.items() if value is not None))
    if query.overdue_at:
        asked = asked.where(COLUMNS.due_at < query.overdue_at, COLUMNS.closed_at.is_(None))
    if query.unclosed:
        asked = asked.where(COLUMNS.closed_at.is_(None))
    if after:
        asked = asked.where(COLUMNS.id < after)
    return [_ticket(row) for row in connection.execute(asked)]


def by_slips(connection: sa.Connection, slips: Collection[str]) -> dict[str, UUID]:
    """The tickets that have these slips."""
    query = sa.select(COLUMNS.slip, COLUMNS.id).where(COLUMNS.slip.in_(list(slips)), COLUMNS.slip != "")
    return {row.slip: row.id for row in connection.execute(query)}


def orders_of(connection: sa.Connection, wanted: Collection[UUID]) -> set[UUID]:
    """The orders that these tickets are about."""
    query = sa.select(COLUMNS.of_order).where(COLUMNS.id.in_(list(wanted)), COLUMNS.of_order.is_not(None))
    return set(connection.execute(query).scalars())


def awaited(connection: sa.Connection, order: UUID) -> Mapping[UUID, Decimal]:
    """What is to come back of an order by slips of tickets that are open, and has not yet, by item."""
    line = ticket_return_lines.c
    missing = sa.func.greatest(line.quantity - line.returned, 0)
    query = (
        sa.select(line.item, sa.func.sum(missing).label("missing"))
        .join(tickets, COLUMNS.id == line.ticket)
        .where(COLUMNS.of_order == order, COLUMNS.closed_at.is_(None))
        .group_by(line.item)
    )
    return {row.item: row.missing for row in connection.execute(query)}


def overdue(connection: sa.Connection, now: datetime, limit: int) -> list[UUID]:
    """Tickets of which an answer is late and that may go further up, the latest first."""
    own = COLUMNS.due_at < now, COLUMNS.closed_at.is_(None), COLUMNS.level < int(Level.DIRECTOR)
    query = sa.select(COLUMNS.id).where(*own).order_by(COLUMNS.level, COLUMNS.due_at).limit(limit)
    return list(connection.execute(query).scalars())


def after_sales(connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, AfterSales]:
    """Of each order that has tickets whether one is open, or all are closed."""
    is_open = sa.func.bool_or(COLUMNS.closed_at.is_(None)).label("is_open")
    own = COLUMNS.of_order == sa.any_(sa.bindparam("orders", [*orders], pg.ARRAY(sa.Uuid)))
    query = sa.select(COLUMNS.of_order, is_open).where(own).group_by(COLUMNS.of_order)
    return {row.of_order: AfterSales.OPEN if row.is_open else AfterSales.CLOSED for row in connection.execute(query)}


def _facts(made: Ticket) -> dict[str, Any]:
    return {
        "state": int(made.state),
        "due_at": made.due_at,
        "assignee": made.assignee,
        "answered_at": made.answered_at,
        "waits": made.waits,
        "level": int(made.level),
        "escalated_at": made.escalated_at,
        "goods": int(made.goods),
        "slip": made.slip,
        "deciding": made.deciding,
        "decided_at": made.decided_at,
        "closed_at": made.closed_at,
        "closed_by": made.closed_by,
        "rating": made.rating,
        "reopened": made.reopened,
    }


def _ticket(row: Any) -> Ticket:
    return Ticket(
        row.id,
        TicketWish(row.channel, row.of_order, TicketKind(row.kind), row.category),
        row.customer,
        row.created_at,
        row.created_by,
        row.first_due_at,
        row.due_at,
        row.assignee,
        row.answered_at,
        row.waits,
        Level(row.level),
        row.escalated_at,
        Goods(row.goods),
        row.slip,
        row.deciding,
        row.decided_at,
        row.closed_at,
        row.closed_by,
        row.rating,
        row.reopened,
        tuple(ReturnLine(UUID(item), code, *map(Decimal, counts)) for item, code, *counts in row.lines or ()),
    )


def _reached(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    """Whether a unit within reach runs the ticket's channel."""
    return sa.true() if reach.everyone else COLUMNS.channel.in_(sa.select(channels.c.id).where(within(reach, day)))
