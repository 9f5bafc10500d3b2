"""Reviews and their lines as messages of the contract."""

from typing import Any

from bylaw.inventory.v1 import goods_reviews_pb2
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.listing import person
from bylaw_inventory.messages.values import quantity, timestamp
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.reviewing.review import Review, ReviewLine


def review_message(made: Review) -> Any:
    """A review."""
    return goods_reviews_pb2.GoodsReview(
        name=made.name,
        channel=made.channel,
        days=made.days,
        line_count=made.lines,
        open_count=made.waiting,
        create_time=timestamp(made.opened_at),
        created_by=person(made.opened_by),
        end_time=timestamp(made.ended_at),
    )


def review_line_message(line: ReviewLine) -> Any:
    """An item in a review, with what was decided of it."""
    seen, decided = line.seen, line.decided
    made = goods_reviews_pb2.GoodsReviewLine(
        item=resource_name(ITEMS, seen.item),
        code=line.code,
        issued=quantity(seen.issued, line.unit),
        last_issue_date=seen.last_issue.isoformat() if seen.last_issue else "",
        on_hand=quantity(seen.on_hand, line.unit),
        proposal=goods_reviews_pb2.ReviewProposal.ValueType(line.proposal),
    )
    if decided:
        told = goods_reviews_pb2.GoodsReviewLine(
            outcome=goods_reviews_pb2.ReviewOutcome.ValueType(decided.outcome),
            reason=decided.reason,
            replacement=resource_name(ITEMS, decided.replacement),
            decide_time=timestamp(decided.at),
            decided_by=person(decided.by),
        )
        made.MergeFrom(told)
    return made
