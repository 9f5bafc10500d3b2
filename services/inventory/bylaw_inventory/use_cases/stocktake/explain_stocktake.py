"""Explains what differs, and signs the result: keeper and finance, each for themselves (WHS-6)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import Violation

from bylaw_inventory.ports.stocktake import DifferenceStore
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.stocktake.explaining import Explained, Explanation
from bylaw_inventory.rules.stocktake.refusals import (
    StocktakeChanged,
    StocktakeNotReported,
    StocktakeNotSignatory,
    StocktakeUnexplained,
)
from bylaw_inventory.rules.stocktake.stocktake import Stocktake, StocktakeState
from bylaw_inventory.use_cases.stocktake.finding import Stocktakes
from bylaw_inventory.use_cases.stocktake.stocktake_forms import EXPLANATIONS

NO_PERSON = Fault("PERSON_NOT_FOUND", "没有该人员", "there is no such person")
NO_DIFFERENCE = Fault("DIFFERENCE_NOT_FOUND", "本盘点没有该项差异", "the stocktake has no such difference")


@dataclass(frozen=True, slots=True)
class ExplainStocktake:
    """Any change makes another result, under which nobody has signed."""

    database: Database
    stocktakes: Stocktakes
    differences: DifferenceStore

    def explain(self, identifier: UUID, said: Mapping[int, Explanation], report: str, reach: Reach) -> Stocktake:
        """All that is said or none; refuses as the contract says."""
        responsible = {one.responsible for one in said.values()}
        known = self._known(responsible)
        with self.database.work() as work:
            found = self.stocktakes.locked(work, identifier, reach, StocktakeState.EXPLAINING)
            numbers = {one.number for one in self.differences.every(work.connection, identifier)}
            _check_said(said, numbers, known)
            if said:
                self.differences.explain(work.connection, identifier, said)
            made = replace(found, revision=found.revision + 1, report=report or found.report)
            return self.stocktakes.write(work, made, before=found)

    def sign(self, identifier: UUID, seen: str, caller: Caller, reach: Reach) -> Stocktake:
        """Refuses as the contract says; signed before, it stays so."""
        with self.database.work() as work:
            found = self.stocktakes.locked(work, identifier, reach, StocktakeState.EXPLAINING)
            if caller.person is None or caller.person not in found.signatories:
                raise StocktakeNotSignatory
            if seen and seen != str(found.revision):
                raise StocktakeChanged
            _check_explained(found, self.differences.every(work.connection, identifier))
            self.stocktakes.kept.sign(work.connection, found, caller.person, work.now)
            return self.stocktakes.one(work.connection, identifier, reach)

    def _known(self, people: Collection[UUID]) -> frozenset[UUID]:
        """Those of them who are there; asked before any transaction is open."""
        if not people:
            return frozenset()
        found = self.stocktakes.finding.organisation.people(Reach(everyone=True), ids=sorted(people))
        return frozenset(one.person for one in found)


def _check_said(said: Mapping[int, Explanation], numbers: Collection[int], known: Collection[UUID]) -> None:
    faults: list[Violation] = []
    for position, (number, one) in enumerate(said.items()):
        field = f"{EXPLANATIONS}[{position}]"
        if number not in numbers:
            faults.append(NO_DIFFERENCE.at(f"{field}.difference"))
        if one.responsible not in known:
            faults.append(NO_PERSON.at(f"{field}.responsible"))
    if faults:
        raise LinesRefused(faults)


def _check_explained(found: Stocktake, differing: Collection[Explained]) -> None:
    open_ones = [one for one in differing if one.explanation is None]
    if open_ones:
        raise StocktakeUnexplained(count=len(open_ones), first=f"{found.name}/differences/{open_ones[0].number}")
    if differing and not found.report:
        raise StocktakeNotReported
