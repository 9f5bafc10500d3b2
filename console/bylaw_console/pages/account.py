"""My account: who I am here, my password, my sessions, and in which language notices reach me outside (SEC-1)."""

from bylaw.people.v1 import notices_pb2, organisation_pb2, sign_in_pb2
from flask import Response, session

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.words import LANGUAGES

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


def account(desk: Desk) -> Response:
    """Who is signed in, where, and what they may do."""
    found = desk.ask(sign_in_pb2.GetSelfRequest())
    post_held = found.person.appointment
    unit = position = None
    if post_held.unit:
        unit = desk.ask_or(None, organisation_pb2.GetUnitRequest(name=post_held.unit), "UNIT_NOT_FOUND")
    if post_held.position:
        wish = organisation_pb2.GetPositionRequest(name=post_held.position)
        position = desk.ask_or(None, wish, "POSITION_NOT_FOUND")
    return desk.render("account.html", own=found, unit=unit, position=position, who=desk.who(found.person.head))


def password(desk: Desk) -> Response:
    """The form to change it."""
    return desk.render("account_password.html")


def change_password(desk: Desk) -> Response:
    """Change it; sessions elsewhere end."""
    if desk.form.get("new_password") != desk.form.get("again"):
        return desk.render("account_password.html", 422, differ=True)
    wish = sign_in_pb2.ChangePasswordRequest(
        old_password=desk.form.get("old_password", ""), new_password=desk.form.get("new_password", "")
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("account_password.html", refusal)
    return desk.go("/account", said="account.password_changed")


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


def outward(desk: Desk) -> Response:
    """How notices go out to me."""
    found = desk.ask(notices_pb2.GetNoticePreferencesRequest())
    return desk.render("account_notices.html", language=found.language, outward=found.outward)


def set_outward(desk: Desk) -> Response:
    """Set it."""
    language = desk.field("language")
    wish = notices_pb2.NoticePreferences(
        language=language if language in LANGUAGES else desk.language, outward=bool(desk.field("outward"))
    )
    desk.ask(notices_pb2.UpdateNoticePreferencesRequest(notice_preferences=wish, request_id=desk.request_id))
    return desk.go("/account/notices", said="account.notices_set")


def _device(text: str) -> str:
    """A browser and what it runs on, of what it says of itself; a program's own name as it is."""
    if not text.startswith("Mozilla/"):
        return text
    found = (next((name for mark, name in marks if mark in text), "") for marks in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))


ROUTES = (
    get("/account", account),
    get("/account/password", password),
    post("/account/password", change_password),
    get("/account/sessions", sessions),
    post("/account/sessions", end_session),
    get("/account/notices", outward),
    post("/account/notices", set_outward),
)
