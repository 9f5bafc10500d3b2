"""Sign-in with password and second factor, sign-out, and what a browser remembers: language, dark mode, workplace."""

import secrets
from urllib.parse import urlsplit

from bylaw.people.v1 import sign_in_pb2
from flask import Response, session

from bylaw_console.calls import Refusal
from bylaw_console.desk import LANGUAGE, THEME, WORKPLACE, Desk
from bylaw_console.members import ID
from bylaw_console.navigation import items_of, workplace_of, workplaces_of
from bylaw_console.oidc import PROVIDER
from bylaw_console.routes import get, post
from bylaw_console.words import LANGUAGES

FIRST_PAGE = "/"
DEVICE_COOKIE, DEVICE_SECONDS = "bylaw_device", 400 * 24 * 3600
CODE_NEEDED = ("SECOND_FACTOR_NEEDED", "SECOND_FACTOR_REFUSED")
KEPT = (LANGUAGE, THEME, WORKPLACE)
"""What stays when somebody signs in or out: how the browser likes its pages."""


def first(desk: Desk) -> Response:
    """Go where the workplace begins."""
    return desk.go(_first_item(desk))


def ask_who(desk: Desk) -> Response:
    """The form; whoever is signed in already goes on, but for those who must prove it again."""
    if desk.member is not None and not desk.args.get("again"):
        return desk.go(inside(desk.args.get("next", "")))
    return _form(desk, desk.args.get("next", ""), is_again=bool(desk.args.get("again")))


def sign_in(desk: Desk) -> Response:
    """Sign in; the session before, and its id, end with it."""
    wish = sign_in_pb2.CreateSessionRequest(
        login=desk.field("login"),
        password=desk.form.get("password", ""),
        one_time_code=desk.field("one_time_code"),
        device_token=desk.request.cookies.get(DEVICE_COOKIE, ""),
        device=desk.request.user_agent.string[:200],
    )
    try:
        made = desk.ask(wish)
    except Refusal as refusal:
        return _again(desk, refusal)
    begin_anew()
    desk.member = desk.tools.members.begin(session, made, desk.ask)
    response = desk.go(inside(desk.field("next")))
    if made.device_token:
        response.set_cookie(
            DEVICE_COOKIE,
            made.device_token,
            max_age=DEVICE_SECONDS,
            httponly=True,
            secure=desk.request.is_secure,
            samesite="Lax",
            path="/sign-in",
        )
    return response


def sign_out(desk: Desk) -> Response:
    """End the session, here and at every service."""
    if desk.member is not None:
        desk.ask_or(None, sign_in_pb2.DeleteSessionRequest(name="sessions/current"), "SESSION_NOT_FOUND")
    desk.tools.members.forget(session)
    _clear()
    return desk.go("/sign-in", said="sign_in.signed_out")


def choose_language(desk: Desk) -> Response:
    """Show pages in the other language from now on."""
    wished = desk.field("language")
    if wished in LANGUAGES:
        session[LANGUAGE] = wished
    return desk.go(inside(desk.field("next")))


def choose_theme(desk: Desk) -> Response:
    """Show pages light or dark."""
    session[THEME] = "dark" if desk.field("theme") == "dark" else "light"
    return desk.go(inside(desk.field("next")))


def choose_workplace(desk: Desk) -> Response:
    """Work with the navigation of another workplace."""
    wished = desk.field("workplace")
    if any(place.name == wished for place in workplaces_of(desk.me)):
        session[WORKPLACE] = wished
    return desk.go(FIRST_PAGE)


def _form(desk: Desk, following: str, *, is_again: bool) -> Response:
    has_company = PROVIDER.is_there(desk)
    return desk.render("sign_in.html", following=following, is_again=is_again, asks_code=False, has_company=has_company)


def _again(desk: Desk, refusal: Refusal) -> Response:
    return desk.render_again(
        "sign_in.html",
        refusal,
        following=desk.field("next"),
        is_again=False,
        asks_code=refusal.problem.reason in CODE_NEEDED or bool(desk.field("one_time_code")),
        has_company=PROVIDER.is_there(desk),
    )


def begin_anew() -> None:
    """A new id and a new token for forms: nobody who knew the ones before sits in this session (fixation)."""
    _clear()
    session[ID] = secrets.token_urlsafe(24)
    session.permanent = True


def _clear() -> None:
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)


def inside(address: str) -> str:
    """The address if it is one of ours, else the first page: a link must not lead elsewhere by way of us."""
    parts = urlsplit(address)
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return address if is_ours and not address.startswith("/sign-in") else FIRST_PAGE


def _first_item(desk: Desk) -> str:
    return next(items_of(desk.me, workplace_of(desk.me, session.get(WORKPLACE, "")))).path


ROUTES = (
    get("/", first),
    get("/sign-in", ask_who, is_public=True),
    post("/sign-in", sign_in, is_public=True),
    post("/sign-out", sign_out, is_public=True),
    post("/language", choose_language, is_public=True),
    post("/theme", choose_theme, is_public=True),
    post("/workplace", choose_workplace),
)
