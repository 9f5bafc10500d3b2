"""The application that the tests of the real server run: gateway and services in one process."""

import grpc
from bylaw_gateway import GatewaySettings, create_app
from flask import Flask

from tests.gateway.contract.compiled import descriptors
from tests.gateway.desk import start_desk


def build() -> Flask:
    """Made by the server's worker, after it was started."""
    server, port, _ = start_desk()
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    settings = GatewaySettings(
        contract_path=descriptors(), stream_limit=1, heartbeat_seconds=0.2, arriving_body_limit=2
    )
    app = create_app({"gatewaytest.v1.Desk": channel, "gatewaytest.v1.Archive": channel}, settings)
    # A gRPC server that nobody holds stops.
    app.extensions["desk"] = server
    return app
