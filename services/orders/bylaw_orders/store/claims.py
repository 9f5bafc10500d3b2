"""Claims on stock: which are due, who works on them, where they stand (ORD-1)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.conversation import Row, Said
from bylaw_chassis.queries import Query, named_row, text_of
from bylaw_chassis.time_bounds import driver_within_deadline
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.rules.stocking.claim import Claim, ClaimState, Settled, Wanted
from bylaw_orders.store.rows import rows_json
from bylaw_orders.store.tables import stock_claim_lines, stock_claims
from bylaw_orders.store.taking import claim_line_rows, claim_row

DUE = sa.exists().where(
    stock_claims.c.due_at <= sa.func.now(),
    sa.or_(stock_claims.c.leased_until.is_(None), stock_claims.c.leased_until <= sa.func.now()),
)
"""Whether any claim is due that nobody works on."""

_LINES = (
    sa.select(
        sa.func.json_agg(
            sa.func.json_build_array(
                stock_claim_lines.c.item,
                *(sa.cast(stock_claim_lines.c[name], sa.Text) for name in ("quantity", "reserved", "issued")),
            )
        )
    )
    .where(stock_claim_lines.c.reservation == stock_claims.c.reservation)
    .scalar_subquery()
    .label("lines")
)
_SHOWN = sa.select(stock_claims, _LINES)
_Row = named_row(_SHOWN)
_ASKED, _ = text_of(
    _SHOWN.where(stock_claims.c.of_order == sa.bindparam("of_order")).order_by(stock_claims.c.round), of_order=None
)


def shown() -> sa.Select[Any]:
    """Claims with their lines, to be narrowed."""
    return _SHOWN


def wake(connection: sa.Connection, items: Collection[UUID], now: datetime) -> None:
    """Has claims that are short of these items look again now."""
    lacking = sa.select(stock_claim_lines.c.reservation).where(
        stock_claim_lines.c.item == sa.any_(sa.bindparam("items", [*items], pg.ARRAY(sa.Uuid)))
    )
    short = stock_claims.c.state == int(ClaimState.SHORT), stock_claims.c.wanted == int(Wanted.HELD)
    woken = stock_claims.update().where(*short, stock_claims.c.due_at > now, stock_claims.c.reservation.in_(lacking))
    connection.execute(woken.values(due_at=now))


def add(connection: sa.Connection, claims: Sequence[Claim], *, due: datetime, now: datetime) -> None:
    """Puts claims on record, to be brought on when they are due."""
    if not claims:
        return
    rows = rows_json({**claim_row(claim, due), "created_at": now} for claim in claims)
    lines = rows_json(row for claim in claims for row in claim_line_rows(claim))
    driver_within_deadline(connection).execute(
        "with made as (insert into stock_claims select * from json_populate_recordset(null::stock_claims, %s::json))"
        " insert into stock_claim_lines select * from json_populate_recordset(null::stock_claim_lines, %s::json)",
        (rows, lines),
    )


def of_orders(connection: sa.Connection, orders: Collection[UUID]) -> dict[UUID, list[Claim]]:
    """The claims of orders, by round."""
    own = stock_claims.c.of_order == sa.any_(sa.bindparam("orders", [*orders], pg.ARRAY(sa.Uuid)))
    found: dict[UUID, list[Claim]] = {}
    for row in connection.execute(_SHOWN.where(own).order_by(stock_claims.c.of_order, stock_claims.c.round)):
        found.setdefault(row.of_order, []).append(as_claim(row))
    return found


def asked(order: UUID) -> Query[list[Claim]]:
    """The claims of an order by round, to be asked together with others."""
    return Query(Said(_ASKED, {"of_order": order}), _claims)


def by_reservation(
    connection: sa.Connection, reservations: Collection[UUID], *, lock: bool = False
) -> dict[UUID, Claim]:
    """Claims by the id of their reservation; locked first, in the order of their ids, and read then."""
    own = stock_claims.c.reservation == sa.any_(sa.bindparam("wanted", [*reservations], pg.ARRAY(sa.Uuid)))
    if lock:
        locked = sa.select(stock_claims.c.reservation).where(own).order_by(stock_claims.c.reservation)
        connection.execute(locked.with_for_update())
    return {row.reservation: as_claim(row) for row in connection.execute(_SHOWN.where(own))}


def lease(connection: sa.Connection, now: datetime, until: datetime, most: int) -> list[Claim]:
    """Takes claims that are due for oneself until an instant; others skip them meanwhile.

    What is given back goes first: it may be the same goods that are claimed anew.
    """
    free = sa.or_(stock_claims.c.leased_until.is_(None), stock_claims.c.leased_until <= now)
    due = (
        sa.select(stock_claims.c.reservation)
        .where(stock_claims.c.due_at <= now, free)
        .order_by(stock_claims.c.wanted.desc(), stock_claims.c.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = stock_claims.update().where(stock_claims.c.reservation.in_(due)).values(leased_until=until)
    ids = connection.execute(taken.returning(stock_claims.c.reservation)).scalars().all()
    if not ids:
        return []
    query = _SHOWN.where(stock_claims.c.reservation.in_(ids)).order_by(stock_claims.c.reservation)
    return [as_claim(row) for row in connection.execute(query)]


def unwant(connection: sa.Connection, orders: Collection[UUID], now: datetime) -> None:
    """Wants nothing any more of what orders claim: what holds, or may come to hold, is released at once."""
    over = [int(ClaimState.USED), int(ClaimState.RELEASED), int(ClaimState.LOST)]
    own = stock_claims.c.of_order == sa.any_(sa.bindparam("orders", [*orders], pg.ARRAY(sa.Uuid)))
    changed = stock_claims.update().where(
        own, stock_claims.c.state.not_in(over), stock_claims.c.wanted == int(Wanted.HELD)
    )
    connection.execute(changed.values(wanted=int(Wanted.NONE), due_at=now, tries=0))


def settle(connection: sa.Connection, settled: Sequence[tuple[Claim, Settled]], now: datetime) -> None:
    """Writes where claims stand, what of each item they hold, and when they are due again; nobody works on them then.

    A claim that is due again without having come nearer counts a try. Of one that is not wanted any more meanwhile the
    next step is due at once.
    """
    rows = rows_json(
        {
            "reservation": claim.reservation,
            "state": int(one.state),
            "wanted": int(claim.wanted),
            "reason": one.reason,
            "due_at": one.due,
        }
        for claim, one in settled
    )
    driver = driver_within_deadline(connection)
    driver.execute(
        "update stock_claims as kept set reason = new.reason, leased_until = null,"
        " due_at = case when kept.wanted = new.wanted then new.due_at else %s end,"
        " tries = case when kept.state = new.state then kept.tries + 1 else 0 end, state = new.state"
        " from json_populate_recordset(null::stock_claims, %s::json) as new where kept.reservation = new.reservation",
        (now, rows),
    )
    held = [(claim.reservation, item, amount) for claim, one in settled for item, amount in one.reserved.items()]
    if held:
        lines = rows_json({"reservation": claim, "item": item, "reserved": amount} for claim, item, amount in held)
        driver.execute(
            "update stock_claim_lines as kept set reserved = new.reserved"
            " from json_populate_recordset(null::stock_claim_lines, %s::json) as new"
            " where kept.reservation = new.reservation and kept.item = new.item",
            (lines,),
        )


def as_claim(row: Any) -> Claim:
    """A row of `shown`."""
    lines = [
        (UUID(item), Decimal(wanted), Decimal(held), Decimal(left)) for item, wanted, held, left in row.lines or ()
    ]
    return Claim(
        row.reservation,
        row.of_order,
        row.round,
        row.warehouse,
        row.purpose,
        {item: wanted for item, wanted, _, _ in lines},
        row.partial,
        Wanted(row.wanted),
        ClaimState(row.state),
        row.tries,
        {item: held for item, _, held, _ in lines},
        {item: left for item, _, _, left in lines},
    )


def _claims(rows: Sequence[Row]) -> list[Claim]:
    return [as_claim(_Row(*row)) for row in rows]


def issue(connection: sa.Connection, moved: Mapping[tuple[UUID, UUID], Decimal]) -> None:
    """Writes what left of claims, by reservation and item, and what came back, which is less than nothing."""
    rows = rows_json({"reservation": claim, "item": item, "issued": amount} for (claim, item), amount in moved.items())
    driver_within_deadline(connection).execute(
        "update stock_claim_lines as kept set issued = greatest(kept.issued + new.issued, 0)"
        " from json_populate_recordset(null::stock_claim_lines, %s::json) as new"
        " where kept.reservation = new.reservation and kept.item = new.item",
        (rows,),
    )
