"""Channels as messages of the contract."""

from typing import Any

from bylaw.orders.v1 import channels_pb2
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.values import both, timestamp
from bylaw_orders.rules.channels.channel import CHANNELS, Channel, ChannelWarehouse


def channel_message(made: Channel) -> Any:
    """A channel."""
    wish = made.wish
    return channels_pb2.Channel(
        name=made.name,
        code=wish.code,
        title=both(wish.title),
        platform=wish.platform,
        shop=wish.shop,
        unit=resource_name("units", wish.unit),
        currency=wish.currency,
        warehouse=resource_name("warehouses", wish.warehouse),
        sales_channel=wish.sales_channel,
        shortage_policy=channels_pb2.ShortagePolicy.ValueType(wish.shortage),
        ship_hours=wish.ship_hours,
        deliver_hours=wish.deliver_hours,
        history=wish.history,
        etag=str(made.revision),
        create_time=timestamp(made.created_at),
    )


def warehouse_message(found: ChannelWarehouse) -> Any:
    """A warehouse that channels are shipped from."""
    return channels_pb2.ChannelWarehouse(
        warehouse=resource_name("warehouses", found.warehouse),
        code=found.code,
        channels=[resource_name(CHANNELS, one) for one in found.channels],
    )
