"""Reading one order over REST, beside a bare Flask view that makes the same call of the same service."""

import statistics
import time
from collections.abc import Callable
from typing import Any

import grpc
from bylaw.orders.v1 import orders_pb2, orders_pb2_grpc
from bylaw_chassis.addresses import AddressSeal
from bylaw_gateway import GatewaySettings, create_app
from flask import Flask, Response, request
from google.protobuf.json_format import MessageToJson
from werkzeug.test import Client

from benchmarks.shop_world import shop_world

ROUNDS, CALLS_A_ROUND = 100, 10
GOAL = ">= 0.5"


def measure() -> list[dict[str, Any]]:
    """Both in this process, all services in one as in `bylaw up`, in turns."""
    with shop_world(3) as world, world.hosted() as everything:
        channels = everything.channels_by_contract()
        bare = bare_flask(everything.channel("orders"))
        ours = create_app(channels, GatewaySettings(), seal=AddressSeal())
        theirs, own = _compare(*(_reading(app, world.shop.placed, world.shop.token) for app in (bare, ours)))
    return [
        {
            "name": "Reading an order of three lines over REST, to bare Flask with the same call",
            "ratio": round(theirs / own, 2),
            "goal": GOAL,
            "unit": "of its requests a second",
            "detail": f"{theirs * 1e3:.2f} ms a request by the bare view, {own * 1e3:.2f} ms by the gateway;"
            " WSGI calls in turns, the service and its database behind both",
        }
    ]


def bare_flask(channel: grpc.Channel) -> Flask:
    """The least that could be written by hand: one view, the same call with the same metadata, the message as JSON."""
    app = Flask("bare")
    stub = orders_pb2_grpc.OrdersStub(channel)

    @app.get("/v1/orders/<name>")
    def show(name: str) -> Response:
        metadata = (
            ("x-trace-id", "0af7651916cd43dd8448eb211c80319c"),
            ("accept-language", "zh"),
            ("authorization", request.environ["HTTP_AUTHORIZATION"]),
        )
        asked = orders_pb2.GetOrderRequest(name=f"orders/{name}")
        message = stub.GetOrder(asked, timeout=30, metadata=metadata)
        return Response(MessageToJson(message, ensure_ascii=False), content_type="application/json")

    return app


def _reading(app: Flask, name: str, token: str) -> Callable[[], float]:
    """Seconds a request of a round."""
    client, headers = Client(app), {"Authorization": f"Bearer {token}"}

    def read() -> float:
        began = time.perf_counter()
        for _ in range(CALLS_A_ROUND):
            answer = client.get(f"/v1/{name}", headers=headers)
            assert (answer.status_code, answer.json and answer.json["name"]) == (200, name)
        return (time.perf_counter() - began) / CALLS_A_ROUND

    return read


def _compare(bare: Callable[[], float], ours: Callable[[], float]) -> tuple[float, float]:
    """Median seconds a request of each, in many short turns, so that a busy machine troubles both alike."""
    turns = [(bare(), ours()) for _ in range(ROUNDS)]
    return statistics.median(turn[0] for turn in turns), statistics.median(turn[1] for turn in turns)
