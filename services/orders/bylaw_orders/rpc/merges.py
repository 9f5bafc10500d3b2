"""Calls about orders that are shipped together."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import order_merges_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_orders.messages.merges import candidate_message, merged_message
from bylaw_orders.messages.orders import order_message
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.use_cases.merging.merge_forms import candidate_place, orders_asked, why
from bylaw_orders.use_cases.merging.merge_orders import MergeOrders
from bylaw_orders.use_cases.merging.show_candidates import Candidate, ShowCandidates
from bylaw_orders.use_cases.orders.show_orders import ShowOrders

READ, UPDATE = "orders.orders.read", "orders.orders.update"


@dataclass(frozen=True, slots=True)
class OrderMergeCalls:
    """MergeOrders, UnmergeOrder, ListMergeCandidates."""

    merging: MergeOrders
    candidates: ShowCandidates
    showing: ShowOrders
    tokens: PageTokens

    def MergeOrders(self, request: Any, call: Call) -> Any:  # noqa: N802
        wanted, reason = orders_asked(request.names), why(request.reason)
        made = self.merging.merge(wanted, reason, call.caller, call.caller.reach(UPDATE))
        return merged_message(self.showing.many(made))

    def UnmergeOrder(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reason = resource_id(request.name, ORDERS), why(request.reason)
        made = self.merging.apart(identifier, reason, call.caller, call.caller.reach(UPDATE))
        return order_message(self.showing.of(made))

    def ListMergeCandidates(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        channel = optional_id(request.channel, CHANNELS, field="channel")
        place = candidate_place(page.position), page.limit
        found = self.candidates.listed(channel, call.caller.reach(READ), page=place)
        return order_merges_pb2.ListMergeCandidatesResponse(
            merge_candidates=map(candidate_message, found[: page.size]), next_page_token=page.token_at(found, _place)
        )


def _place(listed: Candidate) -> list[str]:
    return [str(one) for one in listed.place]
