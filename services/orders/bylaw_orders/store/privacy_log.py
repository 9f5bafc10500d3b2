"""Who saw, searched, exported or erased customers' data: rows that nobody changes (CUS-1)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.values import new_id

from bylaw_orders.ports.customers import ById, RevealQuery
from bylaw_orders.rules.privacy.customer import Erasure, ErasureReason, Held
from bylaw_orders.rules.privacy.reveal import HOUR, Counted, Flag, Reveal, RevealReason
from bylaw_orders.store.channels import within
from bylaw_orders.store.customer_tables import customer_exports as exports
from bylaw_orders.store.customer_tables import customer_searches as searches
from bylaw_orders.store.customer_tables import erasures as erased
from bylaw_orders.store.customer_tables import reveals as shown
from bylaw_orders.store.tables import channels, orders

_ONE_BY_ONE = sa.text("select pg_advisory_xact_lock(hashtextextended(:what || :by, 0))")


def counted(connection: sa.Connection, by: str, *, day_began: datetime, now: datetime) -> Counted:
    """What somebody has had revealed; two reveals of the same person wait for each other."""
    connection.execute(_ONE_BY_ONE, {"what": "reveal ", "by": by})
    since = min(day_began, now - HOUR)
    query = sa.select(shown.c.at, shown.c.customer, shown.c.flags).where(shown.c.by == by, shown.c.at >= since)
    rows = connection.execute(query).all()
    today = [row for row in rows if row.at >= day_began]
    flags = Flag.NONE
    for row in today:
        flags |= Flag(row.flags)
    return Counted(len(today), frozenset(row.customer for row in rows if row.at > now - HOUR), flags)


def add_reveal(connection: sa.Connection, made: Reveal) -> None:
    """Puts a reveal on record."""
    row = {
        "id": made.identifier,
        "at": made.at,
        "by": made.by,
        "of_order": made.order,
        "customer": made.customer,
        "kind": int(made.reason),
        "reason": made.explanation,
        "ticket": made.ticket,
        "flags": int(made.flags),
    }
    connection.execute(shown.insert().values(row))


def reveals(connection: sa.Connection, query: RevealQuery, reach: Reach, day: date, *, page: ById) -> list[Reveal]:
    """Reveals of orders within reach, newest first, behind one."""
    after, limit = page
    found = sa.select(shown).order_by(shown.c.id.desc()).limit(limit)
    if not reach.everyone:
        of_channel = orders.join(channels, channels.c.id == orders.c.channel)
        found = found.where(
            sa.select(orders.c.id)
            .select_from(of_channel)
            .where(orders.c.id == shown.c.of_order, within(reach, day))
            .exists()
        )
    if query.by:
        found = found.where(shown.c.by == query.by)
    if query.order:
        found = found.where(shown.c.of_order == query.order)
    if query.unusual:
        found = found.where(shown.c.flags > 0)
    if after:
        found = found.where(shown.c.id < after)
    return [_reveal(row) for row in connection.execute(found)]


def reveals_of(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, list[Reveal]]:
    """The reveals of these orders, oldest first."""
    made = defaultdict[UUID, list[Reveal]](list)
    for row in connection.execute(sa.select(shown).where(shown.c.of_order.in_(wanted)).order_by(shown.c.id)):
        made[row.of_order].append(_reveal(row))
    return made


def search(connection: sa.Connection, by: str, kind: int, now: datetime) -> int:
    """Puts a search on record; answers how many of the last hour there are, this one among them."""
    connection.execute(_ONE_BY_ONE, {"what": "search ", "by": by})
    since = searches.c.at > now - timedelta(hours=1)
    before = connection.execute(sa.select(sa.func.count()).where(searches.c.by == by, since)).scalar_one()
    connection.execute(searches.insert().values(id=new_id(), at=now, by=by, kind=kind))
    return int(before) + 1


def add_export(connection: sa.Connection, customer: UUID, by: str, why: str, made: Held) -> None:
    """Puts an export on record."""
    row = {"id": new_id(), "at": made.at, "by": by, "customer": customer, "reason": why, "orders": len(made.orders)}
    connection.execute(exports.insert().values(row))


def erasure(connection: sa.Connection, customer: UUID) -> Erasure | None:
    """That a customer was erased, if they were."""
    row = connection.execute(sa.select(erased).where(erased.c.customer == customer)).one_or_none()
    return _erasure(row) if row else None


def erasures(connection: sa.Connection, *, page: ById) -> list[Erasure]:
    """Erasures, newest first, behind that of a customer."""
    after, limit = page
    query = sa.select(erased).order_by(erased.c.id.desc()).limit(limit)
    if after:
        behind = sa.select(erased.c.id).where(erased.c.customer == after).scalar_subquery()
        query = query.where(erased.c.id < behind)
    return [_erasure(row) for row in connection.execute(query)]


def all_erasures(connection: sa.Connection) -> list[Erasure]:
    """All of them, oldest first."""
    return [_erasure(row) for row in connection.execute(sa.select(erased).order_by(erased.c.id))]


def _reveal(row: Any) -> Reveal:
    said = (RevealReason(row.kind), row.reason, row.ticket, Flag(row.flags))
    return Reveal(row.id, row.at, row.by, row.of_order, row.customer, *said)


def _erasure(row: Any) -> Erasure:
    return Erasure(row.customer, row.at, row.by, ErasureReason(row.kind), row.reason, row.orders)
