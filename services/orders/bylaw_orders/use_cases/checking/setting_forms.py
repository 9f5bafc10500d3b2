"""How a channel's orders are checked, in the form that rules take; what has another form is refused by its field."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from bylaw_chassis.forms import line_of_text, number_within
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.checking.checked import NAMES
from bylaw_orders.rules.checking.refusals import CheckUnknown
from bylaw_orders.rules.checking.setting import DEFAULT, CheckSetting
from bylaw_orders.use_cases.forms import decimal

FIELD, CHECKS = "channel_checks", "/checks"
LONGEST_REASON, LONGEST_HOURS, MOST_CHARACTERS = 500, 720, 100
_PERCENT = re.compile(r"(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)", re.ASCII)


def setting_wish(wished: Any) -> tuple[CheckSetting, str]:
    """A setting and why; refuses CHECK_UNKNOWN and FIELD_INVALID."""
    setting = CheckSetting(
        _off(wished),
        _percent(wished, "price_tolerance_percent", DEFAULT.price_tolerance_percent),
        _percent(wished, "discount_percent", DEFAULT.discount_percent),
        _percent(wished, "promotion_percent", DEFAULT.promotion_percent),
        _limit(wished.quantity_limit),
        _number(wished.duplicate_hours or DEFAULT.duplicate_hours, "duplicate_hours", LONGEST_HOURS),
        _number(wished.address_characters or DEFAULT.address_characters, "address_characters", MOST_CHARACTERS),
    )
    return setting, line_of_text(wished.reason, field=f"{FIELD}.reason", longest=LONGEST_REASON)


def channel_of_checks(name: str) -> UUID:
    """The channel in `channels/{channel}/checks`; refuses FIELD_INVALID."""
    if not name.endswith(CHECKS):
        raise FieldInvalid(
            field="name", zh="应为 channels/{id}/checks 形式的资源名", en="expected a name such as channels/{id}/checks"
        )
    return resource_id(name.removesuffix(CHECKS), CHANNELS)


def _off(wished: Any) -> frozenset[str]:
    seen = set[str]()
    for number, name in enumerate(wished.off):
        field = f"{FIELD}.off[{number}]"
        if name not in NAMES:
            raise CheckUnknown(field=field, check=name[:50])
        if name in seen:
            raise FieldInvalid(field=field, zh="每项检查只写一次", en="each check is named once")
        seen.add(name)
    return frozenset(seen)


def _percent(wished: Any, name: str, where_none: Decimal) -> Decimal:
    text = getattr(wished, name)
    if not text:
        return where_none
    if not _PERCENT.fullmatch(text):
        raise FieldInvalid(
            field=f"{FIELD}.{name}",
            zh="应为 0 至 100 的百分数，小数至多两位",
            en="expected a percentage from 0 to 100 with at most two digits behind the point",
        )
    return Decimal(text)


def _limit(text: str) -> Decimal:
    if not text:
        return DEFAULT.quantity_limit
    limit = decimal(text, field=f"{FIELD}.quantity_limit")
    if limit <= 0:
        raise FieldInvalid(field=f"{FIELD}.quantity_limit", zh="应大于零", en="expected more than zero")
    return limit


def _number(number: int, name: str, last: int) -> int:
    return number_within(number, field=f"{FIELD}.{name}", first=1, last=last)
