"""What the audit costs those who write: sealing against unsealed rows, the row itself against none, and the proof.

Eight writers in two processes take stock and add a ledger row, on PostgreSQL with fsync; slices of each kind are taken
in turn, and each is compared with its two neighbours. The sealer runs once a second, as the timer does, and a slice
ends with it, so that every row of the slice is sealed within the slice.
"""

import multiprocessing
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from bylaw.people.v1 import organisation_pb2
from bylaw_chassis.access import AccessRule
from bylaw_chassis.audit.chain import prove
from bylaw_chassis.audit.pseudonyms import pseudonyms
from bylaw_chassis.audit.sealing import SEAL_SECONDS, keep_sealed
from bylaw_chassis.audit.tail import unsealed
from bylaw_chassis.call import Call, in_call, new_call
from bylaw_chassis.caller import NOBODY, Caller, HeldGrant, Scope
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.migrate import Migrations, migrate, role_of
from bylaw_chassis.values import new_id
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from sqlalchemy import make_url

SCHEMA, PASSWORD = "stock", "benchmark"
PROCESSES, THREADS, ROUNDS, SLICE_SECONDS = 2, 4, 20, 2
PLAIN_EVERY = 4
"""In every fourth round there is a slice without rows, too."""

ITEMS = 10_000
MASTER_KEY = "a key for benchmarks, long enough to be one"
PERMISSION = "stock.items.take"

REVISION = f'''"""Stock and its ledger."""
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.execute("create table items (id int primary key, on_hand bigint not null check (on_hand >= 0))")
    op.execute("create table ledger (id bigint generated always as identity primary key, item int not null)")
    op.execute("insert into items select number, 1000000000 from generate_series(1, {ITEMS}) as number")
'''  # noqa: S608 - our own number
TAKE = sa.text("update items set on_hand = on_hand - 1 where id = :item and on_hand >= 1")
ENTER = sa.text("insert into ledger (item) values (:item)")


