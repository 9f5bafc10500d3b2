"""What customers' data cost where orders are taken in: sealing and hashing, beside orders that go to nobody."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.clock import system_clock
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
from bylaw_orders.apps.orders import add_orders
from bylaw_orders.rules.channels.channel import Channel, ChannelWish, Shortage
from bylaw_orders.rules.orders.order import OrderKind, OrderWish, SourceState, WishLine
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.store import channels
from bylaw_orders.store.customers import SealedCustomers, hashes_of
from bylaw_orders.use_cases.intake.take_orders import TakeOrders
from sqlalchemy import make_url

SECRET, PASSWORD = "a key for benchmarks, long enough to be one", "benchmark"
BATCH, ROUNDS, SEALED = 500, 6, 5_000
NOWHERE = "127.0.0.1:1"
"""Orders of the past ask neither people nor inventory."""


@dataclass(frozen=True)
class Intake:
    """A channel whose orders are records of the past, and what takes them in."""

    taking: TakeOrders
    customers: SealedCustomers
    channel: UUID

    def seconds(self, first: int, *, somebody: bool) -> float:
        """How long a batch of three-line orders takes, everything on the disk."""
        wishes = [_wish(first + number, somebody=somebody) for number in range(BATCH)]
        began = time.perf_counter()
        taken = self.taking.many(self.channel, wishes, Caller(person=new_id()), Reach(everyone=True))
        took = time.perf_counter() - began
        assert all(one.order for one in taken)
        return took

    def sealing_seconds(self) -> float:
        """Processor time of sealing eight fields and three hashes of one order, of a customer who is new."""
        index = self.customers.vault.index(self.customers.vault.new_index())
        people = [_somebody(number) for number in range(SEALED)]
        began = time.thread_time()
        for one in people:
            identifier = new_id()
            key, _ = self.customers.vault.new_key(identifier)
            hashes_of(index, one)
            fields = (one.name, one.phone, one.address, one.region, one.postcode, one.email, one.nick, one.remark)
            key.sealed(identifier, fields)
        return (time.thread_time() - began) / SEALED


def measure() -> list[dict[str, Any]]:
    """Batches with recipients and without in turns; the quickest of each, in which nobody else had the machine."""
    with _intake() as intake:
        intake.seconds(0, somebody=True)
        pairs = [
            (
                intake.seconds((2 * number + 1) * BATCH, somebody=True),
                intake.seconds((2 * number + 2) * BATCH, somebody=False),
            )
            for number in range(ROUNDS)
        ]
        sealing = min(intake.sealing_seconds() for _ in range(3))
    whole, bare = (min(column) / BATCH for column in zip(*pairs, strict=True))
    detail = (
        f"{sealing * 1e6:.0f} microseconds of processor time of {whole * 1e6:.0f} an order; with their rows and indices"
        f" recipients take {(whole - bare) * 1e6:.0f}"
    )
    return [
        {
            "name": f"Encrypting a recipient, of taking in {BATCH} three-line orders",
            "ratio": sealing / whole,
            "goal": "<= 0.20",
            "unit": "times the intake",
            "detail": detail,
        }
    ]


@contextmanager
def _intake() -> Iterator[Intake]:
    with TemporaryDirectory(prefix="bylaw-bench-", ignore_cleanup_errors=True) as folder:
        postgres = EmbeddedPostgres(Path(folder))
        try:
            admin_url = postgres.start()
            migrate(admin_url, MIGRATIONS, password=PASSWORD)
            own = make_url(admin_url).set(username="bylaw_orders", password=PASSWORD)
            yield from _built(own.render_as_string(hide_password=False))
        finally:
            postgres.stop()


def _built(url: str) -> Iterator[Intake]:
    told = read_settings(OrdersSettings, database_url=url, master_key=SECRET)
    with open_channel(NOWHERE) as nobody:
        own = member(NAME, told, {PEOPLE: nobody, INVENTORY: nobody})
        sealed = customer_data(own, told).sealed
        trade = add_orders(own.server(), own, nobody, sealed, order_checks())
        unit, first = new_id(), date(2020, 1, 1)
        terms = ("CNY", None, "", Shortage.WAIT, 24, 72, True)
        made = Channel(new_id(), ChannelWish("C", ("C", "C"), "taobao", "C", unit, *terms), system_clock())
        with own.database.work() as work:
            write_units(work.connection, [UnitFacts(unit, (UnitVersion(unit, first, None, None, "U"),), ())])
            channels.add(work.connection, made)
        yield Intake(trade.taking, sealed, made.identifier)
        own.database.close()


def _somebody(number: int) -> Recipient:
    return Recipient(
        f"张小{number}",
        f"138{number:08}",
        "浙江省杭州市西湖区文三路398号5幢2单元501室",
        "浙江省",
        "310012",
        f"{number}@mail.test",
        f"tb{number}",
        "请放门口，谢谢",
        "taobao",
    )


def _wish(number: int, *, somebody: bool) -> OrderWish:
    lines = tuple(WishLine(f"G-{place}", "Goods", Decimal(2), Decimal(1250)) for place in range(3))
    at = system_clock()
    bare = OrderWish(f"N-{number}", OrderKind.SALE, SourceState.PAID, None, at, at, "CNY", lines, paid=7_500)
    return replace(bare, recipient=_somebody(number)) if somebody else bare
