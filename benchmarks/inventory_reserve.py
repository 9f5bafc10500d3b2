"""Reserving three lines beside pgbench writing the same rows: one client, four threads, two processes."""

import multiprocessing
import random
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from bylaw.inventory.v1 import reservations_pb2 as messages
from bylaw.inventory.v1 import reservations_pb2_grpc
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.values import new_id

from benchmarks.stock_world import Shop, StockWorld, shop, stock_world
from benchmarks.stock_world.limit import Limit, limit_with

ITEMS, SLICE_SECONDS, ROUNDS = 9_999, 4, 5
GOALS = {"one client": ">= 0.8", "four threads": ">= 0.4", "two processes": ">= 0.5"}

# The rows that a reservation of three lines writes, batched: a test counts that they are ours.
SCRIPT = """
\\set first random(1, {third})
\\set second random({third} + 1, 2 * {third})
\\set last random(2 * {third} + 1, 3 * {third})
\\set key random(1, 1000000000000000)
begin;
insert into request_keys (caller, method, key, digest, created_at)
    values ('people/a', '/m', :client_id || '-' || :key, decode(repeat('ab', 32), 'hex'), now());
with moved as (
    update balances set reserved = reserved + 1, entries = entries + 1, head = sha256(head)
    from bench_goods where balances.id = bench_goods.balance
        and bench_goods.number in (:first, :second, :last) and on_hand - reserved >= 1
    returning balances.id, balances.item, balances.entries, balances.head
), made as (
    insert into reservations values (
        gen_random_uuid(), '{warehouse}', 'an order', false, 30, 1, now(), 'people/a', now(), null) returning id
), lines as (
    insert into reservation_lines select made.id, moved.item, 0, 1, 1, 0 from made, moved
)
insert into entries select moved.id, moved.entries, 0, 1, null, made.id, current_date, now(), moved.head, moved.head
    from moved, made;
insert into outbox (kind, key, payload, occurred_at)
    values ('reservation_changed', :key, decode(repeat('ab', 100), 'hex'), now());
insert into audit (recorded_at, actor, session, on_behalf_of, method, targets, fields, sources, scopes, address,
    trace_id, reason, clause, dropped, digest)
    values (now(), 'people/a', '', '', '/m', array['stockReservations/a'], array['a', 'b'], array['grants/1'],
        array['company'], '', 'a', '', '', 0, repeat('ab', 32));
update request_keys set answer = decode(repeat('ab', 400), 'hex')
    where caller = 'people/a' and method = '/m' and key = :client_id || '-' || :key;
end;
"""


def measure() -> list[dict[str, Any]]:
    """Slices of both sides in turns; the ratio of the medians of reservations a second."""
    with stock_world(ITEMS) as world, limit_of(world) as limit:
        own = shop(world)
        sides = {
            "one client": (lambda: limit.rate(1, SLICE_SECONDS), lambda: threads_rate(own, world, 1)),
            "four threads": (lambda: limit.rate(4, SLICE_SECONDS), lambda: threads_rate(own, world, 4)),
            "two processes": (lambda: limit.rate(4, SLICE_SECONDS), lambda: _processes_rate(world)),
        }
        results = [_result(name, *side) for name, side in sides.items()]
        own.database.close()
    return results


@contextmanager
def limit_of(world: StockWorld) -> Iterator[Limit]:
    """Pgbench with the script for this world's goods."""
    _number_goods(world)
    script = SCRIPT.format(third=len(world.goods) // 3, warehouse=world.warehouse)
    with limit_with(script, world.psql, "inventory") as limit:
        yield limit


def _result(name: str, limit: Callable[[], float], ours: Callable[[], float]) -> dict[str, Any]:
    turns = [(limit(), ours()) for _ in range(ROUNDS)]
    theirs, own = (statistics.median(turn[side] for turn in turns) for side in (0, 1))
    return {
        "name": f"Reserving three lines, {name}, to pgbench with the same rows",
        "ratio": round(own / theirs, 2),
        "goal": GOALS[name],
        "unit": "of its transactions a second",
        "detail": f"{own:.0f} a second, {theirs:.0f} by pgbench, batched; fsync on, slices in turns",
    }


def threads_rate(own: Shop, world: StockWorld, threads: int) -> float:
    """Reservations a second of so many threads of this process, through the stack of a call."""
    until = time.perf_counter() + SLICE_SECONDS
    with ThreadPoolExecutor(threads) as pool:
        began = time.perf_counter()
        made = sum(pool.map(lambda _: _reserve_until(own, world, until), range(threads)))
        return made / (time.perf_counter() - began)


def _reserve_until(own: Shop, world: StockWorld, until: float) -> int:
    stub, chance, made = reservations_pb2_grpc.ReservationsStub(own.channel), random.Random(), 0  # noqa: S311
    while time.perf_counter() < until:
        stub.CreateStockReservation(request_of(world, chance), metadata=own.metadata)
        made += 1
    return made


def request_of(world: StockWorld, chance: random.Random) -> messages.CreateStockReservationRequest:
    """Three different items, one of each third, as pgbench takes them."""
    third = len(world.goods) // 3
    lines = [
        messages.StockReservationLine(
            item=f"items/{world.goods[part * third + chance.randrange(third)]}", quantity=Quantity(value="1")
        )
        for part in range(3)
    ]
    wish = messages.StockReservation(
        name=f"stockReservations/{new_id()}", warehouse=f"warehouses/{world.warehouse}", purpose="an order", lines=lines
    )
    return messages.CreateStockReservationRequest(stock_reservation=wish, request_id=str(new_id()))


def _processes_rate(world: StockWorld) -> float:
    """The same of two processes with two threads each."""
    context = multiprocessing.get_context("spawn")
    ready, counts = context.Barrier(2), context.Queue()
    processes = [context.Process(target=_process, args=(world, ready, counts)) for _ in range(2)]
    for process in processes:
        process.start()
    rates: list[float] = [counts.get() for _ in processes]
    for process in processes:
        process.join()
    return sum(rates)


def _process(world: StockWorld, ready: Any, counts: Any) -> None:
    own = shop(world)
    stub = reservations_pb2_grpc.ReservationsStub(own.channel)
    stub.CreateStockReservation(request_of(world, random.Random()), metadata=own.metadata)  # noqa: S311 - warm
    ready.wait()
    counts.put(threads_rate(own, world, 2))
    own.database.close()


def _number_goods(world: StockWorld) -> None:
    """Goods by number in the order in which everybody locks them, and permission for all to read them."""
    with psycopg.connect(world.psql, options="-csearch_path=inventory") as connection:
        connection.execute("create table bench_goods (number int primary key, balance uuid)")
        connection.execute("insert into bench_goods select row_number() over (order by id), id from balances")
        # Of tables that are filled: a plan made from what is known of an empty one would stay while it grows.
        connection.execute("analyze items, balances, bench_goods")
