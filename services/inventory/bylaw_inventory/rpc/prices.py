"""Calls about prices and their changes."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import prices_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import optional_known
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.messages.pricing import price_change_message, price_message
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.pricing.change import CHANGES, ChangeState, PriceChange
from bylaw_inventory.rules.pricing.timeline import Price
from bylaw_inventory.use_cases.forms import one_id
from bylaw_inventory.use_cases.listing.listing_forms import optional_channel
from bylaw_inventory.use_cases.pricing.ask_price_change import AskPriceChange
from bylaw_inventory.use_cases.pricing.price_forms import change_wish, optional_instant, price_place
from bylaw_inventory.use_cases.pricing.settle_price_change import ShowPrices, WithdrawPriceChange

ASK = "inventory.prices.ask"


@dataclass(frozen=True, slots=True)
class PriceCalls:
    """CreatePriceChange, GetPriceChange, ListPriceChanges, WithdrawPriceChange, ListPrices."""

    asking: AskPriceChange
    withdrawing: WithdrawPriceChange
    shown: ShowPrices
    tokens: PageTokens

    def CreatePriceChange(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = change_wish(request.price_change)
        caller = call.caller
        return price_change_message(self.asking.ask(wish, caller=caller, reach=caller.reach(ASK), key=call.request_key))

    def GetPriceChange(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return price_change_message(self.shown.change(resource_id(request.name, CHANGES)))

    def ListPriceChanges(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        state = optional_known(request.state, ChangeState, field="state")
        found = self.shown.page_of_changes(state, page=(one_id(page.position), page.limit))
        return prices_pb2.ListPriceChangesResponse(
            price_changes=map(price_change_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def WithdrawPriceChange(self, request: Any, call: Call) -> Any:  # noqa: N802
        return price_change_message(self.withdrawing.withdraw(resource_id(request.name, CHANGES), call.caller))

    def ListPrices(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.shown.page(
            optional_id(request.item, ITEMS, field="item"),
            optional_channel(request.channel, field="channel"),
            optional_instant(request, "at_time", field="at_time"),
            page=(price_place(page.position), page.limit),
        )
        return prices_pb2.ListPricesResponse(
            prices=map(price_message, found[: page.size]), next_page_token=page.token_at(found, _by_goods)
        )


def _by_id(listed: PriceChange) -> str:
    return str(listed.identifier)


def _by_goods(listed: Price) -> list[str]:
    return [listed.goods.channel, str(listed.goods.item), listed.since.isoformat(), str(listed.again)]
