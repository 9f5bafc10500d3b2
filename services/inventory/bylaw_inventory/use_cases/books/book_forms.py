"""Days, counts and months in the form that rules take; what has another form is refused, naming the field."""

from datetime import UTC, date
from typing import Any
from uuid import UUID

from bylaw_chassis.forms import line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import month_start, resource_id

from bylaw_inventory.rules.books.day import DAYS
from bylaw_inventory.rules.books.month import MONTHS
from bylaw_inventory.rules.books.spot_count import FIELD, CountWish
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import PLACES, WAREHOUSES
from bylaw_inventory.use_cases.forms import FIRST_YEAR, LAST_YEAR, business_day

LONGEST_LOT = 64


def day_of(name: str) -> tuple[UUID, date]:
    """The warehouse and the day in `warehouses/{warehouse}/bookDays/{YYYY-MM-DD}`."""
    warehouse, day = _parts(name, DAYS, field="name", example="YYYY-MM-DD")
    return warehouse, business_day(day, field="name")


def month_of(name: str, *, field: str) -> tuple[UUID, date]:
    """The warehouse and the month's first day in `warehouses/{warehouse}/stockMonths/{YYYY-MM}`."""
    warehouse, text = _parts(name, MONTHS, field=field, example="YYYY-MM")
    month = month_start(text, field=field)
    if not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise FieldInvalid(
            field=field,
            zh=f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间",
            en=f"expected a year from {FIRST_YEAR} to {LAST_YEAR}",
        )
    return warehouse, month


def count_wish(parent: str, wished: Any) -> CountWish:
    """A count as it is asked for."""
    at = wished.count_time.ToDatetime(tzinfo=UTC) if wished.HasField("count_time") else None
    if at and not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise FieldInvalid(field=f"{FIELD}.count_time", zh="不是业务中可能的时刻", en="no instant a business can mean")
    return CountWish(
        resource_id(parent, WAREHOUSES, field="parent"),
        resource_id(wished.item, ITEMS, field=f"{FIELD}.item"),
        resource_id(wished.place, PLACES, field=f"{FIELD}.place"),
        line_of_text(wished.lot, field=f"{FIELD}.lot", longest=LONGEST_LOT, needed=False),
        wished.counted.value,
        wished.counted.unit,
        at,
    )


def one_day(position: list[str] | None) -> date | None:
    """The place in a page token of days."""
    return date.fromisoformat(position[0]) if position else None


def _parts(name: str, collection: str, *, field: str, example: str) -> tuple[UUID, str]:
    warehouse, slash, rest = name.partition(f"/{collection}/")
    if not slash:
        expected = f"{WAREHOUSES}/{{id}}/{collection}/{{{example}}}"
        raise FieldInvalid(field=field, zh=f"应为 {expected}", en=f"expected {expected}")
    return resource_id(warehouse, WAREHOUSES, field=field), rest
