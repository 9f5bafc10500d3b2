"""Shows what waits in inspection and what was decided, and takes decisions in (WHS-6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.call import RequestKey
from bylaw_chassis.caller import Caller, Reach

from bylaw_inventory.ports.returns import WaitingReturnStore
from bylaw_inventory.rules.refusals import Fault, LinesRefused
from bylaw_inventory.rules.returns.decision import FIELD, LineWish, ReturnDecision, ReturnWish
from bylaw_inventory.rules.returns.refusals import ReturnDecisionNotFound
from bylaw_inventory.rules.returns.waiting import WaitingReturn
from bylaw_inventory.use_cases.returns.decide_return import DecideReturn
from bylaw_inventory.use_cases.returns.scrap_returns import AskScrap

NO_PERSON = Fault("PERSON_NOT_FOUND", "没有该人员", "there is no such person")


@dataclass(frozen=True, slots=True)
class TakeReturns:
    """Whoever is said to be responsible is looked for before any transaction is open."""

    deciding: DecideReturn
    scrapping: AskScrap
    waiting_ones: WaitingReturnStore

    def decide(self, wish: ReturnWish, caller: Caller, key: RequestKey | None, reach: Reach) -> ReturnDecision:
        """Booked at once, or as it waits for people; refuses as the contract says."""
        self._check_people(wish.lines)
        if wish.scraps:
            return self.scrapping.ask(wish, caller, key, reach)
        return self.deciding.decide(wish, caller, reach)

    def one(self, identifier: UUID, reach: Reach) -> ReturnDecision:
        """Refuses RETURN_DECISION_NOT_FOUND."""
        with self.deciding.database.read() as connection:
            found = self.deciding.decisions.find(connection, identifier, reach, self.deciding.finding.today)
        if found is None:
            raise ReturnDecisionNotFound
        return found

    def listed(
        self, warehouse: UUID, reach: Reach, *, movement: UUID | None, page: tuple[UUID | None, int]
    ) -> list[ReturnDecision]:
        """Newest first; refuses WAREHOUSE_NOT_FOUND."""
        with self.deciding.database.read() as connection:
            self.deciding.finding.warehouse(connection, warehouse, reach)
            return self.deciding.decisions.listed(connection, warehouse, movement=movement, page=page)

    def waiting(
        self, warehouse: UUID, reach: Reach, *, page: tuple[UUID | None, int]
    ) -> tuple[date, list[WaitingReturn]]:
        """The day that it is there, and what waits, the longest waiting first; refuses WAREHOUSE_NOT_FOUND."""
        with self.deciding.database.read() as connection:
            known = self.deciding.finding.warehouse(connection, warehouse, reach)
            today = known.day_at(self.deciding.database.clock())
            return today, self.waiting_ones.listed(connection, warehouse, page=page)

    def _check_people(self, lines: Sequence[LineWish]) -> None:
        wanted = sorted({line.responsible for line in lines if line.responsible})
        if not wanted:
            return
        found = self.deciding.finding.organisation.people(Reach(everyone=True), ids=wanted)
        known = {one.person for one in found}
        faults = [
            NO_PERSON.at(f"{FIELD}[{number}].responsible")
            for number, line in enumerate(lines)
            if line.responsible and line.responsible not in known
        ]
        if faults:
            raise LinesRefused(faults)
