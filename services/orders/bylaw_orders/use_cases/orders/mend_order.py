"""Mends an order that nothing has left of, and has it checked anew (ORD-1)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.queries import ask

from bylaw_orders.ports.checking import Checks
from bylaw_orders.ports.customers import Customers
from bylaw_orders.ports.goods import GoodsAsKnown
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.orders.drafting import Came
from bylaw_orders.rules.orders.order import OrderWish
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Happened
from bylaw_orders.rules.orders.to_whom import to_whom
from bylaw_orders.rules.orders.updating import updated
from bylaw_orders.rules.orders.wished_anew import wished_anew
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.refusals import OrderChanged
from bylaw_orders.rules.stocking.claiming import whole
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.orders.changing import check_open
from bylaw_orders.use_cases.orders.restating import EVERYBODY
from bylaw_orders.use_cases.orders.writing import Writing
from bylaw_orders.use_cases.privacy.readdressing import Readdressing


@dataclass(frozen=True, slots=True)
class Mending:
    """What is to be so from now on, by part of the order; `to`: by part of its recipient; `seen`: the etag."""

    changes: Mapping[str, Any]
    to: Mapping[str, str]
    reason: str
    seen: str


@dataclass(frozen=True, slots=True)
class MendOrder:
    """What the platform told stays what a repeat is told by: the same version again changes nothing back."""

    database: Database
    finding: Finding
    orders: OrderStore
    goods: GoodsAsKnown
    checks: Checks
    customers: Customers
    writing: Writing
    readdressing: Readdressing

    def mend(self, identifier: UUID, mending: Mending, caller: Caller, reach: Reach) -> Placed:
        """Refuses ORDER_NOT_FOUND, ORDER_CHANGED, ORDER_SHIPPED, ORDER_CANCELLED."""
        with self.database.work() as work:
            connection = work.connection
            found = self.finding.order(connection, identifier, reach, lock=True)
            if mending.seen and mending.seen != str(found.standing.revision):
                raise OrderChanged
            check_open(found)
            to = self.customers.opened(connection, [identifier]).get(identifier)
            wish = replace(wished_anew(found, to), **mending.changes)
            if mending.to:
                wish = replace(wish, recipient=replace(to or Recipient(), **mending.to))
            came = self._came(connection, found, wish, caller)
            pardoned = self.orders.pardoned(connection, identifier)
            change = updated(found, replace(came, at=work.now), pardoned)
            event = replace(change.events[0], kind=Happened.MENDED, reason=mending.reason)
            placed = replace(change.placed, seen=found.seen)
            change = replace(change, placed=placed, events=(event, *change.events[1:]))
            wishes = whole(placed, came.channel)
            whom = to_whom(wish, came.channel) if mending.to else None
            apart = bool(whom and found.standing.together and self.readdressing.elsewhere(connection, identifier, whom))
            made = self.writing.write(work, found, change, wishes=wishes, why=mending.reason, apart=apart)
            if whom:
                self.readdressing.write(work, identifier, whom)
        return made

    def _came(self, connection: sa.Connection, found: Placed, wish: OrderWish, caller: Caller) -> Came:
        channel = self.finding.channel(connection, found.channel, EVERYBODY)
        codes = {line.code for line in wish.lines if line.code}
        at = self.database.clock()
        goods = self.goods.known(connection, channel.wish.sales_channel, codes, wish.placed_at)
        setting = ask(connection, self.checks.counting(channel.identifier))
        (findings,) = self.checks.findings(channel, setting, [wish], [goods])
        return Came(channel, wish, goods, findings, found.seen.digest, at, caller.key)
