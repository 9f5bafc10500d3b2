"""Where I am signed in, and signing out there or everywhere (SEC-1)."""

from bylaw.people.v1 import sign_in_pb2
from flask import Response, session

from bylaw_console.desk import Desk
from bylaw_console.routes import get, post

MOST = 100
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
"""What browsers call themselves: the first that is found names it."""


def sessions(desk: Desk) -> Response:
    """Where I am signed in."""
    found = desk.ask(sign_in_pb2.ListSessionsRequest(page_size=MOST, page_token=desk.args.get("page", "")))
    shown = [(one, _device(one.device)) for one in found.sessions]
    return desk.render("account_sessions.html", sessions=shown, following=found.next_page_token)


def end_session(desk: Desk) -> Response:
    """Sign out of one place, or everywhere."""
    if desk.field("deed") == "all":
        desk.ask(sign_in_pb2.EndAllSessionsRequest(request_id=desk.request_id))
        desk.tools.members.forget(session)
        return desk.go("/sign-in", said="account.all_ended")
    desk.ask(sign_in_pb2.DeleteSessionRequest(name=desk.field("name"), request_id=desk.request_id))
    return desk.go("/account/sessions", said="account.session_ended")


def _device(text: str) -> str:
    """A browser and what it runs on, of what it says of itself; a program's own name as it is."""
    if not text.startswith("Mozilla/"):
        return text
    found = (next((name for mark, name in marks if mark in text), "") for marks in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))


ROUTES = (
    get("/account/sessions", sessions),
    post("/account/sessions", end_session),
)
