"""Follows inventory's feed: its goods are known here, and what happens to stock reserved for orders is heard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from bylaw.inventory.v1 import feed_pb2, feed_pb2_grpc
from bylaw_chassis.clock import Clock
from bylaw_chassis.jobs import Lease, Timer
from bylaw_chassis.member import FOLLOW_SECONDS, Member, is_fresh
from bylaw_chassis.organisation.following import FeedOverGrpc, Follower, Hearer
from bylaw_chassis.organisation.writing import empty

from bylaw_orders.messages.goods import item_facts, listing_facts, price_change_facts, warehouse_facts
from bylaw_orders.messages.heard import INSPECTED, MOVED, PARCEL, RESERVATION, arrived_items, told_facts
from bylaw_orders.ports.following import HearsStock
from bylaw_orders.store import claims, goods, heard
from bylaw_orders.store.goods_tables import known_listings, known_prices, known_warehouses
from bylaw_orders.use_cases.following.have_effect import HaveEffect
from bylaw_orders.use_cases.following.keep_heard import KeepHeard

INVENTORY, GOODS, HEARD = "inventory", "goods", "heard-stock"
EFFECT_SECONDS = 1.0
"""Whose feed it is, the timer that follows it and the name its age has in health, and the timer of the effects."""


@dataclass(frozen=True, slots=True)
class Following:
    """Inventory's feed as orders follows it."""

    own: Member
    follower: Follower

    def timer(self) -> Timer:
        """Reads on once a second."""
        return Timer(GOODS, FOLLOW_SECONDS, self._follow)

    def effects(self, hears: HearsStock) -> Timer:
        """Has what was heard take its effect."""
        return Timer(HEARD, EFFECT_SECONDS, HaveEffect(self.own.database, heard, hears), heard.WAITING)

    @property
    def details(self) -> Mapping[str, Callable[[], bool]]:
        """Whether what is known of goods is of this minute."""
        return {GOODS: lambda: is_fresh(self.follower)}

    def _follow(self, lease: Lease) -> None:  # noqa: ARG002
        self.follower.catch_up()


def following(own: Member) -> Following:
    """What orders takes from inventory's feed."""
    stub, neighbours = feed_pb2_grpc.FeedStub(own.neighbours.channels[INVENTORY]), own.neighbours
    feed = FeedOverGrpc(stub.ListEvents, feed_pb2.ListEventsRequest, neighbours)
    return Following(own, Follower(own.database, feed, hearers(own.database.clock), INVENTORY))


def hearers(clock: Clock) -> Mapping[str, Hearer]:
    """By kind of event. What happens to stock is one hearer's, so that it is heard in the order of what happened."""
    keeping = KeepHeard(heard)

    def keep(connection: sa.Connection, events: Sequence[Any]) -> None:
        keeping.keep(connection, [told for told in map(told_facts, events) if told])
        if items := arrived_items(events):
            claims.wake(connection, items, clock())

    stock = Hearer(keep)
    return {
        "item_changed": _kept("item_changed", item_facts, goods.write_items, *goods.GOODS),
        "listing_changed": _kept("listing_changed", listing_facts, goods.write_listings, known_listings),
        "price_change_changed": _kept("price_change_changed", price_change_facts, goods.write_prices, known_prices),
        "warehouse_changed": _kept("warehouse_changed", warehouse_facts, goods.write_warehouses, known_warehouses),
        MOVED: stock,
        RESERVATION: stock,
        PARCEL: stock,
        INSPECTED: stock,
    }


def _kept(
    kind: str,
    facts: Callable[[Any], Any],
    write: Callable[[sa.Connection, list[Any]], None],
    *tables: sa.Table,
) -> Hearer:
    """Keeps what is told of a kind; told again from the beginning, the tables begin empty."""

    def apply(connection: sa.Connection, events: Sequence[Any]) -> None:
        write(connection, [facts(getattr(event, kind)) for event in events])

    return Hearer(apply, lambda connection: empty(connection, *tables))
