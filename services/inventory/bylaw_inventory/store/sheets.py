"""Sheets of items, their pictures, and the rules of categories (GDS-1)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.listing.sheet import (
    Attribute,
    CategoryRule,
    Picture,
    Sheet,
    SheetPart,
    SheetsWish,
    ShownSheet,
)
from bylaw_inventory.store import completeness
from bylaw_inventory.store.goods_tables import category_rules, item_pictures, item_sheets, listings
from bylaw_inventory.store.tables import items
from bylaw_inventory.store.warehouses import behind

_KEY = sa.func.hashtextextended("category rules", 0)
_READ = sa.select(sa.func.pg_advisory_xact_lock_shared(_KEY))
_SET = sa.select(sa.func.pg_advisory_xact_lock(_KEY))
_THERE = item_pictures.c.removed_at.is_(None)
_ORDER = (sa.func.lower(items.c.code), items.c.id)


def hold_rules(connection: sa.Connection, *, to_set: bool = False) -> None:
    """Until the transaction ends no rule changes; to set one, nothing is judged by them meanwhile."""
    connection.execute(_SET if to_set else _READ)


def lock_families(connection: sa.Connection, wanted: Collection[UUID]) -> None:
    """Locks items and the items that they are variants of, each time in the order of their ids.

    What a variant shows is changed and judged under its parent's lock: looked up again until no parent is left out.
    """
    locked, missing = set[UUID](), set(wanted)
    own = sa.select(item_sheets.c.variant_of).where(
        item_sheets.c.item.in_(list(wanted)), item_sheets.c.variant_of.is_not(None)
    )
    while missing := (missing | set(connection.execute(own).scalars())) - locked:
        query = sa.select(items.c.id).where(items.c.id.in_(list(missing))).order_by(items.c.id)
        connection.execute(query.with_for_update(key_share=True))
        locked |= missing


def find(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, Sheet]:
    """What was written on sheets, by item; nothing of those on which nothing was."""
    rows = connection.execute(sa.select(item_sheets).where(item_sheets.c.item.in_(list(wanted))))
    return {row.item: _sheet(row) for row in rows}


def variants(connection: sa.Connection, parent: UUID) -> list[Sheet]:
    """The sheets of an item's variants."""
    rows = connection.execute(sa.select(item_sheets).where(item_sheets.c.variant_of == parent))
    return [_sheet(row) for row in rows]


def write(connection: sa.Connection, made: Sheet) -> None:
    """Writes a sheet."""
    write_many(connection, [made])


def write_many(connection: sa.Connection, made: Sequence[Sheet]) -> None:
    """Writes sheets."""
    inserted = pg.insert(item_sheets)
    changed = {name: inserted.excluded[name] for name in _row(made[0])}
    connection.execute(
        inserted.on_conflict_do_update(index_elements=["item"], set_=changed), [_row(one) for one in made]
    )


def shown(connection: sa.Connection, wanted: Collection[UUID], now: datetime, *, channel: str) -> list[ShownSheet]:
    """The sheets of items, with what is missing to be listed on a channel; an empty one: on any."""
    query = _shown(sa.literal(channel) if channel else None, now).where(items.c.id.in_(list(wanted)))
    return _with_pictures(connection, query)


def listed(
    connection: sa.Connection, wish: SheetsWish, now: datetime, *, page: tuple[tuple[str, UUID] | None, int]
) -> list[ShownSheet]:
    """Sheets by the item's code, behind a place."""
    after, limit = page
    channel = sa.literal(wish.channel) if wish.channel else None
    query = _wished(_shown(channel, now), wish, channel, now).limit(limit)
    return _with_pictures(connection, query.where(sa.tuple_(*_ORDER) > behind(*after)) if after else query)


def _shown(channel: sa.ColumnElement[str] | None, now: datetime) -> sa.Select[Any]:
    found = sa.select(items.c.id, items.c.code, item_sheets, *completeness.columns(channel, now), _channels())
    return found.select_from(completeness.JOINED).order_by(*_ORDER)


def _with_pictures(connection: sa.Connection, query: sa.Select[Any]) -> list[ShownSheet]:
    rows = connection.execute(query).all()
    own = _pictures_of(connection, [row.id for row in rows])
    return [
        ShownSheet(
            _sheet(row) if row.item else Sheet(row.id),
            row.code,
            tuple(own.get(row.id, ())),
            completeness.completeness(row).missing,
            tuple(row.channels or ()),
        )
        for row in rows
    ]


