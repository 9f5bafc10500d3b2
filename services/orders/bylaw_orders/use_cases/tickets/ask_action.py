"""Asks for money back or goods instead: on record first, decided by people beyond a limit (CUS-2, DEC-2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.call import RequestKey
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.ask_people import NEVER_ASKED_AFTER, NOT_ANSWERED, AskPeople
from bylaw_chassis.decisions.wish import DecisionWish, Money
from bylaw_chassis.jobs import Lease
from bylaw_chassis.refusals import KeyReused, Refusal
from bylaw_chassis.values import new_id

from bylaw_orders.events import ticket_action_changed
from bylaw_orders.ports.customers import Customers, RecipientUnreadable
from bylaw_orders.ports.tickets import ActionStore
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.privacy.refusals import ReasonTellsTooMuch
from bylaw_orders.rules.privacy.reveal import tells_too_much
from bylaw_orders.rules.tickets import life
from bylaw_orders.rules.tickets.action import KIND, Action, ActionState, ActionWish, check_left, facts_of, goes_alone
from bylaw_orders.rules.tickets.refusals import (
    TicketActionNotFound,
    TicketActionNotOwn,
    TicketActionOver,
    TicketChanged,
    TicketNeedsOrder,
    TicketNotFound,
)
from bylaw_orders.rules.tickets.ticket import Ticket
from bylaw_orders.use_cases.orders.restating import EVERYBODY, NO_DAY
from bylaw_orders.use_cases.tickets.make_action import MakeAction
from bylaw_orders.use_cases.tickets.ticket_desk import TicketDesk


@dataclass(frozen=True, slots=True)
class AskAction:
    """Whatever is asked for is checked under the order's lock, against what was paid and all that waits."""

    database: Database
    desk: TicketDesk
    actions: ActionStore
    making: MakeAction
    asking: AskPeople
    customers: Customers

    def ask(self, ticket: UUID, wish: ActionWish, *, caller: Caller, reach: Reach, key: RequestKey | None) -> Action:
        """As it stands; the same wish again, of which the answer was lost, goes on where it stood."""
        kept = self._begun(caller, key)
        if kept is None and self._goes_alone(ticket, wish, reach):
            return self._made(ticket, wish, caller, reach)
        kept = kept or self._kept(ticket, wish, caller, key, reach)
        asked = self._wish(kept)
        try:
            decision = self.asking.ask(asked)
        except Refusal as refusal:
            if refusal.code not in NOT_ANSWERED:
                self._forget(kept)
            raise
        with self.database.work() as work:
            self.asking.note(work, asked, decision)
            found = self.actions.lock(work.connection, kept.identifier) or kept
            made = replace(found, decision=decision)
            self.actions.write(work.connection, made)
            work.concerns(made.name)
            work.publish(ticket_action_changed(made))
        return made

    def withdraw(self, identifier: UUID, caller: Caller, reach: Reach) -> Action:
        """People is told first, so that whichever of taking back and deciding is first counts; refuses as it says."""
        with self.database.read() as connection:
            found = self.actions.find(connection, identifier, reach, self.desk.finding.today)
        if found is None:
            raise TicketActionNotFound
        if found.asked_by != caller.key:
            raise TicketActionNotOwn
        if found.state is not ActionState.WAITING:
            raise TicketActionOver(state=found.state.name)
        if found.decision:
            self.asking.withdraw(found.decision)
        with self.database.work() as work:
            ticket = self.desk.held(work, found.ticket)
            now = self.actions.lock(work.connection, identifier) or found
            if now.state is not ActionState.WAITING:
                return now
            return self.making.over(work, ticket, now.ended(ActionState.WITHDRAWN, work.now, caller.key))

    def _begun(self, caller: Caller, key: RequestKey | None) -> Action | None:
        """What was kept of this very wish when its call was cut off."""
        if key is None:
            return None
        with self.database.read() as connection:
            found = self.actions.by_wish(connection, caller.key, key.key)
        if found is None:
            return None
        kept, digest = found
        if not key.is_of(digest):
            raise KeyReused
        return kept

    def _goes_alone(self, ticket: UUID, wish: ActionWish, reach: Reach) -> bool:
        with self.database.read() as connection:
            found = self.desk.tickets.find(connection, ticket, reach, self.desk.finding.today)
            if found is None:
                raise TicketNotFound
            return self._within_limit(connection, found, wish)

    def _within_limit(self, connection: sa.Connection, found: Ticket, wish: ActionWish) -> bool:
        order = found.wish.order
        if order is None:
            raise TicketNeedsOrder
        limit = self.desk.policies.of_channel(connection, found.wish.channel).refund_limit
        return goes_alone(wish, self.actions.spent(connection, order), limit)

    def _made(self, ticket: UUID, wish: ActionWish, caller: Caller, reach: Reach) -> Action:
        """Within the channel's limit: asked for and had its effect at once."""
        with self.database.work() as work:
            found = self.desk.held(work, ticket, reach)
            if not self._within_limit(work.connection, found, wish):
                raise TicketChanged
            made = replace(self._checked(work, found, wish, caller), alone=True)
            self.actions.add(work.connection, made, wish_key=None)
            work.concerns(made.name)
            begun = self.desk.change(work, found, life.deciding(found, made.identifier), by=caller.key)
            return self.making.agreed(work, begun, made, caller.key)

    def _kept(self, ticket: UUID, wish: ActionWish, caller: Caller, key: RequestKey | None, reach: Reach) -> Action:
        """On record, and held against what was paid, before people is asked."""
        wish_key = (key.key, key.digest) if key else None
        with self.asking.kept_first() as work:
            found = self.desk.held(work, ticket, reach)
            made = self._checked(work, found, wish, caller)
            self.actions.add(work.connection, made, wish_key=wish_key)
            data = (("action", made.name), ("ticket", found.name))
            asked = Event(made.order, work.now, Happened.ACTION_ASKED, caller.key, wish.reason, data=data)
            self.desk.orders.note(work.connection, [asked])
            self.desk.change(work, found, life.deciding(found, made.identifier), by=caller.key)
        return made

    def _checked(self, work: Work, found: Ticket, wish: ActionWish, caller: Caller) -> Action:
        """Refuses TICKET_CLOSED, TICKET_ACTION_WAITS, TICKET_NEEDS_ORDER, REFUND_OVER_PAID, REASON_TELLS_TOO_MUCH."""
        life.check_undecided(found)
        order = found.wish.order
        if order is None:
            raise TicketNeedsOrder
        placed = self.desk.orders.find(work.connection, [order], EVERYBODY, NO_DAY)[order]
        check_left(placed, wish, self.actions.spent(work.connection, order))
        self._check_reason(work, order, wish)
        currency = placed.head.currency
        return Action(new_id(), found.identifier, order, wish, currency, work.now, caller.key)

    def _check_reason(self, work: Work, order: UUID, wish: ActionWish) -> None:
        """People reads it, and it stays for as long as the order does."""
        try:
            recipient = self.customers.opened(work.connection, [order]).get(order)
        except RecipientUnreadable:
            recipient = None
        if tells_too_much(wish.reason, [recipient] if recipient else []):
            raise ReasonTellsTooMuch

    def _wish(self, made: Action) -> DecisionWish:
        with self.database.read() as connection:
            placed = self.desk.orders.find(connection, [made.order], EVERYBODY, NO_DAY)[made.order]
        money = Money(made.wish.amount, made.currency) if made.wish.amount else None
        return DecisionWish(KIND, made.name, facts_of(made, placed), money, made.wish.reason)

    def _forget(self, made: Action) -> None:
        """People would not have it asked: nobody was told of it, and the ticket stands where it stood."""
        with self.asking.kept_first() as work:
            ticket = self.desk.held(work, made.ticket)
            found = self.actions.lock(work.connection, made.identifier)
            if found and found.decision is None:
                self.actions.forget(work.connection, made.identifier)
                self.desk.change(work, ticket, life.taken_back(ticket), by=made.asked_by)


@dataclass(frozen=True, slots=True)
class EndActionsNeverAsked:
    """The timer: what was kept and never asked is over; of what was asked, but not noted, the decision is noted."""

    database: Database
    actions: ActionStore
    making: MakeAction
    asking: AskPeople
    is_current: Callable[[], bool]

    def __call__(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """Does nothing while people's feed is not read to its end: what was asked might be told there."""
        if not self.is_current():
            return
        with self.database.read() as connection:
            lost = self.actions.never_asked(connection, self.database.clock() - NEVER_ASKED_AFTER)
            asked = self.asking.asked(connection, [one.name for one in lost])
        self._bring_on(lost, asked)

    def _bring_on(self, lost: Sequence[Action], asked: dict[str, UUID]) -> None:
        for one in lost:
            with self.database.work() as work:
                ticket = self.making.desk.held(work, one.ticket)
                found = self.actions.lock(work.connection, one.identifier)
                if found is None or found.state is not ActionState.WAITING or found.decision:
                    continue
                if decision := asked.get(one.name):
                    self.actions.write(work.connection, replace(found, decision=decision))
                else:
                    self.making.over(work, ticket, found.ended(ActionState.WITHDRAWN, work.now, ""))
