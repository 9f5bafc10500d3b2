"""What figures are asked for, in the form that rules take; what has another form is refused, naming the field."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.forms import known, line_of_text, optional_known
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_date, optional_id

from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.figures.asked import (
    MOST_DAYS,
    USUAL_DAYS,
    Asked,
    Dimension,
    KeyOf,
    Kind,
    Part,
    Place,
    RecordPlace,
    Span,
)
from bylaw_orders.use_cases.forms import FIRST_YEAR, LAST_YEAR, currency
from bylaw_orders.use_cases.order_files.file_forms import zone_name

LONGEST_KEY = 100


def asked_of(request: Any, zone: str, now: datetime, *, currency_needed: bool = False) -> Asked:
    """Of which days, channel and currency."""
    needed = currency_needed or bool(getattr(request, "currency", ""))
    return Asked(
        _span(request, zone_name(request.time_zone, zone), now),
        optional_id(request.channel, CHANNELS, field="channel"),
        currency(request.currency, field="currency") if needed else "",
    )


def dimension_of(request: Any) -> Dimension:
    """By what."""
    return known(request.dimension or Dimension.DAY, Dimension, field="dimension")


def kind_of(request: Any) -> Kind:
    """Which count."""
    return known(request.kind, Kind, field="kind")


def key_of(request: Any, by: Dimension) -> KeyOf:
    """Of which figure; a channel is named as a resource."""
    part = optional_known(request.part, Part, field="part") or Part.WHOLE
    if part and by is not Dimension.PRODUCT:
        raise FieldInvalid(field="part", zh="仅按商品时可指定", en="is said by product alone")
    if not request.HasField("key"):
        return KeyOf(None, part)
    if by is Dimension.CHANNEL:
        return KeyOf(str(optional_id(request.key, CHANNELS, field="key") or ""), part)
    return KeyOf(line_of_text(request.key, field="key", longest=LONGEST_KEY, needed=False), part)


def place_of(position: list[str] | None) -> Place | None:
    """Where a list of sales figures goes on."""
    return Place(position[0], int(position[1]), position[2]) if position else None


def record_place(position: list[str] | None) -> RecordPlace | None:
    """Where a list of an order's parts goes on."""
    if not position:
        return None
    at, order, part, key = position
    return RecordPlace(datetime.fromisoformat(at), UUID(order), int(part), key)


def _span(request: Any, zone: str, now: datetime) -> Span:
    """The days; without a last one up to today, without a first one so many as is usual."""
    last = optional_date(request.last_date, field="last_date") or now.astimezone(ZoneInfo(zone)).date()
    _check_year(last, "last_date")
    first = optional_date(request.first_date, field="first_date") or last - timedelta(days=USUAL_DAYS - 1)
    _check_year(first, "first_date")
    if not 0 <= (last - first).days < MOST_DAYS:
        raise FieldInvalid(
            field="last_date",
            zh=f"应不早于 first_date，且相距不超过 {MOST_DAYS} 天",
            en=f"expected not before first_date, and at most {MOST_DAYS} days of both",
        )
    return Span(first, last, zone)


def _check_year(day: date, field: str) -> None:
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise FieldInvalid(
            field=field,
            zh=f"应为 {FIRST_YEAR} 至 {LAST_YEAR - 1} 年间的日期",
            en=f"expected a date of the years {FIRST_YEAR} to {LAST_YEAR - 1}",
        )
