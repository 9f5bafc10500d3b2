"""Reserves goods, confirms, releases, and lets holds expire; asked again, each answers what it did."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Violation

from bylaw_inventory.events import reservation_changed
from bylaw_inventory.ports.stores import LedgerStore, ReservationStore, ReservingStore
from bylaw_inventory.rules.goods.item import Counted
from bylaw_inventory.rules.goods.place import day_in
from bylaw_inventory.rules.ledger.balance import Change, entered
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.quantity import ZERO, written
from bylaw_inventory.rules.refusals import Fault, LinesRefused, WarehouseNotFound
from bylaw_inventory.rules.reserving.refusals import (
    ReservationDiffers,
    ReservationEnded,
    ReservationNotFound,
    ReservationReleased,
    StockShort,
)
from bylaw_inventory.rules.reserving.reservation import (
    Allocation,
    Reservation,
    ReservationState,
    ReservationWish,
    ReservedLine,
    allocated,
)
from bylaw_inventory.rules.units.converting import quantity_of
from bylaw_inventory.use_cases.finding import Finding

FIELD = "stock_reservation.lines"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line as it was asked for; its quantity as it was written."""

    item: UUID
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A reservation as it was asked for."""

    identifier: UUID
    warehouse: UUID
    purpose: str
    lines: tuple[AskedLine, ...]
    partial: bool
    hold_minutes: int


@dataclass(frozen=True, slots=True)
class Reserve:
    """The reservation's row is claimed or locked before any balance, and balances in the order of their ids."""

    database: Database
    finding: Finding
    ledger: LedgerStore
    reserving: ReservingStore
    reservations: ReservationStore

    def create(self, asked: Asked, caller: Caller, reach: Reach) -> Reservation:
        """Refuses as the contract says; what cannot be reserved leaves nothing behind, its id neither."""
        with self.database.work(claims_first=True) as work:
            wish = ReservationWish(asked.warehouse, asked.purpose, (), asked.partial, asked.hold_minutes)
            expires = work.now + timedelta(minutes=asked.hold_minutes)
            held = (ReservationState.HELD, (), work.now, caller.key, expires)
            made = Reservation(asked.identifier, wish, *held)
            found = self.reserving.claim(work, made, {line.item for line in asked.lines}, reach, self.finding.today)
            if found.time_zone is None:
                raise WarehouseNotFound
            wanted = _wanted(asked.lines, self._with_units(work.connection, asked.lines, found.goods))
            wish = replace(wish, wanted=tuple(wanted.items()))
            if not found.is_new:
                return self._made_before(work.connection, wish, asked.identifier, reach)
            day = day_in(found.time_zone, work.now)
            taken, short = allocated(wanted, found.bins, day)
            if short and not (asked.partial and taken):
                raise StockShort(_shortages(wanted, short, found.goods))
            made = replace(made, wish=wish, lines=_reserved(wish, taken, found.goods))
            entries = [_hold(one, made.identifier, day, work.now) for one in taken]
            self.reserving.write(work, made.identifier, made.lines, entries)
            work.publish(reservation_changed(made, made.state))
        return made

    def confirm(self, identifier: UUID, reach: Reach) -> Reservation:
        """Refuses RESERVATION_NOT_FOUND and RESERVATION_ENDED; past its time but not yet ended, it is too late too."""
        with self.database.work() as work:
            found = self._locked(work.connection, identifier, reach)
            if found.state is ReservationState.CONFIRMED:
                return found
            late = found.expires_at is not None and found.expires_at <= work.now
            if not found.live or late:
                raise ReservationEnded(state=ReservationState.EXPIRED.name if late else found.state.name)
            self.reservations.confirm(work.connection, identifier)
            work.publish(reservation_changed(found, ReservationState.CONFIRMED))
        return replace(found, state=ReservationState.CONFIRMED, expires_at=None)

    def release(self, identifier: UUID, warehouse: UUID | None, caller: Caller, reach: Reach) -> Reservation:
        """Releases what is held; one never heard of is put on record as released, and cannot be made any more."""
        with self.database.work() as work:
            if warehouse and (tombstone := self._tombstone(work, identifier, warehouse, caller=caller, reach=reach)):
                return tombstone
            found = self._locked(work.connection, identifier, reach)
            if not found.live:
                return found
            return self._end(work, found, ReservationState.RELEASED)

    def expire_one(self) -> bool:
        """Ends one hold that nobody confirmed in time; says whether there was one."""
        with self.database.work() as work:
            found = self.reservations.expired(work.connection, work.now)
            if found:
                self._end(work, found, ReservationState.EXPIRED)
        return found is not None

    def one(self, identifier: UUID, reach: Reach) -> Reservation:
        """Refuses RESERVATION_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.reservations.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise ReservationNotFound
        return found

    def listed(self, warehouse: UUID, reach: Reach, *, ended: bool, page: tuple[UUID | None, int]) -> list[Reservation]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.reservations.listed(connection, warehouse, ended=ended, page=page)

    def _with_units(
        self, connection: sa.Connection, lines: tuple[AskedLine, ...], goods: Mapping[UUID, Counted]
    ) -> Mapping[UUID, Counted]:
        """The goods with the further units of those that one is stated of; a wish without any takes no look-up."""
        stated = {
            line.item for line in lines if line.unit and line.item in goods and line.unit != goods[line.item].unit
        }
        if not stated:
            return goods
        units = self.reserving.units_of(connection, stated)
        return {**goods, **{item: goods[item]._replace(units=units[item]) for item in stated}}

    def _locked(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> Reservation:
        found = self.reservations.lock(connection, identifier, reach, self.finding.today)
        if found is None:
            raise ReservationNotFound
        return found

    def _made_before(
        self, connection: sa.Connection, wish: ReservationWish, identifier: UUID, reach: Reach
    ) -> Reservation:
        """What stands under the id: the same wish is answered again, whatever became of it; a release forbids it."""
        found = self.reservations.lock(connection, identifier, reach, self.finding.today)
        if found is None:
            raise ReservationDiffers
        if found.state is ReservationState.RELEASED and not found.lines:
            raise ReservationReleased
        if found.wish != wish:
            raise ReservationDiffers
        return found

    def _tombstone(
        self, work: Work, identifier: UUID, warehouse: UUID, *, caller: Caller, reach: Reach
    ) -> Reservation | None:
        """A reservation that was released before it was made; nothing where the id is on record."""
        kept = self.finding.warehouse(work.connection, warehouse, reach)
        nothing = ReservationWish(kept.identifier, "", (), partial=False, hold_minutes=0)
        ended = (ReservationState.RELEASED, (), work.now, caller.key, None, work.now)
        made = Reservation(identifier, nothing, *ended)
        if not self.reservations.add(work.connection, made):
            return None
        work.publish(reservation_changed(made, made.state))
        return made

    def _end(self, work: Work, found: Reservation, state: ReservationState) -> Reservation:
        """Gives back what it still holds."""
        connection = work.connection
        held = self.ledger.held(connection, found.identifier)
        warehouse = self.finding.warehouse(connection, found.wish.warehouse, Reach(everyone=True))
        day = warehouse.day_at(work.now)
        if held:
            locked = self.ledger.lock_ids(connection, held)
            back = [
                entered(locked[balance], Change(ZERO, -quantity, day, work.now, reservation=found.identifier))
                for balance, quantity in held.items()
            ]
            self.ledger.append(connection, back)
        self.reservations.end(connection, found.identifier, state, work.now)
        work.publish(reservation_changed(found, state))
        return replace(found, state=state, expires_at=None, ended_at=work.now)


def _wanted(lines: tuple[AskedLine, ...], goods: Mapping[UUID, Counted]) -> dict[UUID, Decimal]:
    """How much of each item: the same item in several lines is summed; LinesRefused with every fault."""
    found: dict[UUID, Decimal] = {}
    faults: list[Violation] = []
    for number, line in enumerate(lines):
        item = goods.get(line.item)
        if item is None:
            missing = Fault("ITEM_NOT_FOUND", "没有该商品", "there is no such item")
            faults.append(missing.at(f"{FIELD}[{number}].item"))
            continue
        quantity = quantity_of(line.value, line.unit, item)
        if isinstance(quantity, Fault):
            faults.append(quantity.at(f"{FIELD}[{number}].quantity"))
        else:
            found[line.item] = found.get(line.item, ZERO) + quantity
    if faults:
        raise LinesRefused(faults)
    return found


def _reserved(
    wish: ReservationWish, taken: list[Allocation], goods: Mapping[UUID, Counted]
) -> tuple[ReservedLine, ...]:
    by_item = {item: ZERO for item, _ in wish.wanted}
    for one in taken:
        by_item[one.balance.key.item] += one.quantity
    return tuple(ReservedLine(item, wanted, by_item[item], goods[item].unit) for item, wanted in wish.wanted)


def _shortages(
    wanted: Mapping[UUID, Decimal], short: Mapping[UUID, Decimal], goods: Mapping[UUID, Counted]
) -> list[Violation]:
    """Each item that is short, at its place among those wanted, with what is free."""
    found = []
    for number, item in enumerate(wanted):
        if item in short:
            free, code = written(short[item]), goods[item].code
            fault = Fault("STOCK_SHORT", f"{code} 可用仅 {free}", f"only {free} of {code} is free")
            found.append(fault.at(f"{FIELD}[{number}]"))
    return found


def _hold(one: Allocation, reservation: UUID, day: date, now: datetime) -> Entry:
    return entered(one.balance, Change(ZERO, one.quantity, day, now, reservation=reservation))
