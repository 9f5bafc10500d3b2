"""Shows sheets and changes them, variants among them (GDS-1)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Database

from bylaw_inventory.events import item_sheet_changed
from bylaw_inventory.ports.goods import SheetStore
from bylaw_inventory.ports.stores import ByText, ItemStore
from bylaw_inventory.rules.listing.refusals import SheetChanged
from bylaw_inventory.rules.listing.sheet import Sheet, SheetsWish, ShownSheet
from bylaw_inventory.rules.listing.variants import check_no_options, check_variant
from bylaw_inventory.rules.refusals import ItemNotFound
from bylaw_inventory.use_cases.listing.check_listed import CheckListed


@dataclass(frozen=True, slots=True)
class KeepSheets:
    """Sheets are the whole organisation's, as items are."""

    database: Database
    items: ItemStore
    sheets: SheetStore
    listed: CheckListed

    def one(self, item: UUID, channel: str) -> ShownSheet:
        """With what is missing to be listed there; refuses ITEM_NOT_FOUND."""
        with self.database.read() as connection:
            return self._shown(connection, item, channel)

    def page(self, wish: SheetsWish, *, page: ByText) -> list[ShownSheet]:
        """Sheets by the item's code; refuses ITEM_NOT_FOUND of the parent."""
        with self.database.read() as connection:
            if wish.variant_of and not self.items.find(connection, [wish.variant_of]):
                raise ItemNotFound
            return self.sheets.listed(connection, wish, self.database.clock(), page=page)

    def update(self, item: UUID, changes: Mapping[str, Any], *, seen: str) -> ShownSheet:
        """Refuses ITEM_NOT_FOUND, SHEET_CHANGED, VARIANT_INVALID, VARIANT_EXISTS and ITEM_LISTED."""
        with self.database.work() as work:
            connection = work.connection
            parent: UUID | None = changes.get("variant_of")
            family = {item, parent} if parent else {item}
            self.sheets.lock_families(connection, family)
            if len(self.items.find(connection, family)) != len(family):
                raise ItemNotFound
            found = self.sheets.find(connection, [item]).get(item, Sheet(item))
            if seen and seen != str(found.revision):
                raise SheetChanged
            made = replace(found, **changes, revision=found.revision + 1)
            self._check_variant(connection, made)
            self.sheets.write(connection, made)
            self.listed.check(connection, [item], work.now)
            shown = self._shown(connection, item, "")
            work.publish(item_sheet_changed(shown))
        return shown

    def _check_variant(self, connection: sa.Connection, made: Sheet) -> None:
        if made.variant_of is None:
            check_no_options(made)
            return
        parent = self.sheets.find(connection, [made.variant_of]).get(made.variant_of, Sheet(made.variant_of))
        siblings = [one for one in self.sheets.variants(connection, made.variant_of) if one.item != made.item]
        check_variant(made, parent, siblings, has_variants=bool(self.sheets.variants(connection, made.item)))

    def _shown(self, connection: sa.Connection, item: UUID, channel: str) -> ShownSheet:
        found = self.sheets.shown(connection, [item], self.database.clock(), channel=channel)
        if not found:
            raise ItemNotFound
        return found[0]
