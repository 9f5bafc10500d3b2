"""Placing a three-line order over REST, its goods reserved in inventory, beside pgbench with the same transactions."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from bylaw_chassis.migrate import migrate
from bylaw_orders.app import MIGRATIONS

from benchmarks.shop_world import shop_world
from benchmarks.shop_world.shop import rates
from benchmarks.stock_world import PASSWORD, filled
from benchmarks.stock_world.limit import Limit, limit_with

ITEMS, SLICE_SECONDS, ROUNDS, WARM_SECONDS = 300, 5, 5, 5
GOALS = {1: "-", 4: ">= 0.35"}
GOAL_A_SECOND = 250

# The rows of both transactions, batched: a test counts that they are ours.
GOODS = """
\\set first random(1, {third})
\\set second random({third} + 1, 2 * {third})
\\set last random(2 * {third} + 1, 3 * {third})
\\set key random(1, 1000000000000000)
"""
RESERVING = """
begin;
with moved as (
    update inventory.balances as kept set reserved = reserved + 1, entries = entries + 1, head = sha256(head)
    from inventory.bench_goods as goods where kept.id = goods.balance
        and goods.number in (:first, :second, :last) and on_hand - reserved >= 1
    returning kept.id, kept.item, kept.entries, kept.head
), made as (
    insert into inventory.reservations (
        id, warehouse, purpose, partial, hold_minutes, state, created_at, created_by, expires_at)
    select gen_random_uuid(), warehouse, 'orders/SHOP/B-' || :key, false, 30, 1, now(), 'services/orders', now()
    from inventory.bench_goods limit 1
    returning id
), lines as (
    insert into inventory.reservation_lines (reservation, item, place, wanted, reserved)
    select made.id, moved.item, row_number() over () - 1, 1, 1 from made, moved
)
insert into inventory.entries (balance, number, on_hand, reserved, reservation, day, at, previous, hash)
    select moved.id, moved.entries, 0, 1, made.id, current_date, now(), moved.head, moved.head from moved, made;
insert into inventory.outbox (kind, key, payload, occurred_at)
    values ('reservation_changed', :key, decode(repeat('ab', 300), 'hex'), now());
insert into inventory.audit (recorded_at, actor, session, on_behalf_of, method, targets, fields, sources, scopes,
    address, trace_id, reason, clause, dropped, digest)
    values (now(), 'services/orders', '', '', '/m', array['stockReservations/a'], array['a'], array['a'],
        array['company'], '', repeat('a', 32), '', '', 0, repeat('ab', 32));
end;
"""
PLACING = """
begin;
insert into orders.request_keys (caller, method, key, digest, created_at)
    values ('people/a', '/m', :client_id || '-' || :key, decode(repeat('ab', 32), 'hex'), now());
with placed as (
    insert into orders.orders (
        id, channel, number, kind, source_state, digest, placed_at, currency, shipping, discount, total, paid, refunded,
        promotion, payment, fulfilment, after_sales, holds, rounds, revision, created_at, created_by)
    select gen_random_uuid(), id, 'B-' || :client_id || '-' || :key, 1, 2, decode(repeat('ab', 32), 'hex'), now(),
        'CNY', 0, 0, 3000, 3000, 0, '', 3, 2, 1, 0, 1, 1, now(), 'people/a'
    from orders.channels limit 1 returning id
), lined as (
    insert into orders.order_lines
    select placed.id, line, 1, 'I0001', 'Goods I0001', gen_random_uuid(), 'piece', 1, 1000, 0, 1000, 0, 0, 0
    from placed, generate_series(1, 3) as line
), noted as (
    insert into orders.order_events
    select placed.id, number, now(), 'STOCK_ASKED', 'people/a', '', '{{}}' from placed, generate_series(1, 3) as number
), claiming as (
    insert into orders.stock_claims (
        reservation, of_order, round, warehouse, purpose, partial, wanted, state, tries, due_at, reason, created_at)
    select gen_random_uuid(), placed.id, 1, placed.id, 'orders/SHOP/B', false, 1, 2, 0, now() + interval '1 hour', '',
        now() from placed returning reservation
), claimed as (
    insert into orders.stock_claim_lines
    select reservation, gen_random_uuid(), 1, 1, 0 from claiming, generate_series(1, 3)
), made as (
    insert into orders.customers (id, identity, made_at)
    values (gen_random_uuid(), decode(md5(:client_id || '-' || :key), 'hex'), now()) returning id
), keyed as (
    insert into orders.customer_keys select id, decode(repeat('ab', 8), 'hex'), decode(repeat('ab', 60), 'hex')
    from made
)
insert into orders.order_recipients (
    of_order, customer, name, phone, address, region, nick, area, phone_hash, tail_hash, nick_hash, written_at)
    select placed.id, made.id, decode(repeat('ab', 40), 'hex'), decode(repeat('ab', 39), 'hex'),
        decode(repeat('ab', 95), 'hex'), decode(repeat('ab', 37), 'hex'), decode(repeat('ab', 49), 'hex'), '浙江',
        decode(md5('p' || :key), 'hex'), decode(md5('t' || :key), 'hex'), decode(md5('n' || :key), 'hex'), now()
    from placed, made;
