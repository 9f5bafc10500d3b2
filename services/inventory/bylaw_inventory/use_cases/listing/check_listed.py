"""Holds listed items complete: a change that would make one incomplete is refused, for a page must not lie (GDS-1).

Refused and not taken off: an offer that vanishes from a shop by a side effect is a loss, and nobody's decision.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.refusals import Violation

from bylaw_inventory.ports.goods import CompletenessStore, SheetStore
from bylaw_inventory.rules.listing.listing import LISTINGS, incomplete_at
from bylaw_inventory.rules.listing.refusals import ItemListed


@dataclass(frozen=True, slots=True)
class CheckListed:
    """Works inside the caller's transaction, behind the locks of what changed."""

    sheets: SheetStore
    completeness: CompletenessStore

    def check(self, connection: sa.Connection, changed: Collection[UUID], now: datetime) -> None:
        """Refuses ITEM_LISTED where any of these, or a variant of one, is listed and incomplete by now."""
        self.sheets.hold_rules(connection)
        if faults := self.faults(connection, changed, now):
            raise ItemListed(faults)

    def faults(self, connection: sa.Connection, changed: Collection[UUID] | None, now: datetime) -> list[Violation]:
        """What is missing of listed items, each under the name of its listing."""
        return [
            Violation(
                f"{LISTINGS}/{listing}", ItemListed.reason, f"{fault.zh}（在架：{channel}）", f"{fault.en} ({channel})"
            )
            for listing, channel, code, found in self.completeness.listed_incomplete(connection, changed, now)
            for fault in incomplete_at("", code, found.missing, found.category)
        ]
