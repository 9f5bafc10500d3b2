"""Records what was counted, and ends counting: each count beside what the book had at that instant (WHS-6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work

from bylaw_inventory.ports.stocktake import CountStore, DifferenceStore
from bylaw_inventory.ports.stores import ItemStore, WarehouseStore
from bylaw_inventory.rules.refusals import LinesRefused
from bylaw_inventory.rules.stocktake.counting import Count, Line, LineState, differences
from bylaw_inventory.rules.stocktake.explaining import carried_over
from bylaw_inventory.rules.stocktake.recording import CountWish, Sheet, checked_counts, lot_differs
from bylaw_inventory.rules.stocktake.refusals import StocktakeRecountNeeded, StocktakeUncounted
from bylaw_inventory.rules.stocktake.stocktake import Stocktake, StocktakeState, Tolerance
from bylaw_inventory.use_cases.stocktake.finding import Stocktakes, person_of
from bylaw_inventory.use_cases.stocktake.open_stocktake import freeze


@dataclass(frozen=True, slots=True)
class CountStock:
    """Who counts is who calls; nobody records for another."""

    database: Database
    stocktakes: Stocktakes
    counts: CountStore
    differences: DifferenceStore
    items: ItemStore
    warehouses: WarehouseStore

    def record(self, identifier: UUID, wishes: Sequence[CountWish], caller: Caller, reach: Reach) -> list[Count]:
        """All counts or none; refuses as the contract says, naming the count."""
        person = person_of(caller)
        with self.database.work() as work:
            connection = work.connection
            states = (StocktakeState.COUNTING, StocktakeState.EXPLAINING)
            found = self.stocktakes.locked(work, identifier, reach, *states)
            sheet = self._sheet(work, found, wishes, person)
            made = checked_counts(wishes, sheet, last_number=self.counts.last_number(connection, identifier))
            self._check_lots(work, wishes)
            self.counts.add(connection, identifier, made)
            self._count_on(work, found)
        return made

    def end(self, identifier: UUID, reach: Reach) -> Stocktake:
        """Refuses as the contract says: what nobody counted, and what one person alone did beyond tolerance."""
        with self.database.work() as work:
            connection = work.connection
            found = self.stocktakes.locked(work, identifier, reach, StocktakeState.COUNTING)
            lines = sorted(self.counts.lines(connection, found), key=lambda line: line.order)
            _check_complete(lines, found.wish.tolerance)
            revision = found.revision + 1
            made = replace(
                found, state=StocktakeState.EXPLAINING, revision=revision, counted_revision=revision, outcome=""
            )
            self.counts.add_results(connection, made, lines)
            before = self.differences.every(connection, identifier)
            self.differences.replace(connection, identifier, carried_over(differences(lines), before))
            self.stocktakes.kept.thaw(connection, identifier)
            return self.stocktakes.write(work, made, before=found)

    def _sheet(self, work: Work, found: Stocktake, wishes: Sequence[CountWish], person: UUID) -> Sheet:
        own = found.wish.warehouse
        warehouse = self.stocktakes.finding.warehouse(work.connection, own, Reach(everyone=True))
        goods = self.items.find(work.connection, {wish.item for wish in wishes})
        places = self.warehouses.places_of(work.connection, own, {wish.place for wish in wishes})
        begun = found.started_at or work.now
        return Sheet(found.wish, goods, places, begun, work.now, person, warehouse.day_at)

    def _check_lots(self, work: Work, wishes: Sequence[CountWish]) -> None:
        """Puts lots on record that are found without being there; refuses LOT_DIFFERS."""
        wanted = {(wish.item, wish.lot): wish.expires for wish in wishes if wish.lot}
        recorded = self.items.write_lots(work.connection, wanted) if wanted else {}
        if faults := lot_differs(wishes, recorded):
            raise LinesRefused(faults)

    def _count_on(self, work: Work, found: Stocktake) -> None:
        """What was explained so far is of another result now: it is counted on, and nobody has signed it."""
        made = replace(found, state=StocktakeState.COUNTING, revision=found.revision + 1, counted_revision=0)
        if found.state is StocktakeState.EXPLAINING:
            freeze(work.connection, self.stocktakes, made)
        self.stocktakes.write(work, made, before=found)


def _check_complete(lines: Sequence[Line], tolerance: Tolerance) -> None:
    states = [(line, line.state(tolerance)) for line in lines]
    for state, refusal in ((LineState.UNCOUNTED, StocktakeUncounted), (LineState.RECOUNT, StocktakeRecountNeeded)):
        if open_ones := [line.label for line, stands in states if stands is state]:
            raise refusal(open_ones)
