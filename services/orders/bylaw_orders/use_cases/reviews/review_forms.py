"""Reviews in the form that rules take; what has another form is refused, naming the field (CUS-3)."""

from typing import Any

from bylaw_orders.rules.privacy.scrubbing import scrubbed
from bylaw_orders.rules.reviews.review import ReviewWish
from bylaw_orders.use_cases.forms import instant, line_of_text, number_within, text_of_lines

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
