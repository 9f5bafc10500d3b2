"""Recipients of orders as tests write them, and orders on record that they are of, without a service before them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_orders.ports.customers import CustomerMadeMeanwhile
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.store.customers import SealedCustomers
from bylaw_orders.vault import Vault

from tests.builders.orders import migrated_url
from tests.builders.people import MASTER_KEY, url_of_admin
from tests.databases import Databases

ZHANG = Recipient(
    "张小三",
    "13800138000",
    "浙江省杭州市西湖区文三路398号5幢2单元501室",
    "浙江省",
    "310012",
    "z3@mail.test",
    "tb三",
    "请快",
)
SMITH = Recipient("John Smith", "+44 20 7946 0958", "12 High Street, Flat 3", "United Kingdom", "SW1A 1AA")

_CHANNEL = """
    insert into channels (
        id, code, title_zh, title_en, platform, shop, unit, currency, sales_channel, shortage, ship_hours,
        deliver_hours, history, revision, created_at)
    values (%(id)s, %(code)s, '店', 'Shop', 'taobao', %(code)s, %(id)s, 'CNY', '', 1, 24, 72, false, 1, now())
"""
_ORDERS = """
    insert into orders (id, channel, number, kind, source_state, digest, placed_at, currency, shipping, discount, total,
        paid, refunded, promotion, payment, fulfilment, after_sales, holds, rounds, revision, created_at, created_by)
    select id, %(channel)s, id::text, 1, 2, sha256(''), %(at)s, 'CNY', 0, 0, 0, 0, 0, '', 1, 1, 1, 0, 0, 1, %(at)s, ''
    from unnest(%(ids)s::uuid[]) as made (id)
"""


@dataclass
class Kept:
    """A database of orders with a channel, and the store of customers' data over it."""

    database: Database
    customers: SealedCustomers
    channel: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        with self.database.work() as work:
            work.connection.exec_driver_sql(_CHANNEL, {"id": self.channel, "code": str(self.channel)})

    def orders(self, connection: sa.Connection, count: int = 1, at: datetime | None = None) -> list[UUID]:
        """So many orders on record, which go to nobody yet."""
        made = [uuid4() for _ in range(count)]
        said = {"channel": self.channel, "ids": made, "at": at or self.database.clock()}
        connection.exec_driver_sql(_ORDERS, said)
        return made

    def written(self, *recipients: Recipient) -> list[UUID]:
        """An order for each."""
        with self.database.work() as work:
            orders = self.orders(work.connection, len(recipients))
            self.write(work.connection, orders, *recipients)
        return orders

    def write(self, connection: sa.Connection, orders: list[UUID], *recipients: Recipient) -> None:
        """Writes as whoever takes orders in does: again where a customer was made meanwhile."""
        while True:
            made = self.customers.prepared(connection, recipients)
            pairs = [(order, one) for order, one in zip(orders, made, strict=True) if one]
            try:
                return self.customers.write(connection, pairs, self.database.clock())
            except CustomerMadeMeanwhile:
                continue

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What a statement finds."""
        with self.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement)]


@contextmanager
def kept(databases: Databases) -> Iterator[Kept]:
    """A fresh database and the store over it."""
    url = migrated_url(databases)
    database = Database(url, "orders", system_clock)
    try:
        yield Kept(database, SealedCustomers(Vault(MASTER_KEY)))
    finally:
        database.close()
        databases.drop(url_of_admin(databases, url))
