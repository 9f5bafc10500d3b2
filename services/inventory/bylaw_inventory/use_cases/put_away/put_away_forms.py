"""Goods to be put away in the form that rules take; what has another form is refused, naming the field."""

from typing import Any

from bylaw_chassis.forms import check_count, line_of_text
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES
from bylaw_inventory.use_cases.put_away.put_goods_away import FIELD, PutAwayLine

MOST_LINES = 500


def put_away_lines(lines: Any) -> tuple[PutAwayLine, ...]:
    """What is to be put away."""
    check_count(len(lines), field=FIELD, most=MOST_LINES)
    return tuple(_line(line, f"{FIELD}[{number}]") for number, line in enumerate(lines))


def _line(line: Any, field: str) -> PutAwayLine:
    return PutAwayLine(
        resource_id(line.item, ITEMS, field=f"{field}.item"),
        resource_id(line.from_place, PLACES, field=f"{field}.from_place"),
        optional_id(line.to_place, PLACES, field=f"{field}.to_place"),
        line.quantity.value,
        line.quantity.unit,
        line_of_text(line.lot, field=f"{field}.lot", longest=64, needed=False),
    )
