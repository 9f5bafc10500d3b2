"""Shows stocktakes, what was counted, what there is to count, and what differs; blind while it is counted (WHS-6)."""

from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database

from bylaw_inventory.ports.stocktake import ByNumber, CountStore, DifferenceStore
from bylaw_inventory.rules.stocktake.counting import Count, Line, LineState
from bylaw_inventory.rules.stocktake.explaining import Explained
from bylaw_inventory.rules.stocktake.refusals import StocktakeNotInState
from bylaw_inventory.rules.stocktake.report import StocktakeReport
from bylaw_inventory.rules.stocktake.stocktake import Stocktake
from bylaw_inventory.use_cases.stocktake.finding import Stocktakes, person_of

ByPlace = tuple[tuple[str, str, str] | None, int]
"""A page of lines: behind which of them, and at most how many."""


@dataclass(frozen=True, slots=True)
class ShowStocktakes:
    """Each answer is one look."""

    database: Database
    stocktakes: Stocktakes
    counts: CountStore
    differences: DifferenceStore

    def one(self, identifier: UUID, reach: Reach) -> Stocktake:
        """Refuses STOCKTAKE_NOT_FOUND."""
        with self.database.read() as connection:
            return self.stocktakes.one(connection, identifier, reach)

    def listed(self, warehouse: UUID, reach: Reach, *, page: tuple[UUID | None, int]) -> list[Stocktake]:
        """Refuses WAREHOUSE_NOT_FOUND."""
        with self.database.read() as connection:
            self.stocktakes.finding.warehouse(connection, warehouse, reach)
            return self.stocktakes.kept.listed(connection, warehouse, page=page)

    def recorded(self, identifier: UUID, caller: Caller, reach: Reach, *, page: ByNumber) -> list[Count]:
        """Everybody's counts; while others may still have to count the same, the caller's own."""
        with self.database.read() as connection:
            found = self.stocktakes.one(connection, identifier, reach)
            if not found.counted and caller.person is None:
                return []
            by = None if found.counted else person_of(caller)
            return self.counts.listed(connection, identifier, by=by, page=page)

    def lines(
        self, identifier: UUID, reach: Reach, *, state: LineState | None, page: ByPlace
    ) -> tuple[Stocktake, list[Line]]:
        """The stocktake, and its lines behind one."""
        after, limit = page
        with self.database.read() as connection:
            found = self.stocktakes.one(connection, identifier, reach)
            lines = self.counts.lines(connection, found)
        wanted = [
            line
            for line in lines
            if (after is None or line.order > after) and state in {None, line.state(found.wish.tolerance)}
        ]
        return found, sorted(wanted, key=lambda line: line.order)[:limit]

    def report(self, identifier: UUID, reach: Reach) -> StocktakeReport:
        """The whole report; refuses STOCKTAKE_NOT_FOUND, and STOCKTAKE_NOT_IN_STATE while counting goes on."""
        with self.database.read() as connection:
            found = self.stocktakes.one(connection, identifier, reach)
            if not found.counted:
                raise StocktakeNotInState(found)
            lines = sorted(self.counts.lines(connection, found), key=lambda line: line.order)
            differing = self.differences.every(connection, identifier)
        responsible = sorted({one.explanation.responsible for one in differing if one.explanation})
        known = self.stocktakes.finding.organisation.people(Reach(everyone=True), ids=responsible)
        people = {one.person: f"{one.number} {one.display_name}" for one in known}
        return StocktakeReport(found, lines, differing, people)

    def differing(self, identifier: UUID, reach: Reach, *, page: ByNumber) -> tuple[Stocktake, list[Explained]]:
        """The stocktake, and what differs behind one; nothing while counting goes on."""
        with self.database.read() as connection:
            found = self.stocktakes.one(connection, identifier, reach)
            return found, self.differences.listed(connection, identifier, page=page) if found.counted else []
