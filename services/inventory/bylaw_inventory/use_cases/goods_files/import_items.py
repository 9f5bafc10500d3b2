"""Takes a catalogue in: reads it, says what would become of it, and writes it in one transaction (GDS-1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import sqlalchemy as sa
from bylaw_chassis.database import Database, Work
from bylaw_chassis.files.refused import FileRefused
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.events import item_changed, item_sheet_changed
from bylaw_inventory.ports.goods import SheetStore
from bylaw_inventory.ports.goods_files import GoodsFileStore
from bylaw_inventory.ports.units import ItemUnitStore
from bylaw_inventory.rules.goods.item import ITEMS, Item, gtin14
from bylaw_inventory.rules.goods_files.catalogue import (
    NAMES,
    NOT_MADE,
    Catalogue,
    CatalogueItem,
    Plan,
    own_unit_packed,
    plan,
    read_catalogue,
    taken_barcode,
)
from bylaw_inventory.rules.goods_files.refusals import GoodsFileRefused
from bylaw_inventory.rules.goods_files.table import LineFault, rows_of
from bylaw_inventory.rules.listing.sheet import Sheet
from bylaw_inventory.rules.refusals import ItemChanged
from bylaw_inventory.use_cases.listing.check_listed import CheckListed


@dataclass(slots=True)
class Taken:
    """What became of a file."""

    lines: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    passed_over: int = 0
    received: int = 0
    faults: list[LineFault] = field(default_factory=list)
    movements: list[str] = field(default_factory=list)
    validated_only: bool = False


@dataclass(frozen=True, slots=True)
class ImportItems:
    """Sound lines are taken and faulty ones named."""

    database: Database
    files: GoodsFileStore
    units: ItemUnitStore
    sheets: SheetStore
    listed: CheckListed

    def take(self, data: bytes, *, validate_only: bool) -> Taken:
        """Refuses GOODS_FILE_REFUSED, ITEM_LISTED, and ITEM_CHANGED where somebody makes the same items meanwhile."""
        try:
            rows = list(rows_of(data, NAMES, needed=["code"]))
        except FileRefused as refused:
            raise GoodsFileRefused(refused) from refused
        catalogue, columns = read_catalogue(rows), rows[0].columns if rows else {}
        if validate_only:
            with self.database.read() as connection:
                planned = self._planned(connection, catalogue, columns, lock=False)
        else:
            with self.database.work() as work:
                planned = self._planned(work.connection, catalogue, columns, lock=True)
                self._write(work, planned)
        return Taken(
            catalogue.lines,
            created=len(planned.created),
            updated=len(planned.updated),
            unchanged=len(planned.unchanged),
            passed_over=catalogue.passed_over,
            faults=sorted(catalogue.faults, key=lambda one: one.line),
            validated_only=validate_only,
        )

    def _planned(
        self, connection: sa.Connection, catalogue: Catalogue, columns: Mapping[str, str], *, lock: bool
    ) -> Plan:
        """What is to be done; items whose barcode is another's are faulty, and left out."""
        known = self.files.by_codes(connection, {one.code for one in catalogue.items.values()}, lock=lock)
        gtins = {code: gtin14(told.barcode) for code, told in catalogue.items.items() if told.barcode}
        there = self.files.owners(connection, set(gtins.values())) if gtins else {}
        owners = {gtin: resource_name(ITEMS, owner) for gtin, owner in there.items()}
        for code, gtin in gtins.items():
            own = known[code].name if code in known else code
            if (owner := owners.setdefault(gtin, own)) != own:
                catalogue.faults.append(taken_barcode(catalogue.items.pop(code), owner, columns))
        for code, told in list(catalogue.items.items()):
            if fault := own_unit_packed(told, known.get(code), columns):
                catalogue.faults.append(fault)
                del catalogue.items[code]
        return plan(catalogue, known)

    def _write(self, work: Work, planned: Plan) -> None:
        connection = work.connection
        created = [(told, _numbered(Item(new_id(), wish, work.now))) for told, wish in planned.created]
        made = [item for _, item in created]
        updated = [_numbered(item) for _, item in planned.updated]
        if made and not self.files.add(connection, made):
            raise ItemChanged
        if updated:
            self.files.change(connection, updated)
        if packed := [item for item in (*made, *updated) if item.wish.units]:
            self.units.write(connection, packed, work.now)
        barcodes = [(item, told.barcode) for told, item in (*created, *planned.updated) if _is_new(told, item)]
        known = self.files.owners(connection, {gtin14(code) for _, code in barcodes}) if barcodes else {}
        if fresh := [(item, code) for item, code in barcodes if gtin14(code) not in known]:
            self.files.add_barcodes(connection, fresh)
        self._describe(work, [*created, *planned.updated, *planned.unchanged])
        if updated:
            self.listed.check(connection, [item.identifier for item in updated], work.now)
        work.publish(*map(item_changed, (*made, *updated)))

    def _describe(self, work: Work, told: list[tuple[CatalogueItem, Item]]) -> None:
        """Writes the descriptions that a file brings; a language that it does not say stays."""
        wished = {item.identifier: one.description for one, item in told if any(one.description)}
        if not wished:
            return
        there = self.sheets.find(work.connection, list(wished))
        changed = []
        for item, (zh, en) in wished.items():
            sheet = there.get(item, Sheet(item))
            now = (zh or sheet.description[0], en or sheet.description[1])
            if now != sheet.description:
                changed.append(replace(sheet, description=now, revision=sheet.revision + 1))
        if changed:
            self.sheets.write_many(work.connection, changed)
            shown = self.sheets.shown(work.connection, [one.item for one in changed], work.now, channel="")
            work.publish(*map(item_sheet_changed, shown))


def _numbered(item: Item) -> Item:
    """With ids for the units that are new."""
    units = item.wish.units
    if all(unit.identifier != NOT_MADE for unit in units):
        return item
    numbered = (unit._replace(identifier=new_id()) if unit.identifier == NOT_MADE else unit for unit in units)
    return replace(item, wish=replace(item.wish, units=tuple(numbered)))


def _is_new(told: CatalogueItem, item: Item) -> bool:
    return bool(told.barcode) and told.barcode in item.wish.barcodes
