"""Sound requests about tickets, what they move, what a channel promises, and reviews, in the department's shop."""

from collections.abc import Callable
from typing import Any

from bylaw.orders.v1 import reviews_pb2, service_policies_pb2, ticket_actions_pb2, tickets_pb2

from tests.builders.orders import ordered
from tests.integration.access.order_bodies import Shop
from tests.integration.ticket_lists import ticket_of


def taken(shop: Shop, number: int) -> Any:
    """To take a ticket."""
    ticket = tickets_pb2.Ticket(channel=shop.channel.name, kind=1, category=f"c-{number}")
    return tickets_pb2.CreateTicketRequest(ticket=ticket, text="Where is it?")


def said(shop: Shop, number: int) -> Any:
    """To add what a customer says."""
    message = tickets_pb2.TicketMessage(kind=1, subject="x", text=f"It is not here, {number}.")
    return tickets_pb2.CreateTicketMessageRequest(
        parent=ticket_of(shop.service, shop.channel.name), ticket_message=message
    )


def acted(shop: Shop, number: int) -> Any:
    """To pay money of an order back."""
    order = shop.service.place(shop.channel, f"T-{number}", ordered("TEA"))
    action = ticket_actions_pb2.TicketAction(kind=1, amount=1, reason="It was wet.")
    ticket = ticket_of(shop.service, "", order=order.name, kind=4)
    return ticket_actions_pb2.CreateTicketActionRequest(parent=ticket, ticket_action=action)


def promised(shop: Shop, number: int) -> Any:
    """To promise something else."""
    policy = service_policies_pb2.ServicePolicy(
        name=f"{shop.channel.name}/servicePolicy", inquiry_hours=number % 100 + 1, refund_limit=1_000
    )
    return service_policies_pb2.UpdateServicePolicyRequest(service_policy=policy)


def reviewed(shop: Shop, number: int) -> Any:
    """To take a review in."""
    review = reviews_pb2.Review(number=f"R-{number}", code="TEA", stars=5, text="good")
    review.place_time.FromDatetime(shop.service.clock())
    return reviews_pb2.BatchCreateReviewsRequest(parent=shop.channel.name, reviews=[review])


MADE: dict[str, Callable[[Shop, int], Any]] = {
    "orders.Reviews.BatchCreateReviews": reviewed,
    "orders.ServicePolicies.UpdateServicePolicy": promised,
    "orders.TicketActions.CreateTicketAction": acted,
    "orders.Tickets.CreateTicket": taken,
    "orders.Tickets.CreateTicketMessage": said,
}
"""How each call's request is made."""
