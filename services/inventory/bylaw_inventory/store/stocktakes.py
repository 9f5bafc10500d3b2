"""Stocktakes as they stand, places that they freeze, and signatures under their results (WHS-6)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.outcome_rows import decided
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.stocktake.stocktake import (
    OVER,
    Block,
    Stocktake,
    StocktakeState,
    StocktakeWish,
    Tolerance,
)
from bylaw_inventory.store.stocktake_tables import stocktake_signatures, stocktakes
from bylaw_inventory.store.tables import places, warehouses
from bylaw_inventory.store.warehouses import WITHIN_THE_DOOR, reached

COLUMNS, _SIGNED = stocktakes.c, stocktake_signatures.c
_SIGNATURES = (
    sa.select(
        sa.func.array_agg(pg.aggregate_order_by(_SIGNED.person, _SIGNED.person)).label("people"),
        sa.func.array_agg(pg.aggregate_order_by(_SIGNED.signed_at, _SIGNED.person)).label("instants"),
    )
    .where(_SIGNED.stocktake == COLUMNS.id, _SIGNED.revision == COLUMNS.revision)
    .lateral("signatures")
)
_BLOCKED = COLUMNS.state == int(StocktakeState.BLOCKED)
ANY_BLOCKED = sa.exists().where(_BLOCKED)
"""Whether any was approved and could not be booked."""
_SHOWN = sa.select(stocktakes, _SIGNATURES.c.people, _SIGNATURES.c.instants).join(_SIGNATURES, sa.true())


def lock_warehouse(connection: sa.Connection, warehouse: UUID) -> None:
    """Waits for every movement that is being posted there, and lets none begin to book until the transaction ends."""
    own = sa.select(warehouses.c.id).where(warehouses.c.id == warehouse)
    connection.execute(own.with_for_update())


def add(connection: sa.Connection, made: Stocktake) -> None:
    """Puts a stocktake on record."""
    wish = made.wish
    row = {
        "id": made.identifier,
        "warehouse": wish.warehouse,
        "places": list(wish.places),
        "items": list(wish.items),
        "percent": wish.tolerance.percent,
        "pieces": wish.tolerance.pieces,
        "freeze": wish.freeze,
        "keeper": made.keeper,
        "opened_at": made.opened_at,
        **_standing(made),
    }
    connection.execute(stocktakes.insert().values(row))


def write(connection: sa.Connection, made: Stocktake) -> None:
    """Writes where a stocktake stands now; its row is locked."""
    connection.execute(stocktakes.update().where(COLUMNS.id == made.identifier).values(_standing(made)))


def open_ones(connection: sa.Connection, warehouse: UUID) -> list[Stocktake]:
    """Those of a warehouse that are not over."""
    live = COLUMNS.state.not_in([int(state) for state in OVER])
    query = _SHOWN.where(COLUMNS.warehouse == warehouse, live).order_by(COLUMNS.id)
    return [_stocktake(row) for row in connection.execute(query)]


def find(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Stocktake | None:
    """A stocktake of a warehouse within reach."""
    row = connection.execute(_SHOWN.where(*_reached(identifier, reach, today))).one_or_none()
    return _stocktake(row) if row else None


def lock(connection: sa.Connection, identifier: UUID, reach: Reach, today: date) -> Stocktake | None:
    """The same, locked until the transaction ends."""
    own = sa.select(COLUMNS.id).where(*_reached(identifier, reach, today))
    if connection.execute(own.with_for_update(of=stocktakes)).first() is None:
        return None
    return find(connection, identifier, reach, today)


def listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]) -> list[Stocktake]:
    """A warehouse's stocktakes, newest first, behind one."""
    after, limit = page
    query = _SHOWN.where(COLUMNS.warehouse == warehouse).order_by(COLUMNS.id.desc()).limit(limit)
    if after:
        query = query.where(COLUMNS.id < after)
    return [_stocktake(row) for row in connection.execute(query)]


def never_asked(connection: sa.Connection, before: datetime) -> list[Stocktake]:
    """Those that were sent for decision before an instant, of which no decision is noted."""
    sent = (COLUMNS.state == StocktakeState.SUBMITTED.value, COLUMNS.decision.is_(None), COLUMNS.submitted_at < before)
    return [_stocktake(row) for row in connection.execute(_SHOWN.where(*sent))]


def blocked(connection: sa.Connection) -> list[tuple[UUID, UUID | None]]:
    """Those that were approved and could not be booked, each with who decided."""
    joined = stocktakes.outerjoin(decided, decided.c.decision == COLUMNS.decision)
    query = sa.select(COLUMNS.id, decided.c.decided_by).select_from(joined).where(_BLOCKED).order_by(COLUMNS.id)
    return [(row.id, row.decided_by) for row in connection.execute(query)]


def freeze(connection: sa.Connection, made: Stocktake) -> None:
    """Nothing moves in or out of its places any more; the warehouse's row is locked."""
    own = [places.c.warehouse == made.wish.warehouse, places.c.kind.in_(WITHIN_THE_DOOR)]
    if made.wish.places:
        own.append(places.c.id.in_(list(made.wish.places)))
    connection.execute(places.update().where(*own).values(frozen_by=made.identifier))


def thaw(connection: sa.Connection, identifier: UUID) -> None:
    """Goods move there again."""
    connection.execute(places.update().where(places.c.frozen_by == identifier).values(frozen_by=None))


def sign(connection: sa.Connection, made: Stocktake, person: UUID, now: datetime) -> None:
    """Puts a signature under the result as it is; once, however often."""
    row = {"stocktake": made.identifier, "revision": made.revision, "person": person, "signed_at": now}
    connection.execute(pg.insert(stocktake_signatures).on_conflict_do_nothing(), row)


def _reached(identifier: UUID, reach: Reach, today: date) -> Sequence[sa.ColumnElement[bool]]:
    return COLUMNS.id == identifier, COLUMNS.warehouse.in_(reached(reach, today))


def _standing(made: Stocktake) -> dict[str, Any]:
    """What changes of a stocktake."""
    names = ("finance", "started_at", "revision", "counted_revision", "report", "submissions", "submitted_at")
    more = ("decision", "outcome", "ended_at", "cancel_reason")
    said = {name: getattr(made, name) for name in (*names, *more)}
    return {**said, "state": int(made.state), "movements": list(made.movements), "blocks": _blocks(made.blocks)}


def _blocks(blocks: Collection[Block]) -> list[list[object]]:
    return [list(one) for one in blocks]


def _stocktake(row: Any) -> Stocktake:
    tolerance = Tolerance(row.percent, row.pieces)
    wish = StocktakeWish(row.warehouse, tuple(row.places), tuple(row.items), tolerance, row.freeze)
    return Stocktake(
        row.id,
        wish,
        StocktakeState(row.state),
        row.keeper,
        row.opened_at,
        row.finance,
        row.started_at,
        row.revision,
        row.counted_revision,
        row.report,
        row.submissions,
        row.submitted_at,
        row.decision,
        row.outcome,
        tuple(row.movements),
        tuple(Block(*one) for one in row.blocks),
        row.ended_at,
        row.cancel_reason,
        dict(zip(row.people or (), row.instants or (), strict=True)),
    )
