"""Sales summed up, and the orders that make a sum up: one statement each, over records as they are (ANA-1, MKT-3)."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from bylaw_orders.ports.figures import ByRecord, BySales, Sight
from bylaw_orders.rules.figures.asked import Asked, Dimension, KeyOf, Part
from bylaw_orders.rules.figures.sales import SalesFigure, SalesRecord, fits
from bylaw_orders.rules.figures.words import title_of
from bylaw_orders.rules.orders.order import OrderKind
from bylaw_orders.store.customer_tables import order_recipients
from bylaw_orders.store.figure_facts import IS_GOODS, IS_KEPT, LINE, OFF, counted, sums_of, units_of
from bylaw_orders.store.tables import channels

_NOTHING: sa.ColumnElement[str] = sa.literal("", sa.Text)


def figures(
    connection: sa.Connection,
    by: Dimension,
    asked: Asked,
    sight: Sight,
    *,
    page: BySales,
) -> list[SalesFigure]:
    """What was sold, by currency, part and key, behind a place; refuses FIGURE_TOO_LARGE."""
    after, limit = page
    made = _given(by, asked, sight)
    own = made.c
    place = own.currency, own.part, own.key
    summed = sa.select(*place, sa.func.min(own.title).label("title"), *_sums(own)).group_by(*place).order_by(*place)
    if after:
        summed = summed.where(sa.tuple_(*place) > sa.tuple_(*map(sa.literal, after)))
    found = summed.limit(limit).subquery("figures")
    shown = sa.select(found, *_titles(by, found)).order_by(found.c.currency, found.c.part, found.c.key)
    if by is Dimension.CHANNEL:
        shown = shown.join(channels, sa.cast(channels.c.id, sa.Text) == found.c.key)
    return [_figure(by, row) for row in connection.execute(shown)]


def records(
    connection: sa.Connection,
    by: Dimension,
    asked: Asked,
    of: KeyOf,
    sight: Sight,
    *,
    page: ByRecord,
) -> list[SalesRecord]:
    """What orders give to a figure, the newest placed first, behind a place."""
    after, limit = page
    own = _given(by, asked, sight).c
    place = own.placed_at, own.id, own.part, own.key
    query = sa.select(*own).order_by(*(column.desc() for column in place)).limit(limit)
    if of.key is not None:
        query = query.where(own.key == of.key)
    if of.part:
        query = query.where(own.part == int(of.part))
    if after:
        query = query.where(sa.tuple_(*place) < sa.tuple_(*map(sa.literal, after)))
    return [_record(row) for row in connection.execute(query)]


def _given(by: Dimension, asked: Asked, sight: Sight) -> sa.Subquery[Any]:
    """What each order that counts gives, and to which key: one row of an order, by product one of each part of it."""
    found = counted(asked, sight)
    sums = sums_of(found)
    if by is Dimension.PRODUCT:
        return sa.union_all(_goods(found), *_of_whole_orders(found, sums)).subquery("given")
    key, source = _key(by, asked, found), found.outerjoin(sums, sums.c.of_order == found.c.id)
    if by is Dimension.REGION:
        source = source.outerjoin(order_recipients, order_recipients.c.of_order == found.c.id)
    counts = sa.func.coalesce(sums.c.lines, 0), sa.func.coalesce(sums.c.units, 0)
    amount = found.c.total - sa.func.coalesce(sums.c.off, 0)
    return _row(found, key, Part.WHOLE, counts, amount).select_from(source).subquery("given")


def _key(by: Dimension, asked: Asked, found: sa.CTE) -> sa.ColumnElement[str]:
    """By what an order counts."""
    keys: dict[Dimension, Callable[[], sa.ColumnElement[str]]] = {
        Dimension.DAY: lambda: sa.func.to_char(
            sa.func.timezone(asked.span.zone, found.c.placed_at), sa.literal_column("'YYYY-MM-DD'")
        ),
        Dimension.CHANNEL: lambda: sa.cast(found.c.channel, sa.Text),
        Dimension.REGION: lambda: sa.func.coalesce(order_recipients.c.area, _NOTHING),
        Dimension.PROMOTION: lambda: found.c.promotion,
    }
    return keys[by]()


def _goods(found: sa.CTE) -> sa.Select[Any]:
    """The lines of which anything is left, of an order those of a code and kind together."""
    code = sa.func.upper(LINE.code)
    lines = (
        sa.select(
            LINE.of_order,
            code.label("code"),
            LINE.kind,
            sa.func.count().filter(IS_GOODS).label("lines"),
            units_of(IS_GOODS).label("units"),
            (sa.func.sum(LINE.amount) - OFF).label("amount"),
            sa.func.min(_c(LINE.title)).label("title"),
        )
        .join(found, found.c.id == LINE.of_order)
        .where(IS_KEPT)
        .group_by(LINE.of_order, code, LINE.kind)
        .subquery("lines")
    )
    counts = lines.c.lines, sa.func.coalesce(lines.c.units, 0)
    row = _row(found, lines.c.code, lines.c.kind, counts, lines.c.amount, title=lines.c.title)
    return row.select_from(lines.join(found, found.c.id == lines.c.of_order))


def _of_whole_orders(found: sa.CTE, sums: sa.Subquery[Any]) -> list[sa.Select[Any]]:
    """What belongs to no line, where it is anything: with the lines it comes to the orders' totals."""
    own, lines = found.c, sa.func.coalesce(sums.c.amounts, 0)
    parts = {
        Part.SHIPPING: own.shipping,
        Part.DISCOUNT: -own.discount,
        Part.DIFFERENCE: own.total - lines - own.shipping + own.discount,
    }
    source = found.outerjoin(sums, sums.c.of_order == own.id)
    none = sa.literal(0), sa.literal(0)
    return [
        _row(found, _NOTHING, part, none, amount).select_from(source).where(amount != 0)
        for part, amount in parts.items()
    ]


