"""A channel of the orders service for benchmarks, of orders of the past; its own PostgreSQL with fsync."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.garbage import collect_seldom
from bylaw_chassis.jobs import Runner
from bylaw_chassis.member import PEOPLE, member
from bylaw_chassis.migrate import migrate
from bylaw_chassis.neighbours import open_channel
from bylaw_chassis.organisation.facts import UnitFacts, UnitVersion
from bylaw_chassis.organisation.writing import write_units
from bylaw_chassis.settings import read_settings
from bylaw_chassis.values import new_id
from bylaw_cli.embedded_postgres import EmbeddedPostgres
from bylaw_orders.app import INVENTORY, MIGRATIONS, NAME, OrdersSettings
from bylaw_orders.apps.checking import order_checks
from bylaw_orders.apps.customers import customer_data
from bylaw_orders.apps.order_imports import add_order_files
from bylaw_orders.apps.orders import add_orders
from bylaw_orders.importers import installed
from bylaw_orders.rules.channels.channel import Channel, ChannelWish, Shortage
from bylaw_orders.rules.order_files.order_import import OrderImport
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.store import channels, order_files
from bylaw_orders.store.customers import SealedCustomers, hashes_of
from bylaw_orders.use_cases.intake.take_orders import TakeOrders
from bylaw_orders.use_cases.order_files.hand_in_file import HandInFile, Handover
from sqlalchemy import make_url

SECRET, PASSWORD = "a key for benchmarks, long enough to be one", "benchmark"
NOWHERE = "127.0.0.1:1"
"""Orders of the past ask neither people nor inventory."""


@dataclass(frozen=True)
class Intake:
    """What takes the orders of a channel in, one batch or a whole file; `psql` is the administrator's address."""

    taking: TakeOrders
    customers: SealedCustomers
    channel: UUID
    handing_in: HandInFile
    runner: Runner
    database: Database
    psql: str

    def sealing_seconds(self, people: Sequence[Recipient]) -> float:
        """Processor time of sealing eight fields and three hashes of one order, of customers who are new."""
        vault = self.customers.vault
        index = vault.index(vault.new_index())
        began = time.thread_time()
        for one in people:
            identifier = new_id()
            key, _ = vault.new_key(identifier)
            hashes_of(index, one)
            fields = (one.name, one.phone, one.address, one.region, one.postcode, one.email, one.nick, one.remark)
            key.sealed(identifier, fields)
        return (time.thread_time() - began) / len(people)

    def imported(self, content: bytes, zone: str) -> OrderImport:
        """Hands a file in and runs its job to the end."""
        reach = Reach(everyone=True)
        given = Handover(content, "orders.csv", "", zone, more_files=False, validate_only=False)
        made = self.handing_in.hand_in(self.channel, given, Caller(person=new_id()), reach).made
        assert self.runner.run_one()
        with self.database.read() as connection:
            ended = order_files.find(connection, made.identifier, reach, date(2020, 1, 1))
        assert ended
        return ended


@contextmanager
def intake(currency: str) -> Iterator[Intake]:
    """A channel of that currency."""
    with TemporaryDirectory(prefix="bylaw-bench-", ignore_cleanup_errors=True) as folder:
        postgres = EmbeddedPostgres(Path(folder))
        try:
            admin_url = postgres.start()
            migrate(admin_url, MIGRATIONS, password=PASSWORD)
            yield from _built(admin_url, currency)
        finally:
            postgres.stop()


def _built(admin_url: str, currency: str) -> Iterator[Intake]:
    address = make_url(admin_url)
    url = address.set(username="bylaw_orders", password=PASSWORD).render_as_string(hide_password=False)
    told = read_settings(OrdersSettings, database_url=url, master_key=SECRET)
    with open_channel(NOWHERE) as nobody:
        own = member(NAME, told, {PEOPLE: nobody, INVENTORY: nobody})
        server, sealed, importers = own.server(), customer_data(own, told).sealed, installed()
        trade = add_orders(server, own, nobody, sealed, order_checks())
        files = add_order_files(server, own, trade.finding, trade.taking, importers)
        made = _channel(own.database, currency)
        psql = address.set(drivername="postgresql").render_as_string(hide_password=False)
        runner = Runner(own.database, files.jobs)
        run = files.run
        handing_in = HandInFile(own.database, run.finding, run.store, run.seal, run.reading, own.database.clock)
        collect_seldom()  # as a service that serves
        yield Intake(trade.taking, sealed, made, handing_in, runner, own.database, psql)
        importers.close()
        own.database.close()


def _channel(database: Database, currency: str) -> UUID:
    unit, first = new_id(), date(2020, 1, 1)
    terms = (currency, None, "", Shortage.WAIT, 24, 72, True)
    made = Channel(new_id(), ChannelWish("C", ("C", "C"), "taobao", "C", unit, *terms), system_clock())
    with database.work() as work:
        write_units(work.connection, [UnitFacts(unit, (UnitVersion(unit, first, None, None, "U"),), ())])
        channels.add(work.connection, made)
    return made.identifier
