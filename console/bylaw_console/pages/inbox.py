"""The inbox: what waits for me, what I asked and decided; one decision, its course and answers (DEC-1 to DEC-3)."""

import uuid
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import leave_pb2
from bylaw.people.v1 import decisions_pb2
from flask import Response

from bylaw_console.balances import balances_of, kinds_of
from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.matters import MARKS, Matter, amount_of, facts_of, kind_of, matter_of, people_of
from bylaw_console.months import NO_SHEET
from bylaw_console.places import place_of
from bylaw_console.routes import get, post
from bylaw_console.swaps import answer_of, asked_swaps
from bylaw_console.wishes import span_of

READ = ("people.decisions.read",)
VIEWS = {
    "waiting": decisions_pb2.DECISION_VIEW_WAITING_FOR_ME,
    "asked": decisions_pb2.DECISION_VIEW_ASKED_BY_ME,
    "decided": decisions_pb2.DECISION_VIEW_DECIDED_BY_ME,
    "all": decisions_pb2.DECISION_VIEW_UNSPECIFIED,
}
ALL = "all"
ANSWERS = {
    "agree": decisions_pb2.ANSWER_KIND_AGREE,
    "refuse": decisions_pb2.ANSWER_KIND_REFUSE,
    "send_back": decisions_pb2.ANSWER_KIND_SEND_BACK,
    "opinion": decisions_pb2.ANSWER_KIND_OPINION,
}
STATEMENTS = {"dissent": decisions_pb2.ANSWER_KIND_DISSENT, "comment": decisions_pb2.ANSWER_KIND_COMMENT}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several decisions: agreed, or why not."""

    address: str
    gist: str
    problem: Any


def inbox(desk: Desk) -> Response:
    """A list of decisions; those that wait for me first."""
    return _list(desk, [])


def answer_here(desk: Desk) -> Response:
    """Answer on the list itself: agree to the chosen ones, or answer a swap; page and filter stay."""
    if desk.field("deed"):
        return _answer_swap(desk)
    outcomes = [_agree(desk, seen) for seen in desk.form.getlist("seen")]
    return _list(desk, outcomes, has_chosen_none=not outcomes)


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


def _agree(desk: Desk, seen: str) -> Outcome:
    name, step, etag = [*seen.split(" "), "", ""][:3]
    wish = decisions_pb2.AnswerDecisionRequest(
        name=f"decisions/{name}",
        step=int(step) if step.isdigit() else 0,
        answer=decisions_pb2.ANSWER_KIND_AGREE,
        etag=etag,
        request_id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{desk.request_id}/{name}")),
    )
    try:
        done = desk.ask(wish)
    except Refusal as refusal:
        return Outcome(f"/inbox/{name}", "", refusal.problem)
    return Outcome(f"/inbox/{name}", matter_of(done, desk).title, None)


def _answer_swap(desk: Desk) -> Response:
    try:
        desk.ask(answer_of(desk))
    except Refusal as refusal:
        return _list(desk, [], refusal=refusal)
    return desk.go(desk.here(), said="inbox.answered")


def _list(
    desk: Desk, outcomes: list[Outcome], *, has_chosen_none: bool = False, refusal: Refusal | None = None
) -> Response:
    view = desk.args.get("view", "waiting")
    view = view if view in VIEWS else "waiting"
    wished = desk.args.get("kind", ALL)
    wish = decisions_pb2.ListDecisionsRequest(
        view=VIEWS[view],
        kind="" if wished == ALL else wished,
        page_size=desk.rows,
        page_token=desk.args.get("page", ""),
    )
    found = desk.ask(wish) if desk.may(*READ) else decisions_pb2.ListDecisionsResponse()
    matters = [matter_of(one, desk) for one in found.decisions]
    swaps = asked_swaps(desk) if view == "waiting" and not desk.args.get("page") else []
    names = {one.decision.requester for one in matters} | {
        name for one in swaps for name in (one.swap.person, one.swap.other_person)
    }
    values: dict[str, Any] = {
        "view": view,
        "views": list(VIEWS),
        "matters": matters,
        "kinds": _kinds(desk, matters),
        "swaps": swaps,
        "outcomes": outcomes,
        "has_chosen_none": has_chosen_none,
        "following": found.next_page_token,
        "who": desk.who(*names),
    }
    if refusal is not None:
        return desk.render_again("inbox.html", refusal, **values)
    return desk.render("inbox.html", **values)


def _kinds(desk: Desk, matters: list[Matter]) -> list[tuple[str, str]]:
    """The kinds to filter by: those on the page and the one that is chosen."""
    codes = {one.decision.kind for one in matters} | {desk.args.get("kind", ALL)} - {ALL}
    return [(ALL, desk.t("inbox.all_kinds")), *sorted((code, kind_of(code, desk)) for code in codes)]


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
    if refusal is not None:
        return desk.render_again("decision.html", refusal, **values)
    return desk.render("decision.html", **values)


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
    get("/inbox", inbox),
    post("/inbox", answer_here),
    get("/inbox/<name>", decision, needs=READ),
    post("/inbox/<name>", act, needs=READ),
)
