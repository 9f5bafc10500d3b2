"""Shows movements, balances and cards (WHS-4)."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_inventory.ports.stores import LedgerStore, MovementStore
from bylaw_inventory.rules.ledger.chain import Entry
from bylaw_inventory.rules.ledger.movement import Movement
from bylaw_inventory.rules.ledger.refusals import BalanceNotFound, MovementNotFound
from bylaw_inventory.rules.ledger.shown import BalanceWish, ShownBalance
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class ShowStock:
    """Each answer is one look at the books."""

    database: Database
    finding: Finding
    movements: MovementStore
    ledger: LedgerStore

    def movement(self, identifier: UUID, reach: Reach) -> Movement:
        """Refuses STOCK_MOVEMENT_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.movements.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise MovementNotFound
        return found

    def listed(self, warehouse: UUID, reach: Reach, *, page: tuple[UUID | None, int]) -> list[Movement]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.movements.listed(connection, warehouse, page=page)

    def balances(
        self, wish: BalanceWish, reach: Reach, *, page: tuple[tuple[UUID, UUID, UUID] | None, int]
    ) -> list[ShownBalance]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, wish.warehouse, reach)
            return self.movements.balances_listed(connection, wish, page=page)

    def card(
        self, balance: UUID, reach: Reach, *, page: tuple[int | None, int]
    ) -> list[tuple[Entry, Decimal, Decimal]]:
        """Entries with what was on hand and reserved after each; refuses STOCK_BALANCE_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.ledger.card(connection, balance, reach, self.finding.today, page=page)
        if found is None:
            raise BalanceNotFound
        return found
