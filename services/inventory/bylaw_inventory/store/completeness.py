"""Which parts of an item's sheet a category asks for and which are there: one look at everything, for many (GDS-1)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.listing.sheet import FIVE, Completeness, SheetPart
from bylaw_inventory.store.goods_tables import category_rules, item_pictures, item_sheets, listings, prices
from bylaw_inventory.store.prices import standing
from bylaw_inventory.store.tables import items

PARENT = item_sheets.alias("parent")
_OWN, _GENERAL = category_rules.alias("own_rule"), category_rules.alias("general_rule")
_PARTS, _NAMES = pg.ARRAY(sa.SmallInteger), pg.ARRAY(sa.Text)
_FIVE = sa.literal([int(part) for part in FIVE], _PARTS)
_NO_NAMES = sa.literal([], _NAMES)

REQUIRED = sa.func.coalesce(_OWN.c.parts, _GENERAL.c.parts, _FIVE)
REQUIRED_ATTRIBUTES = sa.func.coalesce(_OWN.c.attributes, _GENERAL.c.attributes, _NO_NAMES)
JOINED = (
    items.outerjoin(item_sheets, item_sheets.c.item == items.c.id)
    .outerjoin(PARENT, PARENT.c.item == item_sheets.c.variant_of)
    .outerjoin(_OWN, sa.and_(items.c.category != "", sa.func.lower(_OWN.c.category) == sa.func.lower(items.c.category)))
    .outerjoin(_GENERAL, _GENERAL.c.category == "")
)
"""An item, its sheet, its parent's, the rule of its category and the general one."""


def present(channel: sa.ColumnElement[str] | None, now: datetime) -> sa.ColumnElement[Any]:
    """The parts that are there; a price on the channel where one is given, on any else."""
    priced = sa.exists().where(prices.c.item == items.c.id, prices.c.since <= now, standing())
    if channel is not None:
        priced = priced.where(prices.c.channel == channel)
    pictured = sa.exists().where(
        item_pictures.c.item.in_([items.c.id, item_sheets.c.variant_of]), item_pictures.c.removed_at.is_(None)
    )
    texts = [sheet.c[name] for sheet in (item_sheets, PARENT) for name in ("description_zh", "description_en")]
    there = {
        SheetPart.NAME: items.c.display_name != "",
        SheetPart.SPECIFICATION: items.c.specification != "",
        SheetPart.PRICE: priced,
        SheetPart.PICTURES: pictured,
        SheetPart.DESCRIPTION: sa.or_(*(sa.func.coalesce(text, "") != "" for text in texts)),
    }
    parts = [sa.case((condition, int(part)), else_=None) for part, condition in there.items()]
    return sa.func.array_remove(sa.cast(pg.array(parts), _PARTS), None, type_=_PARTS)


def attribute_names() -> sa.ColumnElement[Any]:
    """The names of its own attributes and its parent's."""
    both = sa.func.coalesce(item_sheets.c.attributes, sa.literal([], pg.JSONB)).op("||")(
        sa.func.coalesce(PARENT.c.attributes, sa.literal([], pg.JSONB))
    )
    told = sa.func.jsonb_array_elements(both).table_valued("value")
    return sa.func.array(sa.select(sa.cast(told.c.value, pg.JSONB).op("->>")(0)).scalar_subquery(), type_=_NAMES)


def columns(channel: sa.ColumnElement[str] | None, now: datetime) -> list[sa.ColumnElement[Any]]:
    """What `completeness` reads, over `JOINED`."""
    return [
        sa.func.coalesce(_OWN.c.category, "").label("rule_category"),
        REQUIRED.label("required"),
        present(channel, now).label("present"),
        REQUIRED_ATTRIBUTES.label("required_attributes"),
        attribute_names().label("attribute_names"),
    ]


def is_incomplete(channel: sa.ColumnElement[str] | None, now: datetime) -> sa.ColumnElement[bool]:
    """Whether `Completeness.missing` would name anything: the same two comparisons of sets, in the database."""
    parts = REQUIRED.op("<@")(present(channel, now))
    named = REQUIRED_ATTRIBUTES.op("<@")(attribute_names())
    return sa.not_(sa.and_(sa.cast(parts, sa.Boolean), sa.cast(named, sa.Boolean)))


def completeness(row: Any) -> Completeness:
    """A row with `columns`."""
    return Completeness(
        row.rule_category,
        frozenset(map(SheetPart, row.required)),
        frozenset(map(SheetPart, row.present)),
        tuple(row.required_attributes),
        frozenset(row.attribute_names),
    )


def of_items(
    connection: sa.Connection, wanted: Collection[UUID], *, channel: str, now: datetime
) -> dict[UUID, Completeness]:
    """Each item's, to be listed on a channel; an empty one: any."""
    named = sa.literal(channel) if channel else None
    query = sa.select(items.c.id, *columns(named, now)).select_from(JOINED).where(items.c.id.in_(list(wanted)))
    return {row.id: completeness(row) for row in connection.execute(query)}


def listed_incomplete(
    connection: sa.Connection, wanted: Collection[UUID] | None, now: datetime
) -> list[tuple[UUID, str, str, Completeness]]:
    """Open listings of incomplete items: the listing, its channel, the item's code, and what is there of it.

    Of these items and their variants; of all where none are named.
    """
    found = columns(listings.c.channel, now)
    query = (
        sa.select(listings.c.id, listings.c.channel, items.c.code, *found)
        .select_from(JOINED.join(listings, listings.c.item == items.c.id))
        .where(listings.c.ended_at.is_(None), is_incomplete(listings.c.channel, now))
        .order_by(items.c.code, listings.c.channel)
    )
    if wanted is not None:
        among = sa.cast(list(wanted), pg.ARRAY(pg.UUID(as_uuid=True)))
        query = query.where(sa.or_(items.c.id == sa.any_(among), item_sheets.c.variant_of == sa.any_(among)))
    return [(row.id, row.channel, row.code, completeness(row)) for row in connection.execute(query)]
