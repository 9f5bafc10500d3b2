"""People's decisions, asked for with the user's token and the service's own beside it (DEC-2)."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

import grpc
from bylaw.people.v1 import decisions_pb2, decisions_pb2_grpc
from bylaw.types.v1 import amount_pb2

from bylaw_chassis.decisions.wish import Decider, DeciderSteps, DecisionWish, Money
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.values import resource_id, resource_name

DECISIONS = "decisions"
Steps = Mapping[str, decisions_pb2.ProcessStep]
NO_STEPS: Steps = MappingProxyType({})


class PeopleDesk:
    """`steps` are those that the service may state itself, by the names it has for them (LVE-2)."""

    def __init__(self, people: grpc.Channel, neighbours: Neighbours, steps: Steps = NO_STEPS) -> None:
        self._neighbours, self._steps = neighbours, steps
        self._stub = decisions_pb2_grpc.DecisionsStub(people)

    def ask(self, wish: DecisionWish) -> UUID:
        """See `DecisionDesk`."""
        request = decisions_pb2.CreateDecisionRequest(decision=self._message(wish))
        made = self._neighbours.ask(self._stub.CreateDecision, request, as_itself_too=True)
        return resource_id(made.name, DECISIONS)

    def foreseen(self, wish: DecisionWish) -> DeciderSteps:
        """See `DecisionDesk`."""
        decision = self._message(wish)
        request = decisions_pb2.PreviewDecisionRequest(
            kind=decision.kind,
            unit=decision.unit,
            quantity=decision.quantity if decision.HasField("quantity") else None,
            money=decision.money if decision.HasField("money") else None,
            plan=decision.plan,
        )
        shown = self._neighbours.ask(self._stub.PreviewDecision, request, as_itself_too=True)
        return tuple(tuple(_decider(one) for seat in step.seats for one in seat.asked) for step in shown.steps)

    def withdraw(self, decision: UUID) -> None:
        """See `DecisionDesk`."""
        request = decisions_pb2.WithdrawDecisionRequest(name=resource_name(DECISIONS, decision))
        self._neighbours.ask(self._stub.WithdrawDecision, request)

    def _message(self, wish: DecisionWish) -> decisions_pb2.Decision:
        made = decisions_pb2.Decision(
            kind=wish.kind,
            subjects=[wish.subject],
            facts=[decisions_pb2.DecisionFact(key=key, value=value) for key, value in wish.facts],
            text=wish.text,
            unit=resource_name("units", wish.unit),
            plan=[self._steps[step] for step in wish.steps],
        )
        if isinstance(wish.amount, Money):
            made.money.CopyFrom(amount_pb2.Money(minor_units=wish.amount.minor_units, currency=wish.amount.currency))
        elif wish.amount:
            made.quantity.CopyFrom(amount_pb2.Quantity(value=f"{wish.amount.value:f}", unit=wish.amount.unit))
        return made


def _decider(asked: decisions_pb2.AskedPerson) -> Decider:
    return Decider(resource_id(asked.person, "people"), (asked.reason.zh, asked.reason.en))
