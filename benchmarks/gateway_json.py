"""The gateway's JSON mapping against google.protobuf.json_format, on messages of the real contract."""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import orjson
from bylaw.attendance.v1 import punches_pb2
from bylaw_gateway.json_in import JsonIn
from bylaw_gateway.json_out import JsonOut, json_bytes
from bylaw_gateway.json_text import parse_json
from google.protobuf import json_format
from google.protobuf.timestamp_pb2 import Timestamp

ROUNDS = 7
SECONDS_A_ROUND = 0.05

Work = Callable[[], object]


def small_message() -> Any:
    """An import of punches with 10 fields set."""
    return punches_pb2.PunchImport(
        name="punchImports/01943c5e-7b1c-7d3a-9f00-1c2d3e4f5a6b",
        state=punches_pb2.IMPORT_STATE_DONE,
        file_name="in_time.csv",
        read_count=352_000,
        taken_count=351_990,
        repeated_count=8,
        refused_count=2,
        progress_percent=100,
        create_time=Timestamp(seconds=1425256000, nanos=250_000_000),
        finish_time=Timestamp(seconds=1425256003),
    )


def list_message() -> Any:
    """A page of 200 punches with 12 fields each."""
    punch = punches_pb2.Punch(
        name="punches/01943c5e-7b1c-7d3a-9f00-1c2d3e4f5a6b",
        person="people/01943c5e-7b1c-7d3a-9f00-000000000001",
        employee_number="0042",
        local_time="2015-03-02 08:26:11",
        instant=Timestamp(seconds=1425255971),
        utc_offset_minutes=480,
        time_zone="Asia/Shanghai",
        device="GATE-1",
        direction=punches_pb2.DIRECTION_IN,
        status="上班签到",
        source="attlog",
        receive_time=Timestamp(seconds=1425256003, nanos=120_000_000),
    )
    return punches_pb2.ListPunchesResponse(punches=[punch] * 200, next_page_token="next")  # noqa: S106 - a page


def times_faster(slow: Work, fast: Work) -> tuple[float, float, float]:
    """How many times faster the second is by its own CPU time, and the seconds of each; interleaved, medians."""
    times: dict[Work, list[float]] = {slow: [], fast: []}
    counts = {work: _repeats(work) for work in times}
    for _ in range(ROUNDS):
        for work, found in times.items():
            found.append(_seconds(work, counts[work]))
    slow_seconds, fast_seconds = (statistics.median(times[work]) for work in (slow, fast))
    return slow_seconds / fast_seconds, slow_seconds, fast_seconds


def _repeats(work: Work) -> int:
    return max(1, round(SECONDS_A_ROUND / _seconds(work, 3)))


def _seconds(work: Work, count: int) -> float:
    began = time.process_time()
    for _ in range(count):
        work()
    return (time.process_time() - began) / count


def _result(name: str, goal: str, pair: tuple[Work, Work]) -> dict[str, Any]:
    ratio, slow_seconds, fast_seconds = times_faster(*pair)
    detail = f"{slow_seconds * 1e6:.1f} µs by json_format, {fast_seconds * 1e6:.1f} µs by the gateway"
    return {"name": name, "ratio": ratio, "goal": goal, "unit": "times faster", "detail": detail}


def _printing(message: Any, mapping: JsonOut) -> tuple[Work, Work]:
    def by_reference() -> str:
        return json.dumps(json_format.MessageToDict(message, always_print_fields_with_no_presence=True))

    show = mapping.printer(message.DESCRIPTOR)
    assert orjson.loads(by_reference()) == orjson.loads(json_bytes(show(message)))
    return by_reference, lambda: json_bytes(show(message))


def _reading(message: Any, mapping: JsonIn) -> tuple[Work, Work]:
    """Both read the same bytes; the gateway refuses doubled keys and deep nesting on top."""
    body = json.dumps(json_format.MessageToDict(message, always_print_fields_with_no_presence=True)).encode()
    kind, read = type(message), mapping.reader(message.DESCRIPTOR)

    def by_gateway() -> Any:
        return kind(**read(parse_json(body, nesting_limit=64)))

    assert by_gateway() == message
    return lambda: json_format.ParseDict(json.loads(body), kind()), by_gateway


def measure() -> list[dict[str, Any]]:
    """Both directions, both sizes."""
    printing, reading = JsonOut(), JsonIn()
    found = []
    for size, message in (("10 fields", small_message()), ("200 x 12 fields", list_message())):
        found.append(_result(f"Gateway JSON out, {size}", ">= 3", _printing(message, printing)))
        found.append(_result(f"Gateway JSON in, {size}", ">= 4", _reading(message, reading)))
    return found
