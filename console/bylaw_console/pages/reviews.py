"""Product reviews: those that wait for an answer first, answered once, and counted per product (CUS-3)."""

from typing import Any

from bylaw.orders.v1 import reviews_pb2
from flask import Response
from google.api import httpbody_pb2

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.showing import age, id_of

READ, TAKE = ("orders.reviews.read",), ("orders.reviews.create",)
LARGEST_BYTES = 33 * 1024 * 1024


def reviews(desk: Desk) -> Response:
    """The reviews, newest first."""
    return desk.render("reviews.html", **_page(desk))


def take(desk: Desk) -> Response:
    """Take a platform's export of reviews in; each line that is refused says why."""
    file = desk.file("file")
    content = file.read() if file else b""
    wish = reviews_pb2.ImportReviewsRequest(
        file=httpbody_pb2.HttpBody(content_type="application/octet-stream", data=content),
        parent=desk.field("channel"),
        validate_only=bool(desk.field("validate_only")),
        request_id=desk.request_id,
    )
    try:
        taken = desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("reviews.html", refusal, **_page(desk))
    return desk.render("reviews.html", **{**_page(desk), "taken": taken})


def review(desk: Desk, review: str) -> Response:
    """One review, and the way to answer it."""
    return desk.render("review.html", **_one(desk, review))


def answer(desk: Desk, review: str) -> Response:
    """Record what it was answered with, once."""
    wish = reviews_pb2.AnswerReviewRequest(
        name=f"reviews/{review}", text=desk.field("text"), request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("review.html", refusal, **_one(desk, review))
    return desk.go("/reviews?unanswered=1", said="reviews.said_answered")


def _one(desk: Desk, review: str) -> dict[str, Any]:
    found = desk.ask(reviews_pb2.GetReviewRequest(name=f"reviews/{review}"))
    return {"review": found, "id": review, "channels": Channels(desk), "who": desk.who(found.answerer)}


def _page(desk: Desk) -> dict[str, Any]:
    channel = desk.args.get("channel", "")
    wish = reviews_pb2.ListReviewsRequest(
        channel=channel,
        code=desk.args.get("code", "").strip(),
        unanswered=bool(desk.args.get("unanswered")),
        overdue=bool(desk.args.get("overdue")),
        page_size=desk.rows,
        page_token=desk.args.get("page", ""),
    )
    found = desk.ask(wish)
    counted = desk.ask(reviews_pb2.ListReviewFiguresRequest(channel=channel, page_size=desk.rows))
    return {
        "reviews": [(one, id_of(one.name), age(desk, one.due_time)) for one in found.reviews],
        "following": found.next_page_token,
        "figures": counted.review_figures,
        "channels": Channels(desk),
        "taken": None,
    }


ROUTES = (
    get("/reviews", reviews, needs=READ),
    post("/reviews", take, needs=TAKE, largest_bytes=LARGEST_BYTES),
    get("/reviews/<review>", review, needs=READ),
    post("/reviews/<review>", answer, needs=("orders.reviews.answer",)),
)
