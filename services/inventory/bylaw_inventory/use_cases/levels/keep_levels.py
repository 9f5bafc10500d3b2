"""Sets levels, shows figures and proposals, and puts outcomes on record (WHS-7)."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.values import new_id

from bylaw_inventory.ports.levels import LevelsAsked, LevelStore
from bylaw_inventory.ports.stores import ByText, ItemStore
from bylaw_inventory.rules.levels.level import (
    Figures,
    LevelDays,
    Outcome,
    Proposal,
    ProposalKind,
    figures_of,
    proposals_of,
    unseen,
)
from bylaw_inventory.rules.levels.refusals import StockProposalNotFound
from bylaw_inventory.rules.refusals import ItemNotFound
from bylaw_inventory.use_cases.finding import Finding
from bylaw_inventory.use_cases.levels.level_forms import LevelWish, OutcomeWish, level_of

ByProposal = tuple[tuple[str, UUID, int] | None, int]
"""Behind which proposal: its item's code and id, and its kind; and how many."""


@dataclass(frozen=True, slots=True)
class KeepLevels:
    """Figures are the ledger's at the moment they are asked for; days are the warehouse's."""

    database: Database
    finding: Finding
    items: ItemStore
    levels: LevelStore
    days: LevelDays

    def write(self, warehouse: UUID, wish: LevelWish, caller: Caller, reach: Reach) -> Figures:
        """Refuses WAREHOUSE_NOT_FOUND, ITEM_NOT_FOUND and QUANTITY_INVALID."""
        with self.database.work() as work:
            connection = work.connection
            today = self.finding.warehouse(connection, warehouse, reach).day_at(work.now)
            item = self.items.find(connection, [wish.item]).get(wish.item)
            if item is None:
                raise ItemNotFound
            level = level_of(wish, item)
            self.levels.write(connection, warehouse, wish.item, level, at=work.now, by=caller.key)
            seen = self.levels.seen(connection, LevelsAsked(warehouse, today, wish.item), self.days, page=None)
        return figures_of(seen[0] if seen else unseen(item), self.days)

    def listed(self, warehouse: UUID, reach: Reach, *, item: UUID | None, page: ByText) -> list[Figures]:
        """By the item's code; refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            asked = self._asked(connection, warehouse, reach, item)
            seen = self.levels.seen(connection, asked, self.days, page=page)
        return [figures_of(one, self.days) for one in seen]

    def proposed(self, warehouse: UUID, reach: Reach, *, kind: ProposalKind | None, page: ByProposal) -> list[Proposal]:
        """By the item's code and the kind; refuses WAREHOUSE_NOT_FOUND."""
        after, limit = page
        with self.database.read() as connection:
            asked = self._asked(connection, warehouse, reach, None)
            found = self._proposals(connection, asked)
        wanted = (one for one in found if kind in {None, one.kind} and (after is None or _place(one) > after))
        return list(islice(wanted, limit))

    def settle(self, warehouse: UUID, wish: OutcomeWish, caller: Caller, reach: Reach) -> Outcome:
        """Refuses WAREHOUSE_NOT_FOUND and STOCK_PROPOSAL_NOT_FOUND."""
        with self.database.work() as work:
            asked = self._asked(work.connection, warehouse, reach, wish.item)
            self.levels.hold(work.connection, warehouse, wish.item, wish.kind)
            if wish.kind not in {one.kind for one in self._proposals(work.connection, asked)}:
                raise StockProposalNotFound
            quiet: date = asked.today + timedelta(days=self.days.quiet)
            made = Outcome(new_id(), warehouse, *wish, quiet, work.now, caller.key)
            self.levels.add_outcome(work.connection, made)
        return made

    def outcomes(self, warehouse: UUID, reach: Reach, *, page: tuple[UUID | None, int]) -> list[Outcome]:
        """Newest first; refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.warehouse(connection, warehouse, reach)
            return list(self.levels.outcomes_listed(connection, warehouse, page=page))

    def _asked(self, connection: sa.Connection, warehouse: UUID, reach: Reach, item: UUID | None) -> LevelsAsked:
        today = self.finding.warehouse(connection, warehouse, reach).day_at(self.database.clock())
        return LevelsAsked(warehouse, today, item)

    def _proposals(self, connection: sa.Connection, asked: LevelsAsked) -> list[Proposal]:
        seen = self.levels.seen(connection, asked, self.days, page=None)
        figures = (figures_of(one, self.days) for one in seen)
        return sorted((each for one in figures for each in proposals_of(one, self.days, asked.today)), key=_place)


def _place(one: Proposal) -> tuple[str, UUID, int]:
    return one.figures.seen.code.lower(), one.figures.seen.item, int(one.kind)
