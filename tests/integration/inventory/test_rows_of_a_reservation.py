"""What the benchmark compares with writes the same rows as a reservation does, table by table."""

import random
from collections import Counter
from typing import Any

import psycopg
from bylaw.inventory.v1 import reservations_pb2_grpc
from psycopg import sql

from benchmarks.inventory_reserve import limit_of, request_of
from benchmarks.stock_world import StockWorld, shop, stock_world

OURS = {"request_keys": 1, "outbox": 1, "audit": 1, "entries": 3, "reservations": 1, "reservation_lines": 3}


TABLES = "select relname from pg_class where relkind = 'r' and relnamespace = 'inventory'::regnamespace"
BALANCES = "select sum(reserved), sum(entries) from balances"


def told(world: StockWorld, statement: sql.SQL | sql.Composed) -> list[Any]:
    """What the database answers."""
    with psycopg.connect(world.psql, options="-csearch_path=inventory") as connection:
        return connection.execute(statement).fetchall()


def rows(world: StockWorld) -> Counter[str]:
    """How many there are in each table of the service."""
    count = sql.SQL("select count(*) from {}")
    names = [name for (name,) in told(world, sql.SQL(TABLES))]
    return Counter({name: told(world, count.format(sql.Identifier(name)))[0][0] for name in names})


def test_pgbench_writes_the_same_rows_as_a_reservation_of_three_lines() -> None:
    with stock_world(9) as world, limit_of(world) as limit:
        own = shop(world)
        begun = rows(world)
        stub = reservations_pb2_grpc.ReservationsStub(own.channel)
        stub.CreateStockReservation(request_of(world, random.Random(1)), metadata=own.metadata)  # noqa: S311
        made = rows(world) - begun
        own.database.close()
        limit.run("-c", "1", "-t", "1")
        by_pgbench = rows(world) - begun - made
        balances = told(world, sql.SQL(BALANCES))
    assert dict(made) == OURS
    assert by_pgbench == made
    assert balances == [(6, 6)]
