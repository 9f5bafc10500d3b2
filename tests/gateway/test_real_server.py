"""The gateway under granian, spoken to over plain sockets: what only a real server can show."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHUNK = b"10000\r\n" + b"a" * 65536 + b"\r\n"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server with several threads."""
    chosen = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--port", str(chosen)]
    command += ["--blocking-threads", "4", "--blocking-threads-idle-timeout", "600"]
    command += ["--no-log", "--workers-kill-timeout", "2", "tests.gateway.served_desk:build"]
    with subprocess.Popen(command, cwd=ROOT) as server:
        wait_for(chosen)
        yield chosen
        server.terminate()
        try:
            server.wait(10)
        finally:
            server.kill()


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            if ask(port, "GET /healthz").startswith("HTTP/1.1 200"):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def request_bytes(head: str, body: bytes = b"") -> bytes:
    line, *headers = head.split("\n")
    return "\r\n".join([f"{line} HTTP/1.1", "Host: desk", *headers, "", ""]).encode() + body


def ask(port: int, head: str, body: bytes = b"") -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request_bytes(f"{head}\nConnection: close", body))
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer.decode("utf-8", "replace")


def test_a_call_goes_through_a_real_server(port: int) -> None:
    answer = ask(port, "GET /v1/people/%E7%8E%8B\nAccept-Language: zh")
    assert answer.startswith("HTTP/1.1 200")
    assert '"name":"people/王"' in answer
    assert "x-trace-id:" in answer.lower()


def test_two_hundred_megabytes_are_refused_by_their_announcement(port: int) -> None:
    began = time.monotonic()
    head = "POST /v1/mirror\nContent-Type: application/json\nContent-Length: 200000000"
    assert ask(port, head).startswith("HTTP/1.1 413")
    assert time.monotonic() - began < 5


def test_a_body_in_chunks_is_refused_at_the_limit(port: int) -> None:
    head = "POST /v1/mirror\nContent-Type: application/json\nTransfer-Encoding: chunked"
    assert ask(port, head, CHUNK * 20 + b"0\r\n\r\n").startswith("HTTP/1.1 413")


def test_a_body_in_chunks_below_the_limit_is_read(port: int) -> None:
    head = "POST /v1/people/7/files\nContent-Type: text/csv\nTransfer-Encoding: chunked"
    assert '"sizeBytes":"131072"' in ask(port, head, CHUNK * 2 + b"0\r\n\r\n")


REFUSED_ON_SIGHT = [
    "POST /v1/unknown\nContent-Type: application/json",
    "POST /v1/mirror\nContent-Type: text/plain",
    "GET /v1/people/7\nContent-Type: application/json",
    "DELETE /healthz\nContent-Type: application/json",
]


@pytest.mark.parametrize("head", REFUSED_ON_SIGHT)
def test_who_is_answered_before_the_body_came_is_told_that_the_connection_ends(port: int, head: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request_bytes(f"{head}\nContent-Length: 16"))
        answer = b""
        while part := connection.recv(65536):
            answer += part
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 405", b"HTTP/1.1 415", b"HTTP/1.1 400"))
    assert b"connection: close" in answer.partition(b"\r\n\r\n")[0].lower()


def test_a_connection_whose_bodies_were_read_serves_on(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    ours = set()
    for _ in range(3):
        connection.request("POST", "/v1/mirror", b'{"someText":"a"}', {"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Connection")) == (200, None)
        answer.read()
        ours.add(connection.sock.getsockname())
    connection.close()
    assert len(ours) == 1


def test_ten_thousand_headers_are_refused(port: int) -> None:
    head = "GET /v1/people/7\n" + "\n".join(f"X-{number}: a" for number in range(10_000))
    assert ask(port, head).startswith(("HTTP/1.1 431", "HTTP/1.1 400"))


def test_events_arrive_as_they_happen_and_a_lost_reader_frees_the_place(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as reader:
        reader.sendall(request_bytes("GET /v1/events:watch?count=2&then=wait"))
        seen = b""
        while b"id: 2" not in seen or b": heartbeat" not in seen:
            seen += reader.recv(65536)
        assert ask(port, "GET /v1/events:watch?count=1").startswith("HTTP/1.1 503")
    answers = (ask(port, "GET /v1/events:watch?count=1") for _ in range(50))
    assert any(answer.startswith("HTTP/1.1 200") or time.sleep(0.1) for answer in answers)


def test_senders_who_stall_hold_only_their_places_and_give_them_back(port: int) -> None:
    body = b'{"someText":"a"}'
    head = f"POST /v1/mirror\nContent-Type: application/json\nContent-Length: {len(body)}"
    stalled = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(2)]
    for connection in stalled:
        connection.sendall(request_bytes(head))
        # granian adds one thread at a time: what comes while it does may wait for the request after it.
        time.sleep(0.3)
    assert ask(port, "GET /v1/people/7").startswith("HTTP/1.1 200")
    assert ask(port, head, body).startswith("HTTP/1.1 503")
    for connection in stalled:
        connection.close()
    time.sleep(0.3)
    assert ask(port, head, body).startswith("HTTP/1.1 200")
