"""Prices on record, by item and channel, each from its instant until the next one's (GDS-2)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bylaw_inventory.rules.pricing.change import PriceLine
from bylaw_inventory.rules.pricing.timeline import Amount, Goods, Price
from bylaw_inventory.store.goods_tables import price_withdrawals, prices

Place = tuple[str, UUID, datetime, int]
_KEY = (prices.c.item, prices.c.channel, prices.c.since)
# A change is taken back once, and with it what was still to come of it then: so what was ever in force stays.
_WITHDRAWN = sa.and_(price_withdrawals.c.change == prices.c.change, price_withdrawals.c.withdrawn_at < prices.c.since)
_UNTIL = (
    sa.func.lead(prices.c.since)
    .over(partition_by=(prices.c.item, prices.c.channel, price_withdrawals.c.change.is_(None)), order_by=prices.c.since)
    .label("next")
)
_WHOLE = sa.select(
    prices,
    price_withdrawals.c.withdrawn_at,
    sa.case((price_withdrawals.c.change.is_(None), _UNTIL), else_=None).label("until"),
).outerjoin(price_withdrawals, _WITHDRAWN)
_IN_FORCE = sa.text("""
    select asked.place, held.minor_units, held.currency
    from unnest(cast(:items as uuid[]), cast(:channels as text[]), cast(:instants as timestamptz[]))
        with ordinality as asked (item, channel, instant, place)
    cross join lateral (
        select minor_units, currency from prices
        where prices.item = asked.item and prices.channel = asked.channel and prices.since <= asked.instant
            and not exists (
                select from price_withdrawals as back
                where back.change = prices.change and back.withdrawn_at < prices.since
            )
        order by prices.since desc limit 1
    ) as held
""")


def in_force(connection: sa.Connection, lines: Sequence[PriceLine], now: datetime) -> dict[int, Amount]:
    """The price that holds at each line's time, or now, by the line's place; nothing where there is none."""
    asked = {
        "items": [line.goods.item for line in lines],
        "channels": [line.goods.channel for line in lines],
        "instants": [line.since or now for line in lines],
    }
    rows = connection.execute(_IN_FORCE, asked)
    return {row.place - 1: Amount(row.minor_units, row.currency) for row in rows}


def taken(connection: sa.Connection, lines: Sequence[PriceLine]) -> list[int]:
    """The places of lines for whose very instant a price is agreed."""
    wanted = {
        (line.goods.item, line.goods.channel, line.since): place for place, line in enumerate(lines) if line.since
    }
    if not wanted:
        return []
    query = sa.select(*_KEY).where(sa.tuple_(*_KEY).in_(list(wanted)), standing())
    return sorted(wanted[tuple(row)] for row in connection.execute(query))


def standing() -> sa.ColumnElement[bool]:
    """Of prices, those that were not taken back before they took effect."""
    return sa.not_(sa.exists().where(_WITHDRAWN))


def to_come(connection: sa.Connection, change: UUID, now: datetime) -> int:
    """How many prices of a change are still to take effect."""
    ahead = sa.select(sa.func.count()).where(prices.c.change == change, prices.c.since > now, standing())
    return connection.execute(ahead).scalar_one()


def add(connection: sa.Connection, made: Sequence[Price]) -> None:
    """Puts agreed prices on record; two of one instant never both get there, but where the first was taken back."""
    wanted = [(one.goods.item, one.goods.channel, one.since) for one in made]
    withdrawn = sa.select(*_KEY, sa.func.count().label("count")).join(price_withdrawals, _WITHDRAWN)
    query = withdrawn.where(sa.tuple_(*_KEY).in_(wanted)).group_by(*_KEY)
    again = {tuple(row[:3]): row.count for row in connection.execute(query)}
    rows = [
        {
            "id": one.identifier,
            "item": one.goods.item,
            "channel": one.goods.channel,
            "minor_units": one.amount.minor_units,
            "currency": one.amount.currency,
            "since": one.since,
            "change": one.change,
            "decision": one.decision,
            "agreed_at": one.agreed_at,
            "again": again.get(key, 0),
        }
        for key, one in zip(wanted, made, strict=True)
    ]
    connection.execute(prices.insert(), rows)


def listed(
    connection: sa.Connection, *, item: UUID | None, channel: str, at: datetime | None, page: tuple[Place | None, int]
) -> list[Price]:
    """Prices by channel and item, the later first, behind a place; where an instant is given, those in force then."""
    after, limit = page
    whole = _WHOLE
    if item:
        whole = whole.where(prices.c.item == item)
    if channel:
        whole = whole.where(prices.c.channel == channel)
    found = whole.subquery()
    query = sa.select(found).order_by(found.c.channel, found.c.item, found.c.since.desc(), found.c.again.desc())
    query = query.limit(limit)
    if at:
        query = query.where(
            found.c.withdrawn_at.is_(None), found.c.since <= at, sa.or_(found.c.until.is_(None), found.c.until > at)
        )
    if after:
        of, same = sa.tuple_(found.c.channel, found.c.item), after[:2]
        behind = sa.tuple_(found.c.since, found.c.again) < after[2:]
        query = query.where(sa.or_(of > same, sa.and_(of == same, behind)))
    return [price(row) for row in connection.execute(query)]


def every(connection: sa.Connection) -> Iterable[Price]:
    """All prices by item and channel, the earlier first."""
    query = _WHOLE.order_by(prices.c.item, prices.c.channel, prices.c.since, prices.c.again)
    return map(price, connection.execute(query, execution_options={"yield_per": 5_000}))


def price(row: Any) -> Price:
    """A row."""
    goods, amount = Goods(row.item, row.channel), Amount(row.minor_units, row.currency)
    said = (row.since, row.change, row.decision, row.agreed_at, row.until, row.withdrawn_at, row.again)
    return Price(row.id, goods, amount, *said)
