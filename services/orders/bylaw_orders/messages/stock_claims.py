"""Claims on stock, and on what orders and inventory disagree, as messages of the contract."""

from decimal import Decimal
from typing import Any

from bylaw.orders.v1 import stock_claims_pb2
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.values import both, timestamp, written
from bylaw_orders.ports.reconciling import KeptDisagreement
from bylaw_orders.rules.orders.order import ORDERS, order_name
from bylaw_orders.rules.stocking.claim import Claim, Wanted
from bylaw_orders.rules.stocking.reconciling import WORDS
from bylaw_orders.use_cases.stocking.reconcile_stock import Reconciliation

NOTHING = Decimal(0)


def claim_message(claim: Claim) -> Any:
    """A claim."""
    lines = [
        stock_claims_pb2.StockClaimLine(
            item=resource_name("items", item),
            quantity=written(quantity),
            reserved=written(claim.reserved.get(item, NOTHING)),
            issued=written(claim.issued.get(item, NOTHING)),
        )
        for item, quantity in claim.lines.items()
    ]
    return stock_claims_pb2.StockClaim(
        name=f"{order_name(claim.order)}/stockClaims/{claim.round}",
        stock_reservation=resource_name("stockReservations", claim.reservation),
        warehouse=resource_name("warehouses", claim.warehouse),
        wanted=claim.wanted is Wanted.HELD,
        state=stock_claims_pb2.StockClaimState.ValueType(claim.state),
        lines=lines,
    )


def reconciliation_message(made: Reconciliation) -> Any:
    """A comparison."""
    return stock_claims_pb2.StockReconciliation(
        reconcile_time=timestamp(made.at),
        reservation_count=made.reservations,
        claim_count=made.claims,
        disagreement_count=made.disagreements,
    )


def disagreement_message(kept: KeptDisagreement) -> Any:
    """Something on which they disagree."""
    disagreed = kept.disagreed
    return stock_claims_pb2.StockDisagreement(
        name=resource_name("stockDisagreements", kept.identifier),
        kind=stock_claims_pb2.StockDisagreementKind.ValueType(disagreed.kind),
        stock_reservation=resource_name("stockReservations", disagreed.reservation),
        order=resource_name(ORDERS, disagreed.order),
        warehouse=resource_name("warehouses", disagreed.warehouse),
        message=both(WORDS[disagreed.kind]),
        find_time=timestamp(kept.found_at),
    )
