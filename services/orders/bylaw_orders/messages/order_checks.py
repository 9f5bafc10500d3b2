"""The checks of orders and how they are set as messages of the contract."""

from typing import Any

from bylaw.orders.v1 import order_checks_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.values import both, timestamp, written
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.checking.checked import Check
from bylaw_orders.rules.checking.lines import CLAUSE
from bylaw_orders.rules.checking.setting import DEFAULT, ChannelSetting, CheckSetting


def order_check_message(check: Check) -> Any:
    """A check."""
    return order_checks_pb2.OrderCheck(
        name=resource_name("orderChecks", check.name),
        check=check.name,
        title=both((check.zh, check.en)),
        clause=CLAUSE,
        settings=check.settings,
    )


def channel_checks_message(made: ChannelSetting) -> Any:
    """A setting as it is on record."""
    shown = _shown(made.setting)
    shown.name = resource_name("channelChecks", made.identifier)
    shown.reason = made.reason
    shown.set_time.CopyFrom(timestamp(made.set_at))
    shown.set_by = resource_name("people", caller_by_key(made.set_by).person)
    return shown


def current_checks_message(channel: Any, made: ChannelSetting | None) -> Any:
    """How a channel's orders are checked now."""
    shown = channel_checks_message(made) if made else _shown(DEFAULT)
    shown.name = f"{resource_name(CHANNELS, channel)}/checks"
    return shown


def _shown(setting: CheckSetting) -> Any:
    return order_checks_pb2.ChannelChecks(
        off=sorted(setting.off),
        price_tolerance_percent=written(setting.price_tolerance_percent),
        discount_percent=written(setting.discount_percent),
        promotion_percent=written(setting.promotion_percent),
        quantity_limit=written(setting.quantity_limit),
        duplicate_hours=setting.duplicate_hours,
        address_characters=setting.address_characters,
    )
