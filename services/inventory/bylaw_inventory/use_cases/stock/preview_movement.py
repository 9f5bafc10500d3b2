"""Shows what a movement would change, by posting it and taking all of it back (WHS-4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work

from bylaw_inventory.ports.books import MonthStore
from bylaw_inventory.ports.stores import LedgerStore, WarehouseStore
from bylaw_inventory.rules.books.day_ends import DayEnd, day_ends
from bylaw_inventory.rules.books.month import HandOver
from bylaw_inventory.rules.goods.place import WITHIN
from bylaw_inventory.rules.ledger.balance import Balance
from bylaw_inventory.rules.ledger.movement import Movement, legs
from bylaw_inventory.rules.ledger.posting import PostingWish
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.stock.post_movement import PostMovement

Words = tuple[str, str]


class BalanceChanged(NamedTuple):
    """What a movement would change of a balance, day by day."""

    balance: Balance
    lot: str
    unit: str
    difference: Decimal
    days: tuple[DayEnd, ...]


class Preview(NamedTuple):
    """A movement as it would be, what it would change within the door, and what to think of before."""

    movement: Movement
    changes: tuple[BalanceChanged, ...]
    warnings: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class PreviewMovement:
    """The same code posts it: what is shown is what would be, and what is refused would be refused."""

    database: Database
    finding: Finding
    posting: PostMovement
    warehouses: WarehouseStore
    ledger: LedgerStore
    months: MonthStore

    def preview(self, wish: PostingWish, caller: Caller, reach: Reach) -> Preview:
        """Refuses as `PostMovement.post`; nothing stays."""
        with self.database.work() as work:
            begun = work.connection.begin_nested()
            made, _ = self.posting.booked(work, wish, caller=caller, reach=reach)
            today = self.finding.warehouse(work.connection, made.warehouse, reach).day_at(work.now)
            told = self.months.told_of(work.connection, made.warehouse, made.day)
            found = Preview(made, self._changes(work, made, today), _warnings(made.day, today, told))
            begun.rollback()
        return found

    def _changes(self, work: Work, made: Movement, today: date) -> tuple[BalanceChanged, ...]:
        """Of balances as they stand with the movement, which is on the books until it is taken back."""
        changed = {key: quantity for key, quantity in legs(made.lines).items() if quantity}
        places = self.warehouses.places_of(work.connection, made.warehouse, {key.place for key in changed})
        moved = {key: quantity for key, quantity in changed.items() if places[key.place].kind in WITHIN}
        kept = self.ledger.lock_ids(work.connection, [key.identifier for key in moved])
        booked = self.ledger.booked_since(work.connection, kept, made.day)
        units = {line.item: line.unit for line in made.lines}
        lots: dict[UUID, str] = {line.lot: line.lot_code for line in made.lines}
        found = []
        for key, quantity in sorted(moved.items()):
            balance = kept[key.identifier]
            since, posted = booked.get(balance.identifier, {}), {made.day: quantity}
            days = day_ends(balance.on_hand - quantity, since, posted, first=made.day, last=today)
            found.append(BalanceChanged(balance, lots[key.lot], units[key.item], quantity, tuple(days)))
        return tuple(found)


def _warnings(day: date, today: date, told: HandOver | None) -> tuple[Words, ...]:
    found: list[Words] = []
    if day < today:
        zh = f"记账日 {day} 早于今天（{today}），其后各日的日末结存会随之改变"
        en = f"it is booked into {day}, before today ({today}), and changes the ends of the days since"
        found.append((zh, en))
    if told:
        zh = f"已上报的报表 {told.span.month:%Y-%m}（第 {told.version} 次）含有该日，将不再与账面一致"
        en = (
            f"the report of {told.span.month:%Y-%m} that was handed over (number {told.version}) tells of that day, and"
        )
        found.append((zh, f"{en} will not be what the ledger says"))
    return tuple(found)
