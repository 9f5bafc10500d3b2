"""The gateway over services on the network: where each is, and whether it is well."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType

import bylaw.attendance.v1 as attendance
import bylaw.inventory.v1 as inventory
import bylaw.orders.v1 as orders
import bylaw.people.v1 as people
import grpc
from bylaw_chassis.addresses import address_seal
from bylaw_chassis.neighbours import open_channel
from flask import Flask
from grpc_health.v1 import health_pb2, health_pb2_grpc
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bylaw_gateway.app import create_app
from bylaw_gateway.health import DEGRADED, READY
from bylaw_gateway.mounting import installed_pages
from bylaw_gateway.settings import GatewaySettings

ASK_SECONDS, NOT_SERVING = 2.0, "not serving"
CONTRACTS: Mapping[str, ModuleType] = {
    "people": people,
    "attendance": attendance,
    "inventory": inventory,
    "orders": orders,
}
DETAILS: Mapping[str, tuple[str, ...]] = {
    "attendance": ("organisation", "policies", "leave-policies", "export-layouts"),
    "inventory": ("organisation",),
    "orders": ("organisation", "goods"),
}
"""Under which further names a service's health tells what is not as it should be, though it answers."""


class Addresses(BaseSettings):
    """Where the services are and where the gateway listens, each as `BYLAW_GATEWAY_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix="BYLAW_GATEWAY_", frozen=True)

    people: str = Field(default="people:50051", description="Where people answers gRPC.")
    attendance: str = Field(default="attendance:50051", description="Where attendance answers gRPC.")
    inventory: str = Field(default="inventory:50051", description="Where inventory answers gRPC.")
    orders: str = Field(default="orders:50051", description="Where orders answers gRPC.")
    address_key: SecretStr = Field(
        min_length=32,
        description="Secret shared with the services (`BYLAW_ADDRESS_KEY`), which then believe the addresses it tells.",
    )
    host: str = Field(default="0.0.0.0", description="Address to listen on.")  # noqa: S104 - a container's own
    port: int = Field(default=8080, ge=1, le=65535, description="Port to listen on.")
    workers: int = Field(default=1, ge=1, le=64, description="Processes that answer.")
    threads: int = Field(default=16, ge=1, le=256, description="Requests at once in each process.")


def addresses_told() -> Addresses:
    """From the environment; raises pydantic's ValidationError naming each setting at fault."""
    return Addresses()  # type: ignore[call-arg] # the environment says the rest


def create_networked_app() -> Flask:
    """The gateway of one worker process; its channels are made here, after any fork."""
    addresses = addresses_told()
    channels = {service: open_channel(getattr(addresses, service)) for service in CONTRACTS}
    services = {name: channels[service] for service in CONTRACTS for name in services_of(service)}
    seal = address_seal(addresses.address_key.get_secret_value())
    return create_app(
        services, GatewaySettings(), readiness=lambda: _states(channels), seal=seal, pages=installed_pages()
    )


def services_of(service: str) -> Iterator[str]:
    """Full names of what a service offers under the contract."""
    package = CONTRACTS[service]
    for found in pkgutil.iter_modules(package.__path__):
        if found.name.endswith("_pb2"):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            yield from (offered.full_name for offered in module.DESCRIPTOR.services_by_name.values())


def _states(channels: Mapping[str, grpc.Channel]) -> dict[str, str]:
    states: dict[str, str] = {}
    for service, channel in channels.items():
        states[service] = _state(channel)
        if states[service] == READY:
            told = {f"{service}.{detail}": _state(channel, detail) for detail in DETAILS.get(service, ())}
            states |= {name: DEGRADED for name, state in told.items() if state == NOT_SERVING}
    return states


def _state(channel: grpc.Channel, name: str = "") -> str:
    asked = health_pb2.HealthCheckRequest(service=name)
    try:
        answer = health_pb2_grpc.HealthStub(channel).Check(asked, timeout=ASK_SECONDS)
    except grpc.RpcError:
        return "unreachable"
    return READY if answer.status == health_pb2.HealthCheckResponse.SERVING else NOT_SERVING
