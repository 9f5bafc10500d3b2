"""A warehouse with orders beside it, and somebody who hears what happens there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from bylaw.inventory.v1 import items_pb2 as items
from bylaw_chassis.database import Database, Fact, Work
from bylaw_chassis.tables import cursors
from bylaw_orders.rules.following.heard import (
    Heard,
)
from bylaw_orders.store import heard
from bylaw_orders.store.goods_tables import heard_stock
from bylaw_orders.use_cases.following.have_effect import HaveEffect

from tests.builders.inventory import ORDER, line
from tests.builders.orders import OrdersService
from tests.builders.people import identifier
from tests.integration.orders.conftest import Stock


@dataclass
class Ears:
    """Hears for orders in a test: notes what it was told and publishes a fact of each, in the unit of work."""

    told: list[Heard] = field(default_factory=list)
    deaf_to: set[object] = field(default_factory=set)
    batches: list[int] = field(default_factory=list)

    def hear(self, work: Work, told: Sequence[Heard]) -> None:
        for one in told:
            if getattr(one, "reservation", None) in self.deaf_to:
                raise ZeroDivisionError
            work.publish(Fact("test_heard", str(one.at), type(one).__name__.encode()))
        self.told.extend(told)
        self.batches.append(len(told))


@dataclass
class House:
    """A warehouse, orders beside it, and who hears."""

    stock: Stock
    orders: OrdersService
    ears: Ears = field(default_factory=Ears)

    @property
    def database(self) -> Database:
        return self.orders.service.database

    def reserved(self, *wanted: tuple[items.Item, str]) -> str:
        return str(self.stock.warehouse.reserve(*wanted).name)

    def issue(self, item: items.Item, value: str, reservation: str = "", target: str = "") -> str:
        moved = line(item, self.stock.bin, target or self.stock.carrier, value)
        return str(self.stock.warehouse.post(moved, papers=[ORDER], reservation=reservation).name)

    def hear(self, ears: Ears | None = None) -> list[Heard]:
        """Reads inventory's feed on and has what was heard take its effect; answers what was told by it."""
        self.orders.run_timer("goods")
        before = len(self.ears.told)
        HaveEffect(self.database, heard, ears or self.ears)()
        own = identifier(self.stock.warehouse.name)
        return [one for one in self.ears.told[before:] if one.warehouse == own]

    def read_anew(self) -> None:
        """Has the feed read from its beginning, as after a restore of inventory."""
        with self.database.engine.begin() as connection:
            connection.execute(cursors.delete().where(cursors.c.feed == "inventory"))

    def rows(self) -> int:
        with self.database.read() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(heard_stock)).scalar_one())

    def try_again_now(self) -> None:
        """Lets the pause pass: it is the server's clock that counts."""
        with self.database.engine.begin() as connection:
            connection.execute(heard_stock.update().values(try_at=sa.func.now()))
