"""What a clerk does with an order: mends it, keeps it waiting, releases it, splits it, records a payment (ORD-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Refusal

from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.channels.channel import Channel
from bylaw_orders.rules.orders.hold import Finding as Found
from bylaw_orders.rules.orders.hold import Hold, held
from bylaw_orders.rules.orders.order import SourceState
from bylaw_orders.rules.orders.parts import parts_of
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.orders.updating import HELD_BY_HAND, Updated
from bylaw_orders.rules.refusals import OrderCancelled, OrderNotFound, OrderNotHeld, OrderNotSplit, OrderShipped
from bylaw_orders.rules.stocking.claiming import Wish, ships, whole, wished
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.orders.restating import EVERYBODY
from bylaw_orders.use_cases.orders.writing import Writing

KEPT_WAITING = Found(
    HELD_BY_HAND,
    "ORD-1",
    "人工暂缓；问题解决后请放行",
    "somebody keeps it waiting; release it when what it waits for is done",
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a clerk makes of an order, as the parts of `Updated` that are not nothing; `apart`: it goes by itself."""

    placed: Placed
    kind: Happened
    opened: tuple[Hold, ...] = ()
    ended: tuple[Hold, ...] = ()
    claims_anew: bool = False
    data: tuple[tuple[str, str], ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class ChangeOrders:
    """The order's row is locked first."""

    database: Database
    finding: Finding
    orders: OrderStore
    writing: Writing

    def hold(self, identifier: UUID, reason: str, caller: Caller, reach: Reach) -> Placed:
        """Refuses ORDER_NOT_FOUND, ORDER_SHIPPED, ORDER_CANCELLED; held by hand before, it stays so."""
        with self.database.work() as work:
            found = self.finding.order(work.connection, identifier, reach, lock=True)
            if any(hold.finding.check == HELD_BY_HAND for hold in found.holds):
                return found
            check_open(found)
            opened = held(identifier, (KEPT_WAITING,), work.now)
            made = replace(found, holds=(*found.holds, *opened))
            change = Change(made, Happened.HELD, opened=opened, claims_anew=True, data=(("checks", HELD_BY_HAND),))
            return self._write(work, found, change, caller=caller, why=reason)

    def release(
        self, wanted: Sequence[UUID], check: str, reason: str, caller: Caller, reach: Reach
    ) -> list[Placed | Refusal]:
        """Of each ORDER_NOT_FOUND, ORDER_NOT_HELD or ORDER_CANCELLED instead; in the order asked."""
        with self.database.work() as work:
            found = self.finding.orders_of(work.connection, wanted, reach, lock=True)
            once = {one: self._released(work, found.get(one), check, reason, caller) for one in dict.fromkeys(wanted)}
        return [once[one] for one in wanted]

    def split(
        self, identifier: UUID, parts: Sequence[Mapping[int, Decimal]], reason: str, *, caller: Caller, reach: Reach
    ) -> Placed:
        """Refuses ORDER_NOT_FOUND, ORDER_NOT_SPLIT, LINES_REFUSED."""
        with self.database.work() as work:
            found = self.finding.order(work.connection, identifier, reach, lock=True)
            channel = self._channel(work.connection, found)
            goes = ships(channel, found.head.kind, found.seen.source_state)
            if found.holds or found.standing.cancelled_at or not goes or not whole(found, channel):
                raise OrderNotSplit(number=found.number)
            wishes = wished(found, channel, parts_of(found, parts))
            data = (("parts", str(len(wishes))),)
            change = Change(found, Happened.SPLIT, claims_anew=True, data=data, apart=True)
            return self._write(work, found, change, caller=caller, why=reason, wishes=wishes)

    def pay(
        self, identifier: UUID, amount: int, at: datetime | None, reference: str, *, caller: Caller, reach: Reach
    ) -> Placed:
        """Refuses ORDER_NOT_FOUND, ORDER_CANCELLED."""
        with self.database.work() as work:
            found = self.finding.order(work.connection, identifier, reach, lock=True)
            if found.standing.cancelled_at:
                raise OrderCancelled(number=found.number)
            head = replace(found.head, paid=found.head.paid + amount, paid_at=found.head.paid_at or at or work.now)
            made = replace(found, head=head)
            if head.paid >= head.total and found.seen.source_state is SourceState.UNPAID:
                promise = self._channel(work.connection, found).promise(head.paid_at or work.now)
                standing = replace(found.standing, ship_by=promise.ship_by, deliver_by=promise.deliver_by)
                made = replace(made, seen=replace(found.seen, source_state=SourceState.PAID), standing=standing)
            change = Change(made, Happened.PAID, data=(("amount", str(amount)), ("reference", reference)))
            return self._write(work, found, change, caller=caller, why="")

    def _released(self, work: Work, found: Placed | None, check: str, reason: str, caller: Caller) -> Placed | Refusal:
        if found is None:
            return OrderNotFound()
        ended = tuple(hold for hold in found.holds if check in {"", hold.finding.check})
        if not ended:
            return OrderNotHeld(number=found.number)
        made = replace(found, holds=tuple(hold for hold in found.holds if hold not in ended))
        checks = ",".join(sorted({hold.finding.check for hold in ended}))
        change = Change(made, Happened.HOLD_RELEASED, ended=ended, data=(("checks", checks),))
        return self._write(work, found, change, caller=caller, why=reason)

    def _write(
        self,
        work: Work,
        found: Placed,
        change: Change,
        *,
        caller: Caller,
        why: str,
        wishes: Sequence[Wish] | None = None,
    ) -> Placed:
        standing = replace(change.placed.standing, revision=found.standing.revision + 1)
        made = replace(change.placed, standing=standing)
        channel = self._channel(work.connection, found)
        wants = not made.holds and standing.cancelled_at is None
        event = Event(found.identifier, work.now, change.kind, caller.key, why, change.data)
        written = Updated(made, change.opened, change.ended, (event,), change.claims_anew, wants)
        wishes = whole(made, channel) if wishes is None else wishes
        return self.writing.write(work, found, written, wishes=wishes, why=why, apart=change.apart)

    def _channel(self, connection: sa.Connection, found: Placed) -> Channel:
        return self.finding.channel(connection, found.channel, EVERYBODY)


def check_open(found: Placed) -> None:
    """Refuses ORDER_CANCELLED, and ORDER_SHIPPED where anything has left."""
    if found.standing.cancelled_at:
        raise OrderCancelled(number=found.number)
    if any(line.issued for line in found.lines):
        raise OrderShipped(number=found.number)
