"""Marks of special goods in the form that rules take; what has another form is refused, naming the field."""

from typing import Any

from bylaw_chassis.forms import check_count, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.special.mark import Keeper, MarkWish
from bylaw_inventory.use_cases.forms import LONGEST_REASON, optional_day

MARK, KEEPERS = "special_mark", "special_mark.keepers"
MOST_KEEPERS, LONGEST_WARNING = 50, 200


def mark_wish(wished: Any) -> MarkWish:
    """A mark as it is asked for."""
    if bool(wished.item) == bool(wished.category):
        raise FieldInvalid(
            field=f"{MARK}.item", zh="商品与类别请填其一", en="expected an item or a category, and not both"
        )
    if wished.keepers:
        check_count(len(wished.keepers), field=KEEPERS, most=MOST_KEEPERS)
    elif wished.warning.zh or wished.warning.en:
        raise FieldInvalid(
            field=KEEPERS,
            zh="特殊货物须有保管人；不再特殊则不写警示",
            en="special goods have keepers; without, no warning",
        )
    return MarkWish(
        optional_id(wished.item, ITEMS, field=f"{MARK}.item"),
        line_of_text(wished.category, field=f"{MARK}.category", longest=100, needed=False),
        (_warning(wished, "zh"), _warning(wished, "en")),
        tuple(_keeper(one, f"{KEEPERS}[{number}]") for number, one in enumerate(wished.keepers)),
        line_of_text(wished.reason, field=f"{MARK}.reason", longest=LONGEST_REASON),
    )


def _warning(wished: Any, language: str) -> str:
    said = getattr(wished.warning, language)
    needed = bool(wished.keepers)
    return line_of_text(said, field=f"{MARK}.warning.{language}", longest=LONGEST_WARNING, needed=needed)


def _keeper(wished: Any, field: str) -> Keeper:
    first = optional_day(wished.start_date, field=f"{field}.start_date")
    last = optional_day(wished.end_date, field=f"{field}.end_date")
    if first and last and last < first:
        raise FieldInvalid(field=f"{field}.end_date", zh="不能早于开始日期", en="not before the start date")
    return Keeper(resource_id(wished.person, "people", field=f"{field}.person"), first, last)
