"""Calls about the checks of orders."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import order_checks_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_orders.messages.order_checks import channel_checks_message, current_checks_message, order_check_message
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.checking.checked import Check, listed
from bylaw_orders.rules.checking.setting import ChannelSetting
from bylaw_orders.use_cases.checking.keep_settings import KeepSettings
from bylaw_orders.use_cases.checking.setting_forms import channel_of_checks, setting_wish
from bylaw_orders.use_cases.forms import one_id

READ, SET = "orders.checks.read", "orders.checks.set"


@dataclass(frozen=True, slots=True)
class OrderCheckCalls:
    """ListOrderChecks, SetChannelChecks, GetChannelChecks, ListChannelChecks."""

    settings: KeepSettings
    tokens: PageTokens

    def ListOrderChecks(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = listed(page.position, page.limit)
        shown = map(order_check_message, found[: page.size])
        return order_checks_pb2.ListOrderChecksResponse(
            order_checks=shown, next_page_token=page.token_at(found, _by_name)
        )

    def SetChannelChecks(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = resource_id(request.parent, CHANNELS, field="parent")
        setting, why = setting_wish(request.channel_checks)
        reach = call.caller.reach(SET)
        return channel_checks_message(self.settings.set(channel, setting, why, caller=call.caller, reach=reach))

    def GetChannelChecks(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = channel_of_checks(request.name)
        return current_checks_message(channel, self.settings.one(channel, call.caller.reach(READ)))

    def ListChannelChecks(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        channel = resource_id(request.parent, CHANNELS, field="parent")
        found = self.settings.listed(channel, call.caller.reach(READ), page=(one_id(page.position), page.limit))
        return order_checks_pb2.ListChannelChecksResponse(
            channel_checks=map(channel_checks_message, found[: page.size]), next_page_token=page.token_at(found, _by_id)
        )


def _by_name(shown: Check) -> list[str]:
    return [shown.name]


def _by_id(shown: ChannelSetting) -> list[str]:
    return [str(shown.identifier)]
