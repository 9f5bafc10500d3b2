"""One decision: its facts, who is asked and why, what was said, and the answers to it (DEC-1 to DEC-3)."""

from typing import Any

from bylaw.attendance.v1 import leave_pb2
from bylaw.people.v1 import decisions_pb2
from flask import Response

from bylaw_console.balances import balances_of, kinds_of
from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.matters import MARKS, amount_of, facts_of, kind_of, matter_of, people_of
from bylaw_console.months import NO_SHEET
from bylaw_console.places import place_of
from bylaw_console.routes import get, post
from bylaw_console.wishes import span_of

READ = ("people.decisions.read",)
ANSWERS = {
    "agree": decisions_pb2.ANSWER_KIND_AGREE,
    "refuse": decisions_pb2.ANSWER_KIND_REFUSE,
    "send_back": decisions_pb2.ANSWER_KIND_SEND_BACK,
    "opinion": decisions_pb2.ANSWER_KIND_OPINION,
}
STATEMENTS = {"dissent": decisions_pb2.ANSWER_KIND_DISSENT, "comment": decisions_pb2.ANSWER_KIND_COMMENT}


def decision(desk: Desk, name: str) -> Response:
    """One decision."""
    return _show(desk, name)


def act(desk: Desk, name: str) -> Response:
    """Answer a decision, put something on record, or take back what I asked."""
    deeds = {"statement": _state, "take_back": _take_back, "resubmit": _resubmit}
    deed = deeds.get(desk.field("deed"), _answer)
    return deed(desk, name)


def _answer(desk: Desk, name: str) -> Response:
    kind = desk.field("answer")
    wish = decisions_pb2.AnswerDecisionRequest(
        name=f"decisions/{name}",
        step=desk.chosen("step"),
        answer=ANSWERS.get(kind, decisions_pb2.ANSWER_KIND_UNSPECIFIED),
        text=desk.field("text"),
        etag=desk.field("etag"),
        request_id=desk.request_id,
    )
    try:
        done = desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, name, refusal)
    return desk.go("/inbox", said=f"answered.{kind}", what=matter_of(done, desk).title)


def _state(desk: Desk, name: str) -> Response:
    kind = STATEMENTS.get(desk.field("kind"), decisions_pb2.ANSWER_KIND_COMMENT)
    wish = decisions_pb2.AddStatementRequest(
        name=f"decisions/{name}", kind=kind, text=desk.field("statement"), request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, name, refusal)
    return desk.go(path_of("inbox", name), said="inbox.stated")


def _take_back(desk: Desk, name: str) -> Response:
    wish = decisions_pb2.WithdrawDecisionRequest(
        name=f"decisions/{name}", etag=desk.field("etag"), request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, name, refusal)
    return desk.go(path_of("inbox", name), said="inbox.taken_back")


def _resubmit(desk: Desk, name: str) -> Response:
    """Ask again for what was sent back, with other words; its facts and amount stay."""
    found = desk.ask(decisions_pb2.GetDecisionRequest(name=f"decisions/{name}"))
    anew = decisions_pb2.Decision(facts=found.facts)
    match found.WhichOneof("amount"):
        case "money":
            anew.money.CopyFrom(found.money)
        case "quantity":
            anew.quantity.CopyFrom(found.quantity)
    wish = decisions_pb2.ResubmitDecisionRequest(
        name=found.name, decision=anew, etag=desk.field("etag"), request_id=desk.request_id
    )
    wish.decision.text = desk.field("text")
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, name, refusal)
    return desk.go(path_of("inbox", name), said="inbox.asked_again")


def _show(desk: Desk, name: str, refusal: Refusal | None = None) -> Response:
    found = desk.ask(decisions_pb2.GetDecisionRequest(name=f"decisions/{name}"))
    beside = _beside_leave(desk, found)
    people = {*people_of(found), *(one.person for one, _ in beside.get("off", []))}
    values: dict[str, Any] = {
        "decision": found,
        "kind": kind_of(found.kind, desk),
        "gist": matter_of(found, desk).gist,
        "facts": facts_of(found, desk),
        "amount": amount_of(found, desk),
        "mark": MARKS.get(found.state, "plain"),
        "waits": found.state == decisions_pb2.DECISION_STATE_WAITING,
        "is_asked": _is_asked(desk, found),
        "is_mine": found.requester == desk.me.person,
        "is_back": found.state == decisions_pb2.DECISION_STATE_SENT_BACK,
        "off": beside.get("off", []),
        "balances": beside.get("balances", []),
        "is_leave": bool(beside),
        "subject": next(filter(None, (place_of(subject, desk) for subject in found.subjects)), ""),
        "who": desk.who(*people),
    }
    return desk.show("decision.html", refusal, **values)


def _is_asked(desk: Desk, found: decisions_pb2.Decision) -> bool:
    """Whether the step that waits asks whoever is signed in; people decides when they answer."""
    if found.state != decisions_pb2.DECISION_STATE_WAITING:
        return False
    seats = [seat for step in found.steps if step.number == found.step for seat in step.seats]
    return any(asked.person == desk.me.person for seat in seats if not seat.answered for asked in seat.asked)


def _beside_leave(desk: Desk, found: decisions_pb2.Decision) -> dict[str, Any]:
    """Of leave: who else of the unit is off on these days, and what the requester has left; else nothing."""
    facts = {fact.key: fact.value for fact in found.facts}
    is_leave = found.kind == "leave" and "start_date" in facts and found.requester != desk.me.person
    if not is_leave or not desk.may("attendance.leave.read"):
        return {}
    wish = leave_pb2.ListLeaveRequestsRequest(
        parent=found.unit,
        state=leave_pb2.LEAVE_REQUEST_STATE_AGREED,
        start_date=facts["start_date"],
        end_date=facts.get("end_date", ""),
        page_size=desk.rows,
    )
    refused = ("UNIT_NOT_FOUND", "PERSON_NOT_FOUND", *NO_SHEET)
    off = desk.ask_or(leave_pb2.ListLeaveRequestsResponse(), wish, *refused).leave_requests
    return {
        "off": [(one, span_of(one, desk)) for one in off if one.person != found.requester],
        "balances": balances_of(desk, found.requester, kinds_of(desk)),
    }


ROUTES = (
    get("/inbox/<name>", decision, needs=READ),
    post("/inbox/<name>", act, needs=READ),
)
