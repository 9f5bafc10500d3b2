"""Has what was agreed its effect, once: money back on the order, goods instead as an order of their own (CUS-2)."""

from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.database import Database, Work
from bylaw_chassis.decisions.wish import DecisionEnd
from bylaw_chassis.jobs import Lease
from bylaw_chassis.values import resource_id

from bylaw_orders.events import order_changed, ticket_action_changed
from bylaw_orders.ports.customers import Customers, RecipientUnreadable
from bylaw_orders.ports.stores import ClaimStore
from bylaw_orders.ports.tickets import ActionStore
from bylaw_orders.rules.orders.order import PLACED_HERE, order_name
from bylaw_orders.rules.orders.placed import Placed
from bylaw_orders.rules.orders.timeline import Event, Happened
from bylaw_orders.rules.privacy.recipient import Recipient
from bylaw_orders.rules.tickets import life
from bylaw_orders.rules.tickets.action import (
    ACTIONS,
    ENDS,
    Action,
    ActionKind,
    ActionState,
    exchange_wish,
    is_left,
    refunded,
)
from bylaw_orders.rules.tickets.ticket import Ticket
from bylaw_orders.use_cases.intake.take_orders import TakeOrders
from bylaw_orders.use_cases.orders.restating import EVERYBODY, NO_DAY
from bylaw_orders.use_cases.tickets.ticket_desk import TicketDesk

BATCH = 50


@dataclass(frozen=True, slots=True)
class MakeAction:
    """The caller holds the locks of the order and the ticket."""

    desk: TicketDesk
    actions: ActionStore
    claims: ClaimStore

    def agreed(self, work: Work, ticket: Ticket, action: Action, by: str) -> Action:
        """Money goes back at once, as far as it is still there; goods are placed behind the commit."""
        if action.wish.kind is ActionKind.EXCHANGE:
            return self._keep(work, action.ended(ActionState.AGREED, work.now, by))
        placed = self.desk.orders.find(work.connection, [action.order], EVERYBODY, NO_DAY)[action.order]
        if not is_left(placed, action.wish):
            return self.over(work, ticket, action.ended(ActionState.LAPSED, work.now, by))
        self._pay_back(work, placed, action, by)
        made = self._keep(work, action.ended(ActionState.DONE, work.now, by))
        self.desk.change(work, ticket, life.decided(ticket, work.now), by=by)
        return made

    def over(self, work: Work, ticket: Ticket, action: Action) -> Action:
        """It ended without an effect: refused, taken back, or too late."""
        made = self._keep(work, action)
        withdrawn = action.state is ActionState.WITHDRAWN
        after = life.taken_back(ticket) if withdrawn else life.decided(ticket, work.now)
        self.desk.change(work, ticket, after, by=action.ended_by)
        self._note(work, action, Happened.ACTION_NOT_MADE, action.ended_by, action.state.name)
        return made

    def placed(self, work: Work, ticket: Ticket, action: Action, order: UUID) -> Action:
        """An exchange stands as an order of its own."""
        made = self._keep(work, replace(action, state=ActionState.DONE, exchange_order=order))
        self.desk.change(work, ticket, life.decided(ticket, work.now), by=action.ended_by)
        data = (("action", action.name), ("order", order_name(order)), ("clause", "CUS-2"))
        noted = Event(action.order, work.now, Happened.EXCHANGE_PLACED, action.ended_by, action.wish.reason, data)
        of = Event(order, work.now, Happened.EXCHANGE_PLACED, action.ended_by, data=(("of", order_name(action.order)),))
        self.desk.orders.note(work.connection, [noted, of])
        return made

    def _pay_back(self, work: Work, placed: Placed, action: Action, by: str) -> None:
        connection, restating = work.connection, self.desk.restating
        made = refunded(placed, action.wish)
        made = replace(made, standing=replace(made.standing, revision=made.standing.revision + 1))
        claims = self.claims.of_orders(connection, [action.order]).get(action.order, [])
        made = restating.stated(made, claims, restating.stages_of(connection, action.order))
        self.desk.orders.rewrite(connection, made, replaced=None, at=work.now)
        self._note(work, action, Happened.REFUNDED, by, action.wish.kind.name)
        work.publish(order_changed(made))

    def _note(self, work: Work, action: Action, happened: str, by: str, what: str) -> None:
        data = (("action", action.name), ("amount", str(action.wish.money)), ("what", what), ("clause", "CUS-2"))
        self.desk.orders.note(
            work.connection, [Event(action.order, work.now, happened, by, action.wish.reason, data=data)]
        )

    def _keep(self, work: Work, made: Action) -> Action:
        self.actions.write(work.connection, made)
        work.publish(ticket_action_changed(made))
        return made


@dataclass(frozen=True, slots=True)
class SettleAction:
    """What follows from people's decision, in the unit of work that marks that it has."""

    actions: ActionStore
    making: MakeAction

    def __call__(self, work: Work, end: DecisionEnd) -> None:
        """Whatever is not waited for any more, or is not known here, stays as it is."""
        connection, desk = work.connection, self.making.desk
        named = resource_id(end.subject, ACTIONS)
        found = self.actions.find(connection, named, EVERYBODY, NO_DAY)
        if found is None:
            return
        ticket, found = desk.held(work, found.ticket), self.actions.lock(connection, named)
        if found is None or found.state is not ActionState.WAITING:
            return
        by = str(end.by or "")
        work.act_as(caller_by_key(by))
        work.concerns(found.name)
        found = replace(found, decision=end.decision)
        if end.agreed:
            self.making.agreed(work, ticket, found, by)
        else:
            self.making.over(work, ticket, found.ended(ENDS[end.state], work.now, by))


@dataclass(frozen=True, slots=True)
class PlaceExchanges:
    """The timer: what was agreed is placed as an order, by a number that follows from the action, however often."""

    database: Database
    actions: ActionStore
    making: MakeAction
    taking: TakeOrders
    customers: Customers

    def __call__(self, lease: Lease | None = None) -> None:  # noqa: ARG002
        """The oldest first."""
        with self.database.read() as connection:
            waiting = self.actions.agreed(connection, BATCH)
        for identifier in waiting:
            self._place(identifier)

    def _place(self, identifier: UUID) -> None:
        desk = self.making.desk
        with self.database.read() as connection:
            action = self.actions.find(connection, identifier, EVERYBODY, NO_DAY)
            if action is None or action.state is not ActionState.AGREED:
                return
            ticket = desk.tickets.find(connection, action.ticket, EVERYBODY, NO_DAY)
            original = desk.orders.find(connection, [action.order], EVERYBODY, NO_DAY)[action.order]
            assert ticket  # noqa: S101 - an action is of a ticket
            wish = exchange_wish(action, ticket, original, self._recipient(connection, action.order))
        (taken,) = self.taking.many(original.channel, [wish], caller_by_key(PLACED_HERE), EVERYBODY)
        with self.database.work() as work:
            held, found = desk.held(work, action.ticket), self.actions.lock(work.connection, identifier)
            if found is None or found.state is not ActionState.AGREED:
                return
            if taken.order:
                self.making.placed(work, held, found, taken.order)
            else:
                self.making.over(work, held, replace(found, state=ActionState.LAPSED))

    def _recipient(self, connection: sa.Connection, order: UUID) -> Recipient | None:
        """To whom the first order went; nobody where they were erased, and a person sees to it."""
        try:
            return self.customers.opened(connection, [order]).get(order)
        except RecipientUnreadable:
            return None
