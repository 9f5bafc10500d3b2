"""What the doctor examines of what orders knows of inventory: goods equal to what its feed tells, stock heard of."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw.inventory.v1 import feed_pb2
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding, Words
from bylaw_chassis.organisation.place import Place, read_place
from bylaw_chassis.tables import feed, feed_state

from bylaw_orders.messages.goods import item_facts, listing_facts, price_change_facts, told_id, warehouse_facts
from bylaw_orders.rules.goods.known import ItemFacts, ListingFacts, PriceChangeFacts, WarehouseFacts, code_key
from bylaw_orders.store.goods_tables import (
    heard_stock,
    known_barcodes,
    known_items,
    known_listings,
    known_prices,
    known_warehouses,
)

GOODS, HEARD = "goods", "heard stock"
AGE, DELAY = timedelta(seconds=60), timedelta(minutes=5)
GOODS_CURE = Words(
    "若持续如此：请停止服务，在订单服务的 cursors 表中删除 inventory 一行再启动，商品即从头重读；"
    "已出库的订单不受影响。",
    "If it stays so: stop the service, delete the row `inventory` of its `cursors` and start; goods are read anew from"
    " the beginning, and what has left for orders stays as it is.",
)
HEARD_CURE = Words(
    "请查看日志中 stock_not_heard 的原因；排除后会自动重试，同一预留的后续事项随之继续。",
    "See why in the log under stock_not_heard; once that is cured it is tried again, and what waits behind it goes on.",
)
Row = tuple[Any, ...]
TABLES = (known_items, known_barcodes, known_listings, known_prices, known_warehouses)


class _Told(NamedTuple):
    """Inventory's feed as it stands: how far it goes, and what of it is of goods, by place."""

    last_position: int
    events: list[tuple[int, str, Any]]

    def until(self, position: int) -> set[Row]:
        """The rows that events up to a place come to: of a thing the newest counts."""
        last = {(kind, event.name): (kind, event) for place, kind, event in self.events if place <= position}
        return {row for kind, event in last.values() for row in ROWS[kind](event)}

    def changed_after(self, position: int) -> set[UUID]:
        """What events behind a place are about: it may be known here or not yet."""
        return {told_id(event.name) for place, _, event in self.events if place > position}


def goods_check(inventory: Database) -> tuple[str, Check]:
    """The check and its name; `inventory` is the neighbour's database, read only to compare with its feed."""

    def check(connection: sa.Connection, examined: Examined) -> Finding:
        seen, told = read_place(connection, "inventory"), _told(inventory)
        position = int(seen.cursor.split(".")[1]) if seen.cursor else 0
        beyond = told.changed_after(position)
        differing = [row for row in told.until(position) ^ _kept(connection) if row[1] not in beyond]
        return _finding(seen, told.last_position - position, len(differing), examined)

    return GOODS, check


def heard_check(connection: sa.Connection, examined: Examined) -> Finding:
    """No effect of what was heard has failed, and where the service runs none has waited for five minutes."""
    columns = heard_stock.c
    failing, late = columns.last_error != "", columns.happened_at < examined.database.clock() - DELAY
    faulty = sa.or_(failing, late) if examined.running else failing
    query = sa.select(columns.id, columns.reservation, columns.last_error).where(columns.applied_at.is_(None), faulty)
    found = connection.execute(query.order_by(columns.id).limit(5)).all()
    shown = ", ".join(f"{row.id} stockReservations/{row.reservation} {row.last_error}".strip() for row in found)
    seen = Words(shown or "均已生效。", shown or "all has had its effect.")
    return Finding(HEARD, holds=not found, seen=seen, cure=HEARD_CURE)


def _finding(seen: Place, lag: int, differing: int, examined: Examined) -> Finding:
    age = seen.age(examined.database.clock())
    late = examined.running and (age is None or age > AGE)
    seconds = int(age.total_seconds()) if age is not None else "-"
    return Finding(
        GOODS,
        not differing and not late,
        Words(
            f"库存事件流落后 {lag} 条，{seconds} 秒前读到末尾；与事件流不符 {differing} 处。",
            f"{lag} behind inventory's feed, whose end was read {seconds} s ago; {differing} rows differ from those"
            " rebuilt from it.",
        ),
        GOODS_CURE,
    )


def _told(inventory: Database) -> _Told:
    columns = feed.c
    query = sa.select(columns.position, columns.kind, columns.payload).where(columns.kind.in_([*ROWS]))
    with inventory.read() as connection:
        last = connection.execute(sa.select(feed_state.c.last_position)).scalar_one()
        rows = connection.execute(query.order_by(columns.position)).all()
    parsed = ((row.position, row.kind, feed_pb2.Event.FromString(row.payload)) for row in rows)
    return _Told(last, [(place, kind, getattr(event, kind)) for place, kind, event in parsed])


def _of_item(event: Any) -> Iterable[Row]:
    told: ItemFacts = item_facts(event)
    yield ("known_items", told.item, told.code, code_key(told.code), told.title, told.unit, told.fraction_digits)
    for gtin in told.barcodes:
        yield ("known_barcodes", told.item, gtin)


def _of_listing(event: Any) -> Iterable[Row]:
    told: ListingFacts = listing_facts(event)
    yield ("known_listings", *told)


def _of_price_change(event: Any) -> Iterable[Row]:
    told: PriceChangeFacts = price_change_facts(event)
    for price in told.prices:
        yield ("known_prices", told.change, *price)


def _of_warehouse(event: Any) -> Iterable[Row]:
    told: WarehouseFacts = warehouse_facts(event)
    yield ("known_warehouses", *told)


ROWS: dict[str, Callable[[Any], Iterable[Row]]] = {
    "item_changed": _of_item,
    "listing_changed": _of_listing,
    "price_change_changed": _of_price_change,
    "warehouse_changed": _of_warehouse,
}
"""The rows that an event comes to, each behind its table and what it is about."""


def _kept(connection: sa.Connection) -> set[Row]:
    """The rows as they are; a barcode stands behind its item."""
    found = {
        (table.name, *row)
        for table in TABLES
        if table is not known_barcodes
        for row in connection.execute(table.select())
    }
    barcodes = connection.execute(sa.select(known_barcodes.c.item, known_barcodes.c.gtin))
    return found | {(known_barcodes.name, *row) for row in barcodes}
