"""The rulebook: every clause in its own words as of any day, what enforces it, and how often it spoke (RUL-1)."""

from collections import Counter
from typing import Any

from bylaw.attendance.v1 import sheets_pb2
from bylaw.people.v1 import rulebook_pb2
from bylaw.types.v1 import localized_text_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post
from bylaw_console.standing import NOTHING, standings

MOST = 1000
REVISE = ("people.clauses.revise",)
USES = {
    "people.clause_use.read": rulebook_pb2.ListClauseUseRequest,
    "attendance.clause_use.read": sheets_pb2.ListClauseUseRequest,
}
"""Which permission shows how often clauses spoke, and where that is asked."""


def clauses(desk: Desk) -> Response:
    """All clauses as of a day."""
    on, typed = desk.args.get("on", ""), desk.args.get("q", "").strip()
    found = desk.ask(rulebook_pb2.ListClausesRequest(as_of_date=on)).clauses
    shown = [one for one in found if not typed or typed.lower() in _told(one)]
    return desk.render(
        "clauses.html",
        clauses=[(one, standings().get(_id(one), NOTHING)) for one in shown],
        spoken=_spoken(desk),
        on=on,
        wished=typed,
        count=len(found),
    )


def clause(desk: Desk, name: str) -> Response:
    """One clause, in both languages, with its history, what enforces it, and where it spoke."""
    return _clause_page(desk, name)


def revise(desk: Desk, name: str) -> Response:
    """Word it anew from a day on; what was written stays on record, and no rule changes by it."""
    wording = localized_text_pb2.LocalizedText(zh=desk.field("zh"), en=desk.field("en"))
    wish = rulebook_pb2.ReviseClauseRequest(
        name=f"clauses/{name}",
        wording=wording,
        effective_date=desk.field("effective_date"),
        reason=desk.field("reason"),
        etag=desk.field("etag"),
        request_id=desk.request_id,
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _clause_page(desk, name, refusal)
    return desk.go(path_of("clauses", name), said="clauses.revised")


def _clause_page(desk: Desk, name: str, refusal: Refusal | None = None) -> Response:
    on = desk.args.get("on", "")
    found = desk.ask(rulebook_pb2.GetClauseRequest(name=f"clauses/{name}", as_of_date=on))
    written = desk.ask(rulebook_pb2.ListClauseRevisionsRequest(parent=found.name)).revisions
    given: dict[str, Any] = {
        "clause": found,
        "id": name,
        "on": on,
        "written": written,
        "who": desk.who(*(one.reviser for one in written)),
        "standing": standings().get(name, NOTHING),
        "spoken": _spoken(desk, name),
        "month": f"{desk.local_now():%Y-%m}",
        "may_revise": desk.may(*REVISE),
    }
    return desk.show("clause.html", refusal, **given)


def _spoken(desk: Desk, clause: str = "") -> Counter[str] | None:
    """How often clauses spoke this month within the caller's reach; None where they may not see it."""
    asked = [kind for permission, kind in USES.items() if desk.may(permission)]
    if not asked:
        return None
    spoken: Counter[str] = Counter()
    for kind in asked:
        wish = kind(start_month=f"{desk.local_now():%Y-%m}", clause=clause, page_size=MOST)
        for use in desk.ask(wish).uses if desk.has(wish) else []:
            spoken[use.clause] += use.finding_count + use.refusal_count
    return spoken


def _id(one: rulebook_pb2.Clause) -> str:
    return one.name.removeprefix("clauses/")


def _told(one: rulebook_pb2.Clause) -> str:
    return f"{_id(one)} {one.wording.zh} {one.wording.en}".lower()


ROUTES = (
    get("/clauses", clauses),
    get("/clauses/<name>", clause),
    post("/clauses/<name>", revise, needs=REVISE),
)
