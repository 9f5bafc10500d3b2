"""Importing nine months of a real shop, to parsing the file with the csv module alone; what sealing costs there."""

import csv
import gzip
import io
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

import psycopg
from bylaw_orders.rules.order_files.order_import import ImportState, OrderImport
from bylaw_orders.rules.privacy.recipient import Recipient
from psycopg import sql

from benchmarks.orders_world import Intake, intake
from benchmarks.stock_world.retail import FILE

REPEATS, ORDERS, SEALED = 3, 5_000, 5_000
ZONE = "Europe/London"
EMPTIED = (
    "order_recipients, customer_keys, customers, order_lines, order_events, orders, order_imports, order_import_chunks,"
    " outbox"
)
COPIED = ("orders", "order_lines", "order_events", "customers", "customer_keys", "order_recipients", "outbox")
SHOPIFY = (
    *("Name", "Financial Status", "Fulfillment Status", "Currency", "Subtotal", "Shipping", "Total", "Discount Amount"),
    *("Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku", "Email", "Notes"),
    *("Shipping Name", "Shipping Street", "Shipping Zip", "Shipping Country", "Shipping Phone"),
)


class Took(NamedTuple):
    """Seconds on the clock, and of this process's processor time."""

    seconds: float
    worked: float


def measure() -> list[dict[str, Any]]:
    """Both in turns, each import into empty tables; of each the quickest, in which nobody else had the machine."""
    content, ours, bare = FILE.read_bytes(), list[Took](), list[Took]()
    with intake("GBP") as own:
        for _ in range(REPEATS):
            bare.append(_took(lambda: _parsed(content)))
            ours.append(_imported(own, content))
        copied, rows = _copied(own)
    lines = _parsed(content)
    quickest, parsing = min(ours), min(bare)
    told = f"{lines} lines, {lines / quickest.seconds:.0f} a second: {quickest.seconds:.2f} s"
    worked = f"{quickest.worked:.2f} s of our processor time"
    return [
        {
            "name": f"Importing {lines} invoice lines, to the csv module alone",
            "ratio": round(quickest.seconds / parsing.seconds, 1),
            "goal": "<= 8",
            "unit": "times the time of the parsing",
            "detail": f"{told}, {worked}, {parsing.seconds:.2f} s to unpack and parse the file; fsync on",
        },
        {
            "name": f"Importing {lines} invoice lines, to a bare COPY of the same rows",
            "ratio": round(quickest.seconds / copied, 1),
            "goal": "-",
            "unit": "times the time of the COPY",
            "detail": f"{told}, {copied:.2f} s to copy {rows} rows into tables with the same indexes and references",
        },
        _sealing(),
    ]


def _sealing() -> dict[str, Any]:
    """A file in which each order goes to somebody new: of our processor time, for the server's seals nothing."""
    people = [_somebody(number) for number in range(SEALED)]
    with intake("CNY") as own:
        whole = min(_imported(own, _shopify()).worked for _ in range(REPEATS)) / ORDERS
        sealing = min(own.sealing_seconds(people) for _ in range(REPEATS))
    each = f"{sealing * 1e6:.0f} microseconds of processor time of {whole * 1e6:.0f} an order"
    return {
        "name": "Encrypting recipients, of importing a Shopify file",
        "ratio": round(sealing / whole, 3),
        "goal": "<= 0.20",
        "unit": "times the intake",
        "detail": f"{each}; {ORDERS} orders of two lines",
    }


def _imported(own: Intake, content: bytes) -> Took:
    with psycopg.connect(own.psql, options="-csearch_path=orders", autocommit=True) as connection:
        connection.execute(f"truncate {EMPTIED} cascade")
        connection.execute("checkpoint")
    ended = list[OrderImport]()
    took = _took(lambda: ended.append(own.imported(content, ZONE)))
    assert (ended[0].state, ended[0].counts.refused) == (ImportState.DONE, 0)
    return took


def _parsed(content: bytes) -> int:
    """The lines of a file, parsed and forgotten."""
    rows = csv.reader(io.StringIO(gzip.decompress(content).decode(), newline=""))
    deque(rows, 0)
    return rows.line_num - 1


def _copied(own: Intake) -> tuple[float, int]:
    """How long a bare COPY of the rows of the import takes, and how many there are."""
    seconds, rows, held = 0.0, 0, dict[str, bytes]()
    with psycopg.connect(own.psql, options="-csearch_path=orders", autocommit=True) as connection:
        for name in COPIED:
            with connection.cursor().copy(sql.SQL("copy {} to stdout").format(sql.Identifier(name))) as copy:
                held[name] = b"".join(map(bytes, copy))
        connection.execute(f"truncate {EMPTIED} cascade")
        connection.execute("checkpoint")
        for name in COPIED:
            begun, cursor = time.perf_counter(), connection.cursor()
            with cursor.copy(sql.SQL("copy {} from stdin").format(sql.Identifier(name))) as copy:
                copy.write(held[name])
            seconds += time.perf_counter() - begun
            rows += cursor.rowcount
    return seconds, rows


def _took(act: Callable[[], object]) -> Took:
    begun, worked = time.perf_counter(), time.process_time()
    act()
    return Took(time.perf_counter() - begun, time.process_time() - worked)


def _shopify() -> bytes:
    """A shop's export: two lines an order, each for somebody of their own."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(SHOPIFY)
    for number in range(ORDERS):
        to = _somebody(number)
        head = (f"#{number}", "paid", "", "CNY", "35.00", "0.00", "35.00", "0.00", "2026-03-02 10:00:00 +0800")
        whom = (to.email, to.remark, to.name, to.address, to.postcode, to.region, to.phone)
        writer.writerow((*head, "2", "Tea", "10.00", "TEA", *whom))
        writer.writerow((f"#{number}", *[""] * 8, "1", "Cup", "15.00", f"CUP-{number % 50}", *[""] * 7))
    return text.getvalue().encode()


def _somebody(number: int) -> Recipient:
    return Recipient(
        f"张小{number}",
        f"138{number:08}",
        "浙江省杭州市西湖区文三路398号5幢2单元501室",
        "浙江省",
        "310012",
        f"{number}@mail.test",
        remark="请放门口，谢谢",
        platform="taobao",
    )
