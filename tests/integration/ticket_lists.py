"""What customers of a channel came with: how it comes there, the lists of it, and what is asked of each."""

from collections.abc import Callable
from typing import Any

from bylaw.orders.v1 import (
    reviews_pb2,
    reviews_pb2_grpc,
    service_policies_pb2,
    service_policies_pb2_grpc,
    ticket_actions_pb2,
    ticket_actions_pb2_grpc,
    tickets_pb2,
    tickets_pb2_grpc,
)
from google.api.httpbody_pb2 import HttpBody
from google.protobuf.message import Message

from tests.builders.orders import OrdersService
from tests.integration.lists import Listing, Walk

Question = tuple[Callable[..., Any], Message]


def ticket_of(service: OrdersService, channel: str, *, order: str = "", kind: int = 1) -> str:
    """A ticket of a channel, or of an order."""
    ticket = tickets_pb2.Ticket(channel=channel, order=order, kind=kind)  # type: ignore[arg-type] # a number
    request = tickets_pb2.CreateTicketRequest(ticket=ticket, text="Where is it?")
    name: str = _tickets(service).CreateTicket(request, metadata=service.everything).name
    return name


def served(service: OrdersService, channel: str, order: str) -> dict[str, str]:
    """A ticket about an order, with an action and a review beside it; names by collection."""
    policy = service_policies_pb2.ServicePolicy(name=f"{channel}/servicePolicy", refund_limit=100)
    request = service_policies_pb2.UpdateServicePolicyRequest(service_policy=policy)
    _policies(service).UpdateServicePolicy(request, metadata=service.everything)
    ticket = ticket_of(service, "", order=order, kind=4)
    wish = ticket_actions_pb2.TicketAction(kind=1, amount=10, reason="It was wet.")
    asked = ticket_actions_pb2.CreateTicketActionRequest(parent=ticket, ticket_action=wish)
    action = _actions(service).CreateTicketAction(asked, metadata=service.everything)
    review = reviews_pb2.Review(number="R-1", code="TEA", stars=4, text="good")
    review.place_time.FromDatetime(service.clock())
    batch = reviews_pb2.BatchCreateReviewsRequest(parent=channel, reviews=[review])
    (taken,) = _reviews(service).BatchCreateReviews(batch, metadata=service.everything).taken_reviews
    return {"tickets": ticket, "ticketActions": action.name, "reviews": taken.review}


def of_tickets(service: OrdersService, **more: Any) -> Listing:
    """The tickets, each with its single read."""
    stub, request = _tickets(service), tickets_pb2.GetTicketRequest
    return Listing(
        Walk(stub.ListTickets, tickets_pb2.ListTicketsRequest(**more), "tickets"),
        lambda reads, thing: reads.read(stub.GetTicket, request(name=thing.name)),
    )


def of_actions(service: OrdersService, **more: Any) -> Listing:
    """What they move, each with its single read."""
    stub, request = _actions(service), ticket_actions_pb2.GetTicketActionRequest
    return Listing(
        Walk(stub.ListTicketActions, ticket_actions_pb2.ListTicketActionsRequest(**more), "ticket_actions"),
        lambda reads, thing: reads.read(stub.GetTicketAction, request(name=thing.name)),
    )


def of_reviews(service: OrdersService, channel: str = "") -> Listing:
    """The reviews, each with its single read."""
    stub, request = _reviews(service), reviews_pb2.GetReviewRequest
    return Listing(
        Walk(stub.ListReviews, reviews_pb2.ListReviewsRequest(channel=channel), "reviews"),
        lambda reads, thing: reads.read(stub.GetReview, request(name=thing.name)),
    )


def said_in(service: OrdersService, ticket: str) -> Walk:
    """What was written in a ticket."""
    request = tickets_pb2.ListTicketMessagesRequest(parent=ticket)
    return Walk(_tickets(service).ListTicketMessages, request, "ticket_messages")


def figures(service: OrdersService, channel: str = "") -> Walk:
    """Reviews counted."""
    request = reviews_pb2.ListReviewFiguresRequest(channel=channel)
    return Walk(_reviews(service).ListReviewFigures, request, "review_figures")


def all_walks(service: OrdersService) -> list[Walk]:
    """Every list of tickets and reviews there is."""
    listings = of_tickets(service), of_actions(service), of_reviews(service)
    return [*(listing.walk for listing in listings), said_in(service, ""), figures(service)]


