"""Claims as they are compared with what inventory holds, and what came of it (ORD-1)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.values import new_id
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.ports.reconciling import KeptDisagreement
from bylaw_orders.rules.stocking.claim import Claim, ClaimState, Wanted
from bylaw_orders.rules.stocking.reconciling import Disagreed, Disagreement
from bylaw_orders.store.claims import as_claim, shown
from bylaw_orders.store.tables import channels, metadata, stock_claims

_UUID, _INSTANT = pg.UUID(as_uuid=True), sa.DateTime(timezone=True)
stock_disagreements = sa.Table(
    "stock_disagreements",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("reservation", _UUID),
    sa.Column("kind", sa.SmallInteger),
    sa.Column("of_order", _UUID),
    sa.Column("warehouse", _UUID),
    sa.Column("found_at", _INSTANT),
    sa.Column("gone_at", _INSTANT),
)
stock_reconciliations = sa.Table(
    "stock_reconciliations",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("at", _INSTANT),
    sa.Column("reservations", sa.Integer),
    sa.Column("claims", sa.Integer),
    sa.Column("disagreements", sa.Integer),
)
_OPEN = stock_disagreements.c.gone_at.is_(None)


def warehouses(connection: sa.Connection) -> Sequence[UUID]:
    """Those that channels are served from, or anything was ever claimed in."""
    served = sa.select(channels.c.warehouse).where(channels.c.warehouse.is_not(None))
    return connection.execute(sa.union(sa.select(stock_claims.c.warehouse), served)).scalars().all()


def claims(connection: sa.Connection, held: Collection[UUID]) -> dict[UUID, Claim]:
    """By reservation those that hold by our record, and those of what inventory holds."""
    holding = [int(ClaimState.HELD), int(ClaimState.CONFIRMED)]
    ours = sa.and_(stock_claims.c.state.in_(holding), stock_claims.c.wanted == int(Wanted.HELD))
    theirs = stock_claims.c.reservation == sa.any_(sa.bindparam("held", [*held], pg.ARRAY(sa.Uuid)))
    return {row.reservation: as_claim(row) for row in connection.execute(shown().where(sa.or_(ours, theirs)))}


def write(connection: sa.Connection, found: Sequence[Disagreed], at: datetime) -> int:
    """Writes what disagrees now; what does not any more is gone. Answers how many are new."""
    now = {(one.reservation, int(one.kind)) for one in found}
    before = connection.execute(sa.select(stock_disagreements).where(_OPEN).with_for_update()).all()
    gone = [row.id for row in before if (row.reservation, row.kind) not in now]
    connection.execute(stock_disagreements.update().where(stock_disagreements.c.id.in_(gone)).values(gone_at=at))
    known = {(row.reservation, row.kind) for row in before}
    new = [one for one in found if (one.reservation, int(one.kind)) not in known]
    if new:
        rows = [
            {
                "id": new_id(),
                "reservation": one.reservation,
                "kind": int(one.kind),
                "of_order": one.order,
                "warehouse": one.warehouse,
                "found_at": at,
            }
            for one in new
        ]
        connection.execute(pg.insert(stock_disagreements).on_conflict_do_nothing(), rows)
    return len(new)


def note(connection: sa.Connection, at: datetime, reservations: int, claims: int, disagreements: int) -> None:
    """That it was compared."""
    row = {"at": at, "reservations": reservations, "claims": claims, "disagreements": disagreements}
    connection.execute(stock_reconciliations.insert().values(row))


def listed(connection: sa.Connection, *, page: tuple[tuple[datetime, UUID] | None, int]) -> list[KeptDisagreement]:
    """What disagrees, the longest standing first, behind a place."""
    after, limit = page
    order = stock_disagreements.c.found_at, stock_disagreements.c.id
    query = sa.select(stock_disagreements).where(_OPEN).order_by(*order).limit(limit)
    if after:
        query = query.where(sa.tuple_(*order) > sa.tuple_(*map(sa.literal, after)))
    return [
        KeptDisagreement(
            row.id, Disagreed(Disagreement(row.kind), row.reservation, row.of_order, row.warehouse), row.found_at
        )
        for row in connection.execute(query)
    ]
