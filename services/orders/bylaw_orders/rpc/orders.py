"""Calls about orders."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import orders_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text, one_number, optional_known
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_orders.messages.orders import event_message, order_message, taken_message
from bylaw_orders.rpc.changing import ChangingCalls
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.orders.placed import OrderQuery
from bylaw_orders.rules.orders.standing import Fulfilment, Payment
from bylaw_orders.rules.orders.timeline import NumberedEvent
from bylaw_orders.use_cases.forms import instant_and_id, optional_instant
from bylaw_orders.use_cases.intake.receive_orders import ReceiveOrders
from bylaw_orders.use_cases.orders.cancel_order import CancelOrder
from bylaw_orders.use_cases.orders.show_orders import Shown

CREATE, READ, CANCEL = "orders.orders.create", "orders.orders.read", "orders.orders.cancel"


@dataclass(frozen=True, slots=True)
class OrderCalls(ChangingCalls):
    """`ChangingCalls`, and CreateOrder, BatchCreateOrders, GetOrder, ListOrders, CancelOrder, ListOrderEvents."""

    receiving: ReceiveOrders
    cancelling: CancelOrder
    tokens: PageTokens

    def CreateOrder(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = resource_id(request.order.channel, CHANNELS, field="order.channel")
        made = self.receiving.one(channel, request.order, call.caller, call.caller.reach(CREATE))
        return order_message(made)

    def BatchCreateOrders(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = resource_id(request.parent, CHANNELS, field="parent")
        taken = self.receiving.many(channel, request.orders, call.caller, call.caller.reach(CREATE))
        return orders_pb2.BatchCreateOrdersResponse(taken_orders=[taken_message(one, call) for one in taken])

    def GetOrder(self, request: Any, call: Call) -> Any:  # noqa: N802
        return order_message(self.showing.one(resource_id(request.name, ORDERS), call.caller.reach(READ)))

    def ListOrders(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        query = OrderQuery(
            optional_id(request.channel, CHANNELS, field="channel"),
            line_of_text(request.number, field="number", longest=64, needed=False),
            request.held,
            optional_known(request.fulfilment_state, Fulfilment, field="fulfilment_state"),
            optional_known(request.payment_state, Payment, field="payment_state"),
            optional_instant(request, "start_time"),
            optional_instant(request, "end_time"),
        )
        place = instant_and_id(page.position)
        found = self.showing.listed(query, call.caller.reach(READ), page=(place, page.limit))
        return orders_pb2.ListOrdersResponse(
            orders=map(order_message, found[: page.size]), next_page_token=page.token_at(found, _place)
        )

    def CancelOrder(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, ORDERS)
        reason = line_of_text(request.reason, field="reason", longest=500)
        made = self.cancelling.cancel(identifier, reason, call.caller, call.caller.reach(CANCEL))
        return order_message(self.showing.of(made))

    def ListOrderEvents(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        order = resource_id(request.parent, ORDERS, field="parent")
        found = self.showing.events(order, call.caller.reach(READ), page=(one_number(page.position), page.limit))
        return orders_pb2.ListOrderEventsResponse(
            order_events=map(event_message, found[: page.size]), next_page_token=page.token(found, _number)
        )


def _place(listed: Shown) -> list[str]:
    return [listed.placed.head.placed_at.isoformat(), str(listed.placed.identifier)]


def _number(listed: NumberedEvent) -> str:
    return str(listed.number)
