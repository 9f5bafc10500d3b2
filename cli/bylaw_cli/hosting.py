"""Every service in one process: each built, its calls reached without a network, the gateway on top.

`create_app` is what each worker process of `bylaw up` runs. The same stubs, interceptors and bytes as on the network.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

import grpc
from bylaw_attendance import app as attendance
from bylaw_chassis.addresses import address_seal
from bylaw_chassis.garbage import collect_seldom
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.observe import configure_logs
from bylaw_chassis.serving import Service
from bylaw_chassis.settings import read_settings
from bylaw_gateway.app import create_app as create_gateway
from bylaw_gateway.health import DEGRADED, READY
from bylaw_gateway.mounting import installed_pages
from bylaw_gateway.settings import GatewaySettings
from bylaw_inventory import app as inventory
from bylaw_orders import app as orders
from bylaw_people import app as people
from flask import Flask

from bylaw_cli.orphans import end_with_starter

THREADS = 16
"""Calls at once in each service: as many as the gateway has threads."""

MASTER_KEY, PHOTO_FOLDER = "BYLAW_MASTER_KEY", "BYLAW_PHOTO_FOLDER"
GOODS_PHOTO_FOLDER, ERASURES_FILE = "BYLAW_GOODS_PHOTO_FOLDER", "BYLAW_ERASURES_FILE"
MIGRATIONS = {
    "people": people.MIGRATIONS,
    "attendance": attendance.MIGRATIONS,
    "inventory": inventory.MIGRATIONS,
    "orders": orders.MIGRATIONS,
}


@dataclass(frozen=True)
class Hosted:
    """The services of this process."""

    services: Mapping[str, Service]

    def channel(self, service: str) -> grpc.Channel:
        """The way to one service by its short name."""
        return LocalChannel(self.services[service].server)

    def channels_by_contract(self) -> dict[str, grpc.Channel]:
        """The way to each service of the contract by its full name, as the gateway wants it."""
        return {
            contract.full_name: LocalChannel(service.server)
            for service in self.services.values()
            for contract in service.server.services
        }

    def readiness(self) -> dict[str, str]:
        """Say of each service whether it is ready, and of one that is what is not as it should be all the same."""
        states = {name: READY if service.ready() else "database" for name, service in self.services.items()}
        for name, service in self.services.items():
            if states[name] == READY:
                states |= {f"{name}.{one}": DEGRADED for one in service.details if not service.holds(one)}
        return states

    def start(self) -> None:
        """Begin to run jobs and timers."""
        for service in self.services.values():
            service.runner.start()

    def close(self) -> None:
        """Stop jobs, close connections; those that ask others first."""
        for service in reversed(tuple(self.services.values())):
            service.close()


def build(urls: Mapping[str, str], master_key: str, **more: Any) -> Hosted:
    """Build every service in this process, each with the address of its own schema; nothing runs yet.

    `more` are settings beside those of the environment; each service but people takes what is its own.
    """
    given = {"database_url": urls["people"], "master_key": master_key, "threads": THREADS}
    organisation = people.build(read_settings(people.PeopleSettings, **given))
    with ExitStack() as built:
        built.callback(organisation.close)
        own = build_attendance(urls, master_key, LocalChannel(organisation.server), **more)
        built.callback(own.close)
        stock = build_inventory(urls, master_key, LocalChannel(organisation.server), **more)
        built.callback(stock.close)
        ordered = build_orders(urls, master_key, LocalChannel(organisation.server), LocalChannel(stock.server), **more)
        built.pop_all()  # all of them are there: whoever hosts them closes them
    return Hosted({"people": organisation, "attendance": own, "inventory": stock, "orders": ordered})


def build_attendance(urls: Mapping[str, str], master_key: str, people: grpc.Channel, **more: Any) -> Service:
    """Build attendance alone, beside a people that is there."""
    given = {"database_url": urls["attendance"], "master_key": master_key, "threads": THREADS, **more}
    return attendance.build(read_settings(attendance.AttendanceSettings, **given), channels={"people": people})


def build_inventory(urls: Mapping[str, str], master_key: str, people: grpc.Channel, **more: Any) -> Service:
    """Build inventory alone, beside a people that is there."""
    given = {"database_url": urls["inventory"], "master_key": master_key, "threads": THREADS, **more}
    return inventory.build(read_settings(inventory.InventorySettings, **given), channels={"people": people})


def build_orders(
    urls: Mapping[str, str], master_key: str, people: grpc.Channel, stock: grpc.Channel, **more: Any
) -> Service:
    """Build orders alone, beside a people and an inventory that are there."""
    given = {"database_url": urls["orders"], "master_key": master_key, "threads": THREADS, **more}
    channels = {"people": people, orders.INVENTORY: stock}
    return orders.build(read_settings(orders.OrdersSettings, **given), channels=channels)


def photo_folder(data: Path) -> Path:
    """Return where photos lie: as the environment says, else in the data folder."""
    return Path(os.environ.get(PHOTO_FOLDER) or data / "photos")


def goods_photo_folder(data: Path) -> Path:
    """Return where photos of goods lie: as the environment says, else in the data folder."""
    return Path(os.environ.get(GOODS_PHOTO_FOLDER) or data / "goods-photos")


def erasures_file(data: Path) -> Path:
    """Return where it is kept who was erased: as the environment says, else in the data folder."""
    return Path(os.environ.get(ERASURES_FILE) or data / "erasures.jsonl")


def variable(service: str) -> str:
    """Return the environment variable by which a worker is told the address of a service's schema."""
    return f"BYLAW_{service.upper()}_DATABASE_URL"


def before_end(act: Callable[[], None]) -> None:
    """Have something done when this worker ends in order: multiprocessing's children run no `atexit`, only this."""
    Finalize(None, act, exitpriority=0)


def create_app() -> Flask:
    """The gateway over every service: what one worker process of `bylaw up` answers with."""
    end_with_starter()
    configure_logs(level=os.environ.get("BYLAW_LOG_LEVEL", "WARNING"))
    master_key = os.environ[MASTER_KEY]
    hosted = build({service: os.environ[variable(service)] for service in MIGRATIONS}, master_key)
    hosted.start()
    before_end(hosted.close)
    collect_seldom()
    channels, seal = hosted.channels_by_contract(), address_seal(os.environ.get("BYLAW_ADDRESS_KEY") or master_key)
    return create_gateway(channels, GatewaySettings(), readiness=hosted.readiness, seal=seal, pages=installed_pages())
