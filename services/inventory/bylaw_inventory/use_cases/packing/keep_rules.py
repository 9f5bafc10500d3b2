"""Sets where parcels need a pack check, and shows what was set (WHS-12)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.packing import PackRuleStore
from bylaw_inventory.rules.packing.pack_rule import PackRule, PackRuleWish
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.forms import from_today


@dataclass(frozen=True, slots=True)
class KeepPackRules:
    """What is set holds for issues of today or later on."""

    database: Database
    finding: Finding
    rules: PackRuleStore

    def set(self, wish: PackRuleWish, caller: Caller, reach: Reach) -> PackRule:
        """Refuses as the contract says."""
        with self.database.work() as work:
            today = self.finding.today
            if wish.warehouse:
                today = self.finding.warehouse(work.connection, wish.warehouse, reach).day_at(work.now)
            first_day = from_today(wish.first_day, today, field="pack_rule.effective_date")
            said = (wish.warehouse, wish.paper, wish.need, first_day, wish.reason, work.now, caller.key)
            made = PackRule(new_id(), *said)
            self.rules.add(work.connection, made)
        return made

    def listed(self, warehouse: UUID, reach: Reach, *, page: tuple[UUID | None, int]) -> list[PackRule]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return self.rules.listed(connection, warehouse, page=page)
