"""Prices and their changes as messages of the contract."""

from typing import Any

from bylaw.inventory.v1 import prices_pb2
from bylaw.types.v1 import amount_pb2
from bylaw_chassis.decisions.desk import DECISIONS
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.listing import person
from bylaw_inventory.messages.values import timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.pricing.change import CHANGES, PriceChange, PriceLine
from bylaw_inventory.rules.pricing.timeline import Amount, Price
from bylaw_inventory.rules.quantity import written


def price_change_message(made: PriceChange) -> Any:
    """A change with the lines that are known of it."""
    return prices_pb2.PriceChange(
        name=made.name,
        lines=map(_line, made.wish.lines),
        reason=made.wish.reason,
        state=prices_pb2.PriceChangeState.ValueType(made.state),
        decision=resource_name(DECISIONS, made.decision),
        largest_percent=written(made.largest_percent),
        create_time=timestamp(made.asked_at),
        asked_by=person(made.asked_by),
        end_time=timestamp(made.ended_at),
        ended_by=person(made.ended_by),
        withdraw_time=timestamp(made.withdrawn_at),
        withdrawn_by=person(made.withdrawn_by),
    )


def price_message(made: Price) -> Any:
    """A price."""
    return prices_pb2.Price(
        name=made.name,
        item=resource_name(ITEMS, made.goods.item),
        channel=made.goods.channel,
        price=_money(made.amount),
        effective_time=timestamp(made.since),
        end_time=timestamp(made.until),
        price_change=resource_name(CHANGES, made.change),
        decision=resource_name(DECISIONS, made.decision),
        withdraw_time=timestamp(made.withdrawn_at),
    )


def _line(line: PriceLine) -> Any:
    return prices_pb2.PriceChangeLine(
        item=resource_name(ITEMS, line.goods.item),
        channel=line.goods.channel,
        price=_money(line.amount),
        effective_time=timestamp(line.since),
        old_price=_money(line.old) if line.old else None,
    )


def _money(amount: Amount) -> Any:
    return amount_pb2.Money(minor_units=amount.minor_units, currency=amount.currency)
