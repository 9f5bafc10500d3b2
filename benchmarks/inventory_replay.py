"""Posting nine months of a real shop beside a bare COPY of the same rows."""

import io
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
from bylaw.inventory.v1 import posting_pb2_grpc, stock_pb2
from bylaw.types.v1.amount_pb2 import Quantity
from psycopg import sql

from benchmarks.stock_world import retail, stock_world
from benchmarks.stock_world.keeping import Keeper, keeper

MOST_MOVEMENTS, MOST_LINES = 1_000, 5_000
WRITTEN = ("movements", "movement_lines", "entries")


def measure() -> list[dict[str, Any]]:
    """Once, for it takes a while."""
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
    detail = f"{len(wanted)} lines, {len(wanted) / seconds:.0f} a second; {rows} rows, copied in {copied:.1f} s"
    return [
        {
            "name": "Posting nine months of real invoice lines, to a bare COPY of the same rows",
            "ratio": round(seconds / copied, 1),
            "goal": "-",
            "unit": "times the time of the COPY",
            "detail": f"{detail} into tables with the same indexes; fsync on",
        }
    ]


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


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
