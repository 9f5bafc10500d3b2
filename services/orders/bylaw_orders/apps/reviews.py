"""Puts together what keeps product reviews (CUS-3); a part of `app.py`."""

from bylaw.orders.v1 import reviews_pb2
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import Member
from bylaw_chassis.organisation import heads
from bylaw_chassis.server import Server

from bylaw_orders.rpc.reviews import ReviewCalls
from bylaw_orders.store import orders, reviews, service_policies
from bylaw_orders.store.customers import SealedCustomers
from bylaw_orders.store.review_numbers import KeyedNumbers
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.reviews.import_reviews import ImportReviews
from bylaw_orders.use_cases.reviews.keep_reviews import KeepReviews

MINUTE_SECONDS = 60.0


def add_reviews(server: Server, own: Member, finding: Finding, customers: SealedCustomers) -> tuple[Timer, ...]:
    """Adds the calls; answers the timer that tells of late ones."""
    kept = KeepReviews(own.database, finding, reviews, service_policies, heads)
    importing = ImportReviews(own.database, finding, kept, reviews, orders, KeyedNumbers(customers.index))
    calls = ReviewCalls(kept, importing, own.settings.time_zone, own.page_tokens, own.database.clock)
    server.add(reviews_pb2.DESCRIPTOR.services_by_name["Reviews"], calls)
    return (Timer("overdue-reviews", MINUTE_SECONDS, kept.tell_of_late),)
