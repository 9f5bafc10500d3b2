"""Puts items on record, changes them, and shows them (GDS-1)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Database, Work
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.events import item_changed
from bylaw_inventory.ports.stores import ByText, ItemStore
from bylaw_inventory.ports.units import ItemUnitStore
from bylaw_inventory.rules.goods.item import ITEMS, Item, ItemWish, gtin14
from bylaw_inventory.rules.refusals import ItemChanged, ItemExists, ItemNotFound, StockBelowZero
from bylaw_inventory.rules.units.unit import check_names, kept
from bylaw_inventory.use_cases.listing.check_listed import CheckListed


@dataclass(frozen=True, slots=True)
class KeepItems:
    """Items are the whole organisation's."""

    database: Database
    items: ItemStore
    units: ItemUnitStore
    listing_check: CheckListed

    def create(self, wish: ItemWish) -> Item:
        """Refuses ITEM_EXISTS, of a code or a barcode."""
        with self.database.work() as work:
            made = Item(new_id(), replace(wish, units=kept(wish.units, ())), work.now)
            if not self.items.add(work.connection, made):
                raise _exists(wish.code, self.items.by_code(work.connection, wish.code))
            self._write_barcodes(work, made)
            work.publish(item_changed(made))
        return made

    def update(self, identifier: UUID, changes: Mapping[str, Any], *, seen: str) -> Item:
        """Refuses ITEM_NOT_FOUND, ITEM_CHANGED, ITEM_EXISTS, STOCK_BELOW_ZERO and ITEM_LISTED."""
        with self.database.work() as work:
            found = self.items.find(work.connection, [identifier], lock=True).get(identifier)
            if found is None:
                raise ItemNotFound
            if seen and seen != str(found.revision):
                raise ItemChanged
            made = replace(found, wish=_changed(found.wish, changes), revision=found.revision + 1)
            self._allow(work.connection, found, made)
            self.items.change(work.connection, made)
            self._write_barcodes(work, made)
            self.listing_check.check(work.connection, [identifier], work.now)
            work.publish(item_changed(made))
        return made

    def one(self, identifier: UUID) -> Item:
        """Refuses ITEM_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.items.find(connection, [identifier]).get(identifier)
        if found is None:
            raise ItemNotFound
        return found

    def listed(self, code: str, barcode: str, *, page: ByText) -> list[Item]:
        """Items by code; of one code, or of one barcode in whatever length it is written."""
        with self.database.read() as connection:
            return self.items.listed(connection, code=code, barcode=gtin14(barcode) if barcode else "", page=page)

    def _allow(self, connection: sa.Connection, found: Item, made: Item) -> None:
        allowed = made.wish.may_go_below_zero
        if allowed != found.wish.may_go_below_zero and (
            place := self.items.allow_below_zero(connection, made.identifier, allowed=allowed)
        ):
            raise StockBelowZero(place=place)

    def _write_barcodes(self, work: Work, made: Item) -> None:
        """Those of its units too, which are there before their barcodes."""
        self.units.write(work.connection, [made], work.now)
        if taken := self.items.write_barcodes(work.connection, made):
            raise _exists(*taken)


def _changed(wish: ItemWish, changes: Mapping[str, Any]) -> ItemWish:
    """With what changes; a unit whose ratio does not is the one that it was. Refuses FIELD_INVALID of a name twice."""
    made = replace(wish, **changes)
    check_names(made.units, made.unit)
    return replace(made, units=kept(made.units, wish.units))


def _exists(code: str, item: UUID | None) -> ItemExists:
    return ItemExists(code=code, item=resource_name(ITEMS, item))
