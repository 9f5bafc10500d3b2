"""Figures and their records as messages of the contract, each figure with the path that lists its records (ANA-1)."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from bylaw.orders.v1 import figures_pb2, orders_pb2
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.values import both, timestamp, written
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.figures.asked import Asked, Dimension, Kind
from bylaw_orders.rules.figures.key_figures import KeyFigure, KeyFigureRecord
from bylaw_orders.rules.figures.sales import SalesFigure, SalesRecord
from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.rules.privacy.reveal import CUSTOMERS

SALES_RECORDS, KEY_FIGURE_RECORDS = "/v1/salesRecords", "/v1/keyFigureRecords"


def sales_figure_message(figure: SalesFigure, *, by: Dimension, asked: Asked) -> Any:
    """What was sold of one thing."""
    return figures_pb2.SalesFigure(
        key=key_of(by, figure.key),
        title=both(figure.title),
        part=figures_pb2.SalesPart.ValueType(figure.part),
        currency=figure.currency,
        order_count=figure.orders,
        line_count=figure.lines,
        unit_count=written(figure.units),
        sales=figure.sales,
        credit_count=figure.credit_orders,
        credits=figure.credits,
        adjustment_count=figure.adjusting_orders,
        adjustments=figure.adjustments,
        total=figure.total,
        records=records_of(figure, by, asked),
    )


def sales_record_message(record: SalesRecord, *, by: Dimension) -> Any:
    """What an order gives to a figure."""
    return figures_pb2.SalesRecord(
        order=order_name(record.order),
        number=record.number,
        channel=resource_name(CHANNELS, record.channel),
        kind=orders_pb2.OrderKind.ValueType(record.kind),
        place_time=timestamp(record.placed_at),
        key=key_of(by, record.key),
        part=figures_pb2.SalesPart.ValueType(record.part),
        currency=record.currency,
        line_count=record.lines,
        unit_count=written(record.units),
        amount=record.amount,
    )


def key_figure_message(figure: KeyFigure, *, asked: Asked) -> Any:
    """How sales of a currency, or of a channel, went."""
    sale, lines, units = map(_said, figure.baskets)
    rates = {
        "repeat_rate": figure.repeat_rate,
        "refund_rate": figure.rate(Kind.REFUNDED, Kind.ORDERS),
        "complaint_rate": figure.rate(Kind.COMPLAINED, Kind.ORDERS),
        "ship_in_time_rate": figure.in_time(Kind.SHIPPED_IN_TIME, Kind.SHIPPED_LATE),
        "deliver_in_time_rate": figure.in_time(Kind.DELIVERED_IN_TIME, Kind.DELIVERED_LATE),
        "answer_in_time_rate": figure.rate(Kind.ANSWERED_IN_TIME, Kind.ANSWERED),
        "mean_answer_hours": figure.mean_hours,
        "median_answer_hours": figure.median_hours,
    }
    return figures_pb2.KeyFigure(
        channel=resource_name(CHANNELS, figure.channel),
        title=both(figure.title),
        currency=figure.currency,
        counts=[_count(figure, kind, asked) for kind in Kind],
        sales=figure.sales,
        mean_sale=sale,
        mean_lines=lines,
        mean_units=units,
        customer_count=figure.customers,
        repeat_customer_count=figure.repeat_customers,
        refunded=figure.refunded,
        **{name: _said(rate) for name, rate in rates.items()},
    )


def key_figure_record_message(record: KeyFigureRecord) -> Any:
    """An order or a ticket that a figure counts."""
    return figures_pb2.KeyFigureRecord(
        record=resource_name(record.collection, record.record),
        number=record.number,
        channel=resource_name(CHANNELS, record.channel),
        occur_time=timestamp(record.at),
        amount=record.amount,
        customer=resource_name(CUSTOMERS, record.customer),
        answer_hours=_said(record.answer_hours),
    )


def records_of(figure: SalesFigure, by: Dimension, asked: Asked) -> str:
    """The path with a query that lists the orders of a figure."""
    part = figures_pb2.SalesPart.ValueType(figure.part)
    told = {
        "dimension": figures_pb2.SalesDimension.Name(figures_pb2.SalesDimension.ValueType(by)),
        **_days(asked, asked.channel),
        "currency": figure.currency,
        "key": key_of(by, figure.key),
        **({"part": figures_pb2.SalesPart.Name(part)} if part else {}),
    }
    return f"{SALES_RECORDS}?{urlencode(told)}"


def counted_by(figure: KeyFigure, kind: Kind, asked: Asked) -> str:
    """The path with a query that lists what one of its counts counts."""
    told = {
        "kind": figures_pb2.KeyFigureKind.Name(figures_pb2.KeyFigureKind.ValueType(kind)),
        **_days(asked, figure.channel or asked.channel),
        "currency": figure.currency,
    }
    return f"{KEY_FIGURE_RECORDS}?{urlencode(told)}"


def key_of(by: Dimension, key: str) -> str:
    """A figure's key as the contract tells it: a channel by its name."""
    return resource_name(CHANNELS, UUID(key)) if by is Dimension.CHANNEL else key


def _count(figure: KeyFigure, kind: Kind, asked: Asked) -> Any:
    return figures_pb2.KeyFigureCount(
        kind=figures_pb2.KeyFigureKind.ValueType(kind),
        count=figure.counts[kind],
        records=counted_by(figure, kind, asked),
    )


def _days(asked: Asked, channel: UUID | None) -> dict[str, str]:
    span = asked.span
    told = {"firstDate": span.first.isoformat(), "lastDate": span.last.isoformat(), "timeZone": span.zone}
    return {**told, "channel": resource_name(CHANNELS, channel)} if channel else told


def _said(number: Decimal | None) -> str:
    """With every digit it was rounded to; nothing for nothing."""
    return "" if number is None else f"{number:f}"
