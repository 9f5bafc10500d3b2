"""Decides what becomes of returned goods: to sale and to the supplier at once, to scrap once people agrees (WHS-6)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import new_id

from bylaw_inventory.events import return_inspected
from bylaw_inventory.ports.put_away import FixedPlaceStore
from bylaw_inventory.ports.returns import ReturnDecisionStore, ReturnPhotoStore, WishKey
from bylaw_inventory.ports.special import SpecialMarkStore
from bylaw_inventory.ports.stores import ItemStore, MovementStore, WarehouseStore
from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.goods.place import PlaceKind, Warehouse
from bylaw_inventory.rules.ledger.movement import Movement, MovementKind, Paper, PaperKind
from bylaw_inventory.rules.ledger.posting import PostedLine, PostingWish
from bylaw_inventory.rules.ledger.refusals import MovementNotFound
from bylaw_inventory.rules.put_away.fixed_place import placeless
from bylaw_inventory.rules.put_away.refusals import FixedPlaceMissing, PlaceNotBin, PlaceNotFound
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.refusals import LinesRefused
from bylaw_inventory.rules.returns.decision import (
    FIELD,
    DecidedLine,
    ReturnDecision,
    ReturnOutcome,
    ReturnWish,
    ScrapState,
    decided_lines,
    left_of,
    sale_faults,
)
from bylaw_inventory.rules.returns.refusals import ReturnNotOne, ReturnScrapUnproven
from bylaw_inventory.rules.special.mark import check_keepers
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.stock.post_movement import PostMovement


@dataclass(frozen=True, slots=True)
class Returned:
    """A return that is being decided on, with what is known of it; nobody else decides on it meanwhile."""

    movement: Movement
    warehouse: Warehouse
    goods: Mapping[UUID, Item]


@dataclass(frozen=True, slots=True)
class DecideReturn:
    """Works inside a unit of work: all lines or none."""

    database: Database
    finding: Finding
    items: ItemStore
    warehouses: WarehouseStore
    movements: MovementStore
    fixed_places: FixedPlaceStore
    marks: SpecialMarkStore
    decisions: ReturnDecisionStore
    photos: ReturnPhotoStore
    posting: PostMovement

    def decide(self, wish: ReturnWish, caller: Caller, reach: Reach) -> ReturnDecision:
        """What is sold or goes to the supplier, booked at once; refuses as the contract says."""
        with self.posting.reporting.reporting(caller), self.database.work() as work:
            found = self.locked(work, wish.movement, reach)
            lines = self._lines(work, found, wish)
            self._check_sold(work, found, lines)
            made = self._made(work, found, wish, lines, caller=caller)
            booked = self._booked(work, made, caller=caller, reach=reach)
            made = replace(made, lines=tuple(booked))
            self.decisions.add(work.connection, made, wish_key=None)
            work.publish(*return_inspected(made))
        return made

    def scrap(self, work: Work, wish: ReturnWish, *, wish_key: WishKey, caller: Caller, reach: Reach) -> ReturnDecision:
        """What is to be scrapped, as it waits for people; nothing of it moves yet."""
        connection = work.connection
        found = self.locked(work, wish.movement, reach)
        lines = self._lines(work, found, wish)
        marks = self.marks.of_goods(connection, found.goods.values())
        moved = [one.moved(one.key.place) for one in lines]
        check_keepers(moved, marks, caller.person, found.warehouse.day_at(work.now), field=f"{FIELD}[{{}}].item")
        if not self.photos.of_return(connection, wish.movement):
            raise ReturnScrapUnproven
        made = replace(self._made(work, found, wish, lines, caller=caller), scrap=ScrapState.WAITING)
        self.decisions.add(connection, made, wish_key=wish_key)
        return made

    def locked(self, work: Work, movement: UUID, reach: Reach) -> Returned:
        """A return that stands, held until the transaction ends; refuses STOCK_MOVEMENT_NOT_FOUND, RETURN_NOT_ONE."""
        self.found(work.connection, movement, reach)
        self.decisions.hold(work.connection, movement)
        found = self.found(work.connection, movement, reach)
        warehouse = self.finding.warehouse(work.connection, found.warehouse, reach)
        return Returned(found, warehouse, self.items.find(work.connection, {line.item for line in found.lines}))

    def found(self, connection: sa.Connection, movement: UUID, reach: Reach) -> Movement:
        """A return within reach; refuses STOCK_MOVEMENT_NOT_FOUND and RETURN_NOT_ONE."""
        found = self.movements.find(connection, movement, reach, self.finding.today)
        if found is None:
            raise MovementNotFound
        if found.kind is not MovementKind.CUSTOMER_RETURN or found.reversed_by:
            raise ReturnNotOne
        return found

    def _lines(self, work: Work, found: Returned, wish: ReturnWish) -> list[DecidedLine]:
        left = left_of(found.movement.lines, self.decisions.decided(work.connection, wish.movement))
        return self._placed(work, found, decided_lines(wish.lines, left, found.goods))

    def _placed(self, work: Work, found: Returned, lines: Sequence[DecidedLine]) -> list[DecidedLine]:
        """Where each goes; refuses FIXED_PLACE_MISSING, PLACE_NOT_FOUND and PLACE_NOT_BIN."""
        connection, own = work.connection, found.warehouse.identifier
        sold = [line for line in lines if line.outcome is ReturnOutcome.SALE]
        fixed = self.fixed_places.of_items(connection, own, {line.key.item for line in sold}) if sold else {}
        targets = {line.wished: line.target or fixed.get(line.key.item) for line in sold}
        if lacking := [placeless(number, field=FIELD) for number, place in targets.items() if place is None]:
            raise FixedPlaceMissing(lacking)
        named = {place for place in targets.values() if place}
        places = self.warehouses.places_of(connection, own, named)
        if named - places.keys():
            raise PlaceNotFound
        if wrong := next((one for one in places.values() if one.kind is not PlaceKind.BIN), None):
            raise PlaceNotBin(place=wrong.code)
        return [line._replace(target=targets.get(line.wished)) for line in lines]

    def _check_sold(self, work: Work, found: Returned, lines: Sequence[DecidedLine]) -> None:
        expires = {line.lot: line.expires for line in found.movement.lines}
        if faults := sale_faults(lines, expires, found.warehouse.day_at(work.now)):
            raise LinesRefused(faults)

    def _made(
        self, work: Work, found: Returned, wish: ReturnWish, lines: Sequence[DecidedLine], *, caller: Caller
    ) -> ReturnDecision:
        said = (found.warehouse.identifier, wish.movement, wish.slip, work.now, caller.key, tuple(lines))
        photos = tuple(one.identifier for one in self.photos.of_return(work.connection, wish.movement))
        return ReturnDecision(new_id(), *said, photos=photos)

    def _booked(self, work: Work, made: ReturnDecision, *, caller: Caller, reach: Reach) -> list[DecidedLine]:
        """The lines with the movement of each: one to sale, one to the supplier."""
        places = self.warehouses.places_of_kinds(work.connection, made.warehouse, {PlaceKind.SUPPLIER})
        supplier = next(iter(places))
        slips = (Paper(PaperKind.RETURN_SLIP, made.slip),) if made.slip else ()
        booked = dict[int, UUID]()
        for outcome, papers, reason in ((ReturnOutcome.SALE, (), ""), (ReturnOutcome.SUPPLIER, slips, made.name)):
            own = [(number, line) for number, line in enumerate(made.lines) if line.outcome is outcome]
            if not own:
                continue
            lines = tuple(_posted(line, line.target or supplier) for _, line in own)
            wish = PostingWish(made.warehouse, None, lines, papers, None, reason)
            with _of_wished([line.wished for _, line in own]):
                movement = self.posting.posted(work, wish, caller=caller, reach=reach)
            booked |= {number: movement.identifier for number, _ in own}
        return [line._replace(booked=booked[number]) for number, line in enumerate(made.lines)]


def _posted(line: DecidedLine, target: UUID) -> PostedLine:
    goods = (line.key.item, line.key.place, target, written(line.quantity), line.unit, line.lot_code)
    return PostedLine(*goods, None)


@contextmanager
def _of_wished(numbers: Sequence[int]) -> Iterator[None]:
    """A fault of a movement's line, at the line of the wish that it is of."""
    try:
        yield
    except Refusal as refusal:
        for number, wished in reversed([*enumerate(numbers)]):
            refusal.violations = tuple(
                replace(one, field=one.field.replace(f"stock_movement.lines[{number}]", f"{FIELD}[{wished}]"))
                for one in refusal.violations
            )
        raise
