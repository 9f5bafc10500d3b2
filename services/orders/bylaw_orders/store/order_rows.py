"""Orders as rows: what is read of each, and what is made of it (ORD-1)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.conversation import Row, Said
from bylaw_chassis.queries import Query, named_row, text_of
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.rules.orders.hold import Finding, Hold
from bylaw_orders.rules.orders.order import Line, LineKind, OrderKind, SourceState
from bylaw_orders.rules.orders.placed import Head, Placed, Standing
from bylaw_orders.rules.orders.standing import AfterSales, Fulfilment, Payment
from bylaw_orders.rules.orders.versions import Seen
from bylaw_orders.store.channels import within
from bylaw_orders.store.tables import channels, order_holds, order_lines, orders

_LINES = (
    sa.select(
        sa.func.json_agg(
            pg.aggregate_order_by(
                sa.func.json_build_array(
                    *(order_lines.c[name] for name in ("kind", "code", "title", "item", "unit")),
                    *(
                        sa.cast(order_lines.c[name], sa.Text)
                        for name in ("quantity", "unit_price", "cancelled", "issued", "returned")
                    ),
                    order_lines.c.discount,
                    order_lines.c.amount,
                ),
                order_lines.c.line,
            )
        )
    )
    .where(order_lines.c.of_order == orders.c.id)
    .scalar_subquery()
    .label("lines")
)
_HOLDS = (
    sa.select(
        sa.func.json_agg(
            pg.aggregate_order_by(
                sa.func.json_build_array(
                    *(order_holds.c[name] for name in ("id", "said", "clause", "zh", "en", "line", "opened_at"))
                ),
                order_holds.c.id,
            )
        )
    )
    .where(order_holds.c.of_order == orders.c.id, order_holds.c.ended_at.is_(None), orders.c.holds > 0)
    .scalar_subquery()
    .label("held")
)
SHOWN = sa.select(orders, _LINES, _HOLDS)
_Row = named_row(SHOWN)


def asked(identifier: UUID, reach: Reach, day: date) -> Query[Placed | None]:
    """An order within reach, whole, to be asked together with others."""
    text, said = _asked_within(reach, day)
    return Query(Said(text, {**said, "wanted": identifier}), _only)


def as_placed(row: Any) -> Placed:
    """A row of `_SHOWN`."""
    amounts = (row.currency, row.shipping, row.discount, row.total, row.paid, row.refunded, row.promotion)
    return Placed(
        row.id,
        row.channel,
        row.number,
        Seen(row.source_at, SourceState(row.source_state), row.digest),
        Head(OrderKind(row.kind), row.placed_at, row.paid_at, *amounts, row.courier, row.waybill),
        tuple(_line(one) for one in row.lines or ()),
        _standing(row),
        tuple(_hold(row.id, one) for one in row.held or ()),
        row.created_at,
        row.created_by,
    )


def _standing(row: Any) -> Standing:
    return Standing(
        Payment(row.payment),
        Fulfilment(row.fulfilment),
        AfterSales(row.after_sales),
        row.ship_by,
        row.deliver_by,
        row.rounds,
        row.cancelled_at,
        row.revision,
        row.together,
    )


def _line(said: list[Any]) -> Line:
    kind, code, title, item, unit, quantity, price, cancelled, issued, returned, discount, amount = said
    goods = (LineKind(kind), code, title, UUID(item) if item else None, unit)
    became = (Decimal(cancelled), Decimal(issued), Decimal(returned))
    return Line(*goods, Decimal(quantity), Decimal(price), discount, amount, *became)


def _hold(order: UUID, said: list[Any]) -> Hold:
    identifier, check, clause, zh, en, line, opened_at = said
    return Hold(UUID(identifier), order, Finding(check, clause, zh, en, line), datetime.fromisoformat(opened_at))


def reached(reach: Reach, day: date) -> sa.ColumnElement[bool]:
    """Whether a unit within reach runs the order's channel."""
    if reach.everyone:
        return sa.true()
    return orders.c.channel.in_(sa.select(channels.c.id).where(within(reach, day)))


@lru_cache(1_000)
def _asked_within(reach: Reach, day: date) -> tuple[str, Mapping[str, object]]:
    return text_of(SHOWN.where(orders.c.id == sa.bindparam("wanted"), reached(reach, day)), wanted=None)


def _only(rows: Sequence[Row]) -> Placed | None:
    return as_placed(_Row(*rows[0])) if rows else None
