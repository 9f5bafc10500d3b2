"""Puts together tickets, what they move, and what channels promise; a part of `app.py` (CUS-2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bylaw.orders.v1 import service_policies_pb2, ticket_actions_pb2, tickets_pb2
from bylaw_chassis.decisions import asked_decisions
from bylaw_chassis.decisions.ask_people import AskPeople
from bylaw_chassis.decisions.desk import PeopleDesk
from bylaw_chassis.decisions.wish import DecisionEnds
from bylaw_chassis.jobs import JobFunction, Timer
from bylaw_chassis.member import PEOPLE, Member
from bylaw_chassis.organisation import heads
from bylaw_chassis.server import Server
from bylaw_chassis.settings import ServiceSettings
from pydantic import Field

from bylaw_orders.apps.orders import Trade
from bylaw_orders.ports.couriers import Letters
from bylaw_orders.ports.following import HearsStock
from bylaw_orders.rpc.ticket_actions import ServicePolicyCalls, TicketActionCalls
from bylaw_orders.rpc.tickets import TicketCalls
from bylaw_orders.rules.tickets.action import KIND
from bylaw_orders.store import claims, orders, service_policies, ticket_actions, tickets
from bylaw_orders.store.customers import SealedCustomers
from bylaw_orders.store.sealed_texts import SealedTexts
from bylaw_orders.use_cases.following.hear_all import HearAll
from bylaw_orders.use_cases.tickets.ask_action import AskAction, EndActionsNeverAsked
from bylaw_orders.use_cases.tickets.hear_inspections import HearInspections
from bylaw_orders.use_cases.tickets.issue_slip import HearReturns, IssueReturnSlip
from bylaw_orders.use_cases.tickets.keep_policies import KeepPolicies
from bylaw_orders.use_cases.tickets.mail_answer import MAIL_ANSWER, MailAnswer
from bylaw_orders.use_cases.tickets.make_action import MakeAction, PlaceExchanges, SettleAction
from bylaw_orders.use_cases.tickets.rise import RiseOverdue, TakeFurtherUp
from bylaw_orders.use_cases.tickets.show_tickets import ShowTickets
from bylaw_orders.use_cases.tickets.take_ticket import TakeTicket
from bylaw_orders.use_cases.tickets.ticket_desk import TicketDesk
from bylaw_orders.use_cases.tickets.work_on_ticket import WorkOnTicket

MINUTE_SECONDS, EXCHANGE_SECONDS = 60.0, 1.0
UNCHANGEABLE = ("ticket_messages",)
"""The tables in which nobody changes a row."""


class TicketSettings(ServiceSettings):
    """How long a late answer waits at each step on its way up."""

    ticket_escalation_hours: int = Field(
        24,
        ge=1,
        le=8_760,
        description="Hours after which an overdue ticket with the head goes to the operations director (CUS-2).",
    )


@dataclass(frozen=True, slots=True)
class Tickets:
    """Tickets in this process; `hears` is told what comes back to the warehouse."""

    desk: TicketDesk
    making: MakeAction
    timers: tuple[Timer, ...]
    jobs: Mapping[str, JobFunction]

    @property
    def ends(self) -> DecisionEnds:
        """What follows from people's decisions."""
        return {KIND: SettleAction(ticket_actions, self.making)}

    @property
    def hears(self) -> HearsStock:
        """Returns by our slips, and what became of their goods."""
        return HearAll((HearReturns(self.desk), HearInspections(self.desk)))


def add_tickets(
    server: Server, own: Member, trade: Trade, customers: SealedCustomers, letters: Letters, *, settings: TicketSettings
) -> Tickets:
    """Adds the calls; answers what hears of returns, and the timers."""
    database, clock = own.database, own.database.clock
    texts = SealedTexts(customers.vault)
    desk = TicketDesk(trade.finding, tickets, texts, service_policies, orders, trade.restating)
    rise = TakeFurtherUp(desk, heads)
    showing = ShowTickets(database, trade.finding, tickets, ticket_actions, texts)
    working, taking = WorkOnTicket(database, desk, rise), TakeTicket(database, desk)
    calls = TicketCalls(taking, working, IssueReturnSlip(database, desk), showing, own.page_tokens, clock)
    server.add(tickets_pb2.DESCRIPTOR.services_by_name["Tickets"], calls)
    policies = ServicePolicyCalls(KeepPolicies(database, trade.finding, service_policies))
    server.add(service_policies_pb2.DESCRIPTOR.services_by_name["ServicePolicies"], policies)
    asking = AskPeople(database, PeopleDesk(own.neighbours.channels[PEOPLE], own.neighbours), asked_decisions)
    making = MakeAction(desk, ticket_actions, claims)
    ask = AskAction(database, desk, ticket_actions, making, asking, customers)
    of_actions = ticket_actions_pb2.DESCRIPTOR.services_by_name["TicketActions"]
    server.add(of_actions, TicketActionCalls(ask, showing, own.page_tokens))
    never = EndActionsNeverAsked(database, ticket_actions, making, asking, own.is_current)
    placing = PlaceExchanges(database, ticket_actions, making, trade.taking, customers)
    pause = timedelta(hours=settings.ticket_escalation_hours)
    timers = (
        Timer("overdue-tickets", MINUTE_SECONDS, RiseOverdue(database, rise, pause)),
        Timer("actions-never-asked", MINUTE_SECONDS, never),
        Timer("exchanges", EXCHANGE_SECONDS, placing, ticket_actions.AGREED),
    )
    return Tickets(desk, making, timers, {MAIL_ANSWER: MailAnswer(database, desk, customers, letters)})
