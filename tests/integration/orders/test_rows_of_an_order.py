"""What the benchmark compares with writes the same rows as placing an order does, table by table, in both services."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_cli.installation import libpq
from psycopg import sql

from benchmarks.orders_placing import limit_of
from tests.builders.orders import OrdersService, ordered
from tests.integration.orders.conftest import Stock
from tests.integration.orders.shops import shop_of

RESERVED = {"outbox": 1, "audit": 1, "entries": 3, "reservations": 1, "reservation_lines": 3}
PLACED = {
    "request_keys": 1,
    "outbox": 1,
    "audit": 1,
    "orders": 1,
    "order_lines": 3,
    "order_events": 3,
    "stock_claims": 1,
    "stock_claim_lines": 3,
    "customers": 1,
    "customer_keys": 1,
    "order_recipients": 1,
}
TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = to_regnamespace(%s)"


def rows(address: str, schema: str) -> Counter[str]:
    """How many there are in each table of a service."""
    with psycopg.connect(address) as connection:
        names = [name for (name,) in connection.execute(TABLES, (schema,)).fetchall()]
        count = sql.SQL("select count(*) from {}")
        return Counter(
            {name: connection.execute(count.format(sql.Identifier(schema, name))).fetchall()[0][0] for name in names}
        )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, with pgbench beside it."""
    postgres = EmbeddedPostgres(Path(tmp_path_factory.mktemp("limit")), fast=True)
    try:
        yield postgres.start()
    finally:
        postgres.stop()


def test_placing_three_lines_writes_these_rows(orders: OrdersService, stock: Stock) -> None:
    goods = [stock.item(f"ROWS-{number}", "5") for number in range(3)]
    shop = shop_of(orders, stock)
    addresses = {"inventory": orders.inventory.url, "orders": orders.url}
    begun = {schema: rows(libpq(url), schema) for schema, url in addresses.items()}
    made = shop.place("ROWS-1", *(ordered(item.code, "1") for item in goods))
    assert made.holds == []
    more = {schema: rows(libpq(url), schema) - begun[schema] for schema, url in addresses.items()}
    assert {schema: dict(found) for schema, found in more.items()} == {"inventory": RESERVED, "orders": PLACED}


def test_pgbench_writes_the_same_rows(empty: str) -> None:
    address = libpq(empty)
    with limit_of(empty, 9) as limit:
        before = rows(address, "inventory"), rows(address, "orders")
        limit.run("-c", "1", "-t", "1")
        assert dict(rows(address, "inventory") - before[0]) == RESERVED
        assert dict(rows(address, "orders") - before[1]) == PLACED
