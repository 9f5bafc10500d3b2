"""Calls about listings."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import listings_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.messages.listing import channel_message, listing_message
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.listing.channel import UNITS, SalesChannel
from bylaw_inventory.rules.listing.listing import Listing, ListingsWish
from bylaw_inventory.use_cases.forms import LONGEST_REASON, one_id, one_text
from bylaw_inventory.use_cases.listing.keep_channels import KeepChannels
from bylaw_inventory.use_cases.listing.list_items import ListItems
from bylaw_inventory.use_cases.listing.listing_forms import channel_code, optional_channel, wanted_items

SET, CHANGE = "inventory.channels.set", "inventory.listings.change"


@dataclass(frozen=True, slots=True)
class ListingCalls:
    """SetSalesChannel, ListSalesChannels, CreateListings, EndListings, ListListings."""

    listing: ListItems
    channels: KeepChannels
    tokens: PageTokens

    def SetSalesChannel(self, request: Any, call: Call) -> Any:  # noqa: N802
        wished = request.sales_channel
        channel = channel_code(wished.channel, field="sales_channel.channel")
        unit = resource_id(wished.unit, UNITS, field="sales_channel.unit")
        return channel_message(self.channels.set(channel, unit, caller=call.caller, reach=call.caller.reach(SET)))

    def ListSalesChannels(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.channels.page(page=(one_text(page.position), page.limit))
        return listings_pb2.ListSalesChannelsResponse(
            sales_channels=map(channel_message, found[: page.size]), next_page_token=page.token(found, _by_code)
        )

    def CreateListings(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = channel_code(request.channel, field="channel")
        made = self.listing.create(
            channel, wanted_items(request.items), caller=call.caller, reach=call.caller.reach(CHANGE)
        )
        return listings_pb2.CreateListingsResponse(listings=map(listing_message, made))

    def EndListings(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = channel_code(request.channel, field="channel")
        reason = line_of_text(request.reason, field="reason", longest=LONGEST_REASON)
        ended = self.listing.end(
            channel, wanted_items(request.items), reason, caller=call.caller, reach=call.caller.reach(CHANGE)
        )
        return listings_pb2.EndListingsResponse(listings=map(listing_message, ended))

    def ListListings(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        wish = ListingsWish(
            optional_channel(request.channel, field="channel"),
            optional_id(request.item, ITEMS, field="item"),
            request.show_ended,
        )
        found = self.listing.page(wish, page=(one_id(page.position), page.limit))
        return listings_pb2.ListListingsResponse(
            listings=map(listing_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )


def _by_id(listed: Listing) -> str:
    return str(listed.identifier)


def _by_code(listed: SalesChannel) -> str:
    return listed.channel
