"""Marks of special goods as messages of the contract."""

from datetime import date
from typing import Any

from bylaw.inventory.v1 import special_goods_pb2
from bylaw.types.v1 import localized_text_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.special.mark import Keeper, SpecialMark


def mark_message(made: SpecialMark) -> Any:
    """A mark."""
    zh, en = made.wish.warning
    return special_goods_pb2.SpecialMark(
        name=made.name,
        item=resource_name(ITEMS, made.wish.item),
        category=made.wish.category,
        warning=localized_text_pb2.LocalizedText(zh=zh, en=en),
        keepers=map(_keeper, made.wish.keepers),
        reason=made.wish.reason,
        set_time=timestamp(made.set_at),
        set_by=resource_name("people", caller_by_key(made.set_by).person),
    )


def _keeper(one: Keeper) -> Any:
    return special_goods_pb2.SpecialKeeper(
        person=resource_name("people", one.person), start_date=_day(one.first_day), end_date=_day(one.last_day)
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
