"""Posting nine months of a real shop beside a bare COPY; a month report, and on-hand, over a million movements."""

import io
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from bylaw.inventory.v1 import posting_pb2_grpc, stock_months_pb2, stock_months_pb2_grpc, stock_pb2, stock_pb2_grpc
from bylaw.types.v1.amount_pb2 import Quantity
from bylaw_chassis.caller import Reach
from psycopg import sql

from benchmarks.stock_world import retail, stock_world
from benchmarks.stock_world.keeping import MONTH, Keeper, keeper

ITEMS, FEW, MANY, ROUNDS = 10_000, 10_000, 1_000_000, 5
MOST_MOVEMENTS, MOST_LINES = 1_000, 5_000
WRITTEN = ("movements", "movement_lines", "entries")
REPORT = """
    select kept.item, kept.place, moved.kind, sum(made.on_hand) filter (where made.day < %(month)s),
        sum(made.on_hand) filter (where made.day >= %(month)s and made.on_hand > 0),
        sum(made.on_hand) filter (where made.day >= %(month)s and made.on_hand < 0)
    from entries as made join balances as kept on kept.id = made.balance join places on places.id = kept.place
        join movements as moved on moved.id = made.movement
    where places.warehouse = %(warehouse)s and places.kind in (1, 2, 3) and made.day < %(month)s + interval '1 month'
    group by 1, 2, 3
"""


def measure() -> list[dict[str, Any]]:
    """The replay once, for it takes a while; the rest in turns, the ratio of medians."""
    return [_replayed(), *_grown()]


def _replayed() -> dict[str, Any]:
    codes = retail.codes()
    with stock_world(len(codes)) as world:
        own = keeper(world)
        named = {code: f"items/{item}" for code, item in zip(codes, world.goods, strict=True)}
        wanted = list(retail.lines(codes))
        requests = [own.batch(some) for some in _batches(_everything(own, named, wanted))]
        stub = posting_pb2_grpc.PostingStub(own.channel)
        seconds = _seconds(lambda: [stub.BatchPostStockMovements(one, metadata=own.metadata) for one in requests])
        copied, rows = _copied(own)
        own.database.close()
    return {
        "name": "Posting nine months of real invoice lines, to a bare COPY of the same rows",
        "ratio": round(seconds / copied, 1),
        "goal": "-",
        "unit": "times the time of the COPY",
        "detail": f"{len(wanted)} lines, {len(wanted) / seconds:.0f} a second; {rows} rows, copied in {copied:.1f} s"
        " into tables with the same indexes; fsync on",
    }


def _everything(
    own: Keeper, named: dict[str, str], wanted: list[retail.RetailLine]
) -> Iterator[stock_pb2.StockMovement]:
    """The opening stock, then every invoice and credit in its order."""
    note = stock_pb2.Paper(kind=stock_pb2.PAPER_KIND_DELIVERY_NOTE, number="opening")
    opening = [(named[code], "SUPPLIER", "A-01", count) for code, count in retail.sold(wanted).items() if count]
    for begin in range(0, len(opening), retail.MOST_LINES):
        some = opening[begin : begin + retail.MOST_LINES]
        yield _movement(own, some, note, retail.OPENED.isoformat())
    for lines in retail.moves(wanted):
        back = lines[0].quantity < 0
        kind = stock_pb2.PAPER_KIND_RETURN_SLIP if back else stock_pb2.PAPER_KIND_SALES_ORDER
        ends = ("CUSTOMER", "LOOK") if back else ("A-01", "CUSTOMER")
        moved = [(named[one.code], *ends, abs(one.quantity)) for one in lines]
        yield _movement(own, moved, stock_pb2.Paper(kind=kind, number=lines[0].invoice), lines[0].day.isoformat())


def _movement(
    own: Keeper, moved: list[tuple[str, str, str, int]], paper: stock_pb2.Paper, day: str
) -> stock_pb2.StockMovement:
    lines = [
        stock_pb2.StockMovementLine(
            item=item,
            from_place=own.places[origin],
            to_place=own.places[target],
            quantity=Quantity(value=str(count)),
        )
        for item, origin, target, count in moved
    ]
    return stock_pb2.StockMovement(book_date=day, lines=lines, papers=[paper])


def _batches(every: Iterator[stock_pb2.StockMovement]) -> Iterator[list[stock_pb2.StockMovement]]:
    """As many at once as the call takes."""
    some, count = list[stock_pb2.StockMovement](), 0
    for one in every:
        if len(some) == MOST_MOVEMENTS or count + len(one.lines) > MOST_LINES:
            yield some
            some, count = [], 0
        some.append(one)
        count += len(one.lines)
    yield some


