"""Calls about listings."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import listings_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id

from bylaw_inventory.messages.listing import listing_message
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.listing.listing import Listing, ListingsWish
from bylaw_inventory.use_cases.forms import LONGEST_REASON, line_of_text, one_id
from bylaw_inventory.use_cases.listing.list_items import ListItems
from bylaw_inventory.use_cases.listing.listing_forms import channel_code, optional_channel, wanted_items


@dataclass(frozen=True, slots=True)
class ListingCalls:
    """CreateListings, EndListings, ListListings."""

    listing: ListItems
    tokens: PageTokens

    def CreateListings(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = channel_code(request.channel, field="channel")
        made = self.listing.create(channel, wanted_items(request.items), call.caller)
        return listings_pb2.CreateListingsResponse(listings=map(listing_message, made))

    def EndListings(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = channel_code(request.channel, field="channel")
        reason = line_of_text(request.reason, field="reason", longest=LONGEST_REASON)
        ended = self.listing.end(channel, wanted_items(request.items), reason, call.caller)
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
