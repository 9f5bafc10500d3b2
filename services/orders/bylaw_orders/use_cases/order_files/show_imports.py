"""Shows imports of orders and what became of their lines, to whoever reaches their channels (ORD-1)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database

from bylaw_orders.ports.order_files import OrderFileStore
from bylaw_orders.rules.order_files.order_import import ImportState, ListedLine, OrderImport, Outcome
from bylaw_orders.rules.order_files.refusals import OrderImportNotFound
from bylaw_orders.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class ShowImports:
    """What is out of reach is answered like what there is not."""

    database: Database
    finding: Finding
    store: OrderFileStore

    def one(self, identifier: UUID, reach: Reach) -> OrderImport:
        """Refuses ORDER_IMPORT_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.store.find(connection, identifier, reach, self.finding.today)
        if found is None:
            raise OrderImportNotFound
        return found

    def page(
        self, channel: UUID | None, state: ImportState | None, reach: Reach, *, page: tuple[UUID | None, int]
    ) -> list[OrderImport]:
        """Of channels within reach, newest first, behind a place."""
        with self.database.read() as connection:
            return self.store.listed(connection, (channel, state), reach, self.finding.today, page=page)

    def lines(
        self, identifier: UUID, outcome: Outcome | None, reach: Reach, *, page: tuple[tuple[int, int] | None, int]
    ) -> list[ListedLine]:
        """Its lines behind a place; refuses ORDER_IMPORT_NOT_FOUND."""
        self.one(identifier, reach)
        with self.database.read() as connection:
            return self.store.lines(connection, identifier, outcome, page=page)
