"""Parcels of orders and what is known of their way; nothing of it is ever changed, only added to (ORD-2)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.time_bounds import driver_within_deadline
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.ports.parcels import KnownEvent
from bylaw_orders.rules.following.heard import ParcelHandedOver
from bylaw_orders.rules.orders.standing import Fulfilment
from bylaw_orders.rules.tracking.couriers import courier_code
from bylaw_orders.rules.tracking.parcel import Parcel
from bylaw_orders.rules.tracking.states import SignedBy, State, stage
from bylaw_orders.rules.tracking.told import Moved, Report
from bylaw_orders.rules.tracking.track import NOWHERE, Tracked, Whereabouts, merged
from bylaw_orders.store.order_rows import reached
from bylaw_orders.store.parcel_tables import parcels, track_events
from bylaw_orders.store.rows import rows_json
from bylaw_orders.store.tables import orders

BY = "service:inventory"
_ONCE = (
    "insert into parcels select * from json_populate_recordset(null::parcels, %s::json)"
    " on conflict do nothing returning id"
)
_KEPT = (
    "insert into track_events (parcel, at, text, state, place, code, signed_by, source, actor, reason, heard_at)"
    " select parcel, at, text, state, place, code, signed_by, source, actor, reason, heard_at"
    " from json_populate_recordset(null::track_events, %s::json) on conflict do nothing"
)
_MOVED = (
    "update parcels as kept set state = new.state, since = new.since, signed_at = new.signed_at,"
    " signed_by = new.signed_by, last_at = new.last_at, revision = new.revision"
    " from json_populate_recordset(null::parcels, %s::json) as new where kept.id = new.id"
)


def add(connection: sa.Connection, made: Parcel, *, by: str, at: datetime) -> bool:
    """Puts one on record, to be asked for at once; says no where the order has that waybill."""
    return bool(_add(connection, [_row(made, by=by, at=at)]))


def handed_over(connection: sa.Connection, told: Sequence[tuple[UUID, ParcelHandedOver]]) -> list[Parcel]:
    """Parcels of orders that a warehouse handed to a carrier; one that is known stays as it is. Answers new ones.

    Couriers are asked for one that holds goods of several orders once: what they tell of its number reaches them all.
    """
    made = {one.parcel: _of(order, one) for order, one in told}
    if not made:
        return []
    unasked = {"question_at": None}
    beside = {one.parcel: unasked for _, one in told if one.packed_with}
    rows = [_row(one, by=BY, at=one.handed_over_at) | beside.get(one.identifier, {}) for _, one in sorted(made.items())]
    new = _add(connection, rows)
    return [made[one] for one in new]


def stages(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, list[Fulfilment]]:
    """Of each order that has any, the stage of each parcel."""
    found: dict[UUID, list[Fulfilment]] = {}
    query = sa.select(parcels.c.of_order, parcels.c.state, parcels.c.signed_at).where(_any(parcels.c.of_order, wanted))
    for row in connection.execute(query):
        found.setdefault(row.of_order, []).append(stage(State(row.state), was_signed=row.signed_at is not None))
    return found


def find(connection: sa.Connection, identifier: UUID, reach: Reach, day: date, *, lock: bool = False) -> Parcel | None:
    """One of an order within reach."""
    query = _within(reach, day).where(parcels.c.id == identifier)
    row = connection.execute(query.with_for_update(of=parcels) if lock else query).one_or_none()
    return as_parcel(row) if row else None


def of_order(connection: sa.Connection, order: UUID, *, page: tuple[tuple[datetime, UUID] | None, int]) -> list[Parcel]:
    """Those of an order, the first handed over first."""
    after, limit = page
    place = parcels.c.handed_over_at, parcels.c.id
    query = sa.select(parcels).where(parcels.c.of_order == order).order_by(*place).limit(limit)
    if after:
        query = query.where(sa.tuple_(*place) > sa.tuple_(*map(sa.literal, after)))
    return [as_parcel(row) for row in connection.execute(query)]


def by_waybill(
    connection: sa.Connection,
    waybill: str,
    reach: Reach,
    day: date,
    *,
    page: tuple[tuple[datetime, UUID] | None, int],
) -> list[Parcel]:
    """Those within reach that have a number, the newest first."""
    after, limit = page
    place = parcels.c.handed_over_at, parcels.c.id
    query = _within(reach, day).where(sa.func.upper(parcels.c.waybill) == waybill.upper())
    query = query.order_by(*(column.desc() for column in place)).limit(limit)
    if after:
        query = query.where(sa.tuple_(*place) < sa.tuple_(*map(sa.literal, after)))
    return [as_parcel(row) for row in connection.execute(query)]


def orders_of(connection: sa.Connection, waybills: Collection[str]) -> list[UUID]:
    """The orders of parcels that have one of these numbers."""
    query = sa.select(parcels.c.of_order).where(_named(waybills)).distinct().order_by(parcels.c.of_order)
    return [*connection.scalars(query)]


def named(connection: sa.Connection, waybills: Collection[str]) -> list[Parcel]:
    """Parcels that have one of these numbers, locked in the order of their ids."""
    query = sa.select(parcels).where(_named(waybills)).order_by(parcels.c.id).with_for_update()
    return [as_parcel(row) for row in connection.execute(query)]


def news(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, list[Parcel]]:
    """The parcels of orders."""
    found: dict[UUID, list[Parcel]] = {}
    for row in connection.execute(sa.select(parcels).where(_any(parcels.c.of_order, wanted)).order_by(parcels.c.id)):
        found.setdefault(row.of_order, []).append(as_parcel(row))
    return found


def known(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, list[Tracked]]:
    """What is known of each one's way."""
    found: dict[UUID, list[Tracked]] = {one: [] for one in wanted}
    for row in connection.execute(sa.select(track_events).where(_any(track_events.c.parcel, wanted))):
        found[row.parcel].append(_tracked(row))
    return found


