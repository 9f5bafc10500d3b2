"""Goods as inventory tells of them: written from its feed, and found for the lines of orders in one round trip."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.array_texts import text_array
from bylaw_chassis.conversation import Row, Said
from bylaw_chassis.organisation.writing import uuids
from bylaw_chassis.queries import Query, ask

from bylaw_orders.rules.goods.known import (
    AskedGoods,
    ItemFacts,
    KnownGoods,
    ListingFacts,
    Price,
    PriceChangeFacts,
    WarehouseFacts,
    barcode_key,
    code_key,
)
from bylaw_orders.store.goods_tables import (
    known_barcodes,
    known_items,
    known_listings,
    known_prices,
    known_warehouses,
)

GOODS = (known_items, known_barcodes)
# An array comes as a subquery, of which the planner knows as little each time: so one plan serves every call. A code is
# looked for first: a company may have codes that look like barcodes.
_KNOWN = """
    select asked.place, goods.item, goods.code, goods.title, goods.unit, goods.fraction_digits,
        exists (
            select from known_listings as offered
            where offered.item = goods.item and offered.channel = asked.channel and offered.listed_at <= asked.at
                and (offered.ended_at is null or offered.ended_at > asked.at)
        ),
        price.minor_units, price.currency, price.since
    from unnest(
        (select %(channels)s::text[]), (select %(codes)s::text[]), (select %(barcodes)s::text[]),
        (select %(instants)s::timestamptz[])
    ) with ordinality as asked (channel, code, gtin, at, place)
    cross join lateral (
        select coalesce(
            (select item from known_items where code_key = asked.code order by item limit 1),
            (select item from known_barcodes where gtin = asked.gtin order by item limit 1)
        ) as item
    ) as found
    join known_items as goods on goods.item = found.item
    left join lateral (
        select minor_units, currency, since from known_prices as agreed
        where agreed.item = goods.item and agreed.channel = asked.channel and agreed.since <= asked.at
        order by agreed.since desc limit 1
    ) as price on true
"""


def known(connection: sa.Connection, channel: str, codes: Collection[str], at: datetime) -> dict[str, KnownGoods]:
    """Goods of an order by the codes as they were asked for; what is not known is left out."""
    wanted = list(dict.fromkeys(codes))
    found = ask(connection, known_each([AskedGoods(channel, code, at) for code in wanted]))
    return {code: goods for code, goods in zip(wanted, found, strict=True) if goods}


def known_each(asked: Sequence[AskedGoods]) -> Query[list[KnownGoods | None]]:
    """Goods of many orders, in the order in which they are asked for."""
    said = {
        "channels": text_array(one.channel for one in asked),
        "codes": text_array(code_key(one.code) for one in asked),
        "barcodes": text_array(barcode_key(one.code) for one in asked),
        "instants": text_array(one.at.isoformat() for one in asked),
    }
    return Query(Said(_KNOWN, said), partial(_known_each, len(asked)))


def _known_each(asked: int, rows: Iterable[Row]) -> list[KnownGoods | None]:
    found: list[KnownGoods | None] = [None] * asked
    for place, *of_item, minor_units, currency, since in rows:
        item, code, title, unit, fraction_digits, listed = of_item
        price = None if since is None else Price(minor_units, currency, since)
        found[place - 1] = KnownGoods(item, code, title, unit, fraction_digits, listed, price)
    return found


def warehouses(connection: sa.Connection, wanted: Collection[UUID]) -> Mapping[UUID, WarehouseFacts]:
    """The warehouses of these that are known."""
    query = sa.select(known_warehouses).where(known_warehouses.c.warehouse == sa.any_(uuids(wanted)))
    return {row.warehouse: WarehouseFacts(*row) for row in connection.execute(query)}


def write_items(connection: sa.Connection, told: Iterable[ItemFacts]) -> None:
    """Items with their barcodes; of one that is told several times the last counts."""
    last = {one.item: one for one in told}
    for table in GOODS:
        _forget(connection, table.c.item, last)
    rows = [one._asdict() | {"code_key": code_key(one.code)} for one in last.values()]
    _insert(connection, known_items, [{name: row[name] for name in row if name != "barcodes"} for row in rows])
    barcodes = [{"gtin": gtin, "item": one.item} for one in last.values() for gtin in one.barcodes]
    _insert(connection, known_barcodes, barcodes)


def write_listings(connection: sa.Connection, told: Iterable[ListingFacts]) -> None:
    """Periods in which items are listed; of one that is told several times the last counts."""
    last = {one.listing: one for one in told}
    _forget(connection, known_listings.c.listing, last)
    _insert(connection, known_listings, [one._asdict() for one in last.values()])


def write_prices(connection: sa.Connection, told: Iterable[PriceChangeFacts]) -> None:
    """The prices of changes; of a change that is told several times the last counts."""
    last = {one.change: one for one in told}
    _forget(connection, known_prices.c.change, last)
    rows = [{"change": one.change, **price._asdict()} for one in last.values() for price in one.prices]
    _insert(connection, known_prices, rows)


def write_warehouses(connection: sa.Connection, told: Iterable[WarehouseFacts]) -> None:
    """Warehouses; of one that is told several times the last counts."""
    last = {one.warehouse: one for one in told}
    _forget(connection, known_warehouses.c.warehouse, last)
    _insert(connection, known_warehouses, [one._asdict() for one in last.values()])


def _forget(connection: sa.Connection, column: sa.Column[Any], wanted: Collection[UUID]) -> None:
    connection.execute(sa.delete(column.table).where(column == sa.any_(uuids(wanted))))


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)
