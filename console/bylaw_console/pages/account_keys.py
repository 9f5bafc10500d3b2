"""What opens my account beside the password: the second factor, and access tokens for programs; secrets shown once."""

from typing import Any
from urllib.parse import urlsplit

import segno
from bylaw.people.v1 import accounts_pb2, sign_in_pb2
from flask import Response, session
from markupsafe import Markup

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post

MOST = 100


def second_factor(desk: Desk) -> Response:
    """Whether there is one, and how it is set up or taken off."""
    found = desk.ask(sign_in_pb2.GetSelfRequest())
    return desk.render("second_factor.html", is_on=found.second_factor, secret="", picture="", uri="")


def change_second_factor(desk: Desk) -> Response:
    """Begin to set it up, prove the app, or take it off."""
    steps = {"begin": _begin, "prove": _prove, "take_off": _take_off}
    return steps.get(desk.field("deed"), second_factor)(desk)


def tokens(desk: Desk) -> Response:
    """My access tokens, without their secrets."""
    return _tokens(desk)


def change_tokens(desk: Desk) -> Response:
    """Make one, shown this once, or revoke one."""
    if desk.field("deed") == "revoke":
        desk.ask(accounts_pb2.RevokeAccessTokenRequest(name=desk.field("name"), request_id=desk.request_id))
        return desk.go("/account/tokens", said="tokens.revoked")
    wish = accounts_pb2.CreateAccessTokenRequest(
        title=desk.field("title"), permissions=desk.form.getlist("permissions"), end_date=desk.field("end_date")
    )
    try:
        made = desk.ask(wish)
    except Refusal as refusal:
        return _tokens(desk, refusal=refusal)
    return _tokens(desk, made=made)


def _begin(desk: Desk) -> Response:
    made = desk.ask(sign_in_pb2.EnrolSecondFactorRequest())
    return desk.render("second_factor.html", is_on=False, **_shown(made.secret, made.otpauth_uri))


def _prove(desk: Desk) -> Response:
    try:
        made = desk.ask(sign_in_pb2.ConfirmSecondFactorRequest(one_time_code=_code(desk)))
    except Refusal as refusal:
        shown = _shown(desk.field("secret"), desk.field("uri"))
        return desk.render_again("second_factor.html", refusal, is_on=False, **shown)
    desk.tools.members.renew(session)
    return desk.render("recovery_codes.html", codes=made.codes)


def _take_off(desk: Desk) -> Response:
    wish = sign_in_pb2.DisableSecondFactorRequest(password=desk.form.get("password", ""), one_time_code=_code(desk))
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("second_factor.html", refusal, is_on=True, secret="", picture="", uri="")
    desk.tools.members.renew(session)
    return desk.go("/account/second-factor", said="factor.taken_off")


def _code(desk: Desk) -> str:
    return desk.field("one_time_code").replace(" ", "")


def _shown(secret: str, uri: str) -> dict[str, Any]:
    """The secret as a picture; what a form brings back is drawn only where it is an address of an authenticator."""
    is_ours = urlsplit(uri).scheme == "otpauth"
    picture = Markup(_drawn(uri)) if is_ours else ""  # noqa: S704 - segno draws squares, and no text of the address
    return {"secret": secret, "uri": uri if is_ours else "", "picture": picture}


def _drawn(uri: str) -> str:
    return segno.make(uri, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=False)


def _tokens(desk: Desk, *, refusal: Refusal | None = None, made: Any = None) -> Response:
    wish = accounts_pb2.ListAccessTokensRequest(page_size=MOST, page_token=desk.args.get("page", ""))
    found = desk.ask(wish)
    values: dict[str, Any] = {
        "tokens": found.access_tokens,
        "following": found.next_page_token,
        "made": made,
        "permissions": sorted(desk.me.permissions),
        "chosen": desk.form.getlist("permissions") if refusal else [],
    }
    return desk.show("access_tokens.html", refusal, **values)


ROUTES = (
    get("/account/second-factor", second_factor),
    post("/account/second-factor", change_second_factor),
    get("/account/tokens", tokens),
    post("/account/tokens", change_tokens),
)
