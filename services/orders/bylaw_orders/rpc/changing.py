"""Calls by which a clerk changes orders."""

from dataclasses import dataclass
from typing import Any

from bylaw_chassis.call import Call
from bylaw_chassis.forms import check_count, line_of_text, number_within
from bylaw_chassis.values import resource_id

from bylaw_orders.messages.orders import order_message, released_message
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.use_cases.forms import optional_instant
from bylaw_orders.use_cases.intake.order_forms import mending, order_ids, parts_asked
from bylaw_orders.use_cases.orders.changing import ChangeOrders
from bylaw_orders.use_cases.orders.mend_order import Mending, MendOrder
from bylaw_orders.use_cases.orders.show_orders import ShowOrders

UPDATE, RELEASE, PAY = "orders.orders.update", "orders.holds.release", "orders.payments.record"
MOST_ORDERS, LONGEST_REASON, LARGEST_PAYMENT = 500, 500, 10**15


@dataclass(frozen=True, slots=True)
class ChangingCalls:
    """UpdateOrder, HoldOrder, BatchReleaseOrders, SplitOrder, RecordPayment."""

    mender: MendOrder
    changing: ChangeOrders
    showing: ShowOrders

    def UpdateOrder(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.order.name, ORDERS, field="order.name")
        reach = call.caller.reach(UPDATE)
        shown = order_message(self.showing.one(identifier, reach))
        changes, to = mending(request.order, request.update_mask.paths, shown)
        wish = Mending(changes, to, _reason(request.reason, needed=False), request.order.etag)
        return self._shown(self.mender.mend(identifier, wish, call.caller, reach))

    def HoldOrder(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reason = resource_id(request.name, ORDERS), _reason(request.reason)
        return self._shown(self.changing.hold(identifier, reason, call.caller, call.caller.reach(UPDATE)))

    def BatchReleaseOrders(self, request: Any, call: Call) -> Any:  # noqa: N802
        check_count(len(request.names), field="names", most=MOST_ORDERS)
        wanted = order_ids(request.names)
        check = line_of_text(request.check, field="check", longest=64, needed=False)
        reason, reach = _reason(request.reason), call.caller.reach(RELEASE)
        made = self.changing.release(wanted, check, reason, call.caller, reach)
        return released_message(call, wanted, self.showing.released(made))

    def SplitOrder(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, parts = resource_id(request.name, ORDERS), parts_asked(request.parts)
        reason, reach = _reason(request.reason, needed=False), call.caller.reach(UPDATE)
        return self._shown(self.changing.split(identifier, parts, reason, caller=call.caller, reach=reach))

    def RecordPayment(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, ORDERS)
        amount = number_within(request.amount, field="amount", first=1, last=LARGEST_PAYMENT)
        at = optional_instant(request, "pay_time")
        reference = line_of_text(request.reference, field="reference", longest=100, needed=False)
        reach = call.caller.reach(PAY)
        return self._shown(self.changing.pay(identifier, amount, at, reference, caller=call.caller, reach=reach))

    def _shown(self, placed: Placed) -> Any:
        return order_message(self.showing.of(placed))


def _reason(text: str, *, needed: bool = True) -> str:
    return line_of_text(text, field="reason", longest=LONGEST_REASON, needed=needed)
