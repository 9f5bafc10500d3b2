"""What the doctor examines of parcels: each is where all that was told says, and no promise is overlooked (ORD-2)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_orders.rules.tracking.parcel import Parcel
from bylaw_orders.rules.tracking.promises import promise
from bylaw_orders.rules.tracking.track import whereabouts
from bylaw_orders.store import parcels as store
from bylaw_orders.store import promises as promised
from bylaw_orders.store.parcel_tables import order_promises, parcels

PARCELS, PROMISES = "order parcels", "order promises"
BATCH, MOST_NAMED = 2_000, 3
SLOW = timedelta(minutes=10)
"""The timer looks several times a minute: what changed this long ago it has seen, if anybody runs it."""
CURE = Words(
    "有人在系统之外改动了包裹或其物流记录；请对照审计记录，从备份恢复。",
    "Somebody changed parcels or what is known of them behind Bylaw's back; compare with the audit trail, restore a"
    " back-up.",
)
PROMISE_CURE = Words(
    "承诺时间的巡检落后或被改动；请确认订单服务正在运行，巡检会自行补上。",
    "Looking after promises lags, or they were changed; see that orders runs: it catches up by itself.",
)


def parcels_check(connection: sa.Connection, _: Examined) -> Finding:
    """Every parcel's state is worked out again from all of its events, however many there are."""
    count, wrong = 0, list[str]()
    for batch in _batches(connection):
        known = store.known(connection, [one.identifier for one in batch])
        count += len(batch)
        wrong += [one.name for one in batch if whereabouts(known[one.identifier]) != one.at]
    named = ", ".join(wrong[:MOST_NAMED])
    return Finding(
        PARCELS,
        not wrong,
        Words(
            f"复算包裹 {count} 个，与物流记录不符 {len(wrong)} 个{f'：{named}' if named else ''}。",
            f"{count} parcels were worked out again from their events; elsewhere than these say: {len(wrong)}"
            f"{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def promises_check(connection: sa.Connection, examined: Examined) -> Finding:
    """What is listed as at risk or overdue is so, and nothing has waited for minutes to be listed."""
    now = examined.database.clock()
    listed = [*connection.scalars(sa.select(order_promises.c.of_order).where(order_promises.c.promised > 1))]
    facts, kept = promised.facts(connection, listed), promised.standings(connection, listed)
    wrong = [
        order
        for order, one in kept.items()
        if one.standing not in {promise(facts[order], now), promise(facts[order], now - SLOW)}
    ]
    overlooked = promised.due(connection, now - SLOW, BATCH)
    late = [order for order in overlooked if order not in kept]
    return Finding(
        PROMISES,
        not (wrong or late),
        Words(
            f"在列 {len(listed)} 单，与事实不符 {len(wrong)} 单；未及时列出 {len(late)} 单。",
            f"{len(listed)} orders are listed as at risk or overdue; otherwise than the facts: {len(wrong)};"
            f" not listed in time: {len(late)}.",
        ),
        PROMISE_CURE,
    )


def _batches(connection: sa.Connection) -> Iterator[list[Parcel]]:
    after: UUID | None = None
    while True:
        query = sa.select(parcels).order_by(parcels.c.id).limit(BATCH)
        if after:
            query = query.where(parcels.c.id > after)
        batch = [store.as_parcel(row) for row in connection.execute(query)]
        if not batch:
            return
        yield batch
        after = batch[-1].identifier
