"""What an office does by chance: decisions, delegations, duties, notices, outsiders, roles, tokens, refused calls."""

import random
from typing import Any

import grpc
import sqlalchemy as sa
from bylaw.people.v1 import access_pb2, decisions_pb2, duties_pb2, notices_pb2, organisation_pb2, outsiders_pb2
from bylaw.people.v1 import accounts_pb2 as accounts
from bylaw.people.v1 import staff_pb2 as staff
from bylaw.people.v1.decisions_pb2_grpc import DecisionsStub
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from bylaw_people.permissions import known_permissions
from bylaw_people.store.deliveries import Deliveries
from bylaw_people.store.rows import Stamp
from google.protobuf.field_mask_pb2 import FieldMask

from tests.builders.access import AccessCalls
from tests.builders.notices import Office, schedule, to
from tests.builders.people import PeopleService, identifier, text
from tests.builders.sign_in import access_token, accounts_of, bearer, session_of

Token = Any
KINDS = ("leave", "ordinary-matter", "major-matter", "promotion-budget")
ANSWERS = (decisions_pb2.ANSWER_KIND_AGREE, decisions_pb2.ANSWER_KIND_REFUSE, decisions_pb2.ANSWER_KIND_SEND_BACK)
ASIDE = {"FAILED_PRECONDITION", "INVALID_ARGUMENT", "ALREADY_EXISTS", "PERMISSION_DENIED"}


def tried(act: Any, *given: Any, **named: Any) -> Any:
    """Does what chance came up with; nothing where a rule of the organisation says no."""
    try:
        return act(*given, **named)
    except grpc.RpcError as error:
        if refusal_from(error).code.name not in ASIDE:
            raise
        return None


def someone(people: PeopleService, person: str) -> Token:
    """A person who may do everything, so that chance alone says who does what."""
    return people.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()), person=identifier(person))


def fill(people: PeopleService, units: list[str], staff_: list[str], site: str, chance: random.Random) -> None:
    """Lets an office work for a while; the clock stands still."""
    for person in staff_[:4]:
        tried(people.head, chance.choice([units[0], *units]), person)
    _decide(people, staff_, chance)
    _set_processes(people, units, chance)
    _give_duties(people, units, staff_, chance)
    _tell(people, units, staff_, chance)
    _let_in(people, units, site, chance)
    _reorganise(people, units, staff_, chance)
    for person in chance.sample(staff_, 4):
        be_refused(people, person)


def _decide(people: PeopleService, staff_: list[str], chance: random.Random) -> None:
    stub = DecisionsStub(people.channel)
    for number, person in enumerate(staff_ * 2):
        wish = decisions_pb2.Decision(kind=chance.choice(KINDS), subjects=[f"matters/{number}"], text="by chance")
        request = decisions_pb2.CreateDecisionRequest(decision=wish)
        made = tried(stub.CreateDecision, request, metadata=someone(people, person))
        if made is not None and chance.random() < 0.7:
            _answer(people, made, chance)
        given = decisions_pb2.Delegation(delegate=chance.choice(staff_), end_date="2026-05-31")
        asked = decisions_pb2.CreateDelegationRequest(delegation=given)
        tried(stub.CreateDelegation, asked, metadata=someone(people, person))
    assert stub.ListDecisions(decisions_pb2.ListDecisionsRequest(), metadata=people.everything).decisions


def _answer(people: PeopleService, made: decisions_pb2.Decision, chance: random.Random) -> None:
    stub, asked = DecisionsStub(people.channel), asked_of(made)
    if not asked:
        return
    kind = chance.choice(ANSWERS)
    request = decisions_pb2.AnswerDecisionRequest(name=made.name, answer=kind, text="because", step=made.step)
    tried(stub.AnswerDecision, request, metadata=someone(people, chance.choice(asked)))
    said = decisions_pb2.AddStatementRequest(name=made.name, kind=decisions_pb2.ANSWER_KIND_DISSENT, text="no")
    tried(stub.AddStatement, said, metadata=someone(people, chance.choice(asked)))


def asked_of(decision: decisions_pb2.Decision) -> list[str]:
    """Whom the open step of a decision still asks, in order of name."""
    seats = [seat for step in decision.steps if step.number == decision.step for seat in step.seats]
    waiting = decision.state == decisions_pb2.DECISION_STATE_WAITING
    return sorted({one.person for seat in seats if waiting and not seat.answered for one in seat.asked})


def _set_processes(people: PeopleService, units: list[str], chance: random.Random) -> None:
    stub, head = DecisionsStub(people.channel), decisions_pb2.ProcessStep(kind=decisions_pb2.STEP_KIND_HEAD)
    weight = decisions_pb2.WEIGHT_ORDINARY
    for kind, unit in [("trip", unit) for unit in chance.sample(units, 3)] + [("leave", chance.choice(units))]:
        wish = decisions_pb2.Process(kind=kind, unit=unit, steps=[head], weight=weight)
        stub.SetProcess(decisions_pb2.SetProcessRequest(process=wish), metadata=people.everything)


