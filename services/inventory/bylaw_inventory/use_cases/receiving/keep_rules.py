"""Sets how much more or less than announced is taken as announced, and shows it (WHS-1)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database

from bylaw_inventory.ports.receiving import ReceivingRuleStore
from bylaw_inventory.ports.stores import ItemStore
from bylaw_inventory.rules.receiving.tolerance import ReceivingRule, Tolerance
from bylaw_inventory.rules.refusals import ItemNotFound
from bylaw_inventory.use_cases.finding import Finding


@dataclass(frozen=True, slots=True)
class KeepReceivingRules:
    """One for each item of a warehouse; where there is none, exactly what is announced is as announced."""

    database: Database
    finding: Finding
    items: ItemStore
    rules: ReceivingRuleStore

    def set(self, warehouse: UUID, item: UUID, tolerance: Tolerance, *, caller: Caller, reach: Reach) -> ReceivingRule:
        """Refuses WAREHOUSE_NOT_FOUND and ITEM_NOT_FOUND."""
        with self.database.work() as work:
            self.finding.warehouse(work.connection, warehouse, reach)
            if item not in self.items.find(work.connection, [item]):
                raise ItemNotFound
            made = ReceivingRule(warehouse, item, tolerance, work.now, caller.key)
            self.rules.write(work.connection, made)
        return made

    def listed(self, warehouse: UUID, reach: Reach, *, page: tuple[UUID | None, int]) -> list[ReceivingRule]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.rules.listed(connection, warehouse, page=page)
