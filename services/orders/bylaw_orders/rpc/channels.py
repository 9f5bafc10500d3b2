"""Calls about channels."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import channels_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import text_and_id
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_orders.messages.channels import channel_message, warehouse_message
from bylaw_orders.rules.channels.channel import CHANNELS, Channel, ChannelWarehouse
from bylaw_orders.use_cases.channels.channel_forms import channel_changes, channel_wish
from bylaw_orders.use_cases.channels.keep_channels import KeepChannels

CREATE, READ, UPDATE = "orders.channels.create", "orders.channels.read", "orders.channels.update"


@dataclass(frozen=True, slots=True)
class ChannelCalls:
    """The calls of `Channels`."""

    channels: KeepChannels
    tokens: PageTokens

    def CreateChannel(self, request: Any, call: Call) -> Any:  # noqa: N802
        return channel_message(self.channels.create(channel_wish(request.channel), call.caller.reach(CREATE)))

    def GetChannel(self, request: Any, call: Call) -> Any:  # noqa: N802
        return channel_message(self.channels.one(resource_id(request.name, CHANNELS), call.caller.reach(READ)))

    def ListChannels(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.channels.listed(call.caller.reach(READ), page=(text_and_id(page.position), page.limit))
        shown = map(channel_message, found[: page.size])
        return channels_pb2.ListChannelsResponse(channels=shown, next_page_token=page.token_at(found, _place))

    def ListChannelWarehouses(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.channels.warehouses(call.caller.reach(READ), page=(text_and_id(page.position), page.limit))
        return channels_pb2.ListChannelWarehousesResponse(
            channel_warehouses=map(warehouse_message, found[: page.size]),
            next_page_token=page.token_at(found, _place_of_warehouse),
        )

    def UpdateChannel(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.channel.name, CHANNELS, field="channel.name")
        changes = channel_changes(request.channel, request.update_mask.paths)
        reach = call.caller.reach(UPDATE)
        return channel_message(self.channels.update(identifier, changes, reach, seen=request.channel.etag))


def _place(listed: Channel) -> list[str]:
    return [listed.wish.code, str(listed.identifier)]


def _place_of_warehouse(listed: ChannelWarehouse) -> list[str]:
    return [listed.code, str(listed.warehouse)]
