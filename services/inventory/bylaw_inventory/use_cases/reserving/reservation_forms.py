"""Reservations in the form that rules take; what has another form is refused, naming the field."""

from typing import Any

from bylaw_chassis.values import resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS
from bylaw_inventory.use_cases.forms import check_count, line_of_text, number_within
from bylaw_inventory.use_cases.reserving.reserve import FIELD, Asked, AskedLine

MOST_LINES = 500
HOLD_MINUTES, LONGEST_HOLD_MINUTES = 30, 10_080


def reservation_asked(wished: Any) -> Asked:
    """A reservation as it is asked for."""
    check_count(len(wished.lines), field=FIELD, most=MOST_LINES)
    minutes = wished.hold_minutes or HOLD_MINUTES
    return Asked(
        resource_id(wished.name, RESERVATIONS, field="stock_reservation.name"),
        resource_id(wished.warehouse, WAREHOUSES, field="stock_reservation.warehouse"),
        line_of_text(wished.purpose, field="stock_reservation.purpose", longest=100, needed=False),
        tuple(_line(line, f"{FIELD}[{number}].item") for number, line in enumerate(wished.lines)),
        wished.partial,
        number_within(minutes, field="stock_reservation.hold_minutes", first=1, last=LONGEST_HOLD_MINUTES),
    )


def _line(line: Any, field: str) -> AskedLine:
    return AskedLine(resource_id(line.item, ITEMS, field=field), line.quantity.value, line.quantity.unit)
