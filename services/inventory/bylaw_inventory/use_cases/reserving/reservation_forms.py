"""Reservations in the form that rules take; what has another form is refused, naming the field."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from bylaw_chassis.forms import check_count, line_of_text, number_within
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import optional_id, resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS
from bylaw_inventory.use_cases.reserving.holding import ALONE, Asked, AskedLine
from bylaw_inventory.use_cases.reserving.reserve_many import Mark, Release

MOST_LINES, MOST_AT_ONCE = 500, 100
HOLD_MINUTES, LONGEST_HOLD_MINUTES = 30, 10_080
LONGEST_MARK = 500
Form = TypeVar("Form")


def reservation_asked(wished: Any, at: str = ALONE) -> Asked:
    """A reservation as it is asked for, which stands there in the request."""
    check_count(len(wished.lines), field=f"{at}.lines", most=MOST_LINES)
    minutes = wished.hold_minutes or HOLD_MINUTES
    return Asked(
        resource_id(wished.name, RESERVATIONS, field=f"{at}.name"),
        resource_id(wished.warehouse, WAREHOUSES, field=f"{at}.warehouse"),
        line_of_text(wished.purpose, field=f"{at}.purpose", longest=100, needed=False),
        tuple(_line(line, f"{at}.lines[{number}].item") for number, line in enumerate(wished.lines)),
        wished.partial,
        number_within(minutes, field=f"{at}.hold_minutes", first=1, last=LONGEST_HOLD_MINUTES),
        at,
    )


def reservations_asked(wished: Any) -> list[Asked | Refusal]:
    """Many of them; of each that has another form, why it is refused."""
    return _each(wished, "stock_reservations", reservation_asked)


def names_asked(wished: Any) -> list[UUID | Refusal]:
    """The ids of many."""
    return _each(wished, "names", lambda name, at: resource_id(name, RESERVATIONS, field=at))


def releases_asked(wished: Any) -> list[Release | Refusal]:
    """Those to be released."""
    return _each(wished, "releases", _release)


def marks_asked(wished: Any) -> list[Mark | Refusal]:
    """What is said of many."""
    return _each(wished, "marks", _mark)


def _each(wished: Any, field: str, form: Callable[[Any, str], Form]) -> list[Form | Refusal]:
    check_count(len(wished), field=field, most=MOST_AT_ONCE)
    return list(_formed(wished, field, form))


def _formed(wished: Any, field: str, form: Callable[[Any, str], Form]) -> Iterable[Form | Refusal]:
    for number, one in enumerate(wished):
        try:
            yield form(one, f"{field}[{number}]")
        except Refusal as refusal:
            yield refusal


def _release(wished: Any, at: str) -> Release:
    warehouse = optional_id(wished.warehouse, WAREHOUSES, field=f"{at}.warehouse")
    return Release(resource_id(wished.name, RESERVATIONS, field=f"{at}.name"), warehouse)


def _mark(wished: Any, at: str) -> Mark:
    told = line_of_text(wished.packed_with, field=f"{at}.packed_with", longest=LONGEST_MARK, needed=False)
    return Mark(resource_id(wished.name, RESERVATIONS, field=f"{at}.name"), told)


def _line(line: Any, field: str) -> AskedLine:
    return AskedLine(resource_id(line.item, ITEMS, field=field), line.quantity.value, line.quantity.unit)