class Writers:
    """Processes whose threads write for as long as a slice lasts, with a caller to be recorded or with none."""

    def __init__(self, url: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._begin, self._end = context.Barrier(PROCESSES + 1), context.Barrier(PROCESSES + 1)
        self._stop, self._recorded, self._over = context.Event(), context.Event(), context.Event()
        self._counts = context.Array("q", PROCESSES)
        given = (url, self._begin, self._end, self._stop, self._recorded, self._over, self._counts)
        self._processes = [context.Process(target=_write, args=(at, *given)) for at in range(PROCESSES)]
        for process in self._processes:
            process.start()

    def rate(self, during: Any, *, recorded: bool) -> float:
        """Writes a second while something is done."""
        self._stop.clear()
        (self._recorded.set if recorded else self._recorded.clear)()
        self._begin.wait()
        began = time.perf_counter()
        during()
        self._stop.set()
        self._end.wait()
        written: list[int] = self._counts[:]
        return sum(written) / (time.perf_counter() - began)

    def close(self) -> None:
        """Ends the processes."""
        self._over.set()
        self._begin.wait()
        for process in self._processes:
            process.join()


def _write(at: int, url: str, begin: Any, end: Any, *given: Any) -> None:
    stop, recorded, over, counts = given
    database = Database(url, SCHEMA, system_clock, THREADS)
    while begin.wait() is not None and not over.is_set():
        found = [0] * THREADS
        threads = [
            threading.Thread(target=_writer, args=(database, stop, recorded.is_set(), found, number))
            for number in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        counts[at] = sum(found)
        end.wait()
    database.close()


def _writer(database: Database, stop: Any, recorded: bool, found: list[int], number: int) -> None:  # noqa: FBT001
    caller = _clerk() if recorded else NOBODY
    request = _request()
    while not stop.is_set():
        item = random.randint(1, ITEMS)  # noqa: S311
        with in_call(_call(caller, request)), database.work() as work:
            work.connection.execute(TAKE, {"item": item})
            work.connection.execute(ENTER, {"item": item})
        found[number] += 1


def _clerk() -> Caller:
    grant = HeldGrant(Scope.COMPANY, None, frozenset({PERMISSION}), (f"grants/{new_id()}",))
    return Caller(person=new_id(), grants=(grant,), session=new_id())


def _request() -> Any:
    unit = organisation_pb2.Unit(name=f"units/{new_id()}", parent=f"units/{new_id()}", code="SALES")
    request = organisation_pb2.UpdateUnitRequest(unit=unit)
    request.update_mask.paths.append("parent")
    return request


def _call(caller: Caller, request: Any) -> Call:
    call = new_call("/stock.v1.Stock/Take", {"x-forwarded-for": "203.0.113.7"}, 30)
    call.caller, call.request, call.pseudonyms = caller, request, pseudonyms(MASTER_KEY)
    call.access = AccessRule(public=False, permission=PERMISSION, secret=False)
    return call


@contextmanager
def stock() -> Iterator[Database]:
    """A service's database with its own role, on an embedded PostgreSQL."""
    with TemporaryDirectory(prefix="bylaw-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        revisions = Path(folder, "revisions")
        revisions.mkdir()
        (revisions / "0001_stock.py").write_text(REVISION, encoding="utf-8")
        postgres = EmbeddedPostgres(Path(folder))
        try:
            admin_url = postgres.start()
            migrate(admin_url, Migrations(SCHEMA, revisions), password=PASSWORD)
            url = make_url(admin_url).set(username=role_of(SCHEMA), password=PASSWORD)
            database = Database(url.render_as_string(hide_password=False), SCHEMA, system_clock, 2)
            yield database
            database.close()
        finally:
            postgres.stop()


def _rates(database: Database, writers: Writers) -> tuple[list[float], list[float], list[float], int]:
    """Slices in turn: without rows, with rows, with rows and sealed; and the longest tail that was seen."""
    plain, kept, sealed, tails = [], [], [], [0]
    rowless = range(0, ROUNDS, PLAIN_EVERY)

    def pause() -> None:
        time.sleep(SLICE_SECONDS)

    def seal() -> None:
        for _ in range(round(SLICE_SECONDS / SEAL_SECONDS)):
            time.sleep(SEAL_SECONDS)
            with database.read() as connection:
                tails.append(unsealed(connection).rows)
            keep_sealed(database)

    writers.rate(pause, recorded=True)
    for turn in range(ROUNDS + 1):
        keep_sealed(database)
        kept.append(writers.rate(pause, recorded=True))
        keep_sealed(database)
        if turn < ROUNDS:
            sealed.append(writers.rate(seal, recorded=True))
            keep_sealed(database)
        if turn in rowless:
            plain.append(writers.rate(pause, recorded=False))
    return plain, kept, sealed, max(tails)


def _against_neighbours(slices: list[float], around: list[float]) -> float:
    return median(one / ((before + after) / 2) for one, before, after in zip(slices, around, around[1:], strict=False))


def measure() -> list[dict[str, Any]]:
    """The ratios: sealing, the row, and how fast the doctor proves the chain."""
    with stock() as database:
        writers = Writers(database.url)
        try:
            plain, kept, sealed, tail = _rates(database, writers)
        finally:
            writers.close()
        with database.read() as connection:
            proof = prove(connection)
            size = connection.execute(sa.text("select pg_total_relation_size('audit')")).scalar_one()
    assert proof.broken is None
    row = median(
        (kept[turn] + kept[turn + 1]) / 2 / plain[turn // PLAIN_EVERY] for turn in range(0, ROUNDS, PLAIN_EVERY)
    )
    return [
        {
            "name": "sealing the audit",
            "ratio": round(_against_neighbours(sealed, kept), 3),
            "goal": ">= 0.95",
            "unit": "of the writes without sealing",
            "detail": f"{median(sealed):.0f} against {median(kept):.0f} writes a second; tail at most {tail} rows",
        },
        {
            "name": "the audit row itself",
            "ratio": round(row, 3),
            "goal": "-",
            "unit": "of the writes without a row",
            "detail": f"{median(kept):.0f} against {median(plain):.0f} writes a second, each a guarded update and a"
            f" ledger row; {size / proof.rows:.0f} bytes a row with its indices",
        },
        {
            "name": "proving the chain",
            "ratio": round(proof.rows_per_second / median(kept), 1),
            "goal": "-",
            "unit": "times as fast as it was written",
            "detail": f"{proof.rows_per_second:,} rows a second, {proof.rows:,} rows under {proof.seals} seals",
        },
    ]
