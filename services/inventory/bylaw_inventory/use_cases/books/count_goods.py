"""Puts on record what was counted at an instant, compared with what the ledger held then (WHS-4)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.books import BookStore
from bylaw_inventory.ports.stores import ItemStore, LedgerStore, WarehouseStore
from bylaw_inventory.rules.books.spot_count import FIELD, CountWish, SpotCount, checked_count
from bylaw_inventory.rules.ledger.balance import BalanceKey
from bylaw_inventory.rules.ledger.posting import open_day
from bylaw_inventory.rules.quantity import ZERO
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class CountGoods:
    """Goods may go on moving: what is entered behind the instant of the count does not matter to it."""

    database: Database
    finding: Finding
    items: ItemStore
    warehouses: WarehouseStore
    ledger: LedgerStore
    books: BookStore
    days_back: int

    def create(self, wish: CountWish, caller: Caller, reach: Reach) -> SpotCount:
        """Refuses as the contract says."""
        with self.database.work() as work:
            connection = work.connection
            warehouse = self.finding.warehouse(connection, wish.warehouse, reach)
            item = self.items.find(connection, [wish.item]).get(wish.item)
            there = self.warehouses.places_of(connection, warehouse.identifier, {wish.place})
            key, counted = checked_count(wish, item, there)
            at = wish.at or work.now
            if at > work.now:
                raise FieldInvalid(field=f"{FIELD}.count_time", zh="时刻尚未到来", en="the instant is still to come")
            day = open_day(warehouse.day_at(at), warehouse.day_at(work.now), self.days_back)
            self.books.hold_open(connection, warehouse.identifier, day)
            held = self._held_at(connection, key, at)
            assert item  # noqa: S101 - else it had been refused
            said = (wish.lot, counted, item.wish.unit, at, day, held, work.now, caller.key)
            made = SpotCount(new_id(), warehouse.identifier, key, *said)
            self.books.add_count(connection, made)
        return made

    def listed(
        self, warehouse: UUID, reach: Reach, *, day: date | None, page: tuple[UUID | None, int]
    ) -> list[SpotCount]:
        """Newest first; refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.books.counts_listed(connection, warehouse, day=day, page=page)

    def _held_at(self, connection: sa.Connection, key: BalanceKey, at: datetime) -> Decimal:
        """Under the balance's lock, so that whoever posts just now is waited for."""
        kept = self.ledger.lock_ids(connection, [key.identifier]).get(key.identifier)
        return self.ledger.held_at(connection, kept, at) if kept else ZERO
