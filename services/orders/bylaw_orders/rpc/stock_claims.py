"""Calls about claims on stock."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import stock_claims_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import one_number
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_orders.messages.stock_claims import claim_message, disagreement_message, reconciliation_message
from bylaw_orders.ports.reconciling import KeptDisagreement
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.stocking.claim import Claim
from bylaw_orders.use_cases.forms import instant_and_id
from bylaw_orders.use_cases.orders.show_orders import ShowOrders
from bylaw_orders.use_cases.stocking.reconcile_stock import ReconcileStock

READ = "orders.orders.read"


@dataclass(frozen=True, slots=True)
class StockClaimCalls:
    """ListStockClaims, ReconcileStock, ListStockDisagreements."""

    showing: ShowOrders
    reconciling: ReconcileStock
    tokens: PageTokens

    def ListStockClaims(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        order = resource_id(request.parent, ORDERS, field="parent")
        place = (one_number(page.position), page.limit)
        found = self.showing.claims_of(order, call.caller.reach(READ), page=place)
        return stock_claims_pb2.ListStockClaimsResponse(
            stock_claims=map(claim_message, found[: page.size]), next_page_token=page.token(found, _round)
        )

    def ReconcileStock(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return reconciliation_message(self.reconciling.reconcile())

    def ListStockDisagreements(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.reconciling.listed(page=(instant_and_id(page.position), page.limit))
        return stock_claims_pb2.ListStockDisagreementsResponse(
            stock_disagreements=map(disagreement_message, found[: page.size]),
            next_page_token=page.token_at(found, _place),
        )


def _round(listed: Claim) -> str:
    return str(listed.round)


def _place(listed: KeptDisagreement) -> list[str]:
    return [listed.found_at.isoformat(), str(listed.identifier)]
