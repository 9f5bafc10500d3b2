"""Sets fixed places, shows what waits to be put away, and puts it there (WHS-8)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import Refusal, Violation

from bylaw_inventory.ports.put_away import FixedPlaceStore
from bylaw_inventory.ports.stores import ItemStore, WarehouseStore
from bylaw_inventory.rules.goods.place import PlaceKind
from bylaw_inventory.rules.ledger.movement import Movement
from bylaw_inventory.rules.ledger.posting import PostedLine, PostingWish, places_named
from bylaw_inventory.rules.put_away.fixed_place import FixedPlace, Waiting, check_within, placeless
from bylaw_inventory.rules.put_away.refusals import FixedPlaceMissing, PlaceNotBin, PlaceNotFound
from bylaw_inventory.rules.refusals import ItemNotFound
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.stock.post_movement import PostMovement

FIELD = "lines"
ByBalance = tuple[tuple[UUID, UUID, UUID] | None, int]


@dataclass(frozen=True, slots=True)
class PutAwayLine:
    """Goods as they are to be put away; `to_place` is nothing for their fixed place."""

    item: UUID
    from_place: UUID
    to_place: UUID | None
    value: str
    unit: str
    lot: str


@dataclass(frozen=True, slots=True)
class PutGoodsAway:
    """A transfer like any other; what goes elsewhere than to its fixed place is refused where it is posted."""

    database: Database
    finding: Finding
    items: ItemStore
    warehouses: WarehouseStore
    fixed_places: FixedPlaceStore
    posting: PostMovement

    def set(self, warehouse: UUID, item: UUID, place: UUID | None, *, caller: Caller, reach: Reach) -> FixedPlace:
        """Makes it the item's fixed place, or none; refuses as the contract says."""
        with self.database.work() as work:
            connection = work.connection
            self.finding.warehouse(connection, warehouse, reach)
            if item not in self.items.find(connection, [item]):
                raise ItemNotFound
            made = FixedPlace(warehouse, item, place, work.now, caller.key)
            if place is None:
                self.fixed_places.drop(connection, warehouse, item)
            else:
                self._check_bin(connection, warehouse, place)
                self.fixed_places.write(connection, made)
        return made

    def listed(self, warehouse: UUID, reach: Reach, *, page: tuple[UUID | None, int]) -> list[FixedPlace]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.fixed_places.listed(connection, warehouse, page=page)

    def waiting(self, warehouse: UUID, reach: Reach, *, page: ByBalance) -> list[Waiting]:
        """What lies in inspection; refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.fixed_places.waiting(connection, warehouse, page=page)

    def put(
        self, warehouse: UUID, lines: tuple[PutAwayLine, ...], reason: str, *, caller: Caller, reach: Reach
    ) -> Movement:
        """Moves goods to their places; refuses as the contract says, naming the line."""
        with self.database.work() as work:
            connection = work.connection
            self.finding.warehouse(connection, warehouse, reach)
            fixed = self.fixed_places.of_items(connection, warehouse, {line.item for line in lines})
            posted = _posted(lines, fixed)
            wish = PostingWish(warehouse, None, posted, (), None, reason)
            places = self.warehouses.places_of(connection, warehouse, places_named([wish]))
            check_within(posted, places, field=FIELD)
            with _named_by_line():
                return self.posting.posted(work, wish, caller=caller, reach=reach)

    def _check_bin(self, connection: sa.Connection, warehouse: UUID, place: UUID) -> None:
        found = self.warehouses.places_of(connection, warehouse, {place}).get(place)
        if found is None:
            raise PlaceNotFound
        if found.kind is not PlaceKind.BIN:
            raise PlaceNotBin(place=found.code)


@contextmanager
def _named_by_line() -> Iterator[None]:
    """What is refused of a line of the movement is said of the line that asked for it: they are the same ones."""
    try:
        yield
    except Refusal as refusal:
        own = [replace(one, field=one.field.removeprefix("stock_movement.")) for one in refusal.violations]
        refusal.violations = tuple(own)
        raise


def _posted(lines: tuple[PutAwayLine, ...], fixed: Mapping[UUID, UUID]) -> tuple[PostedLine, ...]:
    """The lines with where each goes; refuses FIXED_PLACE_MISSING."""
    made: list[PostedLine] = []
    lacking: list[Violation] = []
    for number, line in enumerate(lines):
        target = line.to_place or fixed.get(line.item)
        if target is None:
            lacking.append(placeless(number, field=FIELD))
        else:
            made.append(PostedLine(line.item, line.from_place, target, line.value, line.unit, line.lot, None))
    if lacking:
        raise FixedPlaceMissing(lacking)
    return tuple(made)
