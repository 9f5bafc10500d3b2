"""Where clocks push, beside a bare Flask view that stores the same lines with COPY in the same table."""

import itertools
import statistics
import time
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from bylaw.attendance.v1 import pushing_pb2
from bylaw_attendance.apps.clocks import clock_line
from bylaw_attendance.rules.clocks.clock_trust import ClockKeys
from bylaw_attendance.store import clocks, photos, pushing
from bylaw_attendance.use_cases.clocks.take_clock_photo import TakeClockPhoto
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server
from bylaw_chassis.tokens import TokenVerifier
from bylaw_chassis.values import new_id
from bylaw_gateway import GatewaySettings, create_app
from bylaw_gateway.clock_line import CLOCK_LINE
from flask import Flask, request
from sqlalchemy import make_url

from benchmarks.attendance_world import NOW, Nobody, World, world

PEOPLE, ROUNDS, GOAL = 500, 40, ">= 0.7"
SIZES = {
    1: "as somebody's finger lies on it",
    10: "of a queue at the door",
    100: "of an hour",
    1_000: "of a day or two",
}
"""Lines a push: what a clock sends at once, and what it sends after it was offline."""
SERIAL, ZONE = "BENCH0001", ZoneInfo("Asia/Shanghai")
START = datetime(2020, 1, 1)  # noqa: DTZ001 - a wall clock's
_INCOMING = """
    create temporary table incoming (
        id uuid, person uuid, instant timestamptz, local_text text, utc_offset_minutes smallint, time_zone text,
        device text, direction smallint, status text, source text, received_at timestamptz
    ) on commit drop
"""
_COLUMNS = "id, person, instant, local_text, utc_offset_minutes, time_zone, device, direction, status, source"
_TAKE = f"""
    insert into punches ({_COLUMNS}, received_at) select {_COLUMNS}, received_at from incoming
    on conflict (person, instant, device, status) do nothing
"""  # noqa: S608 - only names written above


def measure() -> list[dict[str, Any]]:
    """Pushes of new lines, in turns; the ratio of the medians for each size of a push."""
    with world(PEOPLE) as made:
        bodies = _Bodies()
        ours, bare = _ours(made).test_client(), _bare(made).test_client()
        results = [_result(lines, bodies, ours, bare) for lines in SIZES]
        made.database.close()
    return results


def _result(lines: int, bodies: "_Bodies", ours: Any, bare: Any) -> dict[str, Any]:
    for client in (ours, bare):
        _push(client, bodies.next(lines), lines)
    turns = [[_push(client, bodies.next(lines), lines) for client in (bare, ours)] for _ in range(ROUNDS)]
    limit, seconds = (statistics.median(turn[side] for turn in turns) for side in (0, 1))
    return {
        "name": f"Clock endpoint to bare Flask with COPY, {lines} new {'line' if lines == 1 else 'lines'} a push",
        "ratio": round(limit / seconds, 2),
        "goal": GOAL,
        "unit": "of its pushes a second",
        "detail": f"{SIZES[lines]}: {limit * 1e3:.1f} ms by the bare view, {seconds * 1e3:.1f} ms by ours; in turns",
    }


class _Bodies:
    """Pushes that nobody has sent yet."""

    def __init__(self) -> None:
        self._numbers = itertools.count()

    def next(self, count: int) -> bytes:
        """Of so many lines, a second apart."""
        first = START + timedelta(hours=next(self._numbers))
        lines = (f"{1 + place % PEOPLE}\t{first + timedelta(seconds=place)}\t0\t1\t0\t0\t0" for place in range(count))
        return "\n".join(lines).encode()


def _push(client: Any, body: bytes, count: int) -> float:
    began = time.perf_counter()
    answer = client.post(f"/iclock/cdata?SN={SERIAL}&table=ATTLOG&Stamp=1", data=body)
    spent = time.perf_counter() - began
    assert (answer.status_code, answer.text) == (200, f"OK: {count}\n")
    return spent


def _ours(made: World) -> Flask:
    database = made.database
    with database.work() as work:
        clock = clocks.report(work.connection, made.site, {SERIAL: None})[0]
        told = {"registered_at": NOW, "registered_by": "", "utc_offset_minutes": None, "allowed_lag_seconds": 120}
        pushing.register(work.connection, clock.id, serial_number=SERIAL, **told)
    no_photos = TakeClockPhoto(database, organisation, photos, None)
    server = Server("attendance.bylaw", TokenVerifier(lambda _: None, lambda: NOW))
    line = clock_line(database, Nobody(), no_photos, ClockKeys(b""))
    server.add(pushing_pb2.DESCRIPTOR.services_by_name["ClockLine"], line)
    return create_app({CLOCK_LINE: LocalChannel(server)}, GatewaySettings())


def _bare(made: World) -> Flask:
    """The least that could be written by hand: known people, known serial number, one connection."""
    app = Flask("bare")
    url = make_url(made.admin_url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection: psycopg.Connection[Any] = psycopg.connect(url)
    connection.execute("set search_path to attendance")
    connection.commit()

    @app.post("/iclock/cdata")
    def cdata() -> str:
        lines = request.get_data().decode().split("\n")
        with connection.cursor() as cursor:
            cursor.execute(_INCOMING)
            with cursor.copy(f"copy incoming ({_COLUMNS}, received_at) from stdin") as copy:
                for line in lines:
                    number, text, status, *_ = line.split("\t")
                    instant = datetime.fromisoformat(text).replace(tzinfo=ZONE)
                    person = made.people[number]
                    copy.write_row((new_id(), person, instant, text, 480, ZONE.key, SERIAL, 0, status, "push", NOW))
            cursor.execute(_TAKE)
        connection.commit()
        return f"OK: {len(lines)}\n"

    return app