insert into orders.outbox (kind, key, payload, occurred_at)
    values ('order_changed', :key, decode(repeat('ab', 150), 'hex'), now());
insert into orders.audit (recorded_at, actor, session, on_behalf_of, method, targets, fields, sources, scopes, address,
    trace_id, reason, clause, dropped, digest)
    values (now(), 'people/a', 'sessions/a', '', '/m', array['orders/a', 'channels/a'], array['a'], array['grants/1'],
        array['company'], 'a', repeat('a', 32), '', '', 0, repeat('ab', 32));
update orders.request_keys set answer = decode(repeat('ab', 1400), 'hex')
    where caller = 'people/a' and method = '/m' and key = :client_id || '-' || :key;
end;
"""

CHANNEL = """
    insert into orders.channels (
        id, code, title_zh, title_en, platform, shop, unit, currency, warehouse, sales_channel, shortage, ship_hours,
        deliver_hours, history, revision, created_at)
    values (gen_random_uuid(), 'SHOP', '', '', 'own', 's', gen_random_uuid(), 'CNY', gen_random_uuid(), '', 1, 48, 120,
        false, 1, now())
"""


def measure() -> list[dict[str, Any]]:
    """Slices of both sides in turns; the ratio of the medians of orders a second, and orders and reads as they come."""
    with shop_world(ITEMS) as world, limit_of(world.empty_url, ITEMS) as limit:
        rates(world.shop, 1, WARM_SECONDS)
        turns = {
            clients: [
                (limit.rate(clients, SLICE_SECONDS), *rates(world.shop, clients, SLICE_SECONDS)) for _ in range(ROUNDS)
            ]
            for clients in GOALS
        }
    found = []
    for clients, slices in turns.items():
        theirs, own, reads = (statistics.median(turn[side] for turn in slices) for side in (0, 1, 2))
        asked = "one client" if clients == 1 else f"{clients} clients"
        found.append(
            {
                "name": f"Placing three-line orders over REST, {asked}, to pgbench with the same rows",
                "ratio": round(own / theirs, 2),
                "goal": GOALS[clients],
                "unit": "of its pairs of transactions a second",
                "detail": f"{own:.0f} orders a second, {theirs:.0f} by pgbench, clients and server on the same cores;"
                f" {reads:.0f} orders read a second; fsync on",
            }
        )
    four = statistics.median(own for _, own, _ in turns[4])
    found.append(
        {
            "name": "Three-line orders placed a second over REST, four clients",
            "ratio": round(four),
            "goal": f">= {GOAL_A_SECOND}",
            "unit": "orders a second",
            "detail": "reserved in inventory, all in one on two cores, the clients on the same ones",
        }
    )
    return found


@contextmanager
def limit_of(empty_url: str, items: int, *parts: str) -> Iterator[Limit]:
    """Pgbench with both transactions, or with parts of them, over as many goods in a database of its own."""
    psql = filled(empty_url, items).psql
    migrate(empty_url, MIGRATIONS, password=PASSWORD)
    with psycopg.connect(psql) as connection:
        connection.execute(
            "create table inventory.bench_goods as select row_number() over (order by balances.id)::int as number,"
            " balances.id as balance, places.warehouse from inventory.balances join inventory.places"
            " on places.id = balances.place"
        )
        connection.execute("alter table inventory.bench_goods add primary key (number)")
        connection.execute(CHANNEL)
        connection.execute("analyze")
    with limit_with("".join([GOODS, *(parts or (RESERVING, PLACING))]).format(third=items // 3), psql) as limit:
        yield limit
