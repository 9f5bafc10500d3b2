"""The inbox: what waits for me, what I asked and decided; agreed to one by one or several at once (DEC-2, HRS-2)."""

import uuid
from dataclasses import dataclass
from typing import Any

from bylaw.people.v1 import decisions_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.matters import Matter, kind_of, matter_of
from bylaw_console.routes import get, post
from bylaw_console.swaps import answer_of, asked_swaps

READ = ("people.decisions.read",)
VIEWS = {
    "waiting": decisions_pb2.DECISION_VIEW_WAITING_FOR_ME,
    "asked": decisions_pb2.DECISION_VIEW_ASKED_BY_ME,
    "decided": decisions_pb2.DECISION_VIEW_DECIDED_BY_ME,
    "all": decisions_pb2.DECISION_VIEW_UNSPECIFIED,
}
ALL = "all"


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
    return desk.show("inbox.html", refusal, **values)


def _kinds(desk: Desk, matters: list[Matter]) -> list[tuple[str, str]]:
    """The kinds to filter by: those on the page and the one that is chosen."""
    codes = {one.decision.kind for one in matters} | {desk.args.get("kind", ALL)} - {ALL}
    return [(ALL, desk.t("inbox.all_kinds")), *sorted((code, kind_of(code, desk)) for code in codes)]


ROUTES = (
    get("/inbox", inbox),
    post("/inbox", answer_here),
)
