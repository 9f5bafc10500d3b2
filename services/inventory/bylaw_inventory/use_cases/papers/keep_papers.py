"""Sets which papers are needed, and shows what was set and what was refused (WHS-3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.papers import PaperRuleStore, RefusedMovementStore
from bylaw_inventory.rules.papers.paper_rule import PaperRule, PaperRuleWish, covers_least
from bylaw_inventory.rules.papers.refusals import PapersBelowLeast
from bylaw_inventory.rules.papers.refused import RefusedMovement
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.forms import from_today
from bylaw_inventory.use_cases.papers.paper_forms import RULE

ById = tuple[UUID | None, int]


@dataclass(frozen=True, slots=True)
class KeepPapers:
    """What is set holds from today or later on: what was needed on a day gone by stays what it was."""

    database: Database
    finding: Finding
    rules: PaperRuleStore
    refused: RefusedMovementStore

    def set(self, wish: PaperRuleWish, caller: Caller, reach: Reach) -> PaperRule:
        """Refuses as the contract says."""
        if not covers_least(wish.kind, wish.needs):
            raise PapersBelowLeast(wish.kind)
        with self.database.work() as work:
            today = self._today(work, wish.warehouse, reach)
            first_day = from_today(wish.first_day, today, field=f"{RULE}.effective_date")
            said = (wish.warehouse, wish.kind, first_day, wish.needs, wish.reason, work.now, caller.key)
            made = PaperRule(new_id(), *said)
            self.rules.add(work.connection, made)
        return made

    def listed(self, warehouse: UUID, reach: Reach, *, page: ById) -> list[PaperRule]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self._check(connection, warehouse, reach)
            return self.rules.listed(connection, warehouse, page=page)

    def refusals(self, warehouse: UUID, reach: Reach, *, page: ById) -> list[RefusedMovement]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self._check(connection, warehouse, reach)
            return self.refused.listed(connection, warehouse, page=page)

    def _today(self, work: Work, warehouse: UUID | None, reach: Reach) -> date:
        if warehouse is None:
            return self.finding.today
        return self.finding.warehouse(work.connection, warehouse, reach).day_at(work.now)

    def _check(self, connection: sa.Connection, warehouse: UUID, reach: Reach) -> None:
        self.finding.warehouse(connection, warehouse, reach)
