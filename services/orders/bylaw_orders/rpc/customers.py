"""Calls about customers' data."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import customers_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_orders.messages.customers import (
    clear_recipient,
    customer_message,
    erasure_message,
    held_message,
    reveal_message,
    revealed_message,
)
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.privacy.customer import Erasure
from bylaw_orders.rules.privacy.reveal import CUSTOMERS, Reveal
from bylaw_orders.use_cases.forms import one_id
from bylaw_orders.use_cases.privacy.part_with_customer import ErasureWish, PartWithCustomer
from bylaw_orders.use_cases.privacy.privacy_forms import (
    asked,
    asked_digits,
    erasure_reason,
    order_of_label,
    reveal_query,
    reveal_reason,
    ticket,
    why,
)
from bylaw_orders.use_cases.privacy.reveal_recipient import RevealRecipient, RevealWish
from bylaw_orders.use_cases.privacy.show_customers import ShowCustomers

READ, BY_DIGITS, REVEAL = "orders.customers.read", "orders.customers.find_by_digits", "orders.customers.reveal"
READ_REVEALS, READ_LABELS = "orders.reveals.read", "orders.labels.read"


@dataclass(frozen=True, slots=True)
class CustomerCalls:
    """The calls of `Customers`."""

    shown: ShowCustomers
    revealing: RevealRecipient
    parting: PartWithCustomer
    tokens: PageTokens

    def GetCustomer(self, request: Any, call: Call) -> Any:  # noqa: N802
        return customer_message(self.shown.one(resource_id(request.name, CUSTOMERS), call.caller.reach(READ)))

    def FindCustomers(self, request: Any, call: Call) -> Any:  # noqa: N802
        found = self.shown.found(asked(request), call.caller, call.caller.reach(READ))
        return customers_pb2.FindCustomersResponse(customers=map(customer_message, found))

    def FindCustomersByLastDigits(self, request: Any, call: Call) -> Any:  # noqa: N802
        found = self.shown.found(asked_digits(request), call.caller, call.caller.reach(BY_DIGITS))
        return customers_pb2.FindCustomersResponse(customers=map(customer_message, found))

    def RevealRecipient(self, request: Any, call: Call) -> Any:  # noqa: N802
        order, reason = resource_id(request.name, ORDERS), reveal_reason(request.reason)
        wish = RevealWish(order, reason, why(request.explanation), ticket(request.ticket))
        return revealed_message(self.revealing.reveal(wish, call.caller, call.caller.reach(REVEAL)))

    def ListReveals(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        place = one_id(page.position), page.limit
        found = self.shown.reveals(reveal_query(request), call.caller.reach(READ_REVEALS), page=place)
        shown = map(reveal_message, found[: page.size])
        return customers_pb2.ListRevealsResponse(reveals=shown, next_page_token=page.token(found, _by_id))

    def GetOrderLabel(self, request: Any, call: Call) -> Any:  # noqa: N802
        number, recipient = self.shown.label(order_of_label(request.name), call.caller.reach(READ_LABELS))
        return customers_pb2.OrderLabel(name=request.name, number=number, recipient=clear_recipient(recipient))

    def ExportCustomer(self, request: Any, call: Call) -> Any:  # noqa: N802
        customer = resource_id(request.name, CUSTOMERS)
        return held_message(self.parting.export(customer, why(request.explanation), call.caller))

    def EraseCustomer(self, request: Any, call: Call) -> Any:  # noqa: N802
        customer, reason = resource_id(request.name, CUSTOMERS), erasure_reason(request.reason)
        wish = ErasureWish(customer, reason, why(request.explanation), request.confirmation)
        return erasure_message(self.parting.erase(wish, call.caller))

    def ListErasures(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.shown.erasures(page=(one_id(page.position), page.limit))
        shown = map(erasure_message, found[: page.size])
        return customers_pb2.ListErasuresResponse(erasures=shown, next_page_token=page.token(found, _by_customer))


def _by_id(listed: Reveal) -> str:
    return str(listed.identifier)


def _by_customer(listed: Erasure) -> str:
    return str(listed.customer)
