"""Parts of requests in the form that rules take; what has another form is refused, naming the field."""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bylaw_chassis.forms import number_within
from bylaw_chassis.refusals import FieldInvalid
from google.protobuf.timestamp_pb2 import Timestamp

FIRST_YEAR, LAST_YEAR = 2000, 2199
CURRENCY = re.compile(r"[A-Z]{3}")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
LARGEST_AMOUNT = 10**15


def text_of_lines(text: str, *, field: str, longest: int) -> str:
    """A text of several lines, of at most so many characters; what is around it does not count."""
    if len(text) > longest or "\0" in text:
        raise FieldInvalid(
            field=field, zh=f"应为至多 {longest} 个字符", en=f"expected at most {longest} characters, none of them null"
        )
    return text.strip()


def currency(text: str, *, field: str) -> str:
    """A currency, ISO 4217."""
    if not CURRENCY.fullmatch(text):
        raise FieldInvalid(
            field=field,
            zh="应为三个大写字母的币种，如 CNY",
            en="expected a currency of three capital letters, such as CNY",
        )
    return text


def slug(text: str, *, field: str) -> str:
    """A short word of small letters, digits and dashes."""
    if not SLUG.fullmatch(text):
        raise FieldInvalid(
            field=field,
            zh="应为 1 至 32 个小写字母、数字或连字符",
            en="expected 1 to 32 small letters, digits or dashes",
        )
    return text


def decimal(text: str, *, field: str) -> Decimal:
    """A decimal number, as it is written: nothing is rounded, nothing is a power of ten."""
    if not NUMBER.fullmatch(text):
        raise FieldInvalid(
            field=field,
            zh="应为十进制数，整数至多 15 位、小数至多 6 位",
            en="expected a decimal number of at most 15 digits before and 6 behind the point",
        )
    return Decimal(text)


def amount(number: int, *, field: str, least: int = -LARGEST_AMOUNT) -> int:
    """An amount in the smallest unit."""
    return number_within(number, field=field, first=least, last=LARGEST_AMOUNT)


def instant(stamp: Timestamp, *, field: str) -> datetime:
    """An instant that a business can mean, in UTC."""
    try:
        found = stamp.ToDatetime(tzinfo=UTC)
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise FieldInvalid(
            field=field,
            zh=f"应为 {FIRST_YEAR} 至 {LAST_YEAR} 年间的时刻",
            en=f"expected an instant of the years {FIRST_YEAR} to {LAST_YEAR}",
        )
    return found


def optional_instant(message: Any, name: str, *, within: str = "") -> datetime | None:
    """Such an instant, or nothing where the field is not set."""
    return instant(getattr(message, name), field=f"{within}{name}") if message.HasField(name) else None


def changed_fields(
    wished: Any, paths: Collection[str], *, fields: Mapping[str, Any], others: Collection[str]
) -> set[str]:
    """Which fields a mask names, without one those that are filled; refuses one that there is not."""
    if unknown := sorted(set(paths) - fields.keys() - set(others)):
        named = unknown[0][:50]
        raise FieldInvalid(field="update_mask", zh=f"没有字段 {named}", en=f"there is no field {named}")
    return set(paths) or {field.name for field, _ in wished.ListFields()}


def instant_and_id(position: list[str] | None) -> tuple[datetime, UUID] | None:
    """The place in a page token of things by an instant."""
    return (datetime.fromisoformat(position[0]), UUID(position[1])) if position else None


def instant_and_number(position: list[str] | None) -> tuple[datetime, int] | None:
    """The place in a page token of things by an instant and a number."""
    return (datetime.fromisoformat(position[0]), int(position[1])) if position else None


def one_id(position: list[str] | None) -> UUID | None:
    """The place in a page token of things by id."""
    return UUID(position[0]) if position else None
