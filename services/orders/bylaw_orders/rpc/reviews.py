"""Calls about reviews."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import reviews_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.clock import Clock
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_orders.messages.reviews import figure_message, import_message, review_message, taken_message
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.reviews.review import REVIEWS, Review, ReviewFigure
from bylaw_orders.use_cases.forms import instant_and_id
from bylaw_orders.use_cases.order_files.file_forms import zone_name
from bylaw_orders.use_cases.reviews.import_reviews import ImportReviews
from bylaw_orders.use_cases.reviews.keep_reviews import KeepReviews
from bylaw_orders.use_cases.reviews.review_forms import LONGEST_TEXT, figure_query, review_query
from bylaw_orders.use_cases.tickets.ticket_forms import needed_text

CREATE, READ, ANSWER = "orders.reviews.create", "orders.reviews.read", "orders.reviews.answer"


@dataclass(frozen=True, slots=True)
class ReviewCalls:
    """The calls of `Reviews`."""

    reviews: KeepReviews
    importing: ImportReviews
    time_zone: str
    tokens: PageTokens
    clock: Clock

    def BatchCreateReviews(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = resource_id(request.parent, CHANNELS, field="parent")
        taken = self.reviews.take(channel, request.reviews, call.caller.reach(CREATE))
        return reviews_pb2.BatchCreateReviewsResponse(taken_reviews=[taken_message(one, call) for one in taken])

    def ImportReviews(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel, content = resource_id(request.parent, CHANNELS, field="parent"), request.file.data
        zone, only_look = zone_name(request.time_zone, self.time_zone), request.validate_only
        lines = self.importing.take(channel, content, zone, call.caller.reach(CREATE), only_look=only_look)
        return import_message(lines, only_looked=only_look)

    def GetReview(self, request: Any, call: Call) -> Any:  # noqa: N802
        return review_message(self.reviews.one(resource_id(request.name, REVIEWS), call.caller.reach(READ)))

    def ListReviews(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        query = review_query(request, self.clock())
        place = instant_and_id(page.position), page.limit
        found = self.reviews.listed(query, call.caller.reach(READ), page=place)
        shown = map(review_message, found[: page.size])
        return reviews_pb2.ListReviewsResponse(reviews=shown, next_page_token=page.token_at(found, _place))

    def AnswerReview(self, request: Any, call: Call) -> Any:  # noqa: N802
        text = needed_text(request.text, field="text", longest=LONGEST_TEXT)
        review = resource_id(request.name, REVIEWS)
        return review_message(self.reviews.answer(review, text, call.caller, call.caller.reach(ANSWER)))

    def ListReviewFigures(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        query, place = figure_query(request, self.clock()), (page.after, page.limit)
        found = self.reviews.figures(query, call.caller.reach(READ), page=place)
        shown = map(figure_message, found[: page.size])
        return reviews_pb2.ListReviewFiguresResponse(review_figures=shown, next_page_token=page.token(found, _code))


def _place(listed: Review) -> list[str]:
    return [listed.wish.placed_at.isoformat(), str(listed.identifier)]


def _code(listed: ReviewFigure) -> str:
    return listed.code