def of_nobody(service: OrdersService) -> list[Question]:
    """What is asked of no channel."""
    listings = of_tickets(service), of_actions(service), of_reviews(service)
    walks = *(listing.walk for listing in listings), figures(service)
    return [(walk.method, walk.request) for walk in walks]


def about_channel(service: OrdersService, name: str) -> list[Question]:
    """What is asked of a channel, and what would change something in it."""
    policy = service_policies_pb2.ServicePolicy(name=f"{name}/servicePolicy", inquiry_hours=5)
    ticket = tickets_pb2.Ticket(channel=name, kind=1)
    review = reviews_pb2.Review(number="R-2", code="TEA", stars=4)
    review.place_time.FromDatetime(service.clock())
    walks = of_tickets(service, channel=name).walk, of_reviews(service, name).walk, figures(service, name)
    return [
        *((walk.method, walk.request) for walk in walks),
        (
            _policies(service).GetServicePolicy,
            service_policies_pb2.GetServicePolicyRequest(name=f"{name}/servicePolicy"),
        ),
        (
            _policies(service).UpdateServicePolicy,
            service_policies_pb2.UpdateServicePolicyRequest(service_policy=policy),
        ),
        (_tickets(service).CreateTicket, tickets_pb2.CreateTicketRequest(ticket=ticket, text="x")),
        (
            _reviews(service).BatchCreateReviews,
            reviews_pb2.BatchCreateReviewsRequest(parent=name, reviews=[review]),
        ),
        (
            _reviews(service).ImportReviews,
            reviews_pb2.ImportReviewsRequest(parent=name, file=HttpBody(data=b"code,rating,date\nTEA,5,2026-11-20\n")),
        ),
    ]


def about(service: OrdersService, name: str) -> dict[str, Callable[[], list[Question]]]:
    """Every single read of a thing, every list under it, and what would change it, by the collection that it is of."""
    calls, actions, reviews = _tickets(service), _actions(service), _reviews(service)
    wish = ticket_actions_pb2.TicketAction(kind=1, amount=1, reason="x")
    said = tickets_pb2.TicketMessage(kind=3, text="x")
    listed = of_actions(service, ticket=name).walk
    return {
        "tickets": lambda: [
            (calls.GetTicket, tickets_pb2.GetTicketRequest(name=name)),
            (said_in(service, name).method, said_in(service, name).request),
            (calls.CreateTicketMessage, tickets_pb2.CreateTicketMessageRequest(parent=name, ticket_message=said)),
            (calls.AnswerTicket, tickets_pb2.AnswerTicketRequest(name=name, text="x")),
            (calls.EscalateTicket, tickets_pb2.EscalateTicketRequest(name=name, reason="x")),
            (calls.CloseTicket, tickets_pb2.CloseTicketRequest(name=name, reason="x")),
            (calls.ReopenTicket, tickets_pb2.ReopenTicketRequest(name=name, reason="x")),
            (calls.RateTicket, tickets_pb2.RateTicketRequest(name=name, rating=5)),
            (
                calls.IssueReturnSlip,
                tickets_pb2.IssueReturnSlipRequest(name=name, lines=[tickets_pb2.ReturnWish(code="TEA", quantity="1")]),
            ),
            (
                actions.CreateTicketAction,
                ticket_actions_pb2.CreateTicketActionRequest(parent=name, ticket_action=wish),
            ),
            (listed.method, listed.request),
        ],
        "ticketActions": lambda: [
            (actions.GetTicketAction, ticket_actions_pb2.GetTicketActionRequest(name=name)),
            (actions.WithdrawTicketAction, ticket_actions_pb2.WithdrawTicketActionRequest(name=name)),
        ],
        "reviews": lambda: [
            (reviews.GetReview, reviews_pb2.GetReviewRequest(name=name)),
            (reviews.AnswerReview, reviews_pb2.AnswerReviewRequest(name=name, text="x")),
        ],
    }


def _tickets(service: OrdersService) -> tickets_pb2_grpc.TicketsStub:
    return tickets_pb2_grpc.TicketsStub(service.channel)


def _actions(service: OrdersService) -> ticket_actions_pb2_grpc.TicketActionsStub:
    return ticket_actions_pb2_grpc.TicketActionsStub(service.channel)


def _policies(service: OrdersService) -> service_policies_pb2_grpc.ServicePoliciesStub:
    return service_policies_pb2_grpc.ServicePoliciesStub(service.channel)


def _reviews(service: OrdersService) -> reviews_pb2_grpc.ReviewsStub:
    return reviews_pb2_grpc.ReviewsStub(service.channel)
