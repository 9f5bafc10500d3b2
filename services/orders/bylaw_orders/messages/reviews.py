"""Reviews and their figures as messages of the contract (CUS-3)."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any

from bylaw.orders.v1 import reviews_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.refused_wishes import refused_wish
from bylaw_chassis.values import resource_name

from bylaw_orders.messages.tickets import by_key
from bylaw_orders.messages.values import both, timestamp
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.reviews.review import REVIEWS, Review, ReviewFigure, ReviewOutcome, TakenReview
from bylaw_orders.rules.reviews.review_file import ReviewLine

MOST_LISTED, LONGEST_COLUMN = 1_000, 100


def review_message(made: Review, *, told: bool = False) -> Any:
    """A review; where it is told to others, without what was written."""
    wish = made.wish
    return reviews_pb2.Review(
        name=made.name,
        channel=resource_name(CHANNELS, made.channel),
        number=wish.number,
        code=wish.code,
        stars=wish.stars,
        text="" if told else wish.text,
        place_time=timestamp(wish.placed_at),
        due_time=timestamp(made.due_at),
        answer="" if told else made.answer,
        answer_time=timestamp(made.answered_at),
        answerer=by_key(made.answered_by),
        create_time=timestamp(made.created_at),
    )


def taken_message(taken: TakenReview, call: Call) -> Any:
    """What became of a review of many."""
    return reviews_pb2.TakenReview(
        number=taken.number,
        outcome=reviews_pb2.ReviewOutcome.ValueType(taken.outcome),
        review=resource_name(REVIEWS, taken.review),
        refusal=refused_wish(call, taken.refusal, taken.number) if taken.refusal else None,
    )


def import_message(lines: Sequence[ReviewLine], *, only_looked: bool) -> Any:
    """What became of a file: how many lines of each kind, and those that were not taken."""
    counts = Counter(line.outcome for line in lines)
    left = (line for line in lines if line.outcome is not ReviewOutcome.TAKEN)
    return reviews_pb2.ReviewImport(
        line_count=len(lines),
        taken_count=counts[ReviewOutcome.TAKEN],
        repeated_count=counts[ReviewOutcome.REPEATED],
        refused_count=counts[ReviewOutcome.REFUSED],
        lines=map(_line, islice(left, MOST_LISTED)),
        validated_only=only_looked,
    )


def _line(line: ReviewLine) -> Any:
    fault = line.fault
    return reviews_pb2.ReviewImportLine(
        line=line.row,
        outcome=reviews_pb2.ReviewOutcome.ValueType(line.outcome),
        review=resource_name(REVIEWS, line.review),
        field=fault.column[:LONGEST_COLUMN] if fault else "",
        reason=fault.reason if fault else "",
        message=both((fault.zh, fault.en)) if fault else None,
    )


def figure_message(figure: ReviewFigure) -> Any:
    """Reviews of a product, counted."""
    return reviews_pb2.ReviewFigure(
        code=figure.code,
        count=figure.reviews,
        mean_stars=f"{figure.mean_stars:f}",
        answered=figure.answered,
        answered_in_time=figure.in_time,
        late=figure.late,
    )
