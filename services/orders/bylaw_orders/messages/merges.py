"""Orders that go together, or could, as messages of the contract (ORD-2)."""

from collections.abc import Iterable
from typing import Any

from bylaw.orders.v1 import order_merges_pb2

from bylaw_orders.messages.orders import order_message
from bylaw_orders.use_cases.merging.show_candidates import Candidate
from bylaw_orders.use_cases.orders.show_orders import Shown


def merged_message(made: Iterable[Shown]) -> Any:
    """The orders that go together."""
    return order_merges_pb2.MergeOrdersResponse(orders=map(order_message, made))


def candidate_message(found: Candidate) -> Any:
    """Orders that could go together."""
    return order_merges_pb2.MergeCandidate(orders=map(order_message, found.orders))
