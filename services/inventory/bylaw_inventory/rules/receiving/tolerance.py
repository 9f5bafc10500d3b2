"""How much more or less of an item than announced is still as announced: exact, nothing is rounded (WHS-1)."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Context, Decimal, Inexact, InvalidOperation
from uuid import UUID

from bylaw_inventory.rules.quantity import ZERO

MOST_OVER, MOST_UNDER = Decimal(1000), Decimal(100)
_WRITTEN = re.compile(r"\d{1,4}(\.\d{1,4})?", re.ASCII)
_HUNDRED = Decimal(100)
# 21 digits of a quantity times 8 of a percentage, summed over many deliveries: nothing of it is ever cut off.
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])


@dataclass(frozen=True, slots=True)
class Tolerance:
    """So much more and so much less, in per cent of what is announced."""

    over: Decimal = ZERO
    under: Decimal = ZERO

    def is_over(self, announced: Decimal, arrived: Decimal) -> bool:
        """Whether more arrived than announced and tolerated."""
        return _EXACT.multiply(arrived, _HUNDRED) > _EXACT.multiply(announced, _EXACT.add(_HUNDRED, self.over))

    def is_short(self, announced: Decimal, arrived: Decimal) -> bool:
        """Whether less arrived than announced and tolerated."""
        return _EXACT.multiply(arrived, _HUNDRED) < _EXACT.multiply(announced, _EXACT.subtract(_HUNDRED, self.under))


EXACTLY = Tolerance()
"""What holds where nobody has said anything."""


@dataclass(frozen=True, slots=True)
class ReceivingRule:
    """The tolerance of an item in a warehouse, and who set it last."""

    warehouse: UUID
    item: UUID
    tolerance: Tolerance
    changed_at: datetime
    changed_by: str


def per_cent(text: str, most: Decimal) -> Decimal | None:
    """A percentage as it is written, such as `2.5`; empty: 0. Nothing where it is none, or more than the most."""
    if not text:
        return ZERO
    if not _WRITTEN.fullmatch(text):
        return None
    found = Decimal(text)
    return found if found <= most else None
