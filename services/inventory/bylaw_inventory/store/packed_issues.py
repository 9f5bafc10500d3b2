"""Of which issues not all goods were checked as they were packed, by a check of their own or of their reservation."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.ledger.movement import MovementKind
from bylaw_inventory.store.pack_checks import COLUMNS as CHECK
from bylaw_inventory.store.pack_checks import LINES, SCANS, packed_by
from bylaw_inventory.store.tables import movement_lines, movements

LINE = movement_lines.c


def unpacked(connection: sa.Connection, wanted: Collection[UUID]) -> set[UUID]:
    """Those of these issues of which more was issued than checks have seen of the same items and lots (WHS-12).

    A check of the issue itself is enough, or checks of its reservation that have seen all that was issued from it.
    """
    own = _short(_moved(movements.c.id, movements.c.id.in_(list(wanted))), CHECK.movement)
    reserved = sa.select(movements.c.reservation).where(movements.c.id.in_(list(wanted)))
    of_reservation = movements.c.reservation.in_(reserved.where(movements.c.reservation.is_not(None)))
    shared = _short(_moved(movements.c.reservation, of_reservation), CHECK.reservation)
    query = sa.select(movements.c.id).where(
        movements.c.id.in_(own),
        sa.or_(movements.c.reservation.is_(None), movements.c.reservation.in_(shared)),
    )
    return set(connection.execute(query).scalars())


def standing() -> sa.ColumnElement[bool]:
    """Issues that were not reversed."""
    back = movements.alias("back")
    reversed_ = sa.select(back.c.id).where(back.c.reverses == movements.c.id)
    return sa.and_(movements.c.kind == int(MovementKind.ISSUE), ~reversed_.exists())


def _moved(subject: sa.ColumnElement[Any], own: sa.ColumnElement[bool]) -> sa.Select[Any]:
    query = sa.select(subject.label("subject"), LINE.item, LINE.lot, LINE.quantity.label("quantity"))
    return query.join(movement_lines, LINE.movement == movements.c.id).where(own, standing())


def _short(moved: sa.Select[Any], of: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """The subjects of which more moved of an item and lot than was packed."""
    whose = moved.subquery().c
    packed = packed_by(of.in_(sa.select(whose.subject)), -SCANS.quantity)
    packed = packed.with_only_columns(of.label("subject"), LINES.item, LINES.lot, (-SCANS.quantity).label("quantity"))
    both = sa.union_all(moved, packed).subquery().c
    each = (both.subject, both.item, both.lot)
    return sa.select(both.subject).group_by(*each).having(sa.func.sum(both.quantity) > 0)
