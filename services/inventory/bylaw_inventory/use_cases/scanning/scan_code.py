"""Says what a code is that somebody scanned in a warehouse, and what they can do with it; nothing stays of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import Refusal

from bylaw_inventory.ports.scanning import CodeStore
from bylaw_inventory.ports.special import SpecialMarkStore
from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.scanning.actions import PERMISSIONS, Action, possible
from bylaw_inventory.rules.scanning.barcode import Barcode, stripped
from bylaw_inventory.rules.scanning.packed import Packed, packed_of
from bylaw_inventory.rules.special.mark import SpecialMark
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.scanning.read_codes import read_codes


class Scanned(NamedTuple):
    """What was scanned, whose it is, and what can be done with it."""

    barcode: Barcode
    place: UUID | None
    item: Item | None
    packed: Packed | None
    mark: SpecialMark | None
    expired: bool
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class ScanCode:
    """A label and an item's own code come before barcodes: the house has given them itself."""

    database: Database
    finding: Finding
    codes: CodeStore
    marks: SpecialMarkStore

    def scan(self, warehouse: UUID, raw: str, caller: Caller, reach: Reach) -> Scanned:
        """Refuses as the contract says."""
        stripped(raw)  # what has no form is refused before anything is looked at
        with self.database.read() as connection:
            today = self.finding.warehouse(connection, warehouse, reach).day_at(self.database.clock())
            barcode, place, item = self._found(connection, warehouse, raw, today)
            mark = self.marks.of_goods(connection, [item]).get(item.identifier) if item else None
            kept_by_others = mark is not None and not mark.lets(caller.person, today)
            wanted = possible(barcode.kind, known=item is not None, kept_by_others=kept_by_others)
            actions = self._allowed(connection, warehouse, wanted, caller)
            expired = barcode.expires is not None and barcode.expires < today
            return Scanned(barcode, place, item, packed_of(barcode, item) if item else None, mark, expired, actions)

    def _found(
        self, connection: sa.Connection, warehouse: UUID, raw: str, today: date
    ) -> tuple[Barcode, UUID | None, Item | None]:
        (read,) = read_codes(self.codes, connection, warehouse, [raw], today=today)
        if isinstance(read.found, Refusal):
            raise read.found
        return read.found, read.place, read.item

    def _allowed(
        self, connection: sa.Connection, warehouse: UUID, wanted: Iterable[Action], caller: Caller
    ) -> tuple[Action, ...]:
        """Those whose permission reaches the warehouse; permissions of one reach are looked at once."""
        reaches = {action: caller.reach(PERMISSIONS[action]) for action in wanted}
        there = {reach: self._reaches(connection, warehouse, reach) for reach in set(reaches.values())}
        own = [action for action, reach in reaches.items() if there[reach]]
        return tuple(one for one in own if one is not Action.CREATE_ITEM or reaches[one].everyone)

    def _reaches(self, connection: sa.Connection, warehouse: UUID, reach: Reach) -> bool:
        if reach.everyone or reach.nothing:
            return reach.everyone
        found = self.finding.warehouses.find(connection, warehouse, reach, self.finding.today)
        return found is not None
