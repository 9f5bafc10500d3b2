"""Parcels in the form that rules take; what has another form is refused, naming the field."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bylaw_chassis.forms import check_count, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.parcels.open_hand_over import Since
from bylaw_inventory.rules.parcels.parcel import FIELD, ParcelWish

MOST_PARCELS, MOST_MORE, LONGEST = 500, 50, 100


def parcel_wishes(lines: Any) -> list[ParcelWish]:
    """Parcels as they are to be handed over."""
    check_count(len(lines), field=FIELD, most=MOST_PARCELS)
    return [_wish(line, f"{FIELD}[{number}]") for number, line in enumerate(lines)]


def carrier_asked(text: str) -> str:
    """Which carrier."""
    return line_of_text(text, field="carrier", longest=LONGEST)


def receipt_asked(text: str, *, field: str = "receipt", needed: bool = True) -> str:
    """The number of a carrier's receipt."""
    return line_of_text(text, field=field, longest=LONGEST, needed=needed)


def since_asked(position: list[str] | None) -> Since | None:
    """The place in a page token of what is on its way."""
    return Since(datetime.fromisoformat(position[0]), UUID(position[1])) if position else None


def _wish(line: Any, field: str) -> ParcelWish:
    return ParcelWish(
        line_of_text(line.number, field=f"{field}.number", longest=LONGEST),
        resource_id(line.stock_movement, MOVEMENTS, field=f"{field}.stock_movement"),
        receipt_asked(line.receipt, field=f"{field}.receipt", needed=False),
        _more(line, f"{field}.more_stock_movements"),
    )


def _more(line: Any, field: str) -> tuple[UUID, ...]:
    if line.more_stock_movements:
        check_count(len(line.more_stock_movements), field=field, most=MOST_MORE)
    found = tuple(
        resource_id(name, MOVEMENTS, field=f"{field}[{place}]") for place, name in enumerate(line.more_stock_movements)
    )
    if len({line.stock_movement, *line.more_stock_movements}) <= len(found):
        raise FieldInvalid(field=field, zh="同一出库只写一次", en="name each issue once")
    return found
