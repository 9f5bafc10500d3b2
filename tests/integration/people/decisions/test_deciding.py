"""How the department decides, through the calls: ordinary and major decisions, send back, withdraw, dissent."""

import uuid
from functools import partial

import pytest
import sqlalchemy as sa
from bylaw.people.v1 import decisions_pb2 as messages
from sqlalchemy.exc import DBAPIError

from tests.builders.decisions import (
    AGREE,
    AGREED,
    BY_ME,
    COMMENT,
    DECIDED,
    DISSENT,
    FOR_ME,
    OPINION,
    REFUSE,
    REFUSED,
    SEND_BACK,
    SENT_BACK,
    WAITING,
    WITHDRAWN,
    Department,
    asked,
    days,
    refusal,
    yuan,
)
from tests.builders.people import identifier

pytestmark = pytest.mark.postgresql15
FROM = messages.DecisionFact(key="from", value="2026-03-09")


@pytest.mark.clause("DEC-2", "ORG-3")
def test_two_days_of_leave_are_agreed_by_the_head_alone(acme: Department) -> None:
    decision = acme.ask("wang", quantity=days("2"), facts=[FROM])
    assert (decision.state, decision.clause, asked(decision)) == (WAITING, "DEC-2", [{acme.name("chen")}])
    assert acme.listed("chen", FOR_ME) == acme.listed("wang", BY_ME) == [decision.name]
    decided = acme.answer("chen", decision, text="")
    assert (decided.state, decided.decided_by) == (AGREED, acme.name("chen"))
    assert (acme.listed("chen", FOR_ME), acme.listed("chen", DECIDED)) == ([], [decision.name])
    told = [event.decision_changed for event in acme.service.events() if event.HasField("decision_changed")]
    assert [(one.state, one.decided_by) for one in told] == [(WAITING, ""), (AGREED, acme.name("chen"))]
    assert refusal(lambda: acme.answer("chen", decision)) == "DECISION_STEP_DONE"


@pytest.mark.clause("DEC-2", "LVE-2")
def test_a_week_of_leave_goes_to_the_next_head_up_as_well(acme: Department) -> None:
    decision = acme.ask("zhao", quantity=days("5"))
    assert [(step.levels_up, step.from_amount) for step in decision.plan] == [(0, ""), (1, "3")]
    second = acme.answer("chen", decision)
    assert (second.state, asked(second)) == (WAITING, [{acme.name("lin")}])
    assert refusal(lambda: acme.answer("chen", second)) == "DECISION_NOT_ASKED"
    assert acme.answer("lin", second).state == AGREED


@pytest.mark.clause("DEC-2")
def test_the_highest_head_is_not_asked_twice(acme: Department) -> None:
    decision = acme.ask("chen", quantity=days("5"))
    assert asked(decision) == [{acme.name("lin")}]
    assert acme.answer("lin", decision).decided_by == acme.name("lin")


@pytest.mark.clause("DEC-1")
def test_a_major_decision_is_proposed_by_a_head_alone(acme: Department) -> None:
    assert refusal(lambda: acme.ask("wang", "promotion-budget", money=yuan(9))) == "DECISION_NEEDS_HEAD"
    decision = acme.ask("chen", "promotion-budget", money=yuan(9), subjects=["promotions/1"])
    assert (decision.weight, decision.clause) == (messages.WEIGHT_MAJOR, "DEC-1")
    assert sorted(map(sorted, asked(decision))) == sorted([[acme.name("qian")], [acme.name("zhou")]])


@pytest.mark.clause("DEC-1")
def test_a_major_decision_is_decided_once_every_related_unit_has_agreed(acme: Department) -> None:
    decision = acme.ask("chen", "promotion-budget", money=yuan(9_000))
    after_one = acme.answer("qian", decision)
    assert (after_one.state, after_one.step) == (WAITING, decision.step)
    assert refusal(lambda: acme.answer("qian", decision)) == "DECISION_STEP_DONE"
    assert refusal(lambda: acme.answer("lin", decision)) == "DECISION_NOT_ASKED"
    after_all = acme.answer("zhou", decision)
    assert (after_all.step, asked(after_all)) == (decision.step + 1, [{acme.name("lin")}])
    assert acme.answer("lin", after_all).state == AGREED


