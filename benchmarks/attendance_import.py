"""Import of 352,000 punches, parsing and de-duplication included, beside a bare COPY BINARY of the same rows."""

import statistics
import time
from collections.abc import Callable
from typing import Any

import psycopg
from bylaw_attendance.rules.imports import FileLayout, ImportState
from bylaw_attendance.store import bulk, clocks, imports
from bylaw_attendance.use_cases.punches.hand_in_import import JOB, HandInImport, Handover
from bylaw_attendance.use_cases.punches.run_import import RunImport
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.jobs import Runner
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.organisation.known import Organisation
from sqlalchemy import make_url

from benchmarks.attendance_world import Nobody, World, clock_file, working_days, world

PEOPLE, DAYS, REPEATS, GOAL = 4_000, 22, 5, "<= 3"
COLUMNS = (
    "id, person, instant, local_text, utc_offset_minutes, time_zone, device, direction, status, source, received_at,"
    " import"
)


def measure() -> list[dict[str, Any]]:
    """Both in turn, each time into an empty table with the same indexes; the ratio of the medians."""
    with world(PEOPLE) as made:
        content = clock_file(list(made.people), working_days(DAYS))
        ours, bare = [], []
        run(made, content)
        rows = _binary_rows(made)
        for _ in range(REPEATS):
            ours.append(_timed(made, lambda: run(made, content)))
            bare.append(_timed(made, lambda: copy_binary(made, rows)))
        made.database.close()
    seconds, limit = statistics.median(ours), statistics.median(bare)
    detail = f"{PEOPLE * DAYS * 4} punches: {seconds:.2f} s imported, {limit:.2f} s copied, {REPEATS} interleaved runs"
    return [
        {
            "name": "attendance import to COPY BINARY",
            "ratio": round(seconds / limit, 2),
            "goal": GOAL,
            "unit": "times the time",
            "detail": detail,
        }
    ]


def run(made: World, content: bytes) -> None:
    """Hands the file in and runs its job to the end."""
    database, nobody = made.database, Nobody()
    hand_in = HandInImport(database, Finding(Organisation(database, nobody)), imports)
    given = Handover(content, FileLayout.ATTLOG, "HQ", "gate", "attlog.dat", None)
    handed = hand_in.hand_in(given, Caller(), Reach(everyone=True))
    job = RunImport(database, nobody, organisation, imports, bulk, clocks)
    assert Runner(database, {JOB: job}).run_one()
    with database.read() as connection:
        ended = imports.find(connection, handed.id)
    assert ended
    assert (ended.state, ended.taken_count) == (ImportState.DONE, content.count(b"\n") + 1)


def copy_binary(made: World, rows: bytes) -> None:
    """The limit: the rows as PostgreSQL itself wrote them, into the same table with the same indexes."""
    with administrator(made) as connection, connection.cursor().copy(_copy("from stdin")) as copy:
        copy.write(rows)


def _timed(made: World, work: Callable[[], None]) -> float:
    with administrator(made) as connection:
        connection.execute("truncate attendance.punches")
        connection.execute("checkpoint")
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _binary_rows(made: World) -> bytes:
    with administrator(made) as connection, connection.cursor().copy(_copy("to stdout")) as copy:
        return b"".join(bytes(part) for part in copy)


def _copy(way: str) -> Any:
    return f"copy attendance.punches ({COLUMNS}) {way} (format binary)"


def administrator(made: World) -> psycopg.Connection[Any]:
    """A connection that may do what no service may."""
    url = make_url(made.admin_url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, autocommit=True)
