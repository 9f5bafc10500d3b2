"""Pages that stand beside the calls: others bring them, the gateway gives them what calls are made with."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points

import grpc
from bylaw_chassis.addresses import AddressSeal
from flask import Blueprint
from flask.typing import ResponseReturnValue

from bylaw_gateway.health import Readiness
from bylaw_gateway.places import Places
from bylaw_gateway.settings import GatewaySettings

GROUP = "bylaw.gateway_pages"
"""The entry points by which a distribution offers pages: each a function from `Mounting` to a blueprint."""


@dataclass(frozen=True)
class Mounting:
    """What pages work with: the same ways to services that calls take, and nothing more.

    `services` are keyed by full proto name, `bodies` are the places for what is still arriving, and `fault` answers
    whatever goes wrong the way it does for clients that read no pages.
    """

    services: Mapping[str, grpc.Channel]
    settings: GatewaySettings
    seal: AddressSeal
    readiness: Readiness | None
    bodies: Places
    fault: Callable[[Exception], ResponseReturnValue]

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose, the same in every process of the installation; by chance where it has no secret."""
        secret = self.seal.key or secrets.token_bytes(32)
        return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()


Pages = Callable[[Mounting], Blueprint]


def installed_pages() -> list[Pages]:
    """Those of every installed distribution, by name."""
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return [entry.load() for entry in found]
