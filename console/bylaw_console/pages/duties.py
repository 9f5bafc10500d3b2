"""My duties: what is due by the rulebook and by when, and the proof that it was done (PLN-3, WHS-11)."""

from datetime import timedelta
from typing import Any

from bylaw.people.v1 import duties_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post

READ = ("people.duties.read",)
AHEAD = timedelta(days=14)
"""How far ahead the list of open ones looks."""

FILTERS = {
    "open": duties_pb2.DUTY_OCCURRENCE_FILTER_OPEN,
    "overdue": duties_pb2.DUTY_OCCURRENCE_FILTER_OVERDUE,
    "all": duties_pb2.DUTY_OCCURRENCE_FILTER_UNSPECIFIED,
}
PROVED_BY_TEXT = (
    duties_pb2.DUTY_PROOF_KIND_UNSPECIFIED,
    duties_pb2.DUTY_PROOF_KIND_TEXT,
    duties_pb2.DUTY_PROOF_KIND_ANY,
)
PROVED_BY_RECORD = (duties_pb2.DUTY_PROOF_KIND_RECORD, duties_pb2.DUTY_PROOF_KIND_ANY)


def duties(desk: Desk) -> Response:
    """What is due for me."""
    return _list(desk)


def complete(desk: Desk) -> Response:
    """Record that I did what was due, with proof."""
    proof = duties_pb2.DutyProof(text=desk.field("text"), record=desk.field("record"))
    wish = duties_pb2.CompleteDutyOccurrenceRequest(name=desk.field("name"), proof=proof, request_id=desk.request_id)
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _list(desk, refusal)
    return desk.go(desk.here(), said="duties.completed")


def _list(desk: Desk, refusal: Refusal | None = None) -> Response:
    show = desk.args.get("show", "open")
    show = show if show in FILTERS else "open"
    until = f"{desk.local_now() + AHEAD:%Y-%m-%d}" if show == "open" else ""
    found = desk.ask(
        duties_pb2.ListDutyOccurrencesRequest(
            mine=True,
            filter=FILTERS[show],
            to_date=until,
            page_size=desk.rows,
            page_token=desk.args.get("page", ""),
        )
    )
    values: dict[str, Any] = {
        "duties": found.duty_occurrences,
        "following": found.next_page_token,
        "show": show,
        "filters": list(FILTERS),
        "until": until,
        "text_kinds": PROVED_BY_TEXT,
        "record_kinds": PROVED_BY_RECORD,
        "is_open": duties_pb2.DUTY_OCCURRENCE_STATE_OPEN,
        "who": desk.who(*(one.closed_by for one in found.duty_occurrences)),
    }
    return desk.show("duties.html", refusal, **values)


ROUTES = (
    get("/duties", duties, needs=READ),
    post("/duties", complete, needs=("people.duties.complete",)),
)
