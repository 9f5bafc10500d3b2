"""Reads orders as they come over the wire, and has them taken in; of many each is read by itself (ORD-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.forms import check_count
from bylaw_chassis.refusals import Refusal

from bylaw_orders.rules.orders.order import OrderWish
from bylaw_orders.use_cases.intake.order_forms import order_wish
from bylaw_orders.use_cases.intake.outcome import Taken, TakingOutcome
from bylaw_orders.use_cases.intake.take_orders import TakeOrders
from bylaw_orders.use_cases.orders.show_orders import Shown

MOST_ORDERS = 500
LONGEST_NUMBER_SHOWN = 64


@dataclass(frozen=True, slots=True)
class ReceiveOrders:
    """An order of many that cannot be read is answered for itself."""

    taking: TakeOrders

    def one(self, channel: UUID, wished: Any, caller: Caller, reach: Reach) -> Shown:
        """Refuses as the contract says."""
        return self.taking.one(channel, order_wish(wished), caller, reach)

    def many(self, channel: UUID, wished: Sequence[Any], caller: Caller, reach: Reach) -> list[Taken]:
        """Refuses a list of none or too many; an order that is refused keeps none of the others."""
        check_count(len(wished), field="orders", most=MOST_ORDERS)
        read = [_read(one) for one in wished]
        wishes = [one for one in read if isinstance(one, OrderWish)]
        taken = iter(self.taking.many(channel, wishes, caller, reach))
        return [next(taken) if isinstance(one, OrderWish) else one for one in read]


def _read(wished: Any) -> OrderWish | Taken:
    try:
        return order_wish(wished)
    except Refusal as refusal:
        return Taken(wished.number[:LONGEST_NUMBER_SHOWN], TakingOutcome.REFUSED, None, refusal)
