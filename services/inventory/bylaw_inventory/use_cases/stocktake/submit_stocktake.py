"""Sends a signed result for decision, takes it back, and brings on what was lost in between (WHS-6, DEC-2)."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.ask_people import NEVER_ASKED_AFTER, NOT_ANSWERED, AskPeople
from bylaw_chassis.decisions.wish import DecisionWish
from bylaw_chassis.jobs import Lease
from bylaw_chassis.refusals import Refusal

from bylaw_inventory.ports.stocktake import DifferenceStore
from bylaw_inventory.rules.stocktake.counting import DifferenceKind
from bylaw_inventory.rules.stocktake.explaining import Explained
from bylaw_inventory.rules.stocktake.refusals import StocktakeNotInState, StocktakeNotSignatory, StocktakeNotSigned
from bylaw_inventory.rules.stocktake.stocktake import Stocktake, StocktakeState
from bylaw_inventory.use_cases.stocktake.finding import Stocktakes, note_counted

KIND = "stock-adjustment"
"""The process in people (WHS-6)."""
SENT = (StocktakeState.SUBMITTED, StocktakeState.BLOCKED, StocktakeState.DONE)
EVERYWHERE = Reach(everyone=True)


@dataclass(frozen=True, slots=True)
class SubmitStocktake:
    """What is sent is on record before people is asked, so that an answer that is lost loses nothing."""

    database: Database
    stocktakes: Stocktakes
    differences: DifferenceStore
    decisions: AskPeople

    def submit(self, identifier: UUID, caller: Caller, reach: Reach) -> Stocktake:
        """As it waits, or done where nothing differs; refuses as the contract says, and what people refuses."""
        sent, differing = self._sent(identifier, caller, reach)
        if sent.state is StocktakeState.DONE or sent.decision:
            with self.database.work() as work:
                return self.stocktakes.locked(work, identifier, EVERYWHERE)
        wish = _decision(sent, differing)
        try:
            decision = self.decisions.ask(wish)
        except Refusal as refusal:
            if refusal.code not in NOT_ANSWERED:
                self._not_asked(sent)
            raise
        with self.database.work() as work:
            self.decisions.note(work, wish, decision)
            found = self.stocktakes.locked(work, identifier, EVERYWHERE)
            if found.subject != sent.subject or found.decision:
                return found
            return self.stocktakes.write(work, replace(found, decision=decision), before=found)

    def withdraw(self, identifier: UUID, reach: Reach) -> Stocktake:
        """People is told first, so that whichever of both is first counts; refuses what people refuses."""
        with self.database.read() as connection:
            found = self.stocktakes.one(connection, identifier, reach)
        if found.state is not StocktakeState.SUBMITTED or found.decision is None:
            raise StocktakeNotInState(found)
        self.decisions.withdraw(found.decision)
        with self.database.work() as work:
            now = self.stocktakes.locked(work, identifier, reach)
            if now.state is not StocktakeState.SUBMITTED or now.decision != found.decision:
                return now
            made = replace(now, state=StocktakeState.EXPLAINING, outcome="withdrawn")
            return self.stocktakes.write(work, made, before=now)

    def _sent(self, identifier: UUID, caller: Caller, reach: Reach) -> tuple[Stocktake, Sequence[Explained]]:
        """What is kept before people is asked; what was kept when a call was cut off goes on where it stood."""
        with self.decisions.kept_first() as work:
            found = self.stocktakes.locked(work, identifier, reach, *SENT, StocktakeState.EXPLAINING)
            if caller.person is None or caller.person not in found.signatories:
                raise StocktakeNotSignatory
            differing = self.differences.every(work.connection, identifier)
            if found.state in SENT:
                return found, differing
            if not found.signed:
                raise StocktakeNotSigned
            if not differing:
                self._note_counted(work, found)
            return self.stocktakes.write(work, _submitted(found, differing, work), before=found), differing

    def _note_counted(self, work: Work, found: Stocktake) -> None:
        """Nothing differs, so it is done, and what is due of the quarter with it."""
        own = found.wish.warehouse
        warehouse = self.stocktakes.finding.warehouse(work.connection, own, EVERYWHERE)
        note_counted(work, found, warehouse.day_at(found.started_at or work.now))

    def _not_asked(self, sent: Stocktake) -> None:
        """People would not have it asked: nobody was told of it, and it is explained on."""
        with self.decisions.kept_first() as work:
            found = self.stocktakes.locked(work, sent.identifier, EVERYWHERE)
            if found.state is StocktakeState.SUBMITTED and found.decision is None:
                self.stocktakes.write(work, replace(found, state=StocktakeState.EXPLAINING), before=found)


@dataclass(frozen=True, slots=True)
class EndNeverAsked:
    """The timer: what was sent and never asked is explained on; of what was asked, the decision is noted."""

    database: Database
    stocktakes: Stocktakes
    decisions: AskPeople
    is_current: Callable[[], bool]

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002
        """Does nothing while people's feed is not read to its end: what was asked might be told there."""
        if not self.is_current():
            return
        with self.database.read() as connection:
            lost = self.stocktakes.kept.never_asked(connection, self.database.clock() - NEVER_ASKED_AFTER)
            asked = self.decisions.asked(connection, [one.subject for one in lost])
        for one in lost:
            self._bring_on(one, asked.get(one.subject))

    def _bring_on(self, lost: Stocktake, decision: UUID | None) -> None:
        with self.database.work() as work:
            found = self.stocktakes.locked(work, lost.identifier, EVERYWHERE)
            if found.subject == lost.subject and found.state is StocktakeState.SUBMITTED and found.decision is None:
                state = found.state if decision else StocktakeState.EXPLAINING
                self.stocktakes.write(work, replace(found, decision=decision, state=state), before=found)


def _submitted(found: Stocktake, differing: Sequence[Explained], work: Work) -> Stocktake:
    """As it waits for its decision; where nothing differs there is nothing to decide."""
    if not differing:
        return replace(found, state=StocktakeState.DONE, ended_at=work.now)
    return replace(
        found,
        state=StocktakeState.SUBMITTED,
        submissions=found.submissions + 1,
        submitted_at=work.now,
        decision=None,
        outcome="",
    )


def _decision(sent: Stocktake, differing: Sequence[Explained]) -> DecisionWish:
    """What people is asked: what differs and is proposed, and the report; what it is worth is left open."""
    kinds = Counter(one.difference.kind for one in differing)
    facts = {
        "warehouse": f"warehouses/{sent.wish.warehouse}",
        "keeper": f"people/{sent.keeper}",
        "finance": f"people/{sent.finance}",
        **{kind.name.lower(): str(kinds[kind]) for kind in DifferenceKind},
        "adjusted": str(sum(one.adjusts for one in differing)),
    }
    return DecisionWish(KIND, sent.subject, tuple(facts.items()), None, sent.report)
