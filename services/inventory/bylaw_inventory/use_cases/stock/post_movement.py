"""Posts a movement by its papers, and reverses one that was a mistake (WHS-1, WHS-3, WHS-4)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id, resource_name

from bylaw_inventory.events import reservation_changed, stock_moved
from bylaw_inventory.ports.stores import ItemStore, MovementStore, ReservationStore, WarehouseStore
from bylaw_inventory.rules.goods.place import Warehouse
from bylaw_inventory.rules.ledger.movement import (
    MOVEMENTS,
    MovedLine,
    Movement,
    MovementKind,
    day_is_open,
    missing_papers,
    summed,
)
from bylaw_inventory.rules.ledger.posting import PostingWish, checked_lines, kind_of, lot_faults
from bylaw_inventory.rules.ledger.refusals import (
    DayNotOpen,
    MovementNotFound,
    MovementReversed,
    PapersMissing,
    ReversalNotReversed,
)
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.refusals import LinesRefused
from bylaw_inventory.rules.reserving.refusals import ReservationEnded, ReservationNotFound
from bylaw_inventory.rules.reserving.reservation import Reservation, ReservationState
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.stock.booking import Booking


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
    days_back: int

    def post(self, wish: PostingWish, caller: Caller, reach: Reach) -> Movement:
        """Refuses as the contract says, naming the line; nothing of a refused movement stays."""
        with self.database.work() as work:
            connection = work.connection
            warehouse = self.finding.warehouse(connection, wish.warehouse, reach)
            today = warehouse.day_at(work.now)
            day = self._open_day(wish.day, today)
            goods = self.items.find(connection, {line.item for line in wish.lines})
            places = self.warehouses.places_of(connection, warehouse.identifier)
            lines = checked_lines(wish.lines, goods, places)
            kind = kind_of(lines, places)
            if missing := missing_papers(kind, wish.papers):
                raise PapersMissing(*missing)
            self._check_lots(work, lines, kind, today)
            reservation = self._reservation(work, wish, kind, warehouse=warehouse, reach=reach)
            said = (wish.papers, work.now, caller.key, wish.reservation, wish.reason)
            made = Movement(new_id(), warehouse.identifier, kind, day, summed(lines), *said)
            self.movements.add(connection, made)
            self.booking.book(connection, made, goods=goods, places=places, reserved=reservation is not None)
            if reservation:
                self._use(work, reservation, made)
            work.publish(stock_moved(made))
        return made

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
            warehouse = self.finding.warehouse(connection, found.warehouse, reach)
            open_day = self._open_day(day, warehouse.day_at(work.now))
            lines = tuple(line.back for line in found.lines)
            said = ((), work.now, caller.key, None, reason, found.identifier)
            made = Movement(new_id(), warehouse.identifier, MovementKind.REVERSAL, open_day, lines, *said)
            if not self.movements.add(connection, made):
                raise self._reversed_meanwhile(connection, identifier, reach)
            goods = self.items.find(connection, {line.item for line in lines})
            places = self.warehouses.places_of(connection, warehouse.identifier)
            self.booking.book(connection, made, goods=goods, places=places)
            work.publish(stock_moved(made))
        return made

    def _reversed_meanwhile(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> MovementReversed:
        """Somebody else came first, and has committed: their reversal can be seen now."""
        found = self.movements.find(connection, identifier, reach, self.finding.today)
        assert found  # noqa: S101 - a movement stays on record
        return _was_reversed(found)

    def _open_day(self, wanted: date | None, today: date) -> date:
        day = wanted or today
        if not day_is_open(day, today, self.days_back):
            raise DayNotOpen(day, today - timedelta(days=self.days_back), today)
        return day

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

    def _use(self, work: Work, reservation: Reservation, made: Movement) -> None:
        issued = {line.item: ZERO for line in made.lines}
        for line in made.lines:
            issued[line.item] += line.quantity
        self.reservations.issue(work.connection, reservation.identifier, issued)
        if sum(line.left for line in reservation.lines) == sum(issued.values()):
            self.reservations.end(work.connection, reservation.identifier, ReservationState.USED, work.now)
            work.publish(reservation_changed(reservation, ReservationState.USED))


def _was_reversed(movement: Movement) -> MovementReversed:
    return MovementReversed(reversal=resource_name(MOVEMENTS, movement.reversed_by))
