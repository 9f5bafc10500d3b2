"""Sign-in through the company's own provider: to it, back from it, and a code of our own where one is asked for."""

from bylaw.people.v1 import sign_in_pb2
from flask import Response, make_response, redirect, session

from bylaw_console.calls import Refusal
from bylaw_console.desk import SEE_OTHER, Desk
from bylaw_console.pages.sign_in import CODE_NEEDED, begin_anew, inside
from bylaw_console.routes import get, post

FLOW, FOLLOWING = "flow", "following"
BROUGHT = ("code", "state", "iss")
"""What the provider's redirect brings."""


def begin(desk: Desk) -> Response:
    """Go to the provider; the browser keeps what its answer is bound to."""
    wish = sign_in_pb2.StartOidcSignInRequest(anew=bool(desk.args.get("again")))
    made = desk.ask(wish, "")
    session[FLOW], session[FOLLOWING] = made.flow_token, inside(desk.args.get("next", ""))
    return make_response(redirect(made.authorization_url, SEE_OTHER))


def back(desk: Desk) -> Response:
    """Come back from it."""
    return _finish(desk, {name: desk.args.get(name, "") for name in BROUGHT})


def prove(desk: Desk) -> Response:
    """The same once more, with a code of the authenticator app."""
    return _finish(desk, {name: desk.field(name) for name in BROUGHT})


def _finish(desk: Desk, brought: dict[str, str]) -> Response:
    wish = sign_in_pb2.FinishOidcSignInRequest(
        flow_token=session.get(FLOW, ""),
        code=brought["code"],
        state=brought["state"],
        issuer=brought["iss"],
        one_time_code=desk.field("one_time_code"),
        device=desk.request.user_agent.string[:200],
    )
    try:
        made = desk.ask(wish, "")
    except Refusal as refusal:
        asks_code = refusal.problem.reason in CODE_NEEDED
        return desk.render_again("company_sign_in.html", refusal, brought=brought, asks_code=asks_code)
    following = session.get(FOLLOWING, "/")
    begin_anew()
    desk.member = desk.tools.members.begin(session, made, desk.ask)
    return desk.go(following)


ROUTES = (
    get("/sign-in/company", begin, is_public=True),
    get("/signed-in", back, is_public=True),
    post("/signed-in", prove, is_public=True),
)
