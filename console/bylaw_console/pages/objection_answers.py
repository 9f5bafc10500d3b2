"""An objection to a sheet: what it says, and the answer on record (SHT-2)."""

from bylaw.attendance.v1 import objections_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post

READ, ANSWER = ("attendance.objections.read",), ("attendance.objections.answer",)


def objection(desk: Desk, name: str) -> Response:
    """One objection."""
    return _show(desk, name)


def answer(desk: Desk, name: str) -> Response:
    """Answer it: it was right, or the sheet stays as it is."""
    wish = objections_pb2.AnswerObjectionRequest(
        name=f"objections/{name}",
        upheld=desk.field("upheld") == "yes",
        text=desk.field("text"),
        etag=desk.field("etag"),
        request_id=desk.request_id,
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, name, refusal)
    return desk.go(path_of("objections", name), said="objection_page.answered")


def _show(desk: Desk, name: str, refusal: Refusal | None = None) -> Response:
    found = desk.ask(objections_pb2.GetObjectionRequest(name=f"objections/{name}"))
    person, _, month = found.sheet.partition("/sheets/")
    values = {
        "found": found,
        "id": name,
        "person": person,
        "month": month,
        "who": desk.who(person, found.ended_by),
        "waits": found.state == objections_pb2.OBJECTION_STATE_WAITING,
        "is_mine": person == desk.me.person,
    }
    return desk.show("objection.html", refusal, **values)


ROUTES = (
    get("/objections/<name>", objection, needs=READ),
    post("/objections/<name>/answer", answer, needs=ANSWER),
)
