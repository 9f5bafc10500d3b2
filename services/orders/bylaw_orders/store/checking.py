"""How channels have their orders checked, and orders that are like another (ORD-1)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.array_texts import bytes_array, plain_array, text_array
from bylaw_chassis.conversation import Row, Said
from bylaw_chassis.queries import Query
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.ports.checking import AskedAlike
from bylaw_orders.rules.checking.setting import DEFAULT, ChannelSetting, CheckSetting
from bylaw_orders.store.tables import metadata

MOST_ALIKE = 4
"""So many are named at most, and one more."""

_UUID = pg.UUID(as_uuid=True)
channel_checks = sa.Table(
    "channel_checks",
    metadata,
    sa.Column("id", _UUID, primary_key=True),
    sa.Column("channel", _UUID),
    sa.Column("checks_off", pg.ARRAY(sa.Text)),
    sa.Column("price_tolerance_percent", sa.Numeric(5, 2)),
    sa.Column("discount_percent", sa.Numeric(5, 2)),
    sa.Column("promotion_percent", sa.Numeric(5, 2)),
    sa.Column("quantity_limit", sa.Numeric(21, 6)),
    sa.Column("duplicate_hours", sa.SmallInteger),
    sa.Column("address_characters", sa.SmallInteger),
    sa.Column("reason", sa.Text),
    sa.Column("set_at", sa.DateTime(timezone=True)),
    sa.Column("set_by", sa.Text),
)
_SETTING = (
    "checks_off, price_tolerance_percent, discount_percent, promotion_percent, quantity_limit, duplicate_hours,"
    " address_characters"
)
_COUNTS = (
    f"select {_SETTING} from channel_checks where channel = %(channel)s::uuid order by set_at desc, id desc limit 1"  # noqa: S608 - our own names
)
# What was written before an order was placed cannot be like it. Whose orders they are is looked for first: most who
# come are new, and nothing more is done of them.
_ALIKE = f"""
    with asked as (
        select *, make_interval(hours => %(hours)s::integer) as near
        from unnest(
            (select %(orders)s::uuid[]), (select %(identities)s::bytea[]), (select %(placed)s::timestamptz[]),
            (select %(currencies)s::text[]), (select %(totals)s::bigint[]), (select %(goods)s::text[])
        ) as asked (id, identity, placed_at, currency, total, goods)
    )
    select asked.id, (array_agg(other.number order by other.placed_at desc, other.number))[:{MOST_ALIKE}]
    from asked
    join customers as whose on whose.identity = asked.identity
    cross join lateral (
        select found.number, found.placed_at
        from order_recipients as theirs join orders as found on found.id = theirs.of_order
        where theirs.customer = whose.id and theirs.written_at >= asked.placed_at - asked.near
            and found.id <> asked.id and found.channel = %(channel)s::uuid and found.kind = 1
            and found.currency = asked.currency and found.total = asked.total and found.cancelled_at is null
            and found.placed_at between asked.placed_at - asked.near and asked.placed_at + asked.near
            and asked.goods = (
                select string_agg(
                    summed.code || ' ' || trim_scale(summed.quantity), E'\\n' order by summed.code collate "C")
                from (
                    select code, sum(quantity) as quantity from order_lines
                    where of_order = found.id and kind = 1 group by code
                ) as summed
            )
        offset 0
    ) as other
    group by asked.id
"""  # noqa: S608 - our own names


def add(connection: sa.Connection, made: ChannelSetting) -> None:
    """Puts a setting on record."""
    said = made.setting
    row = {
        "id": made.identifier,
        "channel": made.channel,
        "checks_off": sorted(said.off),
        "price_tolerance_percent": said.price_tolerance_percent,
        "discount_percent": said.discount_percent,
        "promotion_percent": said.promotion_percent,
        "quantity_limit": said.quantity_limit,
        "duplicate_hours": said.duplicate_hours,
        "address_characters": said.address_characters,
        "reason": made.reason,
        "set_at": made.set_at,
        "set_by": made.set_by,
    }
    connection.execute(channel_checks.insert().values(row))


def newest(connection: sa.Connection, channel: UUID) -> ChannelSetting | None:
    """What counts now; none: nothing was ever said of the channel."""
    newest_first = channel_checks.c.set_at.desc(), channel_checks.c.id.desc()
    query = sa.select(channel_checks).where(channel_checks.c.channel == channel).order_by(*newest_first).limit(1)
    row = connection.execute(query).one_or_none()
    return _on_record(row) if row else None


def listed(connection: sa.Connection, channel: UUID, *, page: tuple[UUID | None, int]) -> list[ChannelSetting]:
    """What was set, newest first, behind one."""
    after, limit = page
    query = sa.select(channel_checks).where(channel_checks.c.channel == channel)
    if after:
        query = query.where(channel_checks.c.id < after)
    return [_on_record(row) for row in connection.execute(query.order_by(channel_checks.c.id.desc()).limit(limit))]


def counting(channel: UUID) -> Query[CheckSetting]:
    """What counts now."""
    return Query(Said(_COUNTS, {"channel": channel}), _counts)


def alike(channel: UUID, hours: int, asked: Sequence[AskedAlike]) -> Query[Mapping[UUID, Sequence[str]]]:
    """The numbers of orders that are like those asked about, by order."""
    said = {
        "channel": channel,
        "hours": hours,
        "orders": plain_array(one.order for one in asked),
        "identities": bytes_array(one.customer for one in asked),
        "placed": text_array(one.placed_at.isoformat() for one in asked),
        "currencies": text_array(one.currency for one in asked),
        "totals": plain_array(one.total for one in asked),
        "goods": text_array(one.goods for one in asked),
    }
    return Query(Said(_ALIKE, said), dict)


def _counts(rows: Sequence[Row]) -> CheckSetting:
    return _setting(rows[0]) if rows else DEFAULT


def _setting(columns: Sequence[Any]) -> CheckSetting:
    off, *rest = columns
    return CheckSetting(frozenset(off), *rest)


def _on_record(row: Any) -> ChannelSetting:
    setting = _setting([getattr(row, name.strip()) for name in _SETTING.split(",")])
    return ChannelSetting(row.id, row.channel, setting, row.reason, row.set_at, row.set_by)