def events(
    connection: sa.Connection, parcel: UUID, *, page: tuple[tuple[datetime, int] | None, int]
) -> list[KnownEvent]:
    """What is known of one's way, oldest first, each event once: of two tellings the one that tells more."""
    after, limit = page
    rows = connection.execute(
        sa.select(track_events).where(track_events.c.parcel == parcel).order_by(track_events.c.id)
    )
    told = {_tracked(row): row for row in rows}
    found = [
        KnownEvent(told[event].id, event, told[event].source, told[event].actor, told[event].reason)
        for event in merged(told)
    ]
    found.sort(key=lambda one: (one.event.at, one.number))
    return [one for one in found if after is None or (one.event.at, one.number) > after][:limit]


def write(connection: sa.Connection, moved: Sequence[tuple[Moved, Report]], now: datetime) -> None:
    """Keeps what is new, and where parcels are by it."""
    rows = [_event_row(one.after.identifier, event, report, now) for one, report in moved for event in one.news]
    driver = driver_within_deadline(connection)
    if rows:
        driver.execute(_KEPT, (rows_json(rows),))
    changed = {one.after.identifier: one.after for one, _ in moved if one.after != one.before}
    if changed:
        driver.execute(_MOVED, (rows_json(_at(changed[one]) for one in sorted(changed)),))


def _add(connection: sa.Connection, rows: list[dict[str, Any]]) -> list[UUID]:
    return [row[0] for row in driver_within_deadline(connection).execute(_ONCE, (rows_json(rows),)).fetchall()]


def _of(order: UUID, one: ParcelHandedOver) -> Parcel:
    code = courier_code(one.carrier)
    return Parcel(one.parcel, order, one.carrier, code, one.number, one.movement, one.at, NOWHERE)


def _row(made: Parcel, *, by: str, at: datetime) -> dict[str, Any]:
    return {
        **_at(made),
        "of_order": made.order,
        "carrier": made.carrier,
        "courier": made.courier,
        "waybill": made.waybill,
        "movement": made.movement,
        "handed_over_at": made.handed_over_at,
        "question_at": at if made.is_asked_for else None,
        "tries": 0,
        "subscribed_by": "",
        "created_at": at,
        "created_by": by,
    }


def _at(made: Parcel) -> dict[str, Any]:
    at = made.at
    return {
        "id": made.identifier,
        "state": int(at.state),
        "since": at.since,
        "signed_at": at.signed_at,
        "signed_by": at.signed_by and int(at.signed_by),
        "last_at": at.last_at,
        "revision": made.revision,
    }


def _event_row(parcel: UUID, event: Tracked, report: Report, now: datetime) -> dict[str, Any]:
    return {
        "parcel": parcel,
        "at": event.at,
        "text": event.text,
        "state": int(event.state or 0),
        "place": event.place,
        "code": event.code,
        "signed_by": int(event.signed_by or 0),
        "source": report.source,
        "actor": report.actor,
        "reason": report.reason,
        "heard_at": now,
    }


def as_parcel(row: Any) -> Parcel:
    """A row of `parcels`."""
    signed_by = SignedBy(row.signed_by) if row.signed_by else None
    at = Whereabouts(State(row.state), row.since, row.signed_at, signed_by, row.last_at)
    of = (row.id, row.of_order, row.carrier, row.courier, row.waybill, row.movement, row.handed_over_at)
    return Parcel(*of, at, row.revision)


def _tracked(row: Any) -> Tracked:
    state = State(row.state) if row.state else None
    return Tracked(row.at, row.text, state, row.place, row.code, SignedBy(row.signed_by) if row.signed_by else None)


def _within(reach: Reach, day: date) -> sa.Select[Any]:
    return sa.select(parcels).join(orders, orders.c.id == parcels.c.of_order).where(reached(reach, day))


def _named(waybills: Iterable[str]) -> sa.ColumnElement[bool]:
    wanted = sorted({one.upper() for one in waybills})
    return sa.func.upper(parcels.c.waybill) == sa.any_(sa.bindparam("waybills", wanted, pg.ARRAY(sa.Text)))


def _any(column: sa.Column[Any], wanted: Collection[UUID]) -> sa.ColumnElement[bool]:
    return column == sa.any_(sa.bindparam("wanted", [*wanted], pg.ARRAY(sa.Uuid)))
