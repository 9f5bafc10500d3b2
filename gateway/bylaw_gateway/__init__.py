"""The gateway of Bylaw: REST in, gRPC out, every route read from the contract."""

from bylaw_gateway.app import create_app
from bylaw_gateway.settings import GatewaySettings

__all__ = ["GatewaySettings", "create_app"]
