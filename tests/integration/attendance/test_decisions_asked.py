"""What attendance asks people to decide: asked for the user, noted whatever is lost, and its end has one effect."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

import grpc
import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import decisions_pb2
from bylaw_attendance.neighbours import ASKED
from bylaw_chassis.call import in_call, new_call
from bylaw_chassis.database import Work
from bylaw_chassis.decisions import asked_decisions
from bylaw_chassis.decisions.ask_people import AskPeople
from bylaw_chassis.decisions.desk import PeopleDesk
from bylaw_chassis.decisions.line import DecisionLine
from bylaw_chassis.decisions.wish import Amount, DecisionEnd, DecisionWish
from bylaw_chassis.member import Member, member
from bylaw_chassis.refusals import Refusal
from bylaw_hooks.leave import Step

from tests.builders.attendance import migrated_url, settings
from tests.builders.decisions import AGREE, Department, department
from tests.builders.people import url_of_admin
from tests.databases import Databases

WISH = DecisionWish("leave", "leaveRequests/1", (("kind", "annual"),), Amount(Decimal("2.5"), "day"), "a wedding")


@dataclass
class Office:
    """Attendance beside a department, with an effect that only counts."""

    acme: Department
    own: Member
    line: DecisionLine
    ends: list[DecisionEnd]
    people: AskPeople = field(init=False)

    def __post_init__(self) -> None:
        desk = PeopleDesk(self.acme.service.channel, self.own.neighbours, ASKED)
        self.people = AskPeople(self.own.database, desk, asked_decisions)

    def ask(self, wish: DecisionWish = WISH, *, who: str = "wang") -> UUID:
        """Asks inside somebody's call, and forgets what was answered."""
        with in_call(new_call("/attendance/Ask", dict(self.acme.token(who)), 30)):
            return self.people.ask(wish)

    def withdraw(self, decision: UUID, *, who: str = "wang") -> None:
        """Takes it back inside somebody's call."""
        with in_call(new_call("/attendance/Ask", dict(self.acme.token(who)), 30)):
            self.people.withdraw(decision)

    def learn(self) -> int:
        """Reads people's feed to its end, and has what has ended take effect."""
        self.own.follower.catch_up()
        return self.line.outcomes.apply(self.own.database)

    def asked(self, *subjects: str) -> dict[str, UUID]:
        """What is noted about these."""
        with self.own.database.read() as connection:
            return self.people.asked(connection, subjects)


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with department(postgres) as acme:
        url, ends = migrated_url(postgres), list[DecisionEnd]()

        def count(_: Work, end: DecisionEnd) -> None:
            ends.append(end)

        line = DecisionLine("attendance", {"leave": count})
        channels: dict[str, grpc.Channel] = {"people": acme.service.channel}
        own = member("attendance", settings(url), channels, clock=acme.service.clock, handlers=line.hearers())
        try:
            yield Office(acme, own, line, ends)
        finally:
            own.database.close()
            postgres.drop(url_of_admin(postgres, url))


@pytest.mark.clause("DEC-2", "LVE-2")
def test_what_is_asked_again_is_the_same_decision_and_its_end_has_one_effect(office: Office) -> None:
    decision = office.ask()
    assert office.ask() == decision
    seen = office.acme.see("wang", _named(decision))
    assert (seen.asking_service, seen.quantity.value, seen.text) == ("attendance", "2.5", "a wedding")
    assert [(one.key, one.value) for one in seen.facts] == [("kind", "annual")]

    office.acme.answer("chen", seen, AGREE)
    assert office.learn() == 1
    assert office.learn() == 0
    (end,) = office.ends
    assert (end.decision, end.subject, end.agreed) == (decision, WISH.subject, True)
    assert f"people/{end.by}" == office.acme.name("chen")


@pytest.mark.clause("DEC-2")
def test_an_asking_whose_answer_was_lost_is_known_from_peoples_feed(office: Office) -> None:
    decision = office.ask()
    assert office.asked(WISH.subject) == {}, "nobody noted it"
    office.learn()
    assert office.asked(WISH.subject, "leaveRequests/2") == {WISH.subject: decision}


@pytest.mark.clause("DEC-2")
def test_what_is_taken_back_ends_so_and_what_was_decided_is_not_taken_back(office: Office) -> None:
    office.withdraw(office.ask())
    office.learn()
    assert [end.state for end in office.ends] == ["withdrawn"]

    again = office.ask()
    office.acme.answer("chen", office.acme.see("wang", _named(again)), AGREE)
    with pytest.raises(Refusal) as refused:
        office.withdraw(again)
    assert refused.value.reason == "DECISION_OVER"


@pytest.mark.clause("DEC-2")
@pytest.mark.parametrize("kind", ["overtime", "rota-swap"])
def test_overtime_and_swaps_are_for_the_head_alone(office: Office, kind: str) -> None:
    decision = office.ask(WISH._replace(kind=kind, subject="things/1", amount=Amount(Decimal(40), "day")))
    plan = office.acme.see("wang", _named(decision)).plan
    assert [step.levels_up for step in plan] == [0]


@pytest.mark.clause("LVE-2", "DEC-2")
def test_each_step_of_a_leave_policy_is_asked_of_whom_it_names(office: Office) -> None:
    acme = office.acme
    for role, who in {"hr": "zhou", "operations-director": "qian"}.items():
        grant = access.Grant(person=acme.name(who), role=f"roles/{role}", scope=access.SCOPE_COMPANY)
        acme.service.access.CreateGrant(access.CreateGrantRequest(grant=grant), metadata=acme.service.everything)
    order = ["chen", "lin", "zhou", "qian"]
    wish = WISH._replace(steps=tuple(Step))
    with in_call(new_call("/attendance/Ask", dict(acme.token("wang")), 30)):
        foreseen = office.people.foreseen(wish)
    assert [[f"people/{one.person}" for one in step] for step in foreseen] == [[acme.name(who)] for who in order]
    decision = acme.see("wang", _named(office.ask(wish)))
    for who in order:
        decision = acme.answer(who, decision, AGREE)
    assert decision.decided_by == acme.name("qian")


def test_while_people_does_not_answer_nobody_knows_whom_it_would_ask(office: Office) -> None:
    nowhere = PeopleDesk(grpc.insecure_channel("127.0.0.1:1"), office.own.neighbours)
    away = AskPeople(office.own.database, nowhere, asked_decisions)
    with in_call(new_call("/attendance/Preview", dict(office.acme.token("wang")), 30)):
        assert away.foreseen(WISH) == ()
        with pytest.raises(Refusal, match="DECISION_KIND_UNKNOWN"):
            office.people.foreseen(WISH._replace(kind="nothing"))


def _named(decision: UUID) -> decisions_pb2.Decision:
    return decisions_pb2.Decision(name=f"decisions/{decision}")
