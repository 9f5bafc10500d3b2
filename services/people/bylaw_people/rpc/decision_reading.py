"""Messages of decisions as facts: what they may hold, and where they are wrong."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from bylaw.people.v1 import decisions_pb2 as messages
from bylaw_chassis.values import civil_date, new_id, optional_id, resource_id

from bylaw_people.events import DECISION_STATES
from bylaw_people.ports.decisions import Filter, View
from bylaw_people.rpc.role_mask import role_name
from bylaw_people.rules.decisions.answering import Given
from bylaw_people.rules.decisions.content import decimal_of
from bylaw_people.rules.decisions.decision import AnswerKind, Content
from bylaw_people.rules.decisions.delegation import Delegation
from bylaw_people.rules.decisions.process import DUE_HOURS, Amount, OpinionRule, Process, Step, StepKind, Weight
from bylaw_people.use_cases.decisions.create_decision import Asking
from bylaw_people.use_cases.forms import as_of, one_of, plain

WEIGHTS = {Weight.ORDINARY: messages.WEIGHT_ORDINARY, Weight.MAJOR: messages.WEIGHT_MAJOR}
STEP_KINDS = {
    StepKind.HEAD: messages.STEP_KIND_HEAD,
    StepKind.OPINION: messages.STEP_KIND_OPINION,
    StepKind.POSITION: messages.STEP_KIND_POSITION,
    StepKind.PERSON: messages.STEP_KIND_PERSON,
    StepKind.ROLE: messages.STEP_KIND_ROLE,
}
OPINION_RULES = {
    OpinionRule.ALL_AGREE: messages.OPINION_RULE_ALL_AGREE,
    OpinionRule.HEARD: messages.OPINION_RULE_HEARD,
}
ANSWERS = {
    AnswerKind.AGREE: messages.ANSWER_KIND_AGREE,
    AnswerKind.REFUSE: messages.ANSWER_KIND_REFUSE,
    AnswerKind.SEND_BACK: messages.ANSWER_KIND_SEND_BACK,
    AnswerKind.OPINION: messages.ANSWER_KIND_OPINION,
}
STATEMENTS = {
    AnswerKind.DISSENT: messages.ANSWER_KIND_DISSENT,
    AnswerKind.COMMENT: messages.ANSWER_KIND_COMMENT,
}
ANSWER_KINDS = {
    **ANSWERS,
    **STATEMENTS,
    AnswerKind.WITHDRAW: messages.ANSWER_KIND_WITHDRAW,
    AnswerKind.RESUBMIT: messages.ANSWER_KIND_RESUBMIT,
}
STATES = {"": messages.DECISION_STATE_UNSPECIFIED, **{state.value: at for state, at in DECISION_STATES.items()}}
VIEWS = {
    View.ALL: messages.DECISION_VIEW_UNSPECIFIED,
    View.WAITING_FOR_ME: messages.DECISION_VIEW_WAITING_FOR_ME,
    View.ASKED_BY_ME: messages.DECISION_VIEW_ASKED_BY_ME,
    View.DECIDED_BY_ME: messages.DECISION_VIEW_DECIDED_BY_ME,
}


def decision_id(name: str) -> UUID:
    """The id in `decisions/{decision}`."""
    return resource_id(name, "decisions")


def asking(message: messages.Decision, service: str) -> Asking:
    """What is asked."""
    unit = optional_id(message.unit, "units", field="decision.unit")
    wanted = tuple(_step(step, f"decision.plan[{number}]") for number, step in enumerate(message.plan))
    return Asking(message.kind, tuple(message.subjects), content(message), unit, service, wanted)


def content(message: messages.Decision) -> Content:
    """Facts, how much it is about if that is stated, and text."""
    return Content(tuple((fact.key, fact.value) for fact in message.facts), amount(message), message.text)


def amount(message: messages.Decision | messages.PreviewDecisionRequest, *, within: str = "decision.") -> Amount | None:
    """How much it is about, if that is stated."""
    return AMOUNTS[message.WhichOneof("amount")](message, within)


def foreseeing(request: messages.PreviewDecisionRequest, service: str) -> Asking:
    """What would be asked, as far as it says who decides."""
    unit = optional_id(request.unit, "units", field="unit")
    wanted = tuple(_step(step, f"plan[{number}]") for number, step in enumerate(request.plan))
    return Asking(request.kind, (), Content(amount=amount(request, within="")), unit, service, wanted)


def given(request: messages.AnswerDecisionRequest, person: UUID) -> Given:
    """An answer."""
    return Given(person, one_of(ANSWERS, request.answer, field="answer"), request.step, request.text)


def chosen(request: messages.ListDecisionsRequest) -> Filter:
    """What a list is narrowed to."""
    state = one_of(STATES, request.state, field="state")
    return Filter(one_of(VIEWS, request.view, field="view"), state, plain(request.kind, field="kind"))


def process(message: messages.Process, today: date, setter: UUID | None) -> Process:
    """A process to be set."""
    return Process(
        message.kind,
        one_of(WEIGHTS, message.weight, field="process.weight"),
        tuple(_step(step, f"process.steps[{number}]") for number, step in enumerate(message.steps)),
        message.measure,
        message.money,
        one_of(OPINION_RULES, message.opinion or messages.OPINION_RULE_ALL_AGREE, field="process.opinion"),
        tuple(resource_id(unit, "units", field="process.related_units") for unit in message.related_units),
        optional_id(message.unit, "units", field="process.unit"),
        as_of(message.effective_date, today, field="process.effective_date"),
        new_id(),
        message.retired,
        setter,
        message.steps_from_service,
    )


def delegation(message: messages.Delegation, delegator: UUID, today: date) -> Delegation:
    """A delegation to be made."""
    return Delegation(
        new_id(),
        delegator,
        resource_id(message.delegate, "people", field="delegation.delegate"),
        tuple(message.kinds),
        as_of(message.start_date, today, field="delegation.start_date"),
        civil_date(message.end_date, field="delegation.end_date"),
        message.away,
    )


def _money(message: Any, _: str) -> Amount:
    return Amount(Decimal(message.money.minor_units), message.money.currency, money=True)


def _quantity(message: Any, within: str) -> Amount:
    quantity = message.quantity
    return Amount(decimal_of(quantity.value, field=f"{within}quantity.value"), quantity.unit)


AMOUNTS: Mapping[str | None, Callable[[Any, str], Amount | None]] = {
    "money": _money,
    "quantity": _quantity,
    None: lambda _message, _within: None,
}


def _step(message: messages.ProcessStep, field: str) -> Step:
    due = message.due_hours or DUE_HOURS
    return Step(
        one_of(STEP_KINDS, message.kind, field=f"{field}.kind"),
        optional_id(message.unit, "units", field=f"{field}.unit"),
        optional_id(message.position, "positions", field=f"{field}.position"),
        optional_id(message.person, "people", field=f"{field}.person"),
        message.levels_up,
        decimal_of(message.from_amount or "0", field=f"{field}.from_amount"),
        due,
        message.escalate_hours or 2 * due,
        role_name(message.role, field=f"{field}.role"),
    )
