"""Posts a movement by its papers, and reverses one that was a mistake (WHS-1, WHS-3, WHS-4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Fact, Work
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.events import reservation_changed, stock_moved
from bylaw_inventory.ports.papers import PaperRuleStore
from bylaw_inventory.ports.put_away import FixedPlaceStore
from bylaw_inventory.ports.returns import ReturnDecisionStore
from bylaw_inventory.ports.special import SpecialMarkStore
from bylaw_inventory.ports.stores import ItemStore, MovementStore, ReservationStore, WarehouseStore
from bylaw_inventory.rules.goods.item import Item
from bylaw_inventory.rules.goods.place import Place, Warehouse
from bylaw_inventory.rules.ledger.movement import (
    DECIDED,
    MOVEMENTS,
    MovedLine,
    Movement,
    MovementKind,
    summed,
)
from bylaw_inventory.rules.ledger.posting import (
    FIELD,
    PostingWish,
    checked_lines,
    kind_of,
    lot_faults,
    open_day,
    places_named,
)
from bylaw_inventory.rules.ledger.refusals import (
    MovementNeedsCount,
    MovementNotFound,
    MovementReversed,
    ReversalNotReversed,
)
from bylaw_inventory.rules.papers.paper_rule import PaperRule, clause_of, lacking, needs_of
from bylaw_inventory.rules.papers.refusals import PapersMissing
from bylaw_inventory.rules.papers.refused import LackingPapers
from bylaw_inventory.rules.put_away.fixed_place import misplaced, put_into_bins
from bylaw_inventory.rules.put_away.refusals import PlaceNotFixed
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.refusals import LinesRefused
from bylaw_inventory.rules.reserving.refusals import ReservationEnded, ReservationNotFound
from bylaw_inventory.rules.reserving.reservation import Reservation, ReservationState
from bylaw_inventory.rules.returns.refusals import ReturnDecided
from bylaw_inventory.rules.special.mark import SpecialMark, check_keepers
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.papers.report_refusals import ReportRefusals
from bylaw_inventory.use_cases.stock.booking import Booking


@dataclass(frozen=True, slots=True)
class Known:
    """What movements of a warehouse are checked against: its day, the goods and places that are named.

    `fixed`: the fixed places of what is put into bins without a reason (WHS-8); `paper_rules`: which papers are needed
    (WHS-3); `marks`: those of special goods (WHS-9).
    """

    warehouse: Warehouse
    today: date
    goods: Mapping[UUID, Item]
    places: Mapping[UUID, Place]
    fixed: Mapping[UUID, UUID]
    paper_rules: Sequence[PaperRule]
    marks: Mapping[UUID, SpecialMark]


@dataclass(frozen=True, slots=True)
class PostMovement:
    """`days_back`: so many days after its own an entry is still taken."""

    database: Database
    finding: Finding
    items: ItemStore
    warehouses: WarehouseStore
    movements: MovementStore
    reservations: ReservationStore
    booking: Booking
    fixed_places: FixedPlaceStore
    paper_rules: PaperRuleStore
    reporting: ReportRefusals
    special_marks: SpecialMarkStore
    return_decisions: ReturnDecisionStore
    days_back: int

    def post(self, wish: PostingWish, caller: Caller, reach: Reach) -> Movement:
        """Refuses as the contract says, naming the line; nothing of a refused movement stays."""
        with self.reporting.reporting(caller), self.database.work() as work:
            return self.posted(work, wish, caller=caller, reach=reach)

    def posted(self, work: Work, wish: PostingWish, *, caller: Caller, reach: Reach) -> Movement:
        """The same within a unit of work that does more; refuses as `post`."""
        made, facts = self.booked(work, wish, caller=caller, reach=reach)
        work.publish(*facts)
        return made

    def booked(
        self, work: Work, wish: PostingWish, *, caller: Caller, reach: Reach
    ) -> tuple[Movement, tuple[Fact, ...]]:
        """The same, with what others are to be told of it, which is not told yet."""
        connection = work.connection
        known = self.known(work, wish.warehouse, [wish], reach)
        made = self.checked(work, wish, known, caller=caller)
        reservation = self._reservation(work, wish, made.kind, warehouse=known.warehouse, reach=reach)
        self.movements.add(connection, made)
        self.booking.book(
            connection,
            made,
            goods=known.goods,
            places=known.places,
            reserved=reservation is not None,
            today=known.today,
        )
        used = self._use(work, reservation, made) if reservation else ()
        return made, (*used, stock_moved(made))

    def known(self, work: Work, warehouse: UUID, wishes: Sequence[PostingWish], reach: Reach) -> "Known":
        """What movements of a warehouse are checked against; refuses WAREHOUSE_NOT_FOUND."""
        found = self.finding.warehouse(work.connection, warehouse, reach)
        goods = self.items.find(work.connection, {line.item for wish in wishes for line in wish.lines})
        places = self.warehouses.places_of(work.connection, found.identifier, places_named(wishes))
        unexplained = [line for wish in wishes if not wish.reason for line in wish.lines]
        wanted = put_into_bins(unexplained, places)
        fixed = self.fixed_places.of_items(work.connection, found.identifier, wanted) if wanted else {}
        if elsewhere := {*fixed.values()} - places.keys():
            places |= self.warehouses.places_of(work.connection, found.identifier, elsewhere)
        today = found.day_at(work.now)
        paper_rules = self.paper_rules.of_warehouse(work.connection, found.identifier, today)
        marks = self.special_marks.of_goods(work.connection, goods.values())
        return Known(found, today, goods, places, fixed, paper_rules, marks)

    def checked(self, work: Work, wish: PostingWish, known: "Known", *, caller: Caller) -> Movement:
        """A movement as it may be put on record, or refused as `post`; what is on hand is not looked at yet."""
        day = open_day(wish.day, known.today, self.days_back)
        lines = checked_lines(wish.lines, known.goods, known.places)
        kind = kind_of(lines, known.places)
        if missing := lacking(needs_of(kind, known.paper_rules, day), wish.papers):
            codes = {line.item: known.goods[line.item].wish.code for line in lines}
            attempt = (lines, wish.papers, missing, clause_of(kind), codes)
            raise PapersMissing(LackingPapers(known.warehouse, kind, day, *attempt))
        check_keepers(lines, known.marks, caller.person, known.today, field=f"{FIELD}[{{}}].item")
        self._check_lots(work, lines, kind, known.today)
        if not wish.reason and (faults := misplaced(lines, known.places, known.fixed)):
            raise PlaceNotFixed(faults)
        said = (wish.papers, work.now, caller.key, wish.reservation, wish.reason)
        return Movement(new_id(), known.warehouse.identifier, kind, day, summed(lines), *said)

    def reverse(self, identifier: UUID, reason: str, day: date | None, *, caller: Caller, reach: Reach) -> Movement:
        """Refuses what the contract says; a movement that was reversed, or reverses, is not reversed (WHS-4)."""
        with self.database.work() as work:
            connection = work.connection
            found = self.movements.find(connection, identifier, reach, self.finding.today)
            if found is None:
                raise MovementNotFound
            if found.reversed_by:
                raise _was_reversed(found)
            if found.reverses:
                raise ReversalNotReversed
            if found.kind in DECIDED:
                raise MovementNeedsCount(field="name")
            self._check_undecided(connection, found)
            warehouse = self.finding.warehouse(connection, found.warehouse, reach)
            today = warehouse.day_at(work.now)
            lines = tuple(line.back for line in found.lines)
            said = ((), work.now, caller.key, None, reason, found.identifier)
            made = Movement(
                new_id(),
                warehouse.identifier,
                MovementKind.REVERSAL,
                open_day(day, today, self.days_back),
                lines,
                *said,
            )
            if not self.movements.add(connection, made):
                raise self._reversed_meanwhile(connection, identifier, reach)
            goods = self.items.find(connection, {line.item for line in lines})
            marks = self.special_marks.of_goods(connection, goods.values())
            check_keepers(lines, marks, caller.person, today, field="name")
            named = {place for line in lines for place in (line.from_place, line.to_place)}
            places = self.warehouses.places_of(connection, warehouse.identifier, named)
            self.booking.book(connection, made, goods=goods, places=places, today=today)
            work.publish(stock_moved(made))
        return made

    def _check_undecided(self, connection: sa.Connection, found: Movement) -> None:
        """A return is not reversed under a decision on its goods; nobody makes one meanwhile (WHS-4)."""
        if found.kind is MovementKind.CUSTOMER_RETURN:
            self.return_decisions.hold(connection, found.identifier)
            if self.return_decisions.decided(connection, found.identifier):
                raise ReturnDecided

    def _reversed_meanwhile(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> MovementReversed:
        """Somebody else came first, and has committed: their reversal can be seen now."""
        found = self.movements.find(connection, identifier, reach, self.finding.today)
        assert found  # noqa: S101 - a movement stays on record
        return _was_reversed(found)

    def _check_lots(self, work: Work, lines: tuple[MovedLine, ...], kind: MovementKind, today: date) -> None:
        wanted = {(line.item, line.lot_code): line.expires for line in lines if line.lot_code}
        recorded = self.items.write_lots(work.connection, wanted) if wanted else {}
        if faults := lot_faults(lines, kind, recorded, today):
            raise LinesRefused(faults)

    def _reservation(
        self, work: Work, wish: PostingWish, kind: MovementKind, *, warehouse: Warehouse, reach: Reach
    ) -> Reservation | None:
        """The reservation that an issue takes from, locked before any balance."""
        if wish.reservation is None:
            return None
        if kind is not MovementKind.ISSUE:
            raise FieldInvalid(
                field="stock_movement.reservation",
                zh="只有出库才能使用预留",
                en="an issue alone takes from a reservation",
            )
        found = self.reservations.lock(work.connection, wish.reservation, reach, self.finding.today)
        if found is None or found.wish.warehouse != warehouse.identifier:
            raise ReservationNotFound
        if not found.live:
            raise ReservationEnded(state=found.state.name)
        return found

    def _use(self, work: Work, reservation: Reservation, made: Movement) -> tuple[Fact, ...]:
        issued = {line.item: ZERO for line in made.lines}
        for line in made.lines:
            issued[line.item] += line.quantity
        self.reservations.issue(work.connection, reservation.identifier, issued)
        if sum(line.left for line in reservation.lines) != sum(issued.values()):
            return ()
        self.reservations.end(work.connection, [reservation.identifier], ReservationState.USED, work.now)
        return (reservation_changed(reservation, ReservationState.USED),)


def _was_reversed(movement: Movement) -> MovementReversed:
    return MovementReversed(reversal=resource_name(MOVEMENTS, movement.reversed_by))
