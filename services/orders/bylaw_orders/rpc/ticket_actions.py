"""Calls about what tickets move, and about what channels promise."""

from dataclasses import dataclass
from typing import Any

from bylaw.orders.v1 import ticket_actions_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import optional_known
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_orders.messages.tickets import action_message, policy_message
from bylaw_orders.ports.tickets import ActionQuery
from bylaw_orders.rules.orders.order import ORDERS
from bylaw_orders.rules.tickets.action import ACTIONS, Action, ActionState
from bylaw_orders.rules.tickets.ticket import TICKETS
from bylaw_orders.use_cases.forms import one_id
from bylaw_orders.use_cases.tickets.ask_action import AskAction
from bylaw_orders.use_cases.tickets.keep_policies import KeepPolicies, channel_of, policy_changes
from bylaw_orders.use_cases.tickets.show_tickets import ShowTickets
from bylaw_orders.use_cases.tickets.ticket_forms import action_wish

CREATE, READ = "orders.ticket_actions.create", "orders.ticket_actions.read"
READ_POLICY, UPDATE_POLICY = "orders.service_policies.read", "orders.service_policies.update"


@dataclass(frozen=True, slots=True)
class TicketActionCalls:
    """The calls of `TicketActions`."""

    asking: AskAction
    showing: ShowTickets
    tokens: PageTokens

    def CreateTicketAction(self, request: Any, call: Call) -> Any:  # noqa: N802
        ticket, wish = resource_id(request.parent, TICKETS, field="parent"), action_wish(request.ticket_action)
        reach = call.caller.reach(CREATE)
        return action_message(self.asking.ask(ticket, wish, caller=call.caller, reach=reach, key=call.request_key))

    def GetTicketAction(self, request: Any, call: Call) -> Any:  # noqa: N802
        return action_message(self.showing.action(resource_id(request.name, ACTIONS), call.caller.reach(READ)))

    def ListTicketActions(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        query = ActionQuery(
            optional_id(request.ticket, TICKETS, field="ticket"),
            optional_id(request.order, ORDERS, field="order"),
            optional_known(request.state, ActionState, field="state"),
        )
        place = one_id(page.position), page.limit
        found = self.showing.page_of_actions(query, call.caller.reach(READ), page=place)
        return ticket_actions_pb2.ListTicketActionsResponse(
            ticket_actions=map(action_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def WithdrawTicketAction(self, request: Any, call: Call) -> Any:  # noqa: N802
        action = resource_id(request.name, ACTIONS)
        return action_message(self.asking.withdraw(action, call.caller, call.caller.reach(CREATE)))


@dataclass(frozen=True, slots=True)
class ServicePolicyCalls:
    """GetServicePolicy and UpdateServicePolicy."""

    policies: KeepPolicies

    def GetServicePolicy(self, request: Any, call: Call) -> Any:  # noqa: N802
        channel = channel_of(request.name, field="name")
        return policy_message(self.policies.one(channel, call.caller.reach(READ_POLICY)))

    def UpdateServicePolicy(self, request: Any, call: Call) -> Any:  # noqa: N802
        wished = request.service_policy
        channel, changes = (
            channel_of(wished.name, field="service_policy.name"),
            policy_changes(wished, request.update_mask.paths),
        )
        reach = call.caller.reach(UPDATE_POLICY)
        return policy_message(self.policies.update(channel, changes, reach, seen=wished.etag))


def _by_id(listed: Action) -> str:
    return str(listed.identifier)
