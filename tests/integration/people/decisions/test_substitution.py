"""Delegates, deputies and the next head up; and nobody decides what they asked for, whatever they become meanwhile."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from bylaw.people.v1 import decisions_pb2 as messages
from bylaw.people.v1 import staff_pb2 as staff
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions

from tests.builders.decisions import AGREED, FOR_ME, WAITING, Department, asked, days, refusal
from tests.builders.organisation import Changes
from tests.builders.people import identifier

pytestmark = pytest.mark.postgresql15


@pytest.mark.clause("DEC-2")
def test_a_delegate_decides_for_the_time_of_the_delegation_and_no_longer(acme: Department) -> None:
    waiting = acme.ask("wang", quantity=days("1"))
    given = acme.delegate("chen", "zhao", kinds=["leave"])
    assert acme.listed("zhao", FOR_ME) == [waiting.name]
    shown = {one.person: one for one in acme.see("wang", waiting).steps[0].seats[0].asked}
    assert shown[acme.name("zhao")].ground == messages.GROUND_DELEGATE
    assert shown[acme.name("zhao")].in_place_of == acme.name("chen")
    decided = acme.answer("zhao", waiting)
    assert (decided.state, decided.decided_by, decided.answers[0].in_place_of) == (
        AGREED,
        acme.name("zhao"),
        acme.name("chen"),
    )
    later = acme.ask("wang", quantity=days("1"), subjects=["leaveRequests/2"])
    request = messages.EndDelegationRequest(name=given.name)
    assert acme.stub.EndDelegation(request, metadata=acme.token("chen")).HasField("end_time")
    assert acme.listed("zhao", FOR_ME) == []
    assert refusal(lambda: acme.answer("zhao", later)) == "DECISION_NOT_FOUND"
    assert refusal(lambda: acme.stub.EndDelegation(request, metadata=acme.token("chen"))) == "DELEGATION_ENDED"
    assert refusal(lambda: acme.stub.EndDelegation(request, metadata=acme.token("qian"))) == "DELEGATION_NOT_FOUND"


@pytest.mark.clause("DEC-2")
def test_other_kinds_and_other_days_are_not_delegated(acme: Department) -> None:
    acme.delegate("chen", "zhao", kinds=["price-change"])
    acme.delegate("chen", "wang", start_date="2026-03-10", until="2026-03-11")
    decision = acme.ask("sun", quantity=days("1"))
    assert asked(decision) == [{acme.name("qian")}]
    assert asked(acme.ask("zhao", quantity=days("1"))) == [{acme.name("chen")}]


@pytest.mark.clause("DEC-2")
def test_a_delegate_who_is_away_too_is_not_asked(acme: Department) -> None:
    acme.delegate("chen", "qian", away=True)
    acme.delegate("qian", "sun", away=True)
    assert asked(acme.ask("wang", quantity=days("1"))) == [{acme.name("lin")}]


@pytest.mark.clause("DEC-2")
def test_a_delegation_is_a_heads_to_somebody_else_they_can_name_and_for_a_time(acme: Department) -> None:
    assert refusal(lambda: acme.delegate("wang", "zhao")) == "PERMISSION_MISSING"
    assert refusal(lambda: acme.delegate("chen", "chen")) == "DELEGATION_TO_SELF"
    assert refusal(lambda: acme.delegate("chen", "sun")) == "PERSON_NOT_FOUND"
    assert refusal(lambda: acme.delegate("chen", "zhao", until="2028-01-01")) == "FIELD_INVALID"
    assert refusal(lambda: acme.delegate("chen", "zhao", start_date="2026-03-01")) == "FIELD_INVALID"
    assert refusal(lambda: acme.delegate("chen", "zhao", kinds=["peace"])) == "DECISION_KIND_UNKNOWN"
    given = acme.delegate("chen", "qian", kinds=["leave"])
    for who, seen in {"chen": [given], "qian": [given], "sun": [], "lin": [given]}.items():
        found = acme.stub.ListDelegations(messages.ListDelegationsRequest(), metadata=acme.token(who)).delegations
        assert list(found) == seen, who


@pytest.mark.clause("DEC-2", "ORG-3")
def test_the_deputy_decides_while_the_head_is_away_and_never_on_their_own_request(acme: Department) -> None:
    waiting, own = acme.ask("zhao", quantity=days("1")), acme.ask("wang", quantity=days("1"))
    Changes(acme.service).deputy(acme.units["SALES"].name, acme.name("wang"), "2026-03-02")
    acme.sign_in_anew()
    acme.run_timers()
    assert acme.listed("wang", FOR_ME) == []
    acme.delegate("chen", "qian", kinds=["price-change"], away=True)
    assert (acme.listed("chen", FOR_ME), acme.listed("wang", FOR_ME)) == ([], [waiting.name])
    assert asked(acme.see("wang", own)) == [{acme.name("lin")}]
    assert refusal(lambda: acme.answer("wang", own)) == "DECISION_OWN"
    decided = acme.answer("wang", waiting)
    assert (decided.state, decided.answers[0].ground) == (AGREED, messages.GROUND_DEPUTY)
    assert decided.answers[0].in_place_of == acme.name("chen")


@pytest.mark.clause("DEC-2")
def test_nobody_decides_their_own_request_as_the_delegate_of_the_decider(acme: Department) -> None:
    acme.delegate("chen", "wang", away=True)
    decision = acme.ask("wang", quantity=days("1"))
    assert asked(decision) == [{acme.name("lin")}]
    assert refusal(lambda: acme.answer("wang", decision)) == "DECISION_OWN"
    reason = decision.steps[0].seats[0].asked[0].reason
    assert (reason.zh, reason.en) == (
        "作为上一级负责人代行，因原决定人不在",
        "as the next head up, because the decider is away",
    )


@pytest.mark.clause("DEC-2", "ORG-3")
def test_nobody_decides_their_own_request_as_the_new_head_after_a_reorganisation(acme: Department) -> None:
    decision = acme.ask("wang", quantity=days("1"))
    acme.service.head(acme.units["SALES"].name, acme.name("wang"), "2026-03-02")
    acme.sign_in_anew()
    acme.run_timers()
    assert acme.listed("wang", FOR_ME) == []
    assert refusal(lambda: acme.answer("wang", decision)) == "DECISION_OWN"
    assert refusal(lambda: acme.answer("chen", decision)) == "DECISION_NOT_FOUND"
    assert acme.answer("lin", decision).state == AGREED


@pytest.mark.clause("DEC-2", "SEC-1")
def test_a_grant_obtained_meanwhile_lets_nobody_in(acme: Department) -> None:
    decision = acme.ask("wang", quantity=days("1"))
    everything = HeldGrant(Scope.COMPANY, None, known_permissions())
    for who, reason in {"wang": "DECISION_OWN", "sun": "DECISION_NOT_ASKED"}.items():
        token = acme.service.as_caller(everything, person=identifier(acme.name(who)))
        request = messages.AnswerDecisionRequest(
            name=decision.name, step=decision.step, answer=messages.ANSWER_KIND_AGREE
        )
        assert refusal(lambda r=request, t=token: acme.stub.AnswerDecision(r, metadata=t)) == reason


@pytest.mark.clause("DEC-2")
def test_a_decider_who_loses_the_post_between_steps_decides_no_more_even_before_anybody_noticed(
    acme: Department,
) -> None:
    decision = acme.ask("zhao", quantity=days("5"))
    second = acme.answer("chen", decision)
    assert asked(second) == [{acme.name("lin")}]
    acme.service.head(acme.units["ACME"].name, acme.name("zhou"), "2026-03-02")
    assert refusal(lambda: acme.answer("lin", second)) == "DECISION_NOT_ASKED"
    acme.run_timers()
    assert refusal(lambda: acme.answer("lin", second)) == "DECISION_NOT_FOUND"
    assert acme.listed("zhou", FOR_ME) == [second.name]
    assert acme.answer("zhou", second).state == AGREED


@pytest.mark.clause("DEC-2", "ORG-3")
def test_a_decider_who_leaves_is_stood_in_for_from_the_day_after_the_last(acme: Department) -> None:
    people = acme.service
    decision = acme.ask("zhao", quantity=days("1"))
    people.head(acme.units["SALES"].name, acme.name("wang"), "2026-03-07")
    request = staff.EndEmploymentRequest(name=acme.name("chen"), last_date="2026-03-06")
    people.staff.EndEmployment(request, metadata=people.everything)
    acme.run_timers()
    assert acme.listed("chen", FOR_ME) == [decision.name]
    people.clock.now = datetime(2026, 3, 7, 4, tzinfo=UTC)
    acme.sign_in_anew()
    acme.run_timers()
    assert asked(acme.see("zhao", decision)) == [{acme.name("wang"), acme.name("lin")}], "and it is overdue by now"
    assert acme.answer("wang", decision).state == AGREED


@pytest.mark.clause("DEC-2")
def test_what_is_due_is_reminded_of_and_what_is_overdue_goes_up_each_once(acme: Department) -> None:
    decision = acme.ask("zhao", quantity=days("1"))
    acme.service.clock.pass_time(hours=49)
    acme.sign_in_anew()
    acme.run_timers()
    seat = acme.see("zhao", decision).steps[0].seats[0]
    assert seat.HasField("remind_time")
    assert not seat.HasField("escalate_time")
    assert {one.person for one in seat.asked} == {acme.name("chen")}
    acme.service.clock.pass_time(hours=48)
    acme.sign_in_anew()
    acme.run_timers()
    acme.run_timers()
    late = acme.see("zhao", decision)
    assert asked(late) == [{acme.name("chen"), acme.name("lin")}]
    grounds = {one.person: one.ground for one in late.steps[0].seats[0].asked}
    assert grounds[acme.name("lin")] == messages.GROUND_OVERDUE
    assert late.steps[0].seats[0].remind_time == seat.remind_time
    assert notices(acme, "chen", decision) == 2
    assert notices(acme, "lin", decision) == 1
    assert acme.answer("lin", late).state == AGREED


@pytest.mark.clause("DEC-2")
def test_processes_hold_from_their_date_and_old_requests_go_on_by_what_held_then(acme: Department) -> None:
    old = acme.ask("wang", quantity=days("1"))
    zhou = messages.ProcessStep(kind=messages.STEP_KIND_PERSON, person=acme.name("zhou"))
    head = messages.ProcessStep(kind=messages.STEP_KIND_HEAD)
    sales = acme.units["SALES"].name
    acme.set_process("leave", zhou, unit=sales, effective_date="2026-03-03")
    acme.set_process("leave", head, zhou)
    assert asked(acme.ask("wang", quantity=days("1"), subjects=["a/2"])) == [{acme.name("chen")}]
    acme.service.clock.pass_time(days=1)
    acme.sign_in_anew()
    new = acme.ask("wang", quantity=days("1"), subjects=["a/3"])
    assert asked(new) == [{acme.name("zhou")}]
    assert asked(acme.ask("sun", quantity=days("1"))) == [{acme.name("qian")}]
    assert acme.answer("chen", old).state == AGREED
    assert (old.process, new.process == old.process) == ("processes/shipped-leave", False)
    acme.set_process("leave", unit=sales, retired=True)
    back = acme.ask("wang", quantity=days("1"), subjects=["a/4"])
    assert (asked(back), back.state) == ([{acme.name("chen")}], WAITING)


def test_processes_are_set_within_reach_and_name_only_what_exists(acme: Department) -> None:
    head = messages.ProcessStep(kind=messages.STEP_KIND_HEAD)
    nobody = messages.ProcessStep(kind=messages.STEP_KIND_PERSON, person="people/018f0000-0000-7000-8000-000000000000")
    assert refusal(lambda: acme.set_process("leave", nobody)) == "PERSON_NOT_FOUND"
    assert refusal(lambda: acme.set_process("leave")) == "PROCESS_UNFIT"
    assert refusal(lambda: acme.set_process("leave", head, effective_date="2026-03-01")) == "FIELD_INVALID"
    sales = HeldGrant(Scope.SUBTREE, identifier(acme.units["SALES"].name), frozenset({"people.processes.set"}))
    token = acme.service.as_caller(sales)

    def set_for(unit: str) -> messages.Process:
        wish = messages.Process(kind="leave", weight=messages.WEIGHT_ORDINARY, steps=[head], unit=unit)
        return acme.stub.SetProcess(messages.SetProcessRequest(process=wish), metadata=token)

    assert refusal(lambda: set_for("")) == "PERMISSION_MISSING"
    assert refusal(lambda: set_for(acme.units["STOCK"].name)) == "UNIT_NOT_FOUND"
    made = set_for(acme.units["ONLINE"].name)
    listed = messages.ListProcessesRequest(kind="leave")
    for who, names in {
        "zhao": ["processes/shipped-leave", made.name],
        "lin": ["processes/shipped-leave", made.name],
        "sun": ["processes/shipped-leave"],
    }.items():
        found = acme.stub.ListProcesses(listed, metadata=acme.token(who)).processes
        assert [process.name for process in found] == names, who


def notices(acme: Department, who: str, decision: messages.Decision) -> int:
    """How many notices about a decision somebody got."""
    statement = sa.text(
        "select count(*) from notice_addressees a join notices n on n.id = a.notice"
        " where a.person = :person and n.about = :about"
    )
    given = {"person": identifier(acme.name(who)), "about": decision.name}
    with acme.service.service.database.read() as connection:
        return int(connection.execute(statement, given).scalar_one())
