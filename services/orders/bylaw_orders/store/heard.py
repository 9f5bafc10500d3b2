"""What was heard of stock that was reserved for orders: kept once, in its order, until it has had its effect."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.organisation.writing import uuids
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.ports.following import KeptHeard
from bylaw_orders.rules.following.heard import (
    Back,
    Heard,
    HeardKind,
    Inspected,
    InspectionReversed,
    Issued,
    IssueReversed,
    Looked,
    MovedGoods,
    Movement,
    Movements,
    Outcome,
    ParcelHandedOver,
    ReservationEnd,
    ReservationEnded,
    Returned,
    ReturnReversed,
)
from bylaw_orders.store.goods_tables import heard_stock, stock_returns

LONGEST_PAUSE_SECONDS = 300
MOVEMENTS = (HeardKind.ISSUED, HeardKind.RETURNED, HeardKind.INSPECTED)
BY_SLIPS: Mapping[type[Back | Looked], HeardKind] = MappingProxyType(
    {
        Returned: HeardKind.RETURNED,
        ReturnReversed: HeardKind.RETURN_REVERSED,
        Inspected: HeardKind.INSPECTED,
        InspectionReversed: HeardKind.INSPECTION_REVERSED,
    }
)
WAITS = heard_stock.c.applied_at.is_(None)
"""What has had no effect yet."""
WAITING = sa.exists().where(WAITS, heard_stock.c.try_at <= sa.func.now())
"""Whether there is anything to do."""

_ABOUT = sa.func.coalesce(heard_stock.c.reservation, heard_stock.c.subject)
_EARLIER = heard_stock.alias("earlier")
_PUT_OFF = sa.exists().where(
    _EARLIER.c.applied_at.is_(None),
    _EARLIER.c.try_at > sa.func.now(),
    sa.func.coalesce(_EARLIER.c.reservation, _EARLIER.c.subject) == _ABOUT,
)


def movements(connection: sa.Connection, wanted: Collection[UUID]) -> Movements:
    """The movements of these that were heard of before."""
    own = heard_stock.c.kind.in_([int(kind) for kind in MOVEMENTS])
    query = sa.select(heard_stock).where(own, heard_stock.c.subject == sa.any_(uuids(wanted)))
    found = [_heard(row) for row in connection.execute(query)] if wanted else []
    return {one.movement: one for one in found if isinstance(one, Movement)}


def keep(connection: sa.Connection, heard: Sequence[Heard]) -> None:
    """Keeps what is new, in its order; what came back is on record by its slips as well."""
    rows = [_row(one) for one in heard]
    if not rows:
        return
    kept = pg.insert(heard_stock).on_conflict_do_nothing()
    connection.execute(kept, rows)
    if back := [row for one in heard for row in _returned(one)]:
        connection.execute(pg.insert(stock_returns).on_conflict_do_nothing(), back)


def waiting(connection: sa.Connection, limit: int, about: UUID | None = None) -> list[KeptHeard]:
    """What waits to have its effect, the first first, and whose turn it is; locked."""
    query = sa.select(heard_stock, _ABOUT.label("about")).where(WAITS, ~_PUT_OFF)
    if about:
        query = query.where(_ABOUT.in_([about]))
    locked = query.order_by(heard_stock.c.id).limit(limit).with_for_update(of=heard_stock)
    return [KeptHeard(row.id, row.about, _heard(row)) for row in connection.execute(locked)]


def waiting_about(connection: sa.Connection, limit: int) -> list[UUID]:
    """What is waited about, each once, in the order of what waits longest."""
    first = sa.func.min(heard_stock.c.id)
    query = sa.select(_ABOUT.label("about")).where(WAITS, ~_PUT_OFF).group_by(_ABOUT).order_by(first).limit(limit)
    return list(connection.execute(query).scalars())


def applied(connection: sa.Connection, numbers: Collection[int], now: datetime) -> None:
    """Marks that they have had their effect."""
    own = heard_stock.c.id == sa.any_(sa.literal(list(numbers), pg.ARRAY(sa.BigInteger)))
    connection.execute(heard_stock.update().where(own).values(applied_at=now, last_error=""))


def put_off(connection: sa.Connection, about: UUID, error: str) -> None:
    """Has the first that waits about something tried again, later and later."""
    first = sa.select(sa.func.min(heard_stock.c.id)).where(WAITS, _ABOUT.in_([about])).scalar_subquery()
    pause = sa.func.least(sa.func.power(2, sa.func.least(heard_stock.c.attempts, 10)), LONGEST_PAUSE_SECONDS)
    try_at = sa.func.now() + sa.func.make_interval(0, 0, 0, 0, 0, 0, sa.cast(pause, sa.Double))
    values = {"attempts": heard_stock.c.attempts + 1, "try_at": try_at, "last_error": error}
    connection.execute(heard_stock.update().where(heard_stock.c.id == first).values(**values))


def _row(one: Heard) -> dict[str, Any]:
    kind, subject, told = _told(one)
    reservation = None if isinstance(one, Back | Looked) else one.reservation
    row = {"kind": int(kind), "subject": subject, "reservation": reservation, "warehouse": one.warehouse}
    return row | {"told": told, "happened_at": one.at}


def _told(one: Heard) -> tuple[HeardKind, UUID, dict[str, Any]]:
    """Which kind it is, what it is of, and what else is told of it."""
    match one:
        case Issued():
            return HeardKind.ISSUED, one.movement, {"goods": _goods_told(one.goods)}
        case IssueReversed():
            told = {"reverses": str(one.reverses), "goods": _goods_told(one.goods)}
            return HeardKind.ISSUE_REVERSED, one.movement, told
        case ReservationEnded():
            return HeardKind.RESERVATION_ENDED, one.reservation, {"end": int(one.end)}
        case ParcelHandedOver():
            told = {"movement": str(one.movement), "carrier": one.carrier, "number": one.number}
            if one.packed_with:
                told["packed_with"] = str(one.packed_with)
            return HeardKind.PARCEL_HANDED_OVER, one.parcel, told
        case _:
            return BY_SLIPS[type(one)], one.movement, _told_by_slips(one)


def _told_by_slips(one: Back | Looked) -> dict[str, Any]:
    told: dict[str, Any] = {"slips": list(one.slips), "goods": _goods_told(one.goods)}
    if isinstance(one, Looked):
        told["outcome"] = int(one.outcome)
    if isinstance(one, ReturnReversed | InspectionReversed):
        told["reverses"] = str(one.reverses)
    return told


def _heard(row: Any) -> Heard:
    told, of = row.told, (row.subject, row.warehouse)
    match HeardKind(row.kind):
        case HeardKind.ISSUED:
            return Issued(*of, row.reservation, _goods(told), row.happened_at)
        case HeardKind.ISSUE_REVERSED:
            reversed_ = (row.subject, UUID(told["reverses"]), row.warehouse, row.reservation)
            return IssueReversed(*reversed_, _goods(told), row.happened_at)
        case HeardKind.RESERVATION_ENDED:
            return ReservationEnded(row.reservation, row.warehouse, ReservationEnd(told["end"]), row.happened_at)
        case HeardKind.PARCEL_HANDED_OVER:
            parcel = (*of, row.reservation, UUID(told["movement"]), told["carrier"], told["number"])
            return ParcelHandedOver(*parcel, row.happened_at, packed_with="packed_with" in told)
        case kind:
            return _heard_by_slips(kind, row)


def _heard_by_slips(kind: HeardKind, row: Any) -> Back | Looked:
    told, slips, goods = row.told, tuple(row.told["slips"]), _goods(row.told)
    if kind is HeardKind.RETURNED:
        return Returned(row.subject, row.warehouse, slips, goods, row.happened_at)
    if kind is HeardKind.INSPECTED:
        return Inspected(row.subject, row.warehouse, slips, Outcome(told["outcome"]), goods, row.happened_at)
    back = (row.subject, UUID(told["reverses"]), row.warehouse, slips)
    if kind is HeardKind.RETURN_REVERSED:
        return ReturnReversed(*back, goods, row.happened_at)
    return InspectionReversed(*back, Outcome(told["outcome"]), goods, row.happened_at)


def _goods_told(goods: Sequence[MovedGoods]) -> list[tuple[str, str]]:
    return [(str(one.item), f"{one.quantity:f}") for one in goods]


def _goods(told: Any) -> tuple[MovedGoods, ...]:
    return tuple(MovedGoods(UUID(item), Decimal(quantity)) for item, quantity in told["goods"])


def _returned(one: Heard) -> list[dict[str, Any]]:
    """Rows of what came back; of what had not come back after all less than zero."""
    if not isinstance(one, Back):
        return []
    sign = 1 if isinstance(one, Returned) else -1
    row = {"movement": one.movement, "slips": list(one.slips), "happened_at": one.at}
    return [row | {"item": goods.item, "quantity": sign * goods.quantity} for goods in one.goods]
