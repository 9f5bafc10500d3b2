"""Reserves goods, confirms, releases, and lets holds expire; asked again, each answers what it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work

from bylaw_inventory.events import reservation_changed
from bylaw_inventory.ports.stores import LedgerStore, ReservationStore, ReservingStore
from bylaw_inventory.rules.goods.place import day_in
from bylaw_inventory.rules.ledger.balance import Change, entered
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.rules.refusals import WarehouseNotFound
from bylaw_inventory.rules.reserving.refusals import ReservationNotFound
from bylaw_inventory.rules.reserving.reservation import Claimed, Reservation, ReservationState, ReservationWish
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.reserving.holding import (
    Asked,
    again,
    confirmed,
    ended,
    held,
    items_of,
    stated_units,
    to_confirm,
    tombstone,
    wish_of,
)


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
            made = begun(asked, caller, work)
            found = self.reserving.claim(work, [made], items_of([asked]), reach, self.finding.today)
            if found.time_zone is None:
                raise WarehouseNotFound
            day = day_in(found.time_zone, work.now)
            found = with_units(self.reserving, work, [asked], found)
            wish = wish_of(asked, found.goods)
            if found.taken:
                return again(self._lock(work.connection, asked.identifier, reach), wish)
            hold = held(made, wish, found, day)
            self.reserving.write(work, [hold.made], hold.entries)
            work.publish(reservation_changed(hold.made, hold.made.state))
        return hold.made

    def confirm(self, identifier: UUID, reach: Reach) -> Reservation:
        """Refuses RESERVATION_NOT_FOUND and RESERVATION_ENDED; past its time but not yet ended, it is too late too."""
        with self.database.work() as work:
            found = to_confirm(self._lock(work.connection, identifier, reach), work.now)
            if found.state is ReservationState.CONFIRMED:
                return found
            self.reservations.confirm(work.connection, [identifier])
            work.publish(reservation_changed(found, ReservationState.CONFIRMED))
        return confirmed(found)

    def release(self, identifier: UUID, warehouse: UUID | None, caller: Caller, reach: Reach) -> Reservation:
        """Releases what is held; one never heard of is put on record as released, and cannot be made any more."""
        with self.database.work() as work:
            if warehouse and (stone := self._tombstone(work, identifier, warehouse, caller=caller, reach=reach)):
                return stone
            found = self._lock(work.connection, identifier, reach)
            if found is None:
                raise ReservationNotFound
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

    def _lock(self, connection: sa.Connection, identifier: UUID, reach: Reach) -> Reservation | None:
        return self.reservations.lock(connection, identifier, reach, self.finding.today)

    def _tombstone(
        self, work: Work, identifier: UUID, warehouse: UUID, *, caller: Caller, reach: Reach
    ) -> Reservation | None:
        """A reservation that was released before it was made; nothing where the id is on record."""
        kept = self.finding.warehouse(work.connection, warehouse, reach)
        made = tombstone(identifier, kept.identifier, caller.key, work.now)
        if not self.reservations.add(work.connection, [made]):
            return None
        work.publish(reservation_changed(made, made.state))
        return made

    def _end(self, work: Work, found: Reservation, state: ReservationState) -> Reservation:
        """Gives back what it still holds."""
        connection = work.connection
        holds = self.ledger.held(connection, found.identifier)
        warehouse = self.finding.warehouse(connection, found.wish.warehouse, Reach(everyone=True))
        day = warehouse.day_at(work.now)
        if holds:
            locked = self.ledger.lock_ids(connection, holds)
            back = [
                entered(locked[balance], Change(ZERO, -quantity, day, work.now, reservation=found.identifier))
                for balance, quantity in holds.items()
            ]
            self.ledger.append(connection, back)
        self.reservations.end(connection, [found.identifier], state, work.now)
        work.publish(reservation_changed(found, state))
        return ended(found, state, work.now)


def begun(asked: Asked, caller: Caller, work: Work) -> Reservation:
    """A reservation as it is claimed, without what it holds."""
    wish = ReservationWish(asked.warehouse, asked.purpose, (), asked.partial, asked.hold_minutes)
    expires = work.now + timedelta(minutes=asked.hold_minutes)
    return Reservation(asked.identifier, wish, ReservationState.HELD, (), work.now, caller.key, expires)


def with_units(store: ReservingStore, work: Work, wishes: Sequence[Asked], found: Claimed) -> Claimed:
    """The same with the further units of the goods that one is stated of; where there are none it takes no look-up."""
    stated = stated_units(wishes, found.goods)
    if not stated:
        return found
    units = store.units_of(work.connection, stated)
    with_theirs = {item: found.goods[item]._replace(units=units[item]) for item in stated}
    return found._replace(goods={**found.goods, **with_theirs})