@pytest.mark.clause("DEC-1")
def test_where_all_must_agree_one_unit_that_refuses_ends_it(acme: Department) -> None:
    decision = acme.ask("chen", "promotion-budget", money=yuan(9_000))
    assert refusal(lambda: acme.answer("qian", decision, OPINION)) == "DECISION_ANSWER_UNFIT"
    assert acme.answer("qian", decision, REFUSE, "no stock for it").state == REFUSED
    assert acme.listed("zhou", FOR_ME) == []


@pytest.mark.clause("DEC-1")
def test_where_units_are_only_heard_the_deciding_person_decides_against_their_opinion(acme: Department) -> None:
    acme.set_process(
        "promotion-budget",
        messages.ProcessStep(kind=messages.STEP_KIND_OPINION),
        messages.ProcessStep(kind=messages.STEP_KIND_HEAD),
        weight=messages.WEIGHT_MAJOR,
        opinion=messages.OPINION_RULE_HEARD,
        related_units=[acme.units["STOCK"].name, acme.units["OFFICE"].name],
    )
    decision = acme.ask("chen", "promotion-budget", money=yuan(9_000))
    acme.answer("qian", decision, REFUSE, "no stock for it")
    heard = acme.answer("zhou", decision, OPINION, "mind the paper work")
    assert acme.answer("lin", heard, AGREE).state == AGREED
    said = [(answer.person, answer.kind) for answer in acme.see("chen", decision).answers]
    assert said == [(acme.name("qian"), REFUSE), (acme.name("zhou"), OPINION), (acme.name("lin"), AGREE)]


@pytest.mark.clause("DEC-2")
def test_what_is_sent_back_is_asked_again_from_the_first_step_and_its_history_is_kept(acme: Department) -> None:
    decision = acme.ask("wang", quantity=days("9"), text="a trip")
    back = acme.answer("chen", acme.see("chen", decision), SEND_BACK, "shorter, please")
    assert (back.state, acme.listed("chen", FOR_ME)) == (SENT_BACK, [])
    assert refusal(lambda: acme.answer("chen", decision)) == "DECISION_STEP_DONE"
    assert refusal(lambda: acme.resubmit("zhao", back)) == "DECISION_NOT_FOUND"
    assert refusal(lambda: acme.resubmit("chen", back)) == "DECISION_NOT_OWN"
    again = acme.resubmit("wang", back, quantity=days("2"), text="a short trip")
    assert (again.state, again.round, asked(again)) == (WAITING, 2, [{acme.name("chen")}])
    assert refusal(lambda: acme.answer("chen", decision)) == "DECISION_STEP_DONE"
    assert acme.answer("chen", again).state == AGREED
    assert [(one.round, one.quantity.value, one.text) for one in acme.see("wang", again).rounds] == [
        (1, "9", "a trip"),
        (2, "2", "a short trip"),
    ]
    assert refusal(lambda: acme.resubmit("wang", again)) == "DECISION_NOT_SENT_BACK"


def test_the_requester_alone_takes_a_request_back_and_only_before_it_is_decided(acme: Department) -> None:
    decision = acme.ask("wang", quantity=days("1"))
    assert refusal(lambda: acme.withdraw("chen", decision)) == "DECISION_NOT_OWN"
    assert refusal(lambda: acme.withdraw("wang", decision, etag="99")) == "DECISION_CHANGED"
    withdrawn = acme.withdraw("wang", decision, etag=decision.etag, text="the trip is off")
    assert (withdrawn.state, acme.listed("chen", FOR_ME)) == (WITHDRAWN, [])
    assert refusal(lambda: acme.answer("chen", decision)) == "DECISION_STEP_DONE"
    assert refusal(lambda: acme.withdraw("wang", decision)) == "DECISION_OVER"


@pytest.mark.clause("DEC-3")
def test_a_different_opinion_stays_on_record_before_and_after_the_decision(acme: Department) -> None:
    decision = acme.ask("chen", "promotion-budget", money=yuan(9_000))
    acme.answer("zhou", decision)
    acme.state("sun", decision, DISSENT, "the shelves are full")
    decided = acme.answer("lin", acme.answer("qian", decision))
    assert decided.state == AGREED
    acme.state("qian", decision, DISSENT, "I agreed too early")
    acme.state("chen", decision, COMMENT, "noted")
    answers = acme.see("lin", decision).answers
    assert [(one.person, one.text) for one in answers if one.kind == DISSENT] == [
        (acme.name("sun"), "the shelves are full"),
        (acme.name("qian"), "I agreed too early"),
    ]
    assert acme.see("lin", decision).state == AGREED


