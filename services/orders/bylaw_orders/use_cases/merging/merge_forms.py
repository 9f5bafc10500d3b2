"""What is said of orders that are to go together in the form that rules take."""

from collections.abc import Sequence
from uuid import UUID

from bylaw_chassis.forms import check_count, line_of_text
from bylaw_chassis.refusals import FieldInvalid

from bylaw_orders.rules.orders.together import MOST_TOGETHER
from bylaw_orders.use_cases.intake.order_forms import order_ids
from bylaw_orders.use_cases.merging.show_candidates import Place

FEWEST_TOGETHER, LONGEST_REASON = 2, 500


def orders_asked(names: Sequence[str]) -> list[UUID]:
    """The orders that are named, 2 to 20, each once; refuses FIELD_INVALID."""
    check_count(len(names), field="names", most=MOST_TOGETHER)
    found = order_ids(names)
    if len(found) < FEWEST_TOGETHER or len(set(found)) < len(found):
        raise FieldInvalid(
            field="names", zh="应为至少两个订单，每个只写一次", en="expected two orders or more, each once"
        )
    return found


def why(text: str) -> str:
    """The reason; refuses FIELD_INVALID."""
    return line_of_text(text, field="reason", longest=LONGEST_REASON)


def candidate_place(position: list[str] | None) -> Place | None:
    """The place in a page token; of nothing none."""
    return (UUID(position[0]), UUID(position[1])) if position else None
