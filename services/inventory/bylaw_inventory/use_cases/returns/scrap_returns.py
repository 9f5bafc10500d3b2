"""Asks people for scrap, on record first; books what is agreed, and takes back what nobody asked (WHS-6)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bylaw_chassis.call import RequestKey
from bylaw_chassis.caller import Caller, Reach, caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.ask_people import NEVER_ASKED_AFTER, NOT_ANSWERED, AskPeople
from bylaw_chassis.decisions.wish import DecisionEnd, DecisionWish
from bylaw_chassis.jobs import Lease
from bylaw_chassis.refusals import KeyReused, Refusal
from bylaw_chassis.values import new_id, resource_id, resource_name

from bylaw_inventory.events import return_inspected, stock_moved
from bylaw_inventory.ports.returns import ReturnDecisionStore
from bylaw_inventory.ports.stores import ItemStore, MovementStore, WarehouseStore
from bylaw_inventory.rules.goods.place import PlaceKind, Warehouse
from bylaw_inventory.rules.ledger.movement import MOVEMENTS, Movement, MovementKind, summed
from bylaw_inventory.rules.quantity import written
from bylaw_inventory.rules.refusals import LinesRefused
from bylaw_inventory.rules.reserving.refusals import StockShort
from bylaw_inventory.rules.returns.decision import RETURN_DECISIONS, ReturnDecision, ReturnWish, ScrapState
from bylaw_inventory.rules.returns.refusals import ReturnDecisionNotFound, ReturnDecisionNotOwn, ReturnDecisionOver
from bylaw_inventory.rules.stocktake.refusals import PlaceFrozen
from bylaw_inventory.use_cases.returns.decide_return import DecideReturn
from bylaw_inventory.use_cases.stock.booking import Booking
from bylaw_inventory.use_cases.stocktake.submit_stocktake import KIND

EVERYWHERE = Reach(everyone=True)
LINES_TOLD = 5
ENDS = {"refused": ScrapState.REFUSED, "withdrawn": ScrapState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class AskScrap:
    """Scrap of returns is an adjustment of stock, and decided as any other (WHS-6)."""

    database: Database
    deciding: DecideReturn
    asking: AskPeople

    def ask(self, wish: ReturnWish, caller: Caller, key: RequestKey | None, reach: Reach) -> ReturnDecision:
        """The decision as it waits; the same wish again, of which the answer was lost, goes on where it stood."""
        kept = self._begun(caller, key) or self._kept(wish, caller, key, reach)
        asked = self._wish(kept)
        try:
            decision = self.asking.ask(asked)
        except Refusal as refusal:
            if refusal.code not in NOT_ANSWERED:
                self._forget(kept)
            raise
        with self.database.work() as work:
            self.asking.note(work, asked, decision)
            self.deciding.decisions.asked(work.connection, kept.identifier, decision)
            return self.deciding.decisions.lock(work.connection, kept.identifier) or replace(kept, decision=decision)

    def withdraw(self, identifier: UUID, caller: Caller, reach: Reach) -> ReturnDecision:
        """People is told first, so that whichever of taking back and deciding is first counts; refuses as it says."""
        store = self.deciding.decisions
        with self.database.read() as connection:
            found = store.find(connection, identifier, reach, self.deciding.finding.today)
        if found is None:
            raise ReturnDecisionNotFound
        if found.decided_by != caller.key:
            raise ReturnDecisionNotOwn
        if found.scrap is not ScrapState.WAITING:
            raise ReturnDecisionOver(state=found.scrap.name)
        if found.decision:
            self.asking.withdraw(found.decision)
        with self.database.work() as work:
            now = store.lock(work.connection, identifier) or found
            if now.scrap is not ScrapState.WAITING:
                return now
            made = now.ended(ScrapState.WITHDRAWN)
            store.end(work.connection, made, work.now)
        return made

    def _begun(self, caller: Caller, key: RequestKey | None) -> ReturnDecision | None:
        """What was kept of this very wish when its call was cut off."""
        if key is None:
            return None
        with self.database.read() as connection:
            found = self.deciding.decisions.by_wish(connection, caller.key, key.key)
        if found is None:
            return None
        kept, digest = found
        if not key.is_of(digest):
            raise KeyReused
        return kept if kept.scrap is ScrapState.WAITING else None

    def _kept(self, wish: ReturnWish, caller: Caller, key: RequestKey | None, reach: Reach) -> ReturnDecision:
        """On record, and what it takes of the return with it: nobody decides on it otherwise from now on."""
        wish_key = (key.key, key.digest) if key else None
        with self.asking.kept_first() as work:
            return self.deciding.scrap(work, wish, wish_key=wish_key, caller=caller, reach=reach)

    def _wish(self, made: ReturnDecision) -> DecisionWish:
        """What people is asked: which goods, how many, and why; what they are worth is left open."""
        lines = made.lines[:LINES_TOLD]
        with self.database.read() as connection:
            goods = self.deciding.items.find(connection, {line.key.item for line in lines})
        facts = {
            "warehouse": f"warehouses/{made.warehouse}",
            "return": resource_name(MOVEMENTS, made.movement),
            "lines": str(len(made.lines)),
        }
        for number, line in enumerate(lines, 1):
            code = goods[line.key.item].wish.code
            told = (code, line.lot_code, written(line.quantity), line.unit)
            facts[f"line_{number}"] = " ".join(part for part in told if part)
        causes = "; ".join(dict.fromkeys(line.cause for line in lines))
        return DecisionWish(KIND, made.name, tuple(facts.items()), None, causes[:500])

    def _forget(self, made: ReturnDecision) -> None:
        """People would not have it asked: nobody was told of it, and nothing of it stays."""
        store = self.deciding.decisions
        with self.asking.kept_first() as work:
            found = store.lock(work.connection, made.identifier)
            if found and found.decision is None:
                store.forget(work.connection, made.identifier)


@dataclass(frozen=True, slots=True)
class SettleScrap:
    """What follows from a decision, in the unit of work that marks that it has: booked whole, or not at all."""

    decisions: ReturnDecisionStore
    items: ItemStore
    warehouses: WarehouseStore
    movements: MovementStore
    booking: Booking

    def __call__(self, work: Work, end: DecisionEnd) -> None:
        """Whatever is not waited for any more, or is not known here, stays as it is."""
        connection = work.connection
        found = self.decisions.lock(connection, resource_id(end.subject, RETURN_DECISIONS))
        if found is None or found.scrap is not ScrapState.WAITING:
            return
        by = str(end.by or "")
        work.act_as(caller_by_key(by))
        work.concerns(found.name)
        self.decisions.asked(connection, found.identifier, end.decision)
        made = self._booked(work, found, by) if end.agreed else found.ended(ENDS[end.state])
        self.decisions.end(connection, made, work.now)

    def _booked(self, work: Work, found: ReturnDecision, by: str) -> ReturnDecision:
        """Agreed, and booked where the goods are still in inspection and can move."""
        connection = work.connection
        warehouse = self.warehouses.find(connection, found.warehouse, EVERYWHERE, work.now.date())
        assert warehouse  # noqa: S101 - a warehouse stays on record
        scrap = self.warehouses.places_of_kinds(connection, found.warehouse, {PlaceKind.SCRAP})
        inspection = {line.key.place for line in found.lines}
        places = scrap | self.warehouses.places_of(connection, found.warehouse, inspection)
        movement = _movement(work, found, warehouse, target=next(iter(scrap)), by=by)
        goods = self.items.find(connection, {line.item for line in movement.lines})
        try:
            with connection.begin_nested():
                self.movements.add(connection, movement)
                self.booking.book(connection, movement, goods=goods, places=places, today=movement.day)
        except (StockShort, LinesRefused, PlaceFrozen):
            return found.ended(ScrapState.LAPSED)
        made = found.ended(ScrapState.BOOKED, movement.identifier)
        work.publish(stock_moved(movement), *return_inspected(made))
        return made


@dataclass(frozen=True, slots=True)
class SettleAdjustment:
    """An adjustment is of a stocktake or of a return; both are decided alike."""

    of_stocktake: Callable[[Work, DecisionEnd], None]
    of_return: Callable[[Work, DecisionEnd], None]

    def __call__(self, work: Work, end: DecisionEnd) -> None:
        """By what it is about."""
        settle = self.of_return if end.subject.startswith(f"{RETURN_DECISIONS}/") else self.of_stocktake
        settle(work, end)


@dataclass(frozen=True, slots=True)
class EndScrapNeverAsked:
    """The timer: what was kept and never asked waits in inspection again; of what was asked, the decision is noted."""

    database: Database
    decisions: ReturnDecisionStore
    asking: AskPeople
    is_current: Callable[[], bool]

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002
        """Does nothing while people's feed is not read to its end: what was asked might be told there."""
        if not self.is_current():
            return
        with self.database.read() as connection:
            lost = self.decisions.never_asked(connection, self.database.clock() - NEVER_ASKED_AFTER)
            asked = self.asking.asked(connection, [one.name for one in lost])
        self._bring_on(lost, asked)

    def _bring_on(self, lost: Sequence[ReturnDecision], asked: dict[str, UUID]) -> None:
        for one in lost:
            with self.database.work() as work:
                found = self.decisions.lock(work.connection, one.identifier)
                if found is None or found.scrap is not ScrapState.WAITING or found.decision:
                    continue
                if decision := asked.get(one.name):
                    self.decisions.asked(work.connection, one.identifier, decision)
                else:
                    self.decisions.end(work.connection, found.ended(ScrapState.WITHDRAWN), work.now)


def _movement(work: Work, found: ReturnDecision, warehouse: Warehouse, *, target: UUID, by: str) -> Movement:
    lines = summed(line.moved(target) for line in found.lines)
    day = warehouse.day_at(work.now)
    said = (lines, (), work.now, by, None, found.name)
    return Movement(new_id(), warehouse.identifier, MovementKind.SCRAP, day, *said)