def _row(
    found: sa.CTE,
    key: sa.ColumnElement[str],
    part: Part | sa.ColumnElement[int],
    counts: tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]],
    amount: sa.ColumnElement[Any],
    *,
    title: sa.ColumnElement[str] = _NOTHING,
) -> sa.Select[Any]:
    own, (lines, units) = found.c, counts
    whole = sa.literal(int(part)) if isinstance(part, Part) else part
    return sa.select(
        own.id,
        own.number,
        own.channel,
        own.kind,
        own.placed_at,
        _c(own.currency).label("currency"),
        _c(key).label("key"),
        sa.cast(whole, sa.Integer).label("part"),
        sa.cast(lines, sa.BigInteger).label("lines"),
        sa.cast(units, sa.Numeric).label("units"),
        sa.cast(amount, sa.Numeric).label("amount"),
        _c(title).label("title"),
    )


def _c(text: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """In the order of its bytes, which is the same wherever the database stands."""
    return sa.collate(text, "C")


def _sums(own: Any) -> list[sa.ColumnElement[Any]]:
    """Orders and amounts of each kind; lines and units of sales."""

    def of(kind: OrderKind) -> Any:
        return own.kind == int(kind)

    count, total = sa.func.count(), sa.func.sum(own.amount)
    kinds = [(kind.name.lower(), of(kind)) for kind in OrderKind]
    here = of(OrderKind.SALE)
    return [
        *(count.filter(own_kind).label(f"{name}_orders") for name, own_kind in kinds),
        *(sa.func.coalesce(total.filter(own_kind), 0).label(f"{name}_amount") for name, own_kind in kinds),
        sa.func.coalesce(sa.func.sum(own.lines).filter(here), 0).label("lines"),
        sa.func.coalesce(sa.func.sum(own.units).filter(here), 0).label("units"),
    ]


def _titles(by: Dimension, found: sa.Subquery[Any]) -> tuple[sa.ColumnElement[str], sa.ColumnElement[str]]:
    if by is Dimension.CHANNEL:
        return channels.c.title_zh.label("zh"), channels.c.title_en.label("en")
    return found.c.title.label("zh"), found.c.title.label("en")


def _figure(by: Dimension, row: Any) -> SalesFigure:
    part = Part(row.part)
    return SalesFigure(
        row.key,
        title_of(by, part, row.key, (row.zh, row.en)),
        part,
        row.currency,
        row.sale_orders,
        int(row.lines),
        row.units,
        fits(row.sale_amount),
        row.credit_orders,
        fits(row.credit_amount),
        row.adjustment_orders,
        fits(row.adjustment_amount),
    )


def _record(row: Any) -> SalesRecord:
    return SalesRecord(
        row.id,
        row.number,
        row.channel,
        OrderKind(row.kind),
        row.placed_at,
        row.key,
        Part(row.part),
        row.currency,
        row.lines,
        row.units,
        fits(row.amount),
    )
