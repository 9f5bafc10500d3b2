"""A service says who is asked, as a leave policy does: heads, and whoever holds a role; a company may stand above."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import decisions_pb2 as messages
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.refusals import Refusal

from tests.builders.decisions import AGREED, FOR_ME, SEND_BACK, Department, asked, days, refusal
from tests.databases import Databases
from tests.integration.people.decisions.asking import Asker, asker
from tests.integration.people.test_doctor import found

HEAD = messages.ProcessStep(kind=messages.STEP_KIND_HEAD)
ABOVE = messages.ProcessStep(kind=messages.STEP_KIND_HEAD, levels_up=1)
FORMAL = staff.EMPLOYMENT_KIND_FORMAL
HR = messages.ProcessStep(kind=messages.STEP_KIND_ROLE, role="roles/hr")


@pytest.fixture
def attendance(acme: Department, postgres: Databases) -> Iterator[Asker]:
    with asker(acme, postgres) as made:
        yield made


def ask(attendance: Asker, *plan: messages.ProcessStep, who: str = "wang", subject: str = "a/1") -> messages.Decision:
    """Leave of a day for somebody, with those steps."""
    wish = messages.Decision(kind="leave", subjects=[subject], quantity=days("1"), plan=plan)
    return attendance.send(who, messages.CreateDecisionRequest(decision=wish))


def give(acme: Department, who: str, role: str = "hr", unit: str = "") -> access.Grant:
    """Gives somebody a role: for a unit and all below, or for everything."""
    scope = {"scope": access.SCOPE_SUBTREE, "unit": acme.units[unit].name} if unit else {"scope": access.SCOPE_COMPANY}
    grant = access.Grant(person=acme.name(who), role=f"roles/{role}", **scope)
    made = acme.service.access.CreateGrant(
        access.CreateGrantRequest(grant=grant), metadata=acme.service.signed_in("admin")
    )
    acme.sign_in_anew()
    return made


def take(acme: Department, grant: access.Grant) -> None:
    """Takes it away."""
    admin = acme.service.signed_in("admin")
    acme.service.access.RevokeGrant(access.RevokeGrantRequest(name=grant.name), metadata=admin)
    acme.sign_in_anew()


@pytest.mark.clause("LVE-2", "DEC-2")
@pytest.mark.parametrize("plan", [(HEAD, ABOVE, HR), (HR, HEAD)])
def test_above_the_head_of_everything_is_nobody_so_that_the_other_steps_decide(
    attendance: Asker, plan: tuple[messages.ProcessStep, ...]
) -> None:
    acme = attendance.acme
    grant = give(acme, "zhou")
    decision = ask(attendance, *plan, who="lin")
    assert asked(decision) == [{acme.name("zhou")}]
    assert acme.answer("zhou", decision).state == AGREED
    take(acme, grant)
    with pytest.raises(Refusal) as refused:
        ask(attendance, *plan, who="lin", subject="a/2")
    assert refused.value.reason == "DECISION_HAS_NOBODY"


@pytest.mark.clause("LVE-2", "DEC-2")
def test_the_steps_that_a_leave_policy_names_are_asked_in_their_order(attendance: Asker) -> None:
    acme = attendance.acme
    give(acme, "zhou")
    decision = ask(attendance, HEAD, ABOVE, HR)
    assert [(step.kind, step.levels_up, step.role) for step in decision.plan] == [
        (messages.STEP_KIND_HEAD, 0, ""),
        (messages.STEP_KIND_HEAD, 1, ""),
        (messages.STEP_KIND_ROLE, 0, "roles/hr"),
    ]
    for who in ("chen", "lin"):
        assert asked(decision) == [{acme.name(who)}]
        decision = acme.answer(who, decision)
    (seat,) = decision.steps[-1].seats
    assert [(one.person, one.ground) for one in seat.asked] == [(acme.name("zhou"), messages.GROUND_ROLE)]
    assert (seat.asked[0].reason.zh, seat.asked[0].reason.en) == ("作为该角色的持有人", "as holder of the role")
    assert acme.listed("zhou", FOR_ME) == [decision.name]
    done = acme.answer("zhou", decision)
    assert (done.state, done.decided_by, done.answers[-1].ground) == (AGREED, acme.name("zhou"), messages.GROUND_ROLE)


@pytest.mark.clause("DEC-2", "SEC-1")
def test_nobody_else_says_who_is_asked(attendance: Asker) -> None:
    acme = attendance.acme
    assert refusal(lambda: acme.ask("wang", quantity=days("1"), plan=[HR])) == "DECISION_PLAN_OF_SERVICE"
    assert acme.listed("wang") == []
    own = acme.ask("wang", quantity=days("1"))
    assert [step.kind for step in own.plan] == [messages.STEP_KIND_HEAD]


@pytest.mark.clause("DEC-2")
def test_a_preview_shows_whom_each_step_would_ask_and_keeps_nothing(attendance: Asker) -> None:
    acme = attendance.acme
    give(acme, "zhou")

    def foreseen(**more: Any) -> list[set[str]]:
        shown = preview(acme, "wang", kind="leave", **more)
        assert shown.process == "processes/shipped-leave"
        return [{one.person for one in seat.asked} for step in shown.steps for seat in step.seats]

    assert foreseen(quantity=days("2")) == [{acme.name("chen")}]
    assert foreseen(quantity=days("5")) == foreseen() == [{acme.name("chen")}, {acme.name("lin")}]
    for fault, refused in (
        ({"kind": "leave", "plan": [HR]}, "DECISION_PLAN_OF_SERVICE"),
        ({"kind": "nothing"}, "DECISION_KIND_UNKNOWN"),
        ({"kind": "leave", "quantity": days("-1")}, "FIELD_INVALID"),
        ({"kind": "leave", "unit": acme.units["STOCK"].name}, "UNIT_NOT_FOUND"),
        ({"kind": "major-matter"}, "DECISION_NEEDS_HEAD"),
    ):
        assert refusal(lambda f=fault: preview(acme, "wang", **f)) == refused
    major = preview(acme, "chen", kind="major-matter")
    assert [len(step.seats) for step in major.steps] == [2, 1], "the units beside, then the head above"
    assert acme.listed("wang") == acme.listed("chen") == []


@pytest.mark.clause("LVE-2", "DEC-2")
def test_a_company_that_sets_its_own_process_stands_above_the_policy_until_it_hands_back(attendance: Asker) -> None:
    acme = attendance.acme
    (shipped,) = listed(acme)
    assert (shipped.name, shipped.steps_from_service) == ("processes/shipped-leave", True)
    acme.set_process("leave", HR)
    (own,) = listed(acme)
    assert (own.steps_from_service, own.steps[0].role) == (False, "roles/hr")
    assert list(ask(attendance, HEAD, ABOVE).plan) == list(own.steps)
    acme.set_process("leave", HR, steps_from_service=True)
    assert [step.levels_up for step in ask(attendance, HEAD, ABOVE, subject="a/2").plan] == [0, 1]
    assert list(acme.ask("wang", subjects=["a/3"]).plan) == list(own.steps), "nobody's service asked that"


@pytest.mark.clause("DEC-2", "SEC-1")
def test_who_is_given_a_role_is_asked_at_once_and_who_loses_it_no_more(attendance: Asker) -> None:
    acme = attendance.acme
    decision = acme.answer("chen", ask(attendance, HEAD, HR))
    assert asked(decision) == [{acme.name("lin")}], "nobody holds the role: the head above stands in"
    far, near = give(acme, "qian", unit="STOCK"), give(acme, "zhou", unit="SALES")
    assert (acme.listed("qian", FOR_ME), acme.listed("lin", FOR_ME)) == ([], [])
    assert acme.listed("zhou", FOR_ME) == [decision.name]
    settled(acme)
    take(acme, far)
    take(acme, near)
    assert refusal(lambda: acme.answer("zhou", decision)) == "DECISION_NOT_FOUND"
    assert acme.listed("lin", FOR_ME) == [decision.name]
    settled(acme)
    assert acme.answer("lin", decision).state == AGREED


@pytest.mark.clause("DEC-2", "SEC-2")
def test_whoever_was_gone_between_has_a_role_no_more_though_they_came_back(attendance: Asker) -> None:
    acme = attendance.acme
    people = acme.service
    give(acme, "sun")
    request = staff.EndEmploymentRequest(name=acme.name("sun"), last_date="2026-03-04")
    people.staff.EndEmployment(request, metadata=people.everything)
    place = staff.Appointment(
        unit=acme.units["STOCK"].name, site=acme.site.name, employment_kind=FORMAL, start_date="2026-03-09"
    )
    again = staff.RehirePersonRequest(name=acme.name("sun"), appointment=place)
    people.staff.RehirePerson(again, metadata=people.everything)
    decision = acme.answer("chen", ask(attendance, HEAD, HR))
    assert asked(decision) == [{acme.name("sun")}]
    people.clock.now = datetime(2026, 3, 9, 1, tzinfo=UTC)
    acme.sign_in_anew()
    acme.run_timers()
    assert {acme.name("lin")} in asked(acme.see("wang", decision)), "the head above stands in for human resources"


@pytest.mark.clause("DEC-2")
def test_what_is_sent_back_runs_again_through_the_steps_it_was_asked_with(attendance: Asker) -> None:
    acme = attendance.acme
    give(acme, "zhou")
    back = acme.answer("zhou", acme.answer("chen", ask(attendance, HEAD, HR)), SEND_BACK, "shorter")
    again = acme.resubmit("wang", back, quantity=days("1"), text="please")
    assert (asked(again), len(again.plan)) == ([{acme.name("chen")}], 2)
    assert asked(acme.answer("chen", again)) == [{acme.name("zhou")}]


@pytest.mark.clause("DEC-2")
def test_whose_own_leave_it_is_does_not_decide_it_as_human_resources(attendance: Asker) -> None:
    acme = attendance.acme
    give(acme, "wang")
    assert asked(acme.answer("chen", ask(attendance, HEAD, HR))) == [{acme.name("lin")}]


def test_a_process_names_roles_that_are_granted(attendance: Asker) -> None:
    for role in ("roles/nobody", "roles/employee", "roles/unit-head"):
        step = messages.ProcessStep(kind=messages.STEP_KIND_ROLE, role=role)
        assert refusal(lambda s=step: attendance.acme.set_process("leave", s)) == "ROLE_NOT_FOUND"
    bare = messages.ProcessStep(kind=messages.STEP_KIND_ROLE)
    assert refusal(lambda: attendance.acme.set_process("leave", bare)) == "PROCESS_UNFIT"


def preview(acme: Department, who: str, **more: Any) -> messages.DecisionPreview:
    """Whom somebody's request would ask."""
    return acme.stub.PreviewDecision(messages.PreviewDecisionRequest(**more), metadata=acme.token(who))


def listed(acme: Department) -> list[messages.Process]:
    """The processes of leave."""
    request = messages.ListProcessesRequest(kind="leave")
    return list(acme.stub.ListProcesses(request, metadata=acme.service.everything).processes)


def settled(acme: Department) -> None:
    """The doctor finds that what waits asks whom it should."""
    acme.service.events()
    acme.run_timers()
    finding = found(acme.service)["decisions"]
    assert finding.holds, finding.seen.en
    assert "0 ask others than the rule says" in finding.seen.en
