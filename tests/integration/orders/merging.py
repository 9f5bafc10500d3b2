"""Orders of one customer, the warehouse that issues them, and both services agreeing: what tests of merging share."""

from typing import Any
from uuid import uuid4

from bylaw.orders.v1 import order_merges_pb2 as merges
from bylaw.orders.v1 import orders_pb2
from bylaw.orders.v1 import stock_claims_pb2 as claims
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.inventory import ORDER, line
from tests.builders.orders import somebody
from tests.integration.inventory.books import assert_sound
from tests.integration.orders.shops import Shop


def taken(shop: Shop, number: str, quantity: str, nick: str = "li", **more: Any) -> orders_pb2.Order:
    """An order of a customer of this test's own, to whom the others go too."""
    to = somebody(f"{nick}-{shop.stock.number}")
    for name, value in more.pop("to", {}).items():
        setattr(to, name, value)
    return shop.teas(number, quantity, recipient=to, **more)


def mend(shop: Shop, made: orders_pb2.Order, **to: str) -> orders_pb2.Order:
    """A clerk mends the recipient."""
    wish = orders_pb2.Order(name=made.name, recipient=orders_pb2.Recipient(**to))
    request = orders_pb2.UpdateOrderRequest(
        order=wish, update_mask=FieldMask(paths=[f"recipient.{name}" for name in to]), request_id=str(uuid4())
    )
    return shop.service.orders.UpdateOrder(request, metadata=shop.service.everything)


def sound(shop: Shop) -> None:
    """Both services agree."""
    request = claims.ReconcileStockRequest(request_id=str(uuid4()))
    assert shop.service.claims.ReconcileStock(request, metadata=shop.service.everything).disagreement_count == 0
    assert_sound(shop.service.inventory)


def issued(shop: Shop, made: orders_pb2.Order, quantity: str) -> str:
    gone = line(shop.tea, shop.stock.bin, shop.stock.carrier, quantity)
    return shop.stock.warehouse.post(gone, papers=[ORDER], reservation=made.stock_reservations[0]).name


def candidates(shop: Shop, **more: Any) -> list[list[str]]:
    """The numbers of orders that could go together, of a shop."""
    request = merges.ListMergeCandidatesRequest(channel=shop.channel.name, **more)
    found = shop.service.merges.ListMergeCandidates(request, metadata=shop.service.everything)
    return [sorted(one.number for one in group.orders) for group in found.merge_candidates]
