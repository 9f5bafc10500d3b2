"""Calls about reviews of channels."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import goods_reviews_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import optional_known, text_and_id
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.reviewing import review_line_message, review_message
from bylaw_inventory.rules.reviewing.review import REVIEWS, Proposal, Review, ReviewLine
from bylaw_inventory.use_cases.forms import one_id
from bylaw_inventory.use_cases.listing.listing_forms import channel_code, optional_channel
from bylaw_inventory.use_cases.reviewing.review_channel import ReviewChannel
from bylaw_inventory.use_cases.reviewing.review_forms import look_back, outcome_wishes


@dataclass(frozen=True, slots=True)
class GoodsReviewCalls:
    """CreateGoodsReview, GetGoodsReview, ListGoodsReviews, ListGoodsReviewLines, RecordReviewOutcomes."""

    reviewing: ReviewChannel
    tokens: PageTokens

    def CreateGoodsReview(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = channel_code(request.channel, field="channel")
        return review_message(self.reviewing.open(channel, look_back(request.days), call.caller))

    def GetGoodsReview(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        return review_message(self.reviewing.one(resource_id(request.name, REVIEWS)))

    def ListGoodsReviews(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        channel = optional_channel(request.channel, field="channel")
        found = self.reviewing.page(channel, waiting=request.open_only, page=(one_id(page.position), page.limit))
        return goods_reviews_pb2.ListGoodsReviewsResponse(
            goods_reviews=map(review_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def ListGoodsReviewLines(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.reviewing.lines(
            resource_id(request.parent, REVIEWS, field="parent"),
            waiting=request.open_only,
            proposal=optional_known(request.proposal, Proposal, field="proposal"),
            page=(text_and_id(page.position), page.limit),
        )
        return goods_reviews_pb2.ListGoodsReviewLinesResponse(
            lines=map(review_line_message, found[: page.size]), next_page_token=page.token_at(found, _by_code)
        )

    def RecordReviewOutcomes(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier = resource_id(request.name, REVIEWS)
        return review_message(self.reviewing.record(identifier, outcome_wishes(request.outcomes), call.caller))


def _by_id(listed: Review) -> str:
    return str(listed.identifier)


def _by_code(listed: ReviewLine) -> list[str]:
    return [listed.code, str(listed.seen.item)]