def _copied(own: Keeper) -> tuple[float, int]:
    """How long a bare COPY of the same rows takes, and how many there are."""
    seconds, rows = 0.0, 0
    with psycopg.connect(own.world.psql, options="-csearch_path=inventory", autocommit=True) as connection:
        for written in WRITTEN:
            name, beside, held = sql.Identifier(written), sql.Identifier(f"bare_{written}"), io.BytesIO()
            connection.execute(sql.SQL("create table {} (like {} including all)").format(beside, name))
            with connection.cursor().copy(sql.SQL("copy {} to stdout").format(name)) as copy:
                held.writelines(copy)
            begun, cursor = time.perf_counter(), connection.cursor()
            with cursor.copy(sql.SQL("copy {} from stdin").format(beside)) as copy:
                copy.write(held.getvalue())
            seconds += time.perf_counter() - begun
            rows += cursor.rowcount
    return seconds, rows


def _grown() -> list[dict[str, Any]]:
    with stock_world(ITEMS) as world:
        own = keeper(world)
        own.grow(1, FEW)
        few = _median(lambda: _on_hand(own))
        own.grow(FEW + 1, MANY)
        many = _median(lambda: _on_hand(own))
        turns = [(_seconds(lambda: _by_hand(own)), _seconds(lambda: _reported(own))) for _ in range(ROUNDS)]
        by_hand, reported = (statistics.median(turn[side] for turn in turns) for side in (0, 1))
        as_file = _median(lambda: _exported(own))
        looks = [(_seconds(lambda: _cards_by_hand(own)), _seconds(lambda: _examined(own))) for _ in range(ROUNDS)]
        cards, examined = (statistics.median(look[side] for look in looks) for side in (0, 1))
        own.database.close()
    return [
        _row(
            f"Month report over {MANY:,} movements, to a hand-written aggregate",
            (reported, by_hand, "<= 2"),
            f"{reported:.2f} s with names, by item and place, {by_hand:.2f} s by hand; as CSV {as_file:.2f} s",
        ),
        _row(
            f"Examining a day before its close over {MANY:,} movements, to a sum of every card",
            (examined, cards, "-"),
            f"{examined:.2f} s for cards, papers and counts, {cards:.2f} s by hand",
        ),
        _row(
            f"On-hand of {ITEMS:,} items at {MANY:,} movements, to {FEW:,}",
            (many, few, "<= 1.2"),
            f"{many * 1000:.0f} ms and {few * 1000:.0f} ms, in pages of 1000",
        ),
    ]


def _row(name: str, said: tuple[float, float, str], detail: str) -> dict[str, Any]:
    ours, theirs, goal = said
    return {"name": name, "ratio": round(ours / theirs, 2), "goal": goal, "unit": "times the time", "detail": detail}


def _by_hand(own: Keeper) -> None:
    with psycopg.connect(own.world.psql, options="-csearch_path=inventory") as connection:
        connection.execute(REPORT, {"month": MONTH, "warehouse": own.world.warehouse}).fetchall()


def _reported(own: Keeper) -> None:
    assert len(own.months.whole(own.world.warehouse, MONTH, Reach(everyone=True)).lines) >= ITEMS


def _cards_by_hand(own: Keeper) -> None:
    with psycopg.connect(own.world.psql, options="-csearch_path=inventory") as connection:
        connection.execute("select balance, sum(on_hand), sum(reserved) from entries group by balance").fetchall()


def _examined(own: Keeper) -> None:
    assert own.days.one(own.world.warehouse, MONTH, Reach(everyone=True)).booked.movements


def _exported(own: Keeper) -> None:
    name = f"warehouses/{own.world.warehouse}/stockMonths/{MONTH:%Y-%m}"
    request = stock_months_pb2.ExportStockMonthRequest(name=name)
    stock_months_pb2_grpc.StockMonthsStub(own.channel).ExportStockMonth(request, metadata=own.metadata)


def _on_hand(own: Keeper) -> None:
    """So many balances within the door, page by page."""
    stub, found = stock_pb2_grpc.StockStub(own.channel), 0
    request = stock_pb2.ListStockBalancesRequest(parent=f"warehouses/{own.world.warehouse}", page_size=1_000)
    for _ in range(ITEMS // request.page_size):
        answer = stub.ListStockBalances(request, metadata=own.metadata)
        found += len(answer.stock_balances)
        request.page_token = answer.next_page_token
    assert found == ITEMS


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _median(act: Callable[[], object]) -> float:
    return statistics.median(_seconds(act) for _ in range(ROUNDS))