def _wished(
    query: sa.Select[Any], wish: SheetsWish, channel: sa.ColumnElement[str] | None, now: datetime
) -> sa.Select[Any]:
    if wish.incomplete:
        query = query.where(completeness.is_incomplete(channel, now))
    if wish.category:
        query = query.where(sa.func.lower(items.c.category) == sa.func.lower(wish.category))
    if wish.variant_of:
        query = query.where(item_sheets.c.variant_of == wish.variant_of)
    return query


def _channels() -> Any:
    found = sa.select(sa.func.array_agg(pg.aggregate_order_by(listings.c.channel, listings.c.channel)))
    own = found.where(listings.c.item == items.c.id, listings.c.ended_at.is_(None))
    return own.scalar_subquery().label("channels")


def add_picture(connection: sa.Connection, made: Picture) -> None:
    """Puts a picture on record."""
    row = {
        "id": made.identifier,
        "item": made.item,
        "content_type": made.content_type,
        "digest": made.digest,
        "size_bytes": made.size_bytes,
        "added_at": made.added_at,
    }
    connection.execute(item_pictures.insert().values(row))


def pictures(connection: sa.Connection, item: UUID) -> Sequence[Picture]:
    """An item's own pictures, in the order in which they came."""
    return _pictures_of(connection, [item]).get(item, [])


def picture(connection: sa.Connection, identifier: UUID) -> Picture | None:
    """A picture that was not taken off."""
    row = connection.execute(sa.select(item_pictures).where(item_pictures.c.id == identifier, _THERE)).one_or_none()
    return _picture(row) if row else None


def remove_picture(connection: sa.Connection, identifier: UUID, now: datetime) -> bool:
    """Takes a picture off; says no where it is off already."""
    gone = item_pictures.update().where(item_pictures.c.id == identifier, _THERE).values(removed_at=now)
    return connection.execute(gone).rowcount > 0


def pictures_there(connection: sa.Connection, ids: Collection[UUID]) -> set[UUID]:
    """Which of these are pictures that were not taken off."""
    query = sa.select(item_pictures.c.id).where(item_pictures.c.id.in_(list(ids)), _THERE)
    return set(connection.execute(query).scalars())


def set_rule(connection: sa.Connection, made: CategoryRule) -> CategoryRule:
    """Sets what a category asks for; the rule that was set before keeps its identifier."""
    row = {
        "id": made.identifier,
        "category": made.category,
        "parts": [int(part) for part in made.parts],
        "attributes": list(made.attributes),
        "set_at": made.set_at,
        "set_by": made.set_by,
    }
    changed = {name: value for name, value in row.items() if name != "id"}
    inserted = pg.insert(category_rules).values(row)
    done = inserted.on_conflict_do_update(index_elements=[sa.text("lower(category)")], set_=changed)
    return _rule(connection.execute(done.returning(category_rules)).one())


def rules_listed(connection: sa.Connection, *, page: tuple[tuple[str, UUID] | None, int]) -> list[CategoryRule]:
    """The rules by category, behind a place."""
    after, limit = page
    order = (sa.func.lower(category_rules.c.category), category_rules.c.id)
    query = sa.select(category_rules).order_by(*order).limit(limit)
    if after:
        query = query.where(sa.tuple_(*order) > behind(*after))
    return [_rule(row) for row in connection.execute(query)]


def _pictures_of(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, list[Picture]]:
    query = sa.select(item_pictures).where(item_pictures.c.item.in_(list(wanted)), _THERE)
    found: dict[UUID, list[Picture]] = {}
    for row in connection.execute(query.order_by(item_pictures.c.id)):
        found.setdefault(row.item, []).append(_picture(row))
    return found


def _row(made: Sheet) -> dict[str, Any]:
    return {
        "item": made.item,
        "description_zh": made.description[0],
        "description_en": made.description[1],
        "attributes": [list(one) for one in made.attributes],
        "variant_of": made.variant_of,
        "options": [list(one) for one in made.options],
        "revision": made.revision,
    }


def _sheet(row: Any) -> Sheet:
    attributes, options = (tuple(Attribute(*one) for one in told) for told in (row.attributes, row.options))
    description = (row.description_zh, row.description_en)
    return Sheet(row.item, description, attributes, row.variant_of, options, row.revision)


def _picture(row: Any) -> Picture:
    return Picture(row.id, row.item, row.content_type, bytes(row.digest), row.size_bytes, row.added_at)


def _rule(row: Any) -> CategoryRule:
    parts = tuple(SheetPart(number) for number in row.parts)
    return CategoryRule(row.id, row.category, parts, tuple(row.attributes), row.set_at, row.set_by)
