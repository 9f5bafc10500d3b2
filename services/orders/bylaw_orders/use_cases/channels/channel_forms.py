"""Channels in the form that rules take; what has another form is refused, naming the field."""

from collections.abc import Callable, Collection
from typing import Any

from bylaw_chassis.forms import known, line_of_text, number_within
from bylaw_chassis.values import optional_id, resource_id

from bylaw_orders.rules.channels.channel import ChannelWish, Shortage
from bylaw_orders.use_cases.forms import changed_fields, currency, slug

SHIP_HOURS, DELIVER_HOURS, LONGEST_HOURS = 48, 120, 8_760


def _title(wished: Any) -> tuple[str, str]:
    zh, en = (
        line_of_text(getattr(wished.title, language), field=f"channel.title.{language}", longest=100)
        for language in ("zh", "en")
    )
    return zh, en


def _hours(number: int, *, field: str, where_none: int) -> int:
    return number_within(number or where_none, field=f"channel.{field}", first=1, last=LONGEST_HOURS)


FIELDS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "title": ("title", _title),
    "warehouse": ("warehouse", lambda one: optional_id(one.warehouse, "warehouses", field="channel.warehouse")),
    "sales_channel": (
        "sales_channel",
        lambda one: line_of_text(one.sales_channel, field="channel.sales_channel", longest=64, needed=False),
    ),
    "shortage_policy": (
        "shortage",
        lambda one: known(one.shortage_policy or Shortage.WAIT, Shortage, field="channel.shortage_policy"),
    ),
    "ship_hours": ("ship_hours", lambda one: _hours(one.ship_hours, field="ship_hours", where_none=SHIP_HOURS)),
    "deliver_hours": (
        "deliver_hours",
        lambda one: _hours(one.deliver_hours, field="deliver_hours", where_none=DELIVER_HOURS),
    ),
}
"""What may change of a channel: which part of it, and how it is read."""

OTHERS = frozenset({"name", "code", "platform", "shop", "unit", "currency", "history", "etag", "create_time"})
"""What a mask may name too, though it does not change."""


def channel_wish(wished: Any) -> ChannelWish:
    """A channel as it is asked for; refuses FIELD_INVALID."""
    return ChannelWish(
        code=line_of_text(wished.code, field="channel.code", longest=32),
        platform=slug(wished.platform, field="channel.platform"),
        shop=line_of_text(wished.shop, field="channel.shop", longest=64),
        unit=resource_id(wished.unit, "units", field="channel.unit"),
        currency=currency(wished.currency, field="channel.currency"),
        history=wished.history,
        **{part: read(wished) for part, read in FIELDS.values()},
    )


def channel_changes(wished: Any, paths: Collection[str]) -> dict[str, Any]:
    """What becomes of the fields that a mask names, without one of those that are filled."""
    asked = changed_fields(wished, paths, fields=FIELDS, others=OTHERS)
    return {part: read(wished) for name, (part, read) in FIELDS.items() if name in asked}
