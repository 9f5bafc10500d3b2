"""Outcomes of a review in the form that rules take; what has another form is refused, naming the field."""

from collections.abc import Sequence
from typing import Any

from bylaw_chassis.forms import check_count, known, line_of_text, number_within
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.reviewing.review import MOST_DAYS, Outcome, OutcomeWish
from bylaw_inventory.use_cases.forms import LONGEST_REASON

MOST_OUTCOMES = 500


def outcome_wishes(wished: Sequence[Any]) -> list[OutcomeWish]:
    """Outcomes as they were asked for."""
    check_count(len(wished), field="outcomes", most=MOST_OUTCOMES)
    return [_wish(one, f"outcomes[{number}]") for number, one in enumerate(wished)]


def look_back(days: int) -> int:
    """So many days; 0 where nobody says."""
    return number_within(days, field="days", first=0, last=MOST_DAYS)


def _wish(one: Any, field: str) -> OutcomeWish:
    return OutcomeWish(
        field,
        resource_id(one.item, ITEMS, field=f"{field}.item"),
        known(one.outcome, Outcome, field=f"{field}.outcome"),
        line_of_text(one.reason, field=f"{field}.reason", longest=LONGEST_REASON),
        optional_id(one.replacement, ITEMS, field=f"{field}.replacement"),
    )
