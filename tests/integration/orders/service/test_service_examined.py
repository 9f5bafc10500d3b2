"""The doctor finds what somebody changed behind the service's back in tickets, refunds and reviews (CUS-2, CUS-3)."""

import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import reviews_pb2, reviews_pb2_grpc
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Examined
from bylaw_orders.app import MIGRATIONS
from bylaw_orders.doctor.tickets import paid_back, reviews, tickets

from tests.builders.orders import OrdersService
from tests.builders.returns import SALE, SUPPLIER, Returns
from tests.builders.service_desk import RETURN, ServiceDesk

pytestmark = pytest.mark.clause("CUS-2")
CHECKS = {check.__name__: check for check in (tickets, paid_back, reviews)}


def holds(orders: OrdersService, changed: str = "") -> list[str]:
    """The checks that do not hold when something was changed; it is taken back again."""
    database = Database(orders.url, "orders", orders.clock)
    try:
        with database.engine.connect() as connection:
            if changed:
                connection.execute(sa.text(changed))
            examined = Examined(database, MIGRATIONS)
            return [name for name, check in CHECKS.items() if not check(connection, examined).holds]
    finally:
        database.close()


@pytest.fixture
def worked(desk: ServiceDesk) -> ServiceDesk:
    """Goods came back and were looked at, and a part of the money went; a review was answered."""
    order = desk.shipped("A-1", desk.tea)
    made = desk.take(RETURN, order=order.name)
    moved = desk.comes_back(desk.slip(made.name, desk.tea, "2").return_slip, desk.tea, "2")
    returns = Returns(desk.acme, desk.orders.inventory, desk.stock.warehouse)
    returns.decide(moved, returns.line(desk.tea, "1", SALE, to_place=desk.stock.bin))
    mistaken = returns.decide(moved, returns.line(desk.tea, "1", SUPPLIER), supplier_slip="RS-1")
    desk.stock.warehouse.reverse(mistaken.booked[0])
    desk.orders.settle()
    desk.decide(desk.ask(made.name, 2_000))
    desk.answer(made.name)
    desk.close(made.name)
    desk.rate(made.name, 5, "good")
    desk.ask(desk.take(RETURN, order=order.name).name, 100)
    stub = reviews_pb2_grpc.ReviewsStub(desk.orders.channel)
    review = reviews_pb2.Review(number="R-1", code="TEA", stars=5)
    review.place_time.FromDatetime(desk.orders.clock())
    batch = reviews_pb2.BatchCreateReviewsRequest(parent=desk.channel.name, reviews=[review])
    stub.BatchCreateReviews(batch, metadata=desk.token())
    return desk


def test_what_was_changed_is_found(worked: ServiceDesk) -> None:
    assert holds(worked.orders) == []
    for changed, found in {
        "update tickets set state = 1 where state = 9": "tickets",
        "update tickets set closed_by = '' where state = 9": "tickets",
        "update tickets set rating = 0": "tickets",
        "update tickets set deciding = null, state = 1 where state = 7": "tickets",
        "update orders set after_sales = 3": "tickets",
        "update ticket_return_lines set returned = 1": "tickets",
        "update ticket_return_lines set resold = 2": "tickets",
        "update ticket_return_lines set supplied = 1": "tickets",
        "update orders set refunded = 0": "paid_back",
        "update ticket_actions set amount = amount + 5000 where state = 3": "paid_back",
        "update ticket_actions set state = 3, ended_at = asked_at where state = 1": "paid_back",
        "update ticket_actions set state = 4 where state = 3": "paid_back",
        "update reviews set due_at = placed_at - interval '1 hour'": "reviews",
    }.items():
        assert found in holds(worked.orders, changed), changed
