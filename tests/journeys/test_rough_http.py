"""Requests below what a client library would send, and many at once: each is answered, and those beside it too."""

import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from bylaw_gateway import GatewaySettings

from tests.journeys.client import Client
from tests.journeys.company import Company
from tests.journeys.problems import problem

CALLERS, REQUESTS = 16, 160


@pytest.fixture(scope="module")
def administrator(playground: Company) -> Iterator[Client]:
    with playground.signed_in("administrator") as client:
        yield client


def said(company: Company, request: bytes) -> tuple[int, bytes]:
    """Status and body of what comes back for these very bytes."""
    place = urlsplit(company.address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as wire:
        wire.sendall(request)
        if request is STOPPING:
            wire.shutdown(socket.SHUT_WR)
        answer = b""
        while part := wire.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), body


STOPPING = (
    b"POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n"
    b"Connection: close\r\n\r\n{"
)
REQUESTS_NO_CLIENT_SENDS = {
    "no protocol": (b"rubbish\r\n\r\n", 400),
    "a negative length": (b"POST /v1/punches HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    "a null character in a header": (b"GET /v1/self HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n", 400),
    "an invented verb": (b"BREW /v1/self HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
    "a body that stops": (STOPPING, 400),
    "ten thousand headers": (
        b"GET /v1/self HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(10_000)) + b"\r\n",
        431,
    ),
    "another host": (b"GET /v1/self HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 401),
    "a path of wrong bytes": (b"GET /v1/nothing/%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
    "a path that climbs": (b"GET /v1/%2e%2e/docs/../../etc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404),
}


@pytest.mark.parametrize("case", REQUESTS_NO_CLIENT_SENDS)
def test_what_no_client_library_sends_is_refused_too(playground: Company, administrator: Client, case: str) -> None:
    request, status = REQUESTS_NO_CLIENT_SENDS[case]
    answered, body = said(playground, request)
    assert answered == status
    assert b"Traceback" not in body
    assert b"evil.example" not in body
    assert administrator.http.get("/v1/self").status_code == 200


def test_a_header_longer_than_any_needs_to_be_is_refused_with_reasons(administrator: Client) -> None:
    problem(administrator.http.get("/v1/self", headers={"X-A": "x" * 40_000}), 431, "HEADERS_TOO_LARGE")
    problem(administrator.http.get(f"/v1/units?code={'x' * 40_000}"), 431, "HEADERS_TOO_LARGE")


def test_a_request_out_of_time_may_be_repeated_and_has_its_effect_once(administrator: Client) -> None:
    body = {
        "code": uuid4().hex[:12],
        "title": {"zh": "试", "en": "Trial"},
        "unit": administrator.get("/v1/units", code="TECH")["units"][0]["name"],
    }
    key, statuses = uuid4().hex, []
    for milliseconds in (1, 2, 4, 8, 30_000):
        headers = {"Idempotency-Key": key, "X-Deadline-Ms": str(milliseconds)}
        statuses.append(administrator.http.post("/v1/positions", json=body, headers=headers).status_code)
    assert statuses[-1] == 200
    assert set(statuses) <= {200, 409, 504}
    listed = administrator.all("/v1/positions", "positions", pageSize=1000)
    assert sum(each["code"] == body["code"] for each in listed) == 1


def test_readers_of_streams_who_leave_at_once_keep_no_place(administrator: Client) -> None:
    """Forty are more than there are places; that a reader left is noticed with the next heartbeat at the latest."""
    for _ in range(40):
        give_up = time.monotonic() + 3 * GatewaySettings().heartbeat_seconds
        while not reads_a_little(administrator):
            assert time.monotonic() < give_up
            time.sleep(0.1)


def reads_a_little(client: Client) -> bool:
    """Reads the beginning of a stream and leaves; false where no place is free."""
    with client.http.stream("GET", "/v1/feeds/people/events:stream") as stream:
        if stream.status_code == 503:
            assert stream.headers["Retry-After"]
            return False
        assert stream.status_code == 200
        next(stream.iter_raw())
        return True


def test_a_crowd_is_served_and_nobody_gets_a_fault(playground: Company, administrator: Client) -> None:
    tree = {unit["code"]: unit["name"] for unit in administrator.all("/v1/units", "units")}

    def ask(number: int) -> int:
        kind, client = number % 4, administrator.http
        if kind == 0:
            return client.get(f"/v1/{tree['MUJIN']}/sheets", params={"month": "2026-11"}).status_code
        if kind == 1:
            body = {"code": uuid4().hex[:12], "title": {"zh": "试", "en": "Trial"}, "unit": tree["TECH"]}
            return client.post("/v1/positions", json=body).status_code
        if kind == 2:
            punch = {"employeeNumber": "1004", "localTime": f"2026-08-03 12:{number % 60:02}:{number % 59:02}"}
            return client.post("/v1/punches", json=punch).status_code
        return client.patch(f"/v1/{tree['OPS']}", json={"title": {"zh": "运", "en": f"Ops {number}"}}).status_code

    with ThreadPoolExecutor(CALLERS) as pool:
        answered = Counter(pool.map(ask, range(REQUESTS)))
    assert set(answered) <= {200, 409, 429}
    assert answered[200] > REQUESTS * 0.9
    assert playground.run.process.poll() is None


def test_what_the_product_writes_down_holds_no_token_no_name_and_no_fault(
    playground: Company, administrator: Client
) -> None:
    administrator.http.get("/v1/self")
    written = playground.run.text()
    for secret in (administrator.token, "Traceback", "吴念", "1016", "bearer"):
        assert secret not in written.partition("Ctrl-C")[2]
