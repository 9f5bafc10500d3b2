"""Builds the orders service: the only file that knows all the others."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import grpc
from bylaw.orders.v1 import audit_pb2, feed_pb2
from bylaw_chassis.clock import Clock, system_clock
from bylaw_chassis.database import Work
from bylaw_chassis.decisions.line import DecisionLine
from bylaw_chassis.decisions.wish import DecisionEnd
from bylaw_chassis.feed_rpc import FeedRpc
from bylaw_chassis.member import member
from bylaw_chassis.migrate import Migrations
from bylaw_chassis.notices import telling
from bylaw_chassis.server import Server
from bylaw_chassis.serving import Service
from pydantic import Field

from bylaw_orders.apps.checking import add_checks, order_checks
from bylaw_orders.apps.customers import UNCHANGEABLE, CustomerSettings, customer_data
from bylaw_orders.apps.figures import add_figures
from bylaw_orders.apps.following import following
from bylaw_orders.apps.merging import add_merging
from bylaw_orders.apps.order_imports import add_order_files
from bylaw_orders.apps.orders import add_orders
from bylaw_orders.apps.parcels import UNCHANGEABLE as TRACKED
from bylaw_orders.apps.parcels import Ground, ParcelSettings, add_parcels
from bylaw_orders.apps.reviews import add_reviews
from bylaw_orders.apps.tickets import UNCHANGEABLE as WRITTEN
from bylaw_orders.apps.tickets import TicketSettings, add_tickets
from bylaw_orders.importers import installed
from bylaw_orders.use_cases.following.hear_all import HearAll

NAME, INVENTORY = "orders", "inventory"
MIGRATIONS = Migrations(
    NAME,
    Path(__file__).parent / "store" / "migrations",
    ("order_versions", "order_events", "stock_returns", "channel_checks", *UNCHANGEABLE, *WRITTEN, *TRACKED),
)


class OrdersSettings(CustomerSettings, ParcelSettings, TicketSettings):
    """What the service is told; the addresses of neighbours count only where these are other processes."""

    people_address: str = Field("people:50051", description="Where people answers gRPC.")
    inventory_address: str = Field("inventory:50051", description="Where inventory answers gRPC.")


def build(settings: OrdersSettings, *, channels: Mapping[str, grpc.Channel], clock: Clock = system_clock) -> Service:
    """The service over its database and its neighbours; `channels` reach `people` and `inventory`."""
    ends = dict[str, Callable[[Work, DecisionEnd], None]]()
    decided = DecisionLine(NAME, ends)
    own = member(NAME, settings, channels, clock=clock, handlers=decided.hearers())
    follow = following(own)
    server = own.server()
    _add(server, audit_pb2, "Audit", own.audit_calls(audit_pb2.DESCRIPTOR.services_by_name["Audit"]))
    _add(server, feed_pb2, "Feed", FeedRpc(own.database, feed_pb2.Event, feed_pb2.ListEventsResponse))
    customers = customer_data(own, settings)
    trade = add_orders(server, own, channels[INVENTORY], customers.sealed, order_checks())
    add_checks(server, own, trade.finding)
    add_figures(server, own, trade.finding)
    merging = add_merging(server, own, channels[INVENTORY], trade, customers.sealed)
    ground = Ground(trade.finding, trade.restating, trade.parcels)
    tracking = add_parcels(server, own, settings, customers.sealed, ground)
    importers = installed()
    files = add_order_files(server, own, trade.finding, trade.taking, importers)
    tickets = add_tickets(server, own, trade, customers.sealed, tracking.letters, settings=settings)
    ends.update(tickets.ends)
    hears = HearAll((trade.hears, tickets.hears))
    timers = (
        follow.timer(),
        follow.effects(hears),
        *trade.timers,
        *customers.add(server, trade.finding),
        decided.timer(own.database),
        *tickets.timers,
        *add_reviews(server, own, trade.finding, customers.sealed),
    )
    jobs = {**telling(own), **merging, **tracking.jobs, **tickets.jobs, **files.jobs}
    timers = (*timers, *tracking.timers, *files.timers)
    service = own.hosted(server, jobs=jobs, timers=timers, details=follow.details)
    service.on_close += [tracking.close, importers.close]
    return service


def _add(server: Server, module: Any, service: str, servicer: object) -> None:
    server.add(module.DESCRIPTOR.services_by_name[service], servicer)