@pytest.mark.clause("DEC-3")
def test_nobody_takes_back_or_changes_what_was_said_not_even_in_the_database(acme: Department) -> None:
    acme.state("wang", acme.ask("wang", quantity=days("1")), COMMENT, "soon, please")
    for statement in ("update decision_answers set text = 'else'", "delete from decision_answers"):
        with pytest.raises(DBAPIError), acme.service.service.database.engine.begin() as connection:
            connection.execute(sa.text(statement))


@pytest.mark.clause("DEC-3")
def test_whoever_does_not_agree_says_why(acme: Department) -> None:
    decision = acme.ask("wang", quantity=days("1"))
    for kind in (REFUSE, SEND_BACK):
        assert refusal(partial(acme.answer, "chen", decision, kind, text=" ")) == "DECISION_NEEDS_TEXT"


def test_an_answer_to_what_was_changed_since_is_refused(acme: Department) -> None:
    decision = acme.ask("wang", quantity=days("1"))
    assert refusal(lambda: acme.answer("chen", decision, etag="99")) == "DECISION_CHANGED"
    assert acme.answer("chen", decision, etag=decision.etag).state == AGREED


def test_the_same_wish_again_asks_once_and_answers_once(acme: Department) -> None:
    first = acme.ask("wang", quantity=days("1"), request_id="one wish")
    assert acme.ask("wang", quantity=days("1"), request_id="one wish") == first
    answers = [acme.answer("chen", first, request_id="one answer") for _ in range(2)]
    assert answers[0] == answers[1]
    assert acme.listed("wang", BY_ME) == [first.name]


WRONG = (
    {"subjects": ["no name"]},
    {"subjects": ["a/b"] * 21},
    {"facts": [FROM, FROM]},
    {"facts": [messages.DecisionFact(key="Nein", value="")]},
    {"facts": [messages.DecisionFact(key="a", value="x" * 501)]},
    {"quantity": days("NaN")},
    {"quantity": days("-1")},
    {"quantity": days("1e30")},
    {"text": "x" * 4_001},
    {"text": "a null \0 character"},
    {"kind": "Leave"},
)


def test_what_a_request_cannot_hold_is_refused_and_nothing_is_kept(acme: Department) -> None:
    assert {refusal(partial(acme.ask, "wang", **wrong)) for wrong in WRONG} == {"FIELD_INVALID"}
    assert acme.listed("wang") == []


def test_a_kind_without_a_process_and_a_unit_that_is_not_ones_own_are_refused(acme: Department) -> None:
    assert refusal(lambda: acme.ask("wang", "world-peace")) == "DECISION_KIND_UNKNOWN"
    assert refusal(lambda: acme.ask("wang", unit=acme.units["STOCK"].name)) == "UNIT_NOT_FOUND"
    assert refusal(lambda: acme.ask("wang", unit=f"units/{uuid.uuid4()}")) == "UNIT_NOT_FOUND"


@pytest.mark.clause("DEC-2")
def test_what_nobody_could_decide_is_refused_at_once(acme: Department) -> None:
    assert refusal(lambda: acme.ask("lin", quantity=days("1"))) == "DECISION_HAS_NOBODY"
    assert acme.listed("lin") == []


def test_the_feed_tells_where_a_decision_stands_and_nothing_of_what_was_said(acme: Department) -> None:
    decision = acme.ask("wang", quantity=days("1"), text="a sick child", facts=[FROM])
    acme.answer("chen", decision, REFUSE, "not this week")
    told = [event for event in acme.service.events() if event.HasField("decision_changed")]
    assert [event.decision_changed.state for event in told] == [WAITING, REFUSED]
    for event in told:
        wire = event.SerializeToString()
        assert not any(word in wire for word in (b"sick", b"week", b"2026-03-09"))
    assert identifier(told[0].decision_changed.requester) == identifier(acme.name("wang"))