def _give_duties(people: PeopleService, units: list[str], staff_: list[str], chance: random.Random) -> None:
    office, everything = Office(people), people.everything
    once = schedule(duties_pb2.DUTY_RHYTHM_ONCE, date="2026-03-05")
    listed = people.organisation.ListPositions(organisation_pb2.ListPositionsRequest(), metadata=everything)
    for whose in (
        *({"person": person} for person in chance.sample(staff_, 3)),
        *({"head_of": unit} for unit in chance.sample(units, 3)),
        *({"position": position.name} for position in listed.positions[:2]),
    ):
        tried(office.create, everything, schedule=once, **whose)
    found = office.due(everything)
    for occurrence in found[:3]:
        done = [*occurrence.responsible][:1]
        tried(office.complete, someone(people, done[0]) if done else everything, occurrence.name, text="done")


def _tell(people: PeopleService, units: list[str], staff_: list[str], chance: random.Random) -> None:
    office = Office(people)
    for addressees in (
        to(unit=units[0], with_subtree=True),
        to(unit=chance.choice(units), with_subtree=True),
        to(unit=chance.choice(units)),
        to(role="roles/finance"),
        to(people=_present(people, chance.sample(staff_, 3))),
    ):
        sender = someone(people, chance.choice(staff_))
        sent = tried(office.send, sender, to=addressees, needs_acknowledgement=chance.random() < 0.5)
        _read(office, sent, chance)
        if sent is not None and chance.random() < 0.4:
            tried(office.send, sender, to=addressees, corrects=sent.name)
            office.notices.WithdrawNotice(notices_pb2.WithdrawNoticeRequest(name=sent.name), metadata=sender)
    deliver(people, *staff_)


def _present(people: PeopleService, names: list[str]) -> list[str]:
    listed = people.staff.ListPeople(staff.ListPeopleRequest(page_size=1000), metadata=people.everything).people
    return [name for name in names if name in {person.name for person in listed}] or [listed[0].name]


def _read(office: Office, sent: notices_pb2.Notice | None, chance: random.Random) -> None:
    if sent is None:
        return
    for receipt in office.receipts(office.people.everything, sent.name).receipts:
        if chance.random() < 0.5:
            office.read(someone(office.people, receipt.person), sent.name)


def deliver(people: PeopleService, *addressees: str) -> None:
    """Gives people an address and writes a delivery of each notice to each of them, which no channel takes up."""
    for number, person in enumerate(addressees):
        Office(people).has_mail(person, f"{number}@acme.example")
    with people.service.database.engine.begin() as connection:
        Deliveries(connection, Stamp(people.clock(), None)).sift(["smtp"])
        assert connection.execute(sa.text("select count(*) from notice_deliveries")).scalar_one()


def _let_in(people: PeopleService, units: list[str], site: str, chance: random.Random) -> None:
    calls = AccessCalls(people)
    for number in range(3):
        unit = chance.choice(units)
        outsider = calls.hire(f"X{number}", unit, site, kind=staff.EMPLOYMENT_KIND_EXTERNAL)
        given = calls.permit(outsider.name, "2026-03-20")
        if number == 1:
            request = outsiders_pb2.EndOutsideAccessRequest(name=given.name)
            calls.outsiders.EndOutsideAccess(request, metadata=people.everything)


def _reorganise(people: PeopleService, units: list[str], staff_: list[str], chance: random.Random) -> None:
    """Positions move, deputies come, a role is made, grants end: what lists of changes tell of."""
    organisation, everything, calls = people.organisation, people.everything, AccessCalls(people)
    positions = organisation.ListPositions(organisation_pb2.ListPositionsRequest(), metadata=everything).positions
    for position in positions[:3]:
        wish = organisation_pb2.Position(name=position.name, unit=chance.choice(units), effective_date="2026-03-01")
        moved = organisation_pb2.UpdatePositionRequest(position=wish, update_mask=FieldMask(paths=["unit"]))
        tried(organisation.UpdatePosition, moved, metadata=everything)
    deputy = organisation_pb2.AppointDeputyRequest(
        name=chance.choice(units), deputy=chance.choice(staff_), effective_date="2026-03-01"
    )
    tried(organisation.AppointDeputy, deputy, metadata=everything)
    calls.role("counter", "people.staff.read", token=everything)
    grants = people.access.ListGrants(access_pb2.ListGrantsRequest(), metadata=everything).grants
    for grant in [grant for grant in grants if grant.role == "roles/finance"][:1]:
        calls.revoke(grant.name, everything)


def be_refused(people: PeopleService, person: str) -> None:
    """Somebody asks for what they may not, by SEC-1."""
    caller = people.as_caller(HeldGrant(Scope.SELF, None, frozenset()), person=identifier(person))
    refused = tried(people.access.ListRoles, access_pb2.ListRolesRequest(), metadata=caller)
    assert refused is None


def signed_in_clerk(people: PeopleService, unit: str, site: str) -> Token:
    """Somebody with two sessions and an access token."""
    AccessCalls(people).hire("clerk", unit, site)
    session_of(people, "clerk")
    metadata = bearer(session_of(people, "clerk"))
    access_token(people, metadata, "people.staff.read")
    return metadata


def service_account(people: PeopleService, owner: str) -> accounts.ServiceAccount:
    """An account of a program."""
    wish = accounts.ServiceAccount(code="payroll", title=text("x"), owner=owner, end_date="2026-12-31")
    request = accounts.CreateServiceAccountRequest(service_account=wish)
    return accounts_of(people).CreateServiceAccount(request, metadata=people.everything)
