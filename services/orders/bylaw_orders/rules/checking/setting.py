"""What the checks of a channel's orders are to look for, and how closely (ORD-1)."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CheckSetting:
    """`off`: checks that are not made. Percentages of the price or of the goods' value; hours; characters.

    As it stands here it counts for every channel of which nothing was said.
    """

    off: frozenset[str] = frozenset()
    price_tolerance_percent: Decimal = Decimal(0)
    discount_percent: Decimal = Decimal(50)
    promotion_percent: Decimal = Decimal(90)
    quantity_limit: Decimal = Decimal(1000)
    duplicate_hours: int = 24
    address_characters: int = 5


DEFAULT = CheckSetting()


@dataclass(frozen=True, slots=True)
class ChannelSetting:
    """A setting on record: of which channel, why, since when and by whom; it counts until the next one."""

    identifier: UUID
    channel: UUID
    setting: CheckSetting
    reason: str
    set_at: datetime
    set_by: str = field(default="")
