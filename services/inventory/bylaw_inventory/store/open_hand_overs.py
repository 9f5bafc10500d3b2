"""What is on its way to carriers and not wholly handed over, the oldest first (WHS-12)."""

from typing import Any

import sqlalchemy as sa

from bylaw_inventory.rules.goods.place import PlaceKind
from bylaw_inventory.rules.parcels.open_hand_over import OpenHandOver, OpenWish, Since, Stage
from bylaw_inventory.rules.reserving.reservation import LIVE
from bylaw_inventory.store.pack_checks import COLUMNS as CHECK
from bylaw_inventory.store.pack_checks import COUNTED
from bylaw_inventory.store.packed_issues import standing
from bylaw_inventory.store.parcels_tables import parcel_receipts, parcels
from bylaw_inventory.store.tables import movement_lines, movements, places, reservations

MOVED = movements.c
_NUMBERS = (
    sa.select(sa.func.string_agg(sa.column("paper", sa.dialects.postgresql.JSONB)["number"].astext, ", "))
    .select_from(sa.func.jsonb_array_elements(MOVED.papers).alias("paper"))
    .scalar_subquery()
)


def listed(connection: sa.Connection, wish: OpenWish, *, page: tuple[Since | None, int]) -> list[OpenHandOver]:
    """What is open of a warehouse, behind a place of the list."""
    after, limit = page
    every = {Stage.PACKED: _packed(wish), Stage.ISSUED: _issued(wish), Stage.RECEIPT_LACKING: _lacking(wish)}
    parts = [part for stage, part in every.items() if wish.stage in {None, stage}]
    both = sa.union_all(*parts).subquery()
    order = (both.c.since, both.c.id)
    query = sa.select(both).order_by(*order).limit(limit)
    if wish.begun:
        query = query.where(both.c.since >= wish.begun)
    if after:
        query = query.where(sa.tuple_(*order) > after)
    return [_found(row) for row in connection.execute(query)]


def _packed(wish: OpenWish) -> sa.Select[Any]:
    """Checks of reservations that hold still, of which nothing was issued since they were begun."""
    issued = sa.select(MOVED.id).where(
        MOVED.reservation == CHECK.reservation, MOVED.posted_at >= CHECK.started_at, standing()
    )
    held, live = reservations.c, [int(state) for state in LIVE]
    return (
        _columns(Stage.PACKED, CHECK.ended_at, CHECK.id, sa.null(), CHECK.reservation, sa.literal(""), held.purpose)
        .join(reservations, held.id == CHECK.reservation)
        .where(CHECK.warehouse == wish.warehouse, CHECK.state.in_(COUNTED), held.state.in_(live), ~issued.exists())
    )


def _issued(wish: OpenWish) -> sa.Select[Any]:
    """Issues to a carrier that are in no parcel."""
    line = movement_lines.c
    to_carrier = sa.select(line.movement).join(places, places.c.id == line.to_place)
    to_carrier = to_carrier.where(line.movement == MOVED.id, places.c.kind == int(PlaceKind.CARRIER))
    handed = sa.select(parcels.c.id).where(parcels.c.movement == MOVED.id)
    packed_with = sa.select(parcels.c.id).where(parcels.c.more.contains(sa.dialects.postgresql.array([MOVED.id])))
    return _columns(
        Stage.ISSUED, MOVED.posted_at, MOVED.id, MOVED.id, MOVED.reservation, sa.literal(""), _NUMBERS
    ).where(MOVED.warehouse == wish.warehouse, standing(), to_carrier.exists(), ~handed.exists(), ~packed_with.exists())


def _lacking(wish: OpenWish) -> sa.Select[Any]:
    """Parcels without the carrier's receipt."""
    one, known = parcels.c, sa.select(parcel_receipts.c.parcel).where(parcel_receipts.c.parcel == parcels.c.id)
    return (
        _columns(Stage.RECEIPT_LACKING, one.handed_at, one.id, one.movement, MOVED.reservation, one.carrier, _NUMBERS)
        .join(movements, MOVED.id == one.movement)
        .where(one.warehouse == wish.warehouse, ~known.exists())
    )


def _columns(stage: Stage, *values: Any) -> sa.Select[Any]:
    names = ("since", "id", "movement", "reservation", "carrier", "reference")
    told = [value.label(name) for name, value in zip(names, values, strict=True)]
    return sa.select(sa.literal(int(stage)).label("stage"), *told)


def _found(row: Any) -> OpenHandOver:
    said = (row.movement, row.reservation, row.carrier, row.reference or "")
    return OpenHandOver(Stage(row.stage), row.since, row.id, *said)
