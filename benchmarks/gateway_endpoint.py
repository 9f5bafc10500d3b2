"""A small answer through the whole gateway against a bare Flask view that makes the same stub call."""

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from bylaw.attendance.v1 import punches_pb2, punches_pb2_grpc
from bylaw_gateway import GatewaySettings, create_app
from flask import Flask, Response, request

from benchmarks.gateway_json import small_message

ROUNDS = 200
CALLS_A_ROUND = 15
NAME = "punchImports/01943c5e-7b1c-7d3a-9f00-1c2d3e4f5a6b"


class _Punches(punches_pb2_grpc.PunchesServicer):
    """Answers with a finished import at once, so that the gateway's own cost shows."""

    def GetPunchImport(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        return small_message()


def serve() -> None:
    """Run the service until its input ends; its port is the first line it prints."""
    server = grpc.server(ThreadPoolExecutor(4))
    punches_pb2_grpc.add_PunchesServicer_to_server(_Punches(), server)  # type: ignore[abstract] # one call is asked, one is here
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    sys.stdin.read()
    server.stop(0)


def bare_flask(channel: grpc.Channel) -> Flask:
    """The least that could be written by hand: one view, the same call with the same metadata, one field out."""
    app = Flask("bare")
    stub = punches_pb2_grpc.PunchesStub(channel)

    @app.get("/v1/punchImports/<name>")
    def show(name: str) -> Response:
        asked = punches_pb2.GetPunchImportRequest(name=f"punchImports/{name}")
        metadata = (
            ("x-trace-id", "0af7651916cd43dd8448eb211c80319c"),
            ("accept-language", "zh"),
            ("x-forwarded-for", request.environ["REMOTE_ADDR"]),
            ("authorization", request.environ["HTTP_AUTHORIZATION"]),
        )
        message = stub.GetPunchImport(asked, timeout=30, metadata=metadata)
        return Response(b'{"name":"%s"}' % message.name.encode(), content_type="application/json")

    return app


def _environ() -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/v1/{NAME}",
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8080",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8080",
        "HTTP_AUTHORIZATION": "Bearer " + "a" * 300,
        "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9,en;q=0.8",
        "HTTP_USER_AGENT": "benchmark",
        "HTTP_ACCEPT": "application/json",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _ask(app: Flask) -> None:
    seen: list[str] = []

    def start_response(status: str, *_: Any) -> Callable[[bytes], None]:
        seen.append(status)
        return lambda _: None

    body = app(_environ(), start_response)
    b"".join(body)
    assert seen == ["200 OK"]


def _seconds(app: Flask) -> float:
    began = time.perf_counter()
    for _ in range(CALLS_A_ROUND):
        _ask(app)
    return (time.perf_counter() - began) / CALLS_A_ROUND


def _compare(bare: Flask, ours: Flask) -> tuple[float, float]:
    """Median seconds a request of each, in many short turns, so that a busy machine troubles both alike."""
    turns = [(_seconds(bare), _seconds(ours)) for _ in range(ROUNDS)]
    return statistics.median(turn[0] for turn in turns), statistics.median(turn[1] for turn in turns)


def _result(channel: grpc.Channel) -> dict[str, Any]:
    services = {"bylaw.attendance.v1.Punches": channel}
    bare, ours = _compare(bare_flask(channel), create_app(services, GatewaySettings()))
    detail = f"{bare * 1e6:.0f} µs a request by the bare view, {ours * 1e6:.0f} µs by the gateway; WSGI calls in turns"
    return {
        "name": "Gateway endpoint, small message, to bare Flask with the same call",
        "ratio": bare / ours,
        "goal": ">= 0.9",
        "unit": "of its requests a second",
        "detail": detail,
    }


def measure() -> list[dict[str, Any]]:
    """The service runs in a process of its own, as it would."""
    command = [sys.executable, "-c", "from benchmarks.gateway_endpoint import serve; serve()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as service:  # noqa: S603
        assert service.stdout is not None
        with grpc.insecure_channel(f"127.0.0.1:{service.stdout.readline().strip()}") as channel:
            found = _result(channel)
        service.communicate()
    return [found]
