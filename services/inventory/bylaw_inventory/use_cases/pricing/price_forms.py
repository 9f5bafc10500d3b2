"""Changes of prices in the form that rules take; what has another form is refused, naming the field."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bylaw_chassis.forms import check_count, line_of_text
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.pricing.change import FIELD, ChangeWish, PriceLine
from bylaw_inventory.rules.pricing.timeline import Amount, Goods
from bylaw_inventory.use_cases.forms import FIRST_YEAR, LAST_YEAR, LONGEST_REASON
from bylaw_inventory.use_cases.listing.listing_forms import channel_code

MOST_LINES = 500
MOST_MINOR_UNITS = 10**15
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def change_wish(wished: Any) -> ChangeWish:
    """What somebody asks for."""
    check_count(len(wished.lines), field=FIELD, most=MOST_LINES)
    lines = tuple(_line(line, f"{FIELD}[{number}]") for number, line in enumerate(wished.lines))
    return ChangeWish(lines, line_of_text(wished.reason, field="price_change.reason", longest=LONGEST_REASON))


def optional_instant(message: Any, name: str, *, field: str) -> datetime | None:
    """An instant that a business can mean; nothing where none is stated."""
    if not message.HasField(name):
        return None
    try:
        instant: datetime = getattr(message, name).ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        instant = datetime.min.replace(tzinfo=UTC)
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise FieldInvalid(
            field=field,
            zh=f"时刻应在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间",
            en=f"expected an instant of the years {FIRST_YEAR} to {LAST_YEAR}",
        )
    return instant


def price_place(position: list[str] | None) -> tuple[str, UUID, datetime, int] | None:
    """The place in a page token of prices."""
    if not position:
        return None
    channel, item, since, again = position
    return channel, UUID(item), datetime.fromisoformat(since), int(again)


def _line(line: Any, field: str) -> PriceLine:
    goods = Goods(
        resource_id(line.item, ITEMS, field=f"{field}.item"), channel_code(line.channel, field=f"{field}.channel")
    )
    since = optional_instant(line, "effective_time", field=f"{field}.effective_time")
    return PriceLine(goods, _amount(line.price, f"{field}.price"), since)


def _amount(price: Any, field: str) -> Amount:
    if not _CURRENCY.fullmatch(price.currency):
        raise FieldInvalid(
            field=f"{field}.currency", zh="应为三个大写字母，如 CNY", en="expected three capital letters such as CNY"
        )
    if abs(price.minor_units) > MOST_MINOR_UNITS:
        raise FieldInvalid(
            field=f"{field}.minor_units", zh=f"至多 {MOST_MINOR_UNITS}", en=f"expected at most {MOST_MINOR_UNITS}"
        )
    return Amount(price.minor_units, price.currency)
