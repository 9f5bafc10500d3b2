"""The same gateway over a channel that never leaves the process: bare generators, no trailers."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from bylaw_chassis.local_channel import LocalEnd
from bylaw_gateway import GatewaySettings, create_app
from flask.testing import FlaskClient
from google.api.httpbody_pb2 import HttpBody

from tests.gateway.contract.compiled import module


class Refusal(grpc.RpcError, grpc.Call):
    """A refusal as a call within the process raises it."""

    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.DEADLINE_EXCEEDED

    def trailing_metadata(self) -> tuple[()]:
        return ()


Refusal.__abstractmethods__ = frozenset()


class Unary:
    """A call that knows no trailers."""

    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self._answer = answer

    def __call__(self, request: Any, timeout: float, metadata: Any) -> Any:  # noqa: ARG002
        return self._answer(request)

    def with_call(self, request: Any, timeout: float, metadata: Any) -> Any:
        return self(request, timeout, metadata), LocalEnd()


class Within:
    """A channel to functions."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def unary_unary(self, path: str, **_: Any) -> Unary:
        if path.endswith("DownloadFile"):
            return Unary(lambda _: HttpBody(data=b"raw", content_type="text/csv"))
        return Unary(lambda _: module("desk_pb2").GetSheetResponse(sheet={"name": "s"}))

    def unary_stream(self, path: str, **_: Any) -> Callable[..., Iterator[Any]]:  # noqa: ARG002
        def events(request: Any, timeout: float, metadata: Any) -> Iterator[Any]:  # noqa: ARG001
            try:
                for number in range(request.count):
                    yield module("desk_pb2").Event(cursor=str(number))
                if request.then == "end":
                    raise Refusal
                if request.then == "refuse":
                    raise ValueError("select password from people")
            finally:
                self.ended.set()

        return events


@pytest.fixture
def channel() -> Within:
    return Within()


@pytest.fixture
def within(channel: Within) -> FlaskClient:
    module("desk_pb2")
    settings = GatewaySettings(stream_limit=1)
    return create_app({"gatewaytest.v1.Archive": channel}, settings).test_client()


def test_a_call_is_answered(within: FlaskClient) -> None:
    assert within.get("/v1/people/7/sheets/1").json == {"name": "s", "etag": ""}


def test_a_download_comes_without_a_name_of_its_own(within: FlaskClient) -> None:
    answer = within.get("/v1/files/a")
    assert (answer.data, answer.headers["Content-Disposition"]) == (b"raw", "attachment")


def test_a_stream_of_a_bare_generator_ends_when_the_reader_leaves(within: FlaskClient, channel: Within) -> None:
    answer = within.get("/v1/events:watch?count=100000", buffered=False)
    next(answer.response)
    answer.close()
    assert channel.ended.wait(5)


def test_a_stream_that_breaks_ends_with_a_problem_that_tells_nothing(within: FlaskClient) -> None:
    text = within.get("/v1/events:watch?count=1&then=refuse").text
    assert '"status":500' in text
    assert "password" not in text


def test_a_stream_whose_time_is_over_ends_without_an_error(within: FlaskClient, channel: Within) -> None:
    text = within.get("/v1/events:watch?count=1&then=end").text
    assert text.endswith('data: {"cursor":"0","text":""}\n\n')
    assert channel.ended.wait(5)
