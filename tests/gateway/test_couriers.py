"""Providers of tracking at the gateway: their pushes are handed on byte for byte, and nothing that signs in."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from bylaw.orders.v1 import parcels_pb2, parcels_pb2_grpc
from bylaw_gateway import GatewaySettings, create_app
from bylaw_gateway.couriers import BODY_BYTES, COURIER_LINE
from flask.testing import FlaskClient

PUSH = "/couriers/kuaidi100/push"
CODES = {
    "forged": grpc.StatusCode.PERMISSION_DENIED,
    "unknown": grpc.StatusCode.NOT_FOUND,
    "odd": grpc.StatusCode.INVALID_ARGUMENT,
    "away": grpc.StatusCode.UNAVAILABLE,
}


class Line(parcels_pb2_grpc.CourierLineServicer):
    """A service that keeps what it is asked, and refuses an adapter as it is called."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.metadata: list[dict[str, str]] = []

    def ReceivePush(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.heard.append(request)
        self.metadata.append(dict(context.invocation_metadata()))
        if request.courier in CODES:
            context.abort(CODES[request.courier], "no")
        kind = "text/html" if request.courier == "scripted" else "application/json"
        return parcels_pb2.ReceivePushResponse(text='{"result":true}', content_type=kind)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def client(line: Line) -> Iterator[FlaskClient]:
    server = grpc.server(ThreadPoolExecutor(2))
    parcels_pb2_grpc.add_CourierLineServicer_to_server(line, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield create_app(
            {COURIER_LINE: channel}, GatewaySettings.model_validate({"contract_path": os.devnull})
        ).test_client()
    server.stop(0)


@pytest.mark.clause("ORD-2")
def test_a_push_is_handed_on_byte_for_byte_and_answered_in_the_providers_words(client: FlaskClient, line: Line) -> None:
    body = "param=%7B%7D&sign=签".encode() + b"\x00\xff"
    answer = client.post(PUSH, data=body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.text) == (200, '{"result":true}')
    assert answer.content_type == "application/json; charset=utf-8"
    [heard] = line.heard
    assert (heard.courier, heard.body) == ("kuaidi100", body)
    assert [(one.header, one.value) for one in heard.headers] == [("content-type", "application/x-www-form-urlencoded")]


def test_what_signs_somebody_in_stays_outside(client: FlaskClient, line: Line) -> None:
    headers = {
        "Authorization": "Bearer eyJ.abc.def",
        "Cookie": "session=1",
        "X-Service-Token": "secret",
        "X-Forwarded-For": "10.0.0.1",
        "X-Sign": "abc",
        "X-Long": "x" * 2000,
    }
    assert client.post(PUSH, data=b"x", headers=headers).status_code == 200
    assert [(one.header, one.value) for one in line.heard[0].headers] == [("x-sign", "abc")]
    assert "authorization" not in line.metadata[0]
    assert "x-service-token" not in line.metadata[0]


@pytest.mark.parametrize(
    ("courier", "status", "word"),
    [("forged", 403, "REFUSED"), ("unknown", 404, "REFUSED"), ("odd", 400, "REFUSED"), ("away", 503, "TRY AGAIN")],
)
def test_a_refusal_is_one_word_and_only_what_may_help_is_asked_for_again(
    client: FlaskClient, courier: str, status: int, word: str
) -> None:
    answer = client.post(f"/couriers/{courier}/push", data=b"x")
    assert (answer.status_code, answer.text) == (status, f"{word}\n")


def test_a_body_that_no_provider_sends_is_not_handed_on(client: FlaskClient, line: Line) -> None:
    assert client.post(PUSH, data=b"x" * (BODY_BYTES + 1)).status_code == 413
    assert line.heard == []
    assert client.post(PUSH, data=b"x" * BODY_BYTES).status_code == 200


@pytest.mark.parametrize("courier", ["Kuaidi100", "..", "a b", "x" * 100, "%2e%2e", "ä"])
def test_a_name_that_is_none_goes_nowhere(client: FlaskClient, line: Line, courier: str) -> None:
    assert client.post(f"/couriers/{courier}/push", data=b"x").status_code == 404
    assert line.heard == []


def test_nothing_but_pushing_is_done_there(client: FlaskClient) -> None:
    assert client.get(PUSH).status_code == 405
    assert client.post("/couriers/kuaidi100").status_code == 404


def test_no_answer_of_a_plugin_becomes_a_page(client: FlaskClient) -> None:
    assert client.post("/couriers/scripted/push", data=b"x").content_type == "text/plain; charset=utf-8"
