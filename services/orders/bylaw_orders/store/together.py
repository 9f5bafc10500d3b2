"""Which orders go together in one parcel (ORD-2)."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.conversation import Row, Said
from bylaw_chassis.queries import Query

from bylaw_orders.rules.stocking.claim import ClaimState, Wanted
from bylaw_orders.store.tables import orders

_PACKED = sa.text("""
    select claimed.reservation, array(
        select 'orders/' || channels.code || '/' || others.number
        from orders as others join channels on channels.id = others.channel
        where others.together = own.together and others.id <> own.id order by 1
    ) as others
    from stock_claims as claimed join orders as own on own.id = claimed.of_order
    where own.id = any(:wanted) and claimed.wanted = :held and claimed.state = any(:holding)
""").bindparams(held=int(Wanted.HELD), holding=[int(ClaimState.HELD), int(ClaimState.CONFIRMED)])


_BESIDE = """
    select others.id from orders as own join orders as others on others.together = own.together and others.id <> own.id
    where own.id = %(wanted)s order by others.id
"""


def beside(order: UUID) -> Query[tuple[UUID, ...]]:
    """The others that go with an order in one parcel, in the order of their ids, to be asked together with others."""
    return Query(Said(_BESIDE, {"wanted": order}), _ids)


def together(connection: sa.Connection, groups: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Of each of these, the orders that go together by it, in the order of their ids."""
    query = sa.select(orders.c.together, orders.c.id).where(orders.c.together.in_([*groups])).order_by(orders.c.id)
    found: dict[UUID, list[UUID]] = {}
    for row in connection.execute(query):
        found.setdefault(row.together, []).append(row.id)
    return found


def packed(connection: sa.Connection, wanted: Collection[UUID]) -> dict[UUID, list[str]]:
    """Of what is reserved for these orders, what the orders in the same parcel are reserved for."""
    return {row.reservation: row.others for row in connection.execute(_PACKED, {"wanted": [*wanted]})}


def join(connection: sa.Connection, wanted: Collection[UUID], group: UUID) -> None:
    """Has orders that are locked go together; of each it is a change."""
    changed = orders.update().where(orders.c.id.in_([*wanted]))
    connection.execute(changed.values(together=group, revision=orders.c.revision + 1))


def _ids(rows: Sequence[Row]) -> tuple[UUID, ...]:
    return tuple(row[0] for row in rows)
