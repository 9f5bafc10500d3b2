"""A department that decides: heads over heads, related units, and short ways to ask and to answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from bylaw.people.v1 import decisions_pb2 as messages
from bylaw.people.v1 import decisions_pb2_grpc
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff
from bylaw.types.v1.amount_pb2 import Money, Quantity
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions

from tests.builders.people import PeopleService, people_service, reason
from tests.databases import Databases

Token = tuple[tuple[str, str], ...]
AGREE, REFUSE = messages.ANSWER_KIND_AGREE, messages.ANSWER_KIND_REFUSE
SEND_BACK, OPINION = messages.ANSWER_KIND_SEND_BACK, messages.ANSWER_KIND_OPINION
DISSENT, COMMENT = messages.ANSWER_KIND_DISSENT, messages.ANSWER_KIND_COMMENT
WAITING, SENT_BACK = messages.DECISION_STATE_WAITING, messages.DECISION_STATE_SENT_BACK
AGREED, REFUSED = messages.DECISION_STATE_AGREED, messages.DECISION_STATE_REFUSED
WITHDRAWN = messages.DECISION_STATE_WITHDRAWN
FOR_ME, BY_ME = messages.DECISION_VIEW_WAITING_FOR_ME, messages.DECISION_VIEW_ASKED_BY_ME
DECIDED = messages.DECISION_VIEW_DECIDED_BY_ME


@dataclass
class Department:
    """ACME under Lin, with sales (Chen; Wang and Zhao work there), stock (Qian; Sun) and office (Zhou).

    Wang deputises for Chen where a test says so. Everybody signs in once, on first use.
    """

    service: PeopleService
    units: dict[str, org.Unit] = field(default_factory=dict)
    people: dict[str, staff.Person] = field(default_factory=dict)
    site: org.Site = field(default_factory=org.Site)
    _tokens: dict[str, Token] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stub = decisions_pb2_grpc.DecisionsStub(self.service.channel)

    def token(self, login: str) -> Token:
        """Somebody's token."""
        if login not in self._tokens:
            self._tokens[login] = self.service.signed_in(login)
        return self._tokens[login]

    def sign_in_anew(self) -> None:
        """Everybody signs in again, with what they hold now."""
        self._tokens.clear()

    def name(self, login: str) -> str:
        """Somebody's resource name."""
        return self.people[login].name

    def ask(self, who: str, kind: str = "leave", **more: Any) -> messages.Decision:
        """Asks for a decision."""
        key, metadata = more.pop("request_id", ""), more.pop("extra", ())
        more.setdefault("subjects", ["leaveRequests/1"])
        request = messages.CreateDecisionRequest(decision=messages.Decision(kind=kind, **more), request_id=key)
        return self.stub.CreateDecision(request, metadata=(*self.token(who), *metadata))

    def answer(
        self, who: str, decision: messages.Decision, kind: int = AGREE, text: str = "because", **more: Any
    ) -> messages.Decision:
        """Answers the step that was seen."""
        more.setdefault("step", decision.step)
        request = messages.AnswerDecisionRequest(name=decision.name, answer=kind, text=text, **more)
        return self.stub.AnswerDecision(request, metadata=self.token(who))

    def state(self, who: str, decision: messages.Decision, kind: int = DISSENT, text: str = "no") -> messages.Decision:
        """Puts something in writing."""
        request = messages.AddStatementRequest(name=decision.name, kind=kind, text=text)
        return self.stub.AddStatement(request, metadata=self.token(who))

    def withdraw(self, who: str, decision: messages.Decision, **more: Any) -> messages.Decision:
        """Takes a request back."""
        request = messages.WithdrawDecisionRequest(name=decision.name, **more)
        return self.stub.WithdrawDecision(request, metadata=self.token(who))

    def resubmit(self, who: str, decision: messages.Decision, **more: Any) -> messages.Decision:
        """Asks again."""
        extra = more.pop("extra", ())
        request = messages.ResubmitDecisionRequest(name=decision.name, decision=messages.Decision(**more))
        return self.stub.ResubmitDecision(request, metadata=(*self.token(who), *extra))

    def see(self, who: str, decision: messages.Decision) -> messages.Decision:
        """A decision as somebody sees it."""
        return self.stub.GetDecision(messages.GetDecisionRequest(name=decision.name), metadata=self.token(who))

    def listed(self, who: str, view: int = 0, **more: Any) -> list[str]:
        """Names of the decisions in a view of somebody."""
        request = messages.ListDecisionsRequest(view=view, page_size=1000, **more)
        return [one.name for one in self.stub.ListDecisions(request, metadata=self.token(who)).decisions]

    def delegate(self, who: str, to: str, until: str = "2026-03-31", **more: Any) -> messages.Delegation:
        """Delegates decisions."""
        wish = messages.Delegation(delegate=self.name(to), end_date=until, **more)
        return self.stub.CreateDelegation(messages.CreateDelegationRequest(delegation=wish), metadata=self.token(who))

    def set_process(self, kind: str, *steps: messages.ProcessStep, **more: Any) -> messages.Process:
        """Sets a process, as the administrator."""
        more.setdefault("weight", messages.WEIGHT_ORDINARY)
        wish = messages.Process(kind=kind, steps=steps, **more)
        now = self.service.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))
        return self.stub.SetProcess(messages.SetProcessRequest(process=wish), metadata=now)

    def run_timers(self) -> None:
        """Everything that is due by the clock of the runner is done once."""
        runner = self.service.service.runner
        for timer in runner.timers:
            if timer.kind in {"refresh_decisions", "remind_of_decisions"}:
                timer.function(None)  # type: ignore[arg-type]


PLACES = {
    "lin": "ACME",
    "chen": "SALES",
    "wang": "SALES",
    "zhao": "ONLINE",
    "qian": "STOCK",
    "sun": "STOCK",
    "zhou": "OFFICE",
}
HEADS = {"ACME": "lin", "SALES": "chen", "STOCK": "qian", "OFFICE": "zhou"}


@contextmanager
def department(databases: Databases) -> Iterator[Department]:
    """The department on a database of its own, copied from one that was made through the calls once."""
    with people_service(databases, fill=_department_in) as service:
        units, people, site = service.filled
        yield Department(service, {**units}, {**people}, site)


def _department_in(service: PeopleService) -> tuple[dict[str, org.Unit], dict[str, staff.Person], org.Site]:
    site, units = service.site(), {"ACME": service.unit("ACME")}
    for code, parent in {"SALES": "ACME", "STOCK": "ACME", "OFFICE": "ACME", "ONLINE": "SALES"}.items():
        units[code] = service.unit(code, units[parent].name)
    people = {who: service.person(who, units[code].name, site.name, login=who) for who, code in PLACES.items()}
    for code, head in HEADS.items():
        units[code] = service.head(units[code].name, people[head].name)
    return units, people, site


def asked(decision: messages.Decision) -> list[set[str]]:
    """Whom the open step asks: the resource names, a set a place."""
    step = next(step for step in decision.steps if step.number == decision.step)
    return [{one.person for one in seat.asked} for seat in step.seats]


def days(number: str) -> Quantity:
    """So many days."""
    return Quantity(value=number, unit="day")


def yuan(number: int) -> Money:
    """So many yuan."""
    return Money(minor_units=number * 100, currency="CNY")


def refusal(call: Any) -> str:
    """Why a call was refused; fails where it was not."""
    try:
        call()
    except grpc.RpcError as error:
        return reason(error)
    raise AssertionError("it was not refused")
