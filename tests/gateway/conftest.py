"""A gateway over the services of the test contract, reached by real gRPC on loopback."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from bylaw_gateway import GatewaySettings, create_app
from flask import Flask
from flask.testing import FlaskClient

from tests.gateway.contract.compiled import descriptors
from tests.gateway.desk import Archive, start_desk

SERVICES = ("gatewaytest.v1.Desk", "gatewaytest.v1.Archive")


@pytest.fixture(scope="session")
def desk() -> Iterator[tuple[grpc.Channel, Archive]]:
    """A channel to the running services, and the archive to ask about its streams."""
    server, port, archive = start_desk()
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    yield channel, archive
    channel.close()
    server.stop(0).wait()


@pytest.fixture(scope="session")
def build(desk: tuple[grpc.Channel, Archive]) -> Callable[..., Flask]:
    """Builds a gateway with settings of the test's own."""

    def build_app(*, readiness: Any = None, **settings: Any) -> Flask:
        chosen = GatewaySettings(**{"contract_path": descriptors(), **settings})
        return create_app(dict.fromkeys(SERVICES, desk[0]), chosen, readiness=readiness)

    return build_app


@pytest.fixture(scope="session")
def app(build: Callable[..., Flask]) -> Flask:
    """A gateway with the defaults."""
    return build()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A caller of that gateway."""
    return app.test_client()
