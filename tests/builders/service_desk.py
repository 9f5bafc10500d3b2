"""Service to customers of a shop whose staff decides: the calls tests make, in a line each (CUS-2)."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from bylaw.inventory.v1 import items_pb2 as items
from bylaw.inventory.v1 import stock_pb2, warehouses_pb2
from bylaw.orders.v1 import (
    orders_pb2,
    service_policies_pb2,
    service_policies_pb2_grpc,
    ticket_actions_pb2,
    ticket_actions_pb2_grpc,
    tickets_pb2,
    tickets_pb2_grpc,
)
from bylaw.people.v1 import decisions_pb2
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions
from bylaw_people.rules.access.roles import OWN, roles

from tests.builders.decisions import AGREE, REFUSE, Department
from tests.builders.inventory import ORDER, line
from tests.builders.orders import OrdersService, ordered

INQUIRY, COMPLAINT, RETURN, MONEY_BACK, GOODS_FOR_GOODS = range(1, 6)
"""Kinds of tickets."""
OPEN, ASSIGNED, ANSWERED, FOR_CUSTOMER, FOR_GOODS, GOODS_BACK, FOR_DECISION, DECIDED, CLOSED = range(1, 10)
"""States of tickets."""
REFUND, COMPENSATION, EXCHANGE = range(1, 4)
"""Kinds of actions."""
WAITING, AGREED, DONE, REFUSED, WITHDRAWN, LAPSED = range(1, 7)
"""States of actions."""
CLERK, OTHER = "wang", "zhao"
SERVICE = roles(known_permissions())["customer-service"].permissions | OWN


@dataclass
class ServiceDesk:
    """Wang answers the customers of a channel; Chen, who heads sales, and Lin above decide what he asks for."""

    acme: Department
    orders: OrdersService
    stock: Any
    channel: Any = None
    tea: Any = None
    cup: Any = None
    inspection: str = ""
    tickets: Any = field(init=False)
    actions: Any = field(init=False)
    policies: Any = field(init=False)

    def __post_init__(self) -> None:
        number = self.stock.number
        self.channel = self.orders.open_channel(self.stock.unit, f"S-{number}", warehouse=self.stock.warehouse.name)
        self.tickets = tickets_pb2_grpc.TicketsStub(self.orders.channel)
        self.actions = ticket_actions_pb2_grpc.TicketActionsStub(self.orders.channel)
        self.policies = service_policies_pb2_grpc.ServicePoliciesStub(self.orders.channel)

    def token(self, who: str = CLERK, permissions: frozenset[str] = SERVICE) -> Any:
        """A token of somebody of customer service."""
        grant = HeldGrant(Scope.COMPANY, None, permissions)
        return self.orders.people.as_caller(grant, person=UUID(self.acme.name(who).rpartition("/")[2]))

    def shipped(self, number: str, item: items.Item, quantity: str = "3", price: str = "1000") -> orders_pb2.Order:
        """An order whose goods have left."""
        made = self.orders.place(self.channel, number, ordered(item.code, quantity, price))
        self.orders.settle()
        stock = self.stock
        moved = line(item, stock.bin, stock.carrier, quantity)
        stock.warehouse.post(moved, papers=[ORDER], reservation=made.stock_reservations[0])
        self.orders.settle()
        return self.orders.order(made.name)

    def comes_back(self, slip: str, item: items.Item, quantity: str) -> str:
        """Goods come back to the warehouse by a slip, and orders hears of it; answers the movement's name."""
        paper = stock_pb2.Paper(kind=stock_pb2.PAPER_KIND_RETURN_SLIP, number=slip)
        warehouse = self.stock.warehouse
        if not self.inspection:
            self.inspection = warehouse.place("LOOK", warehouses_pb2.PLACE_KIND_INSPECTION)
        moved = line(item, warehouse.places()["CUSTOMER"], self.inspection, quantity)
        made = warehouse.post(moved, papers=[paper])
        self.orders.settle()
        return made.name

    def take(self, kind: int = INQUIRY, who: str = CLERK, text: str = "Where is my tea?", **more: Any) -> Any:
        """Takes a ticket; of the channel where no order is named."""
        told = {"category": "", **more}
        subject = told.pop("subject", "tea")
        if "order" not in told:
            told.setdefault("channel", self.channel.name)
        ticket = tickets_pb2.Ticket(kind=kind, **told)  # type: ignore[arg-type] # an enumeration's number
        request = tickets_pb2.CreateTicketRequest(ticket=ticket, subject=subject, text=text, request_id=str(uuid4()))
        return self.tickets.CreateTicket(request, metadata=self.token(who))

    def one(self, name: str) -> Any:
        """A ticket as it stands."""
        return self.tickets.GetTicket(tickets_pb2.GetTicketRequest(name=name), metadata=self.token())

    def listed(self, who: str = CLERK, **more: Any) -> list[str]:
        """Names of tickets, newest first."""
        request = tickets_pb2.ListTicketsRequest(channel=self.channel.name, **more)
        return [one.name for one in self.tickets.ListTickets(request, metadata=self.token(who)).tickets]

    def said(self, name: str) -> list[Any]:
        """What was written in a ticket."""
        request = tickets_pb2.ListTicketMessagesRequest(parent=name)
        return list(self.tickets.ListTicketMessages(request, metadata=self.token()).ticket_messages)

    def assign(self, name: str, to: str = CLERK, who: str = CLERK) -> Any:
        """Assigns a ticket to somebody by login or name."""
        person = to if "/" in to else self.acme.name(to)
        request = tickets_pb2.AssignTicketRequest(name=name, assignee=person)
        return self.tickets.AssignTicket(request, metadata=self.token(who))

    def answer(self, name: str, text: str = "It left this morning.", *, waits: bool = False, who: str = CLERK) -> Any:
        """Answers a ticket."""
        request = tickets_pb2.AnswerTicketRequest(name=name, text=text, wait_for_customer=waits)
        return self.tickets.AnswerTicket(request, metadata=self.token(who))

    def add(self, name: str, text: str = "It is not here yet.", kind: int = 1) -> Any:
        """Adds what the customer says, or a note."""
        message = tickets_pb2.TicketMessage(kind=kind, text=text)  # type: ignore[arg-type] # an enumeration's number
        request = tickets_pb2.CreateTicketMessageRequest(parent=name, ticket_message=message)
        return self.tickets.CreateTicketMessage(request, metadata=self.token())

    def escalate(self, name: str, reason: str = "The customer insists.") -> Any:
        """Takes a ticket further up."""
        request = tickets_pb2.EscalateTicketRequest(name=name, reason=reason)
        return self.tickets.EscalateTicket(request, metadata=self.token())

    def close(self, name: str, reason: str = "settled") -> Any:
        """Closes a ticket."""
        return self.tickets.CloseTicket(tickets_pb2.CloseTicketRequest(name=name, reason=reason), metadata=self.token())

    def reopen(self, name: str, reason: str = "The customer is back.") -> Any:
        """Opens a ticket again."""
        return self.tickets.ReopenTicket(
            tickets_pb2.ReopenTicketRequest(name=name, reason=reason), metadata=self.token()
        )

    def rate(self, name: str, rating: int = 5, comment: str = "") -> Any:
        """Records a rating."""
        request = tickets_pb2.RateTicketRequest(name=name, rating=rating, comment=comment)
        return self.tickets.RateTicket(request, metadata=self.token())

    def slip(self, name: str, item: items.Item, quantity: str) -> Any:
        """Gives a ticket its return slip."""
        lines = [tickets_pb2.ReturnWish(code=item.code, quantity=quantity)]
        request = tickets_pb2.IssueReturnSlipRequest(name=name, lines=lines)
        return self.tickets.IssueReturnSlip(request, metadata=self.token())

    def ask(self, ticket: str, amount: int = 0, kind: int = REFUND, who: str = CLERK, **more: Any) -> Any:
        """Asks for money back, or goods."""
        told = {"reason": "The tea was wet.", **more}
        key = told.pop("request_id", str(uuid4()))
        action = ticket_actions_pb2.TicketAction(kind=kind, amount=amount, **told)  # type: ignore[arg-type] # a number
        request = ticket_actions_pb2.CreateTicketActionRequest(parent=ticket, ticket_action=action, request_id=key)
        return self.actions.CreateTicketAction(request, metadata=self.token(who))

    def action(self, name: str) -> Any:
        """An action as it stands."""
        request = ticket_actions_pb2.GetTicketActionRequest(name=name)
        return self.actions.GetTicketAction(request, metadata=self.token())

    def withdraw(self, name: str, who: str = CLERK) -> Any:
        """Takes an action back."""
        request = ticket_actions_pb2.WithdrawTicketActionRequest(name=name)
        return self.actions.WithdrawTicketAction(request, metadata=self.token(who))

    def answered(self, action: Any, who: str, answer: int = AGREE) -> None:
        """Somebody answers what people was asked."""
        decision = decisions_pb2.Decision(name=action.decision)
        self.acme.answer(who, self.acme.see(who, decision), answer)

    def decide(self, action: Any, *, agree: bool = True, heads: tuple[str, ...] = ("chen",)) -> Any:
        """The heads answer, and orders learns of it."""
        for who in heads if agree else heads[:1]:
            self.answered(action, who, AGREE if agree else REFUSE)
        self.learn()
        return self.action(action.name)

    def learn(self) -> None:
        """Reads people's feed on, has what has ended take effect, and places exchanges."""
        for kind in ("organisation", "outcomes", "exchanges"):
            self.orders.run_timer(kind)

    def promise(self, **fields: Any) -> Any:
        """Sets the channel's policy."""
        policy = service_policies_pb2.ServicePolicy(name=f"{self.channel.name}/servicePolicy", **fields)
        request = service_policies_pb2.UpdateServicePolicyRequest(service_policy=policy)
        return self.policies.UpdateServicePolicy(request, metadata=self.orders.everything)
