"""My account: who I am here, my password, and in which language notices reach me outside (SEC-1)."""

from bylaw.people.v1 import notices_pb2, organisation_pb2, sign_in_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.words import LANGUAGES


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


ROUTES = (
    get("/account", account),
    get("/account/password", password),
    post("/account/password", change_password),
    get("/account/notices", outward),
    post("/account/notices", set_outward),
)
