"""Looks at promises that may stand otherwise than they did, and tells of each change once (ORD-3)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bylaw_chassis.database import Database, Work
from bylaw_chassis.jobs import Lease
from bylaw_chassis.notice_wish import SHOP_MANAGER, NoticeWish
from bylaw_chassis.notices import have_told

from bylaw_orders.events import promise_changed
from bylaw_orders.ports.parcels import PromiseStore
from bylaw_orders.ports.stores import OrderStore
from bylaw_orders.rules.orders.timeline import Event
from bylaw_orders.rules.tracking.happenings import OF_PROMISES
from bylaw_orders.rules.tracking.promises import (
    ON_TIME,
    KeptPromise,
    Promised,
    PromiseFacts,
    Standing,
    changes_at,
    promise,
)

BATCH, BY = 500, "service:orders"
ORDER_CLERK = "order-clerk"
TOLD = (ORDER_CLERK, SHOP_MANAGER)


@dataclass(frozen=True, slots=True)
class KeepPromises:
    """The timer, and what follows for promises from what happened to an order."""

    database: Database
    orders: OrderStore
    promises: PromiseStore

    def __call__(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """Until nothing is due: each batch in a transaction of its own."""
        while self.some():
            pass

    def some(self) -> bool:
        """A batch; says whether there may be more."""
        with self.database.work() as work:
            due = self.promises.due(work.connection, work.now, BATCH)
            self.orders.lock(work.connection, due)
            self.look(work, due)
        return len(due) == BATCH

    def look(self, work: Work, orders: Collection[UUID]) -> None:
        """Writes how promises stand, in a unit of work that holds the locks of the orders; tells what changed."""
        if not orders:
            return
        facts = self.promises.facts(work.connection, orders)
        known = self.promises.standings(work.connection, orders)
        made = {order: _kept(order, facts[order], known.get(order), work.now) for order in facts}
        news = {order: one for order, one in made.items() if one and one != known.get(order)}
        self.promises.write(work.connection, news.values())
        changed = [one for order, one in news.items() if one.standing != _standing(known.get(order))]
        self.orders.note(
            work.connection,
            [
                Event(one.order, work.now, OF_PROMISES[one.standing.promised], BY)
                for one in changed
                if one.standing.promised is not _standing(known.get(one.order)).promised
            ],
        )
        work.publish(*map(promise_changed, changed))
        _tell(work, [one for one in changed if one.standing.promised is not Promised.ON_TIME])


def _kept(order: UUID, facts: PromiseFacts, known: KeptPromise | None, now: datetime) -> KeptPromise | None:
    """How it stands now; none: it is on time, and never was otherwise."""
    standing = promise(facts, now)
    if standing == ON_TIME and known is None:
        return None
    since = known.since if known and known.standing == standing else now
    return KeptPromise(order, standing, since, int(facts.fulfilment), changes_at(facts, now))


def _standing(known: KeptPromise | None) -> Standing:
    return known.standing if known else ON_TIME


def _tell(work: Work, changed: Collection[KeptPromise]) -> None:
    """Those who look after orders are told once how many there are anew; which they are stands in the list."""
    if not changed:
        return
    count = Counter(one.standing.promised for one in changed)
    risk, late = count[Promised.AT_RISK], count[Promised.OVERDUE]
    title = (f"订单临期 {risk} 单、超期 {late} 单", f"Orders newly at risk: {risk}, overdue: {late}")
    body = (
        f"新增有风险 {risk} 单、已超期 {late} 单。请在“临期与超期”清单中逐单查看原因(ORD-3)。",
        f"Newly at risk: {risk}; newly overdue: {late}. The list of promises says why, order by order (ORD-3).",
    )
    for role in TOLD:
        have_told(work, NoticeWish((), title, body, role=role))
