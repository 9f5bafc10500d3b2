"""Takes the quantities of a stock list in, as an opening receipt by the file's name: all of them or none (WHS-1)."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.files.refused import FileRefused
from bylaw_chassis.refusals import Violation
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.goods_files import GoodsFileStore, TakenList
from bylaw_inventory.ports.stores import WarehouseStore
from bylaw_inventory.rules.goods.place import WITHIN, PlaceKind
from bylaw_inventory.rules.goods_files.refusals import MOST_SAID, GoodsFileRefused, StockListFaulty, StockListTaken
from bylaw_inventory.rules.goods_files.stock_list import (
    NAMES,
    ListedQuantity,
    StockList,
    codes_of,
    read_stock_list,
)
from bylaw_inventory.rules.goods_files.table import Row, rows_of
from bylaw_inventory.rules.ledger.movement import Paper, PaperKind
from bylaw_inventory.rules.ledger.posting import PostedLine, PostingWish
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.goods_files.import_items import Taken
from bylaw_inventory.use_cases.stock.post_many import Faults, PostMany
from bylaw_inventory.use_cases.stock.stock_forms import MOST_LINES

_PLACE = re.compile(r"stock_movements\[(?P<movement>\d+)\]\.lines\[(?P<line>\d+)\](\.(?P<part>\w+))?")
OPENING = "期初入库 opening stock"
PLACE_NOT_FOUND = Fault(
    "PLACE_NOT_FOUND", "该仓库没有此货位，或货位在门外", "the warehouse has no such place, or it is beyond the door"
)


class StockWish(NamedTuple):
    """A stock list as somebody hands it in: into which place of which warehouse."""

    warehouse: UUID
    place: UUID
    file_name: str
    data: bytes
    skip_faulty: bool
    validate_only: bool


@dataclass(frozen=True, slots=True)
class ImportStock:
    """Whatever the file comes to is booked in one transaction, in movements as large as anybody may post."""

    database: Database
    finding: Finding
    warehouses: WarehouseStore
    files: GoodsFileStore
    many: PostMany

    def take(self, wish: StockWish, caller: Caller, reach: Reach) -> Taken:
        """Refuses as the contract says."""
        try:
            rows = list(rows_of(wish.data, NAMES, needed=["code", "quantity"]))
        except FileRefused as refused:
            raise GoodsFileRefused(refused) from refused
        if wish.validate_only:
            with self.database.read() as connection:
                self._places(connection, wish, reach)
                return _taken(self._read(connection, rows), validated_only=True)
        with self.database.work() as work:
            places = self._places(work.connection, wish, reach)
            found = self._read(work.connection, rows)
            if found.faults and not wish.skip_faulty:
                raise StockListFaulty(found.faults)
            self._note(work, wish, caller)
            made = _taken(found)
            if wishes := _wishes(wish, found.quantities, places):
                known = self.many.posting.known(work, wish.warehouse, wishes, reach)
                with _named_by_line(found, rows[0].columns):
                    posted = self.many.posted(work, wishes, known, caller=caller, faults=Faults())
                made.movements = [movement.name for movement in posted]
        return made

    def _read(self, connection: sa.Connection, rows: Sequence[Row]) -> StockList:
        return read_stock_list(rows, self.files.by_codes(connection, codes_of(rows)))

    def _places(self, connection: sa.Connection, wish: StockWish, reach: Reach) -> tuple[UUID, UUID]:
        """The supplier's place and the one where the goods lie; refuses WAREHOUSE_NOT_FOUND and PLACE_NOT_FOUND."""
        self.finding.warehouse(connection, wish.warehouse, reach)
        there = self.warehouses.places_of(connection, wish.warehouse)
        place = there.get(wish.place)
        if place is None or place.kind not in WITHIN:
            raise LinesRefused([PLACE_NOT_FOUND.at("place")])
        supplier = next(one.identifier for one in there.values() if one.kind is PlaceKind.SUPPLIER)
        return supplier, place.identifier

    def _note(self, work: Work, wish: StockWish, caller: Caller) -> None:
        """Refuses STOCK_LIST_TAKEN; whoever comes at the same time waits for the first."""
        digest = hashlib.sha256(wish.data).digest()
        made = TakenList(new_id(), wish.warehouse, wish.file_name, digest, work.now, caller.key)
        if there := self.files.take_list(work.connection, made):
            raise StockListTaken(file_name=there.file_name, taken_at=f"{there.taken_at:%Y-%m-%d %H:%M}Z")


@contextmanager
def _named_by_line(found: StockList, columns: Mapping[str, str]) -> Iterator[None]:
    """What is refused of a line of a movement is said of the line of the file that it came from."""
    try:
        yield
    except LinesRefused as refused:
        booked = _booked_in_order(found.quantities)
        raise LinesRefused([_of_file(one, booked, columns) for one in refused.violations[:MOST_SAID]]) from None


def _of_file(fault: Violation, booked: Sequence[ListedQuantity], columns: Mapping[str, str]) -> Violation:
    place = _PLACE.match(fault.field)
    if place is None:
        return replace(fault, field="file")
    line = booked[int(place["movement"]) * MOST_LINES + int(place["line"])].line
    column = columns["quantity" if place["part"] == "quantity" else "code"]
    return replace(fault, field=f"file:{line}:{column}")


def _taken(found: StockList, *, validated_only: bool = False) -> Taken:
    return Taken(
        lines=found.lines,
        passed_over=found.passed_over,
        received=len(found.quantities),
        faults=found.faults,
        validated_only=validated_only,
    )


def _booked_in_order(listed: Sequence[ListedQuantity]) -> list[ListedQuantity]:
    return sorted(listed, key=lambda one: one.item.identifier)


def _wishes(wish: StockWish, listed: Sequence[ListedQuantity], places: tuple[UUID, UUID]) -> list[PostingWish]:
    """Movements of as many lines as one may have, in the order of the items."""
    lines = [
        PostedLine(one.item.identifier, *places, one.value, one.unit, "", None) for one in _booked_in_order(listed)
    ]
    paper = Paper(PaperKind.DELIVERY_NOTE, wish.file_name)
    return [
        PostingWish(wish.warehouse, None, tuple(lines[first : first + MOST_LINES]), (paper,), None, OPENING)
        for first in range(0, len(lines), MOST_LINES)
    ]
