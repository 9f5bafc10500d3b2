"""Reviews in the form that rules take; what has another form is refused, naming the field (CUS-3)."""

from datetime import datetime
from typing import Any

from bylaw_chassis.forms import line_of_text, number_within
from bylaw_chassis.values import optional_id

from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.privacy.scrubbing import scrubbed
from bylaw_orders.rules.reviews.review import FigureQuery, ReviewQuery, ReviewWish
from bylaw_orders.use_cases.forms import instant, optional_instant, text_of_lines

LONGEST_TEXT = 5_000


def review_wish(wished: Any) -> ReviewWish:
    """A review as it came, with what leads to people masked in it; refuses FIELD_INVALID."""
    return ReviewWish(
        line_of_text(wished.number, field="number", longest=64),
        line_of_text(wished.code, field="code", longest=64),
        number_within(wished.stars, field="stars", first=1, last=5),
        scrubbed(text_of_lines(wished.text, field="text", longest=LONGEST_TEXT)),
        instant(wished.place_time, field="place_time"),
    )


def review_query(request: Any, now: datetime) -> ReviewQuery:
    """Which reviews are asked for, and when."""
    return ReviewQuery(
        optional_id(request.channel, CHANNELS, field="channel"),
        line_of_text(request.code, field="code", longest=64, needed=False),
        request.unanswered,
        now if request.overdue else None,
    )


def figure_query(request: Any, now: datetime) -> FigureQuery:
    """Which reviews are counted, as of when."""
    return FigureQuery(
        optional_id(request.channel, CHANNELS, field="channel"),
        optional_instant(request, "start_time"),
        optional_instant(request, "end_time"),
        now,
    )
