"""Puts together what follows parcels: couriers, customers' messages, promises (ORD-2, ORD-3); a part of `app.py`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from bylaw.orders.v1 import parcels_pb2
from bylaw_chassis.database import Work
from bylaw_chassis.jobs import JobFunction, Timer
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server
from bylaw_plugin_host.delivering import start_channels
from bylaw_plugin_host.settings import WorkerSettings
from bylaw_plugin_host.tracking import start_couriers
from pydantic import Field

from bylaw_orders.policies.couriers import Couriers, set_up
from bylaw_orders.policies.letters import CustomerLetters, set_up_letters
from bylaw_orders.ports.customers import Customers
from bylaw_orders.rpc.parcels import CourierCalls, ParcelCalls
from bylaw_orders.rules.following.heard import ParcelHandedOver
from bylaw_orders.rules.orders.standing import Fulfilment
from bylaw_orders.store import customer_messages, orders, parcels, promises, questions
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.orders.restating import Restating
from bylaw_orders.use_cases.tracking.ask_couriers import ASK_COURIERS, AskCouriers
from bylaw_orders.use_cases.tracking.hear_reports import HearReports
from bylaw_orders.use_cases.tracking.keep_parcels import KeepParcels
from bylaw_orders.use_cases.tracking.keep_promises import KeepPromises
from bylaw_orders.use_cases.tracking.receive_push import ReceivePush
from bylaw_orders.use_cases.tracking.tell_customers import TELL_CUSTOMER, TellCustomers

ASK_SECONDS, PROMISE_SECONDS = 20.0, 20.0
PROMISES = "promises"
UNCHANGEABLE = ("track_events",)
"""The table in which nobody changes a row."""


class ParcelSettings(WorkerSettings):
    """Where the world reaches us, and how often couriers are asked."""

    courier_push_url: str = Field(
        "",
        pattern=r"^(https?://[^\s?#]+)?$",
        description="Where providers of tracking reach the gateway, such as https://shop.example; empty: none pushes.",
    )
    courier_questions_per_minute: int = Field(
        60, ge=1, le=10_000, description="At most so many parcels are asked for in a minute (ORD-2)."
    )


class Parcels:
    """What the rest of the service needs of parcels; `hearing` is filled in when all is put together."""

    def __init__(self) -> None:
        self.hearing: HearReports | None = None

    def handed_over(self, work: Work, told: Sequence[tuple[UUID, ParcelHandedOver]]) -> None:
        """Parcels of orders that were handed to a carrier; one that is known stays as it is."""
        if self.hearing and told:
            self.hearing.handed_over(work, told)

    def stages(self, connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, list[Fulfilment]]:
        """Of each order that has any, the stage of each parcel."""
        return parcels.stages(connection, wanted)


@dataclass(frozen=True, slots=True)
class Tracking:
    """Parcels in this process, its jobs and timers. Closing it ends the processes of plugins."""

    asking: AskCouriers
    telling: TellCustomers
    promises: KeepPromises
    couriers: Couriers
    letters: CustomerLetters

    @property
    def jobs(self) -> Mapping[str, JobFunction]:
        """What is done behind a commit."""
        return {ASK_COURIERS: self.asking, TELL_CUSTOMER: self.telling}

    @property
    def timers(self) -> Sequence[Timer]:
        """Promises are looked at always, couriers are asked where any is set up."""
        looking = Timer(PROMISES, PROMISE_SECONDS, self.promises, promises.DUE)
        if not self.couriers.names:
            return (looking,)
        return (looking, Timer("parcels", ASK_SECONDS, self.asking.have_asked, questions.DUE))

    def close(self) -> None:
        """Ends the processes of plugins."""
        self.couriers.close()
        self.letters.close()


def add_parcels(
    server: Server, own: Member, settings: ParcelSettings, customers: Customers, trade: "Ground"
) -> Tracking:
    """Adds the calls about parcels; raises SettingWrong or PluginRefused."""
    database, limits = own.database, settings.limits()
    couriers = set_up(start_couriers(limits=limits), push_url=settings.courier_push_url)
    letters = set_up_letters(start_channels(limits=limits))
    keeping = KeepPromises(database, orders, promises)
    hearing = HearReports(database, orders, parcels, customer_messages, trade.restating, keeping)
    trade.parcels.hearing = hearing
    shown = KeepParcels(database, trade.finding, parcels, promises, customer_messages, hearing)
    services = parcels_pb2.DESCRIPTOR.services_by_name
    server.add(services["OrderParcels"], ParcelCalls(shown, own.page_tokens, database.clock))
    server.add(services["CourierLine"], CourierCalls(ReceivePush(database, couriers, hearing)))
    server.measure("bylaw.plugin.losses", couriers.losses, total=True)
    per_minute = settings.courier_questions_per_minute
    asking = AskCouriers(database, parcels, questions, customers, couriers, hearing, per_minute)
    telling = TellCustomers(database, customer_messages, customers, orders, letters)
    return Tracking(asking, telling, keeping, couriers, letters)


@dataclass(frozen=True, slots=True)
class Ground:
    """What parcels stand on of the trade."""

    finding: Finding
    restating: Restating
    parcels: Parcels
