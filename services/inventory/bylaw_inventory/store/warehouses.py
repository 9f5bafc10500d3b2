"""Warehouses and places, within a caller's reach (SEC-1)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.organisation.reach import reached_units
from bylaw_chassis.organisation.tables import sites
from bylaw_chassis.queries import text_of
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.goods.place import WITHIN, Place, PlaceKind, Warehouse
from bylaw_inventory.store.tables import places, warehouses

WITHIN_THE_DOOR = [int(kind) for kind in WITHIN]

# The zone of the site as of a day; before its first day as at first, after its last as at last.
_DAY = sa.bindparam("day", type_=sa.Date)
_ZONE = (
    sa.select(sites.c.time_zone)
    .where(sites.c.site == warehouses.c.site)
    .order_by((sites.c.first_day <= _DAY).desc(), sa.func.abs(sites.c.first_day - _DAY))
    .limit(1)
    .scalar_subquery()
    .label("time_zone")
)
_SHOWN = sa.select(warehouses, _ZONE)
_HOUSE = sa.select(warehouses.c.id, _ZONE).where(warehouses.c.id == sa.bindparam("warehouse"))


def add(connection: sa.Connection, made: Warehouse) -> bool:
    """Opens a warehouse; says no where its code is another's."""
    row = {
        "id": made.identifier,
        "code": made.code,
        "title_zh": made.title[0],
        "title_en": made.title[1],
        "site": made.site,
        "unit": made.unit,
        "created_at": made.created_at,
    }
    done = pg.insert(warehouses).values(row).on_conflict_do_nothing().returning(warehouses.c.id)
    return connection.execute(done).first() is not None


def add_places(connection: sa.Connection, made: Sequence[Place]) -> bool:
    """Makes places; says no where a code is another's in the same warehouse."""
    rows = [{"id": one.identifier, "warehouse": one.warehouse, "code": one.code, "kind": int(one.kind)} for one in made]
    done = pg.insert(places).values(rows).on_conflict_do_nothing().returning(places.c.id)
    return len(connection.execute(done).all()) == len(rows)


def find(connection: sa.Connection, identifier: UUID, reach: Reach, day: date) -> Warehouse | None:
    """A warehouse that a unit within reach keeps."""
    query = _SHOWN.where(warehouses.c.id == identifier, _within(reach, day))
    row = connection.execute(query, {"day": day}).one_or_none()
    return _warehouse(row) if row else None


def listed(
    connection: sa.Connection, reach: Reach, day: date, *, page: tuple[tuple[str, UUID] | None, int]
) -> list[Warehouse]:
    """The warehouses within reach by code, behind a place."""
    after, limit = page
    order = sa.func.lower(warehouses.c.code), warehouses.c.id
    query = _SHOWN.where(_within(reach, day)).order_by(*order).limit(limit)
    if after:
        query = query.where(sa.tuple_(*order) > behind(*after))
    return [_warehouse(row) for row in connection.execute(query, {"day": day})]


def places_of(connection: sa.Connection, warehouse: UUID, wanted: Collection[UUID] | None = None) -> dict[UUID, Place]:
    """Every place of a warehouse by id, or those of these that are its own: a house may have ten thousand bins."""
    query = sa.select(places).where(places.c.warehouse == warehouse)
    if wanted is not None:
        query = query.where(places.c.id == sa.any_(sa.bindparam("wanted", [*wanted], pg.ARRAY(sa.Uuid))))
    return {row.id: _place(row) for row in connection.execute(query)}


def places_of_kinds(connection: sa.Connection, warehouse: UUID, kinds: Collection[PlaceKind]) -> dict[UUID, Place]:
    """The places of a warehouse that are for these, by id."""
    query = sa.select(places).where(places.c.warehouse == warehouse, places.c.kind.in_([int(kind) for kind in kinds]))
    return {row.id: _place(row) for row in connection.execute(query)}


def places_listed(
    connection: sa.Connection, warehouse: UUID, *, page: tuple[tuple[str, UUID] | None, int]
) -> list[Place]:
    """A warehouse's places by code, behind a place of the list."""
    after, limit = page
    order = sa.func.lower(places.c.code), places.c.id
    query = sa.select(places).where(places.c.warehouse == warehouse).order_by(*order).limit(limit)
    if after:
        query = query.where(sa.tuple_(*order) > behind(*after))
    return [_place(row) for row in connection.execute(query)]


def behind(text: str, identifier: UUID) -> sa.Tuple:
    """The place in a list by a text and an id, as the database orders it: it folds case by rules of its own."""
    return sa.tuple_(sa.func.lower(text), identifier)


def reached(reach: Reach, day: date) -> sa.Select[tuple[UUID]]:
    """The ids of the warehouses within reach, for the statements of others."""
    return sa.select(warehouses.c.id).where(_within(reach, day))


def house_within(reach: Reach, warehouse: UUID, day: date) -> tuple[str, dict[str, object]]:
    """The id and the zone of a warehouse within reach, as a part of another statement; and what it says."""
    asked = {"warehouse": warehouse, "day": day}
    text, said = _house_anywhere() if reach.everyone else text_of(_HOUSE.where(_within(reach, day)), **asked)
    return text, {**said, **asked}


@cache
def _house_anywhere() -> tuple[str, Mapping[str, object]]:
    return text_of(_HOUSE, warehouse=None, day=None)


def _within(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    return sa.true() if reach.everyone else warehouses.c.unit.in_(reached_units(reach, day))


def _warehouse(row: Any) -> Warehouse:
    return Warehouse(row.id, row.code, (row.title_zh, row.title_en), row.site, row.unit, row.created_at, row.time_zone)


def _place(row: Any) -> Place:
    return Place(row.id, row.warehouse, row.code, PlaceKind(row.kind), row.frozen_by)
