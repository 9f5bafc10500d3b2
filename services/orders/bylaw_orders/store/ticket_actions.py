"""What tickets move: asked for, held against what was paid, ended once (CUS-2)."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach

from bylaw_orders.ports.tickets import ActionQuery
from bylaw_orders.rules.tickets.action import Action, ActionKind, ActionState, ActionWish, ExchangeLine, Spent
from bylaw_orders.store.channels import within
from bylaw_orders.store.tables import channels, orders
from bylaw_orders.store.ticket_tables import ticket_actions as actions

COLUMNS = actions.c
_MOVES_MONEY = COLUMNS.kind != int(ActionKind.EXCHANGE)
_WAITS = COLUMNS.state == int(ActionState.WAITING)
AGREED = sa.exists().where(COLUMNS.state == int(ActionState.AGREED))
"""Whether any exchange is to be placed."""


def add(connection: sa.Connection, made: Action, *, wish_key: tuple[str, bytes] | None) -> None:
    """Puts an action on record; `wish_key` is the caller's key of it with the digest of the wish, where it waits."""
    key, digest = wish_key or (None, None)
    lines = [(line.code, f"{line.quantity:f}") for line in made.wish.lines]
    own = {"id": made.identifier, "ticket": made.ticket, "of_order": made.order}
    wish = {"kind": int(made.wish.kind), "amount": made.wish.amount, "lines": lines, "reason": made.wish.reason}
    asked = {"currency": made.currency, "alone": made.alone, "asked_at": made.asked_at, "asked_by": made.asked_by}
    row = {**own, **wish, **asked, **_end(made), "wish_key": key, "wish_digest": digest}
    connection.execute(actions.insert().values(row))


def write(connection: sa.Connection, made: Action) -> None:
    """Writes how an action stands, which the caller holds the lock of."""
    connection.execute(actions.update().where(COLUMNS.id == made.identifier).values(**_end(made)))


def forget(connection: sa.Connection, identifier: UUID) -> None:
    """Takes an action away that nobody was told of."""
    connection.execute(actions.delete().where(COLUMNS.id == identifier))


def lock(connection: sa.Connection, identifier: UUID) -> Action | None:
    """An action, locked until the transaction ends."""
    row = connection.execute(sa.select(actions).where(COLUMNS.id == identifier).with_for_update()).one_or_none()
    return _action(row) if row else None


def find(connection: sa.Connection, identifier: UUID, reach: Reach, day: date) -> Action | None:
    """An action of an order within reach."""
    row = connection.execute(sa.select(actions).where(COLUMNS.id == identifier, _reached(reach, day))).one_or_none()
    return _action(row) if row else None


def by_wish(connection: sa.Connection, by: str, wish_key: str) -> tuple[Action, bytes] | None:
    """What waits of a wish, with its digest."""
    query = sa.select(actions).where(COLUMNS.asked_by == by, COLUMNS.wish_key == wish_key, _WAITS)
    row = connection.execute(query).one_or_none()
    return (_action(row), bytes(row.wish_digest)) if row else None


def listed(
    connection: sa.Connection, query: ActionQuery, reach: Reach, day: date, *, page: tuple[UUID | None, int]
) -> list[Action]:
    """Actions within reach, newest first, behind a place."""
    after, limit = page
    conditions = {
        COLUMNS.ticket: query.ticket,
        COLUMNS.of_order: query.order,
        COLUMNS.state: query.state and int(query.state),
    }
    asked = sa.select(actions).where(_reached(reach, day)).order_by(COLUMNS.id.desc()).limit(limit)
    asked = asked.where(*(column == value for column, value in conditions.items() if value is not None))
    if after:
        asked = asked.where(COLUMNS.id < after)
    return [_action(row) for row in connection.execute(asked)]


def spent(connection: sa.Connection, order: UUID) -> Spent:
    """What an order's actions hold: money that waits, and what went back or was sent without a decision."""
    waiting = sa.func.sum(COLUMNS.amount).filter(_WAITS, _MOVES_MONEY)
    alone = sa.func.sum(COLUMNS.amount).filter(COLUMNS.alone, COLUMNS.state.in_([2, 3]))
    row = connection.execute(sa.select(waiting, alone).where(COLUMNS.of_order == order)).one()
    return Spent(int(row[0] or 0), int(row[1] or 0))


def never_asked(connection: sa.Connection, before: datetime) -> list[Action]:
    """What was kept before an instant and not asked, as far as is known."""
    query = sa.select(actions).where(_WAITS, COLUMNS.decision.is_(None), COLUMNS.asked_at < before)
    return [_action(row) for row in connection.execute(query.order_by(COLUMNS.id))]


def agreed(connection: sa.Connection, limit: int) -> list[UUID]:
    """Exchanges that were agreed and are not placed, the oldest first."""
    query = sa.select(COLUMNS.id).where(COLUMNS.state == int(ActionState.AGREED)).order_by(COLUMNS.id).limit(limit)
    return list(connection.execute(query).scalars())


def _end(made: Action) -> dict[str, Any]:
    return {
        "state": int(made.state),
        "decision": made.decision,
        "ended_at": made.ended_at,
        "ended_by": made.ended_by,
        "exchange_order": made.exchange_order,
    }


def _action(row: Any) -> Action:
    wish = ActionWish(ActionKind(row.kind), row.amount, tuple(_lines(row.lines)), row.reason)
    return Action(
        row.id,
        row.ticket,
        row.of_order,
        wish,
        row.currency,
        row.asked_at,
        row.asked_by,
        ActionState(row.state),
        row.alone,
        row.decision,
        row.ended_at,
        row.ended_by,
        row.exchange_order,
    )


def _lines(told: Iterable[tuple[str, str]]) -> Iterable[ExchangeLine]:
    return (ExchangeLine(code, Decimal(quantity)) for code, quantity in told)


def _reached(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    """Whether a unit within reach runs the channel of the action's order."""
    if reach.everyone:
        return sa.true()
    of_channel = orders.join(channels, channels.c.id == orders.c.channel)
    own = sa.select(orders.c.id).select_from(of_channel).where(orders.c.id == COLUMNS.of_order, within(reach, day))
    return own.exists()
