"""What becomes of a change of prices: people's decision, taking it back, what was never asked (GDS-2)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bylaw_chassis.caller import Caller, caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.ask_people import NEVER_ASKED_AFTER, AskPeople
from bylaw_chassis.decisions.wish import DecisionEnd
from bylaw_chassis.jobs import Lease
from bylaw_chassis.notice_wish import NoticeWish, said
from bylaw_chassis.notices import have_told
from bylaw_chassis.values import resource_id

from bylaw_inventory.events import price_change_changed
from bylaw_inventory.ports.goods import PriceChangeStore, PriceStore
from bylaw_inventory.rules.pricing.change import (
    CHANGES,
    ChangeState,
    PriceChange,
    agreed_prices,
    check_own,
    ended,
    has_lapsed,
)
from bylaw_inventory.rules.pricing.refusals import PriceChangeNotFound, PriceChangeOver
from bylaw_inventory.rules.pricing.timeline import Price

TITLE = ("已批准的调价被撤回", "An agreed change of prices was taken back")
BODY = (
    "“{reason}”：尚未生效的价格不再生效，现行价格不变；已生效的照旧（GDS-2）。",
    "“{reason}”: what had not taken effect does not; prices in force stay as they are (GDS-2).",
)
ENDS = {"agreed": ChangeState.AGREED, "refused": ChangeState.REFUSED, "withdrawn": ChangeState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class SettlePriceChange:
    """What follows from a decision, in the unit of work that marks that it has."""

    prices: PriceStore
    changes: PriceChangeStore

    def __call__(self, work: Work, end: DecisionEnd) -> None:
        """Whatever ended before, or is not known here, stays as it is; all prices of a change count, or none."""
        found = self.changes.lock(work.connection, resource_id(end.subject, CHANGES))
        if found is None or found.state is not ChangeState.WAITING:
            return
        state = ENDS[end.state]
        if state is ChangeState.AGREED and has_lapsed(found, work.now):
            state = ChangeState.LAPSED
        made = ended(replace(found, decision=end.decision), state, work.now, str(end.by or ""))
        self.changes.asked(work.connection, made.identifier, end.decision)
        self.changes.end(work.connection, made)
        if state is ChangeState.AGREED:
            self.prices.add(work.connection, agreed_prices(made, end.decision, work.now))
        work.act_as(caller_by_key(str(end.by or "")))
        work.concerns(made.name)
        work.publish(price_change_changed(made))


@dataclass(frozen=True, slots=True)
class WithdrawPriceChange:
    """People is told first, so that whichever of taking back and deciding is first counts."""

    database: Database
    prices: PriceStore
    changes: PriceChangeStore
    decisions: AskPeople

    def withdraw(self, identifier: UUID, caller: Caller) -> PriceChange:
        """Refuses PRICE_CHANGE_NOT_FOUND, PRICE_CHANGE_NOT_OWN, PRICE_CHANGE_OVER and what people refuses.

        Of an agreed change what has not taken effect is taken back; prices and decision stay on record.
        """
        with self.database.read() as connection:
            found = self.changes.find(connection, identifier)
        if found is None:
            raise PriceChangeNotFound
        check_own(found, caller.key)
        if found.state is ChangeState.AGREED:
            return self._ahead(identifier, caller)
        if found.state is not ChangeState.WAITING:
            raise PriceChangeOver(state=found.state.name)
        if found.decision:
            self.decisions.withdraw(found.decision)
        with self.database.work() as work:
            now = self.changes.lock(work.connection, identifier) or found
            if now.state is not ChangeState.WAITING:
                return now
            made = ended(now, ChangeState.WITHDRAWN, work.now, caller.key)
            self.changes.end(work.connection, made)
            work.publish(price_change_changed(made))
        return made

    def _ahead(self, identifier: UUID, caller: Caller) -> PriceChange:
        """Takes back what is still to come; whoever else had a part in it is told."""
        with self.database.work() as work:
            found = self.changes.lock(work.connection, identifier)
            if found is None or not self.prices.to_come(work.connection, identifier, work.now):
                raise PriceChangeOver(state=ChangeState.AGREED.name)
            self.changes.withdraw(work.connection, identifier, work.now, caller.key)
            made = replace(found, withdrawn_at=work.now, withdrawn_by=caller.key)
            if others := {found.asked_by, found.ended_by} - {caller.key}:
                people = [one for one in (caller_by_key(key).person for key in others) if one]
                have_told(work, NoticeWish(people, TITLE, said(BODY, reason=found.wish.reason), about=found.name))
            work.publish(price_change_changed(made))
        return made


@dataclass(frozen=True, slots=True)
class EndNeverAsked:
    """The timer: what was kept and never asked ends; of what was asked, but not noted, the decision is noted."""

    database: Database
    changes: PriceChangeStore
    decisions: AskPeople
    is_current: Callable[[], bool]

    def __call__(self, lease: Lease) -> None:  # noqa: ARG002
        """Does nothing while people's feed is not read to its end: what was asked might be told there."""
        if not self.is_current():
            return
        with self.database.read() as connection:
            lost = self.changes.never_asked(connection, self.database.clock() - NEVER_ASKED_AFTER)
            asked = self.decisions.asked(connection, [one.name for one in lost])
        for one in lost:
            self._end(one, asked.get(one.name))

    def _end(self, lost: PriceChange, decision: UUID | None) -> None:
        with self.database.work() as work:
            found = self.changes.lock(work.connection, lost.identifier)
            if found is None or found.state is not ChangeState.WAITING or found.decision:
                return
            made = replace(found, decision=decision)
            if decision:
                self.changes.asked(work.connection, made.identifier, decision)
            else:
                made = ended(found, ChangeState.WITHDRAWN, work.now, "")
                self.changes.end(work.connection, made)
            work.publish(price_change_changed(made))


@dataclass(frozen=True, slots=True)
class ShowPrices:
    """Changes and prices; whoever may ask sees every one."""

    database: Database
    prices: PriceStore
    changes: PriceChangeStore

    def change(self, identifier: UUID) -> PriceChange:
        """Refuses PRICE_CHANGE_NOT_FOUND."""
        with self.database.read() as connection:
            found = self.changes.find(connection, identifier)
        if found is None:
            raise PriceChangeNotFound
        return found

    def page_of_changes(self, state: ChangeState | None, *, page: tuple[UUID | None, int]) -> list[PriceChange]:
        """Changes without their lines, newest first."""
        with self.database.read() as connection:
            return self.changes.listed(connection, state, page=page)

    def page(
        self,
        item: UUID | None,
        channel: str,
        at: datetime | None,
        *,
        page: tuple[tuple[str, UUID, datetime, int] | None, int],
    ) -> list[Price]:
        """Prices by channel and item, the later first."""
        with self.database.read() as connection:
            return self.prices.listed(connection, item=item, channel=channel, at=at, page=page)
