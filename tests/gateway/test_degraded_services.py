"""A service that answers, and of which something is not as it should be: traffic may come, and an operator is told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from bylaw_gateway.networked import create_networked_app
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[health.HealthServicer]:
    """What people, attendance, inventory and orders, which are one here, say of themselves."""
    servicer, server = health.HealthServicer(), grpc.server(ThreadPoolExecutor(2))
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    for name, value in (
        *((one, address) for one in ("PEOPLE", "ATTENDANCE", "INVENTORY", "ORDERS")),
        ("ADDRESS_KEY", "k" * 32),
    ):
        monkeypatch.setenv(f"BYLAW_GATEWAY_{name}", value)
    for name in ("", "organisation", "policies"):
        servicer.set(name, SERVING)
    server.start()
    yield servicer
    server.stop(None).wait()


def test_a_detail_that_does_not_hold_is_named_and_traffic_may_come(told: health.HealthServicer) -> None:
    client = create_networked_app().test_client()
    assert client.get("/readyz").json == {"status": "ready", "notReady": [], "degraded": []}

    told.set("policies", NOT_SERVING)

    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ready", "notReady": [], "degraded": ["attendance.policies"]},
    )


def test_of_a_service_that_is_not_ready_no_detail_is_told(told: health.HealthServicer) -> None:
    told.set("", NOT_SERVING)
    told.set("policies", NOT_SERVING)

    answer = create_networked_app().test_client().get("/readyz")

    assert (answer.status_code, answer.json["degraded"]) == (503, [])
    assert answer.json["notReady"] == ["attendance", "inventory", "orders", "people"]
