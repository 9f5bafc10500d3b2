"""Serves a page: who asks, whether the deed came from a page of ours, what became of it, how it is guarded."""

import gzip
import io
import logging
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from bylaw_gateway import headers
from bylaw_gateway.bodies import read_body
from bylaw_gateway.headers import Caller
from bylaw_gateway.mounting import Mounting
from bylaw_gateway.problems import from_refused
from bylaw_gateway.refusals import Refused
from flask import Flask, Response, make_response, redirect, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect

from bylaw_console.calls import Outdated, Refusal
from bylaw_console.desk import LANGUAGE, SEE_OTHER, Desk, Tools, came_from
from bylaw_console.routes import Route
from bylaw_console.words import LANGUAGES

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=()",
    "Cache-Control": "no-store",
}
WORTH_PACKING_BYTES = 1400
RECENT = "SIGN_IN_AGAIN"

_log = logging.getLogger(__name__)


class Serving:
    """What stands before all pages."""

    def __init__(self, tools: Tools, mounting: Mounting, forms: CSRFProtect) -> None:
        self._tools, self._mounting, self._forms = tools, mounting, forms

    def protect(self, app: Flask) -> None:
        """Have the forms of an application carry a token; only our own pages check it."""
        self._forms.init_app(app)

    def view(self, route: Route) -> Callable[..., Response]:
        """What Flask calls at a route."""

        def answer(**given: Any) -> Response:
            return self._answer(route, given)

        return answer

    def asset(self, digest: str, name: str) -> Response:
        """A file of the console."""
        packed = request.accept_encodings.quality("gzip") > 0
        return self._tools.assets.serve(digest, name, packed=packed) or Response("", 404)

    def not_there(self) -> Response:
        """The page of an address at which there is nothing."""
        desk = self._desk()
        try:
            desk.member = self._tools.members.find(session, desk.ask)
        except Refusal:
            desk.member = None
        return _guarded(desk.render("not_there.html", 404), desk.language)

    def _answer(self, route: Route, given: dict[str, Any]) -> Response:
        desk = self._desk()
        try:
            return _guarded(self._served(route, desk, given), desk.language)
        except Refused as refused:
            problem = from_refused(refused, language=desk.language, trace_id=desk.visitor.trace_id)
            return _guarded(desk.refused(problem), desk.language)
        except CSRFError:
            return _guarded(desk.render("stale_form.html", 400), desk.language)
        except Exception as error:  # noqa: BLE001 - the last line of defence: recorded, and told without internals
            return _guarded(self._fault(error, desk), desk.language)

    def _served(self, route: Route, desk: Desk, given: dict[str, Any]) -> Response:
        headers.check_size(request.environ, self._mounting.settings)
        if request.method == "POST":
            self._check_form(route)
        try:
            return self._viewed(route, desk, given)
        except Outdated:
            # What was refused so had no effect: once more with a fresh token, or the sign-in where there is none.
            self._tools.members.renew(session)
        try:
            return self._viewed(route, desk, given)
        except Outdated:
            return _to_sign_in()

    def _viewed(self, route: Route, desk: Desk, given: dict[str, Any]) -> Response:
        try:
            desk.member = self._tools.members.find(session, desk.ask)
            if desk.member is None and not route.is_public:
                return _to_sign_in()
            if not route.fits(desk.member):
                # What they may do may have grown since this process asked.
                self._tools.members.renew(session)
                desk.member = self._tools.members.find(session, desk.ask)
                if desk.member is None:
                    return _to_sign_in()
            if not route.fits(desk.member):
                return desk.render("not_for_you.html", 403, needs=route.needs)
            return route.view(desk, **given)
        except Refusal as refusal:
            return self._refused(refusal, desk)

    def _refused(self, refusal: Refusal, desk: Desk) -> Response:
        if refusal.problem.reason == RECENT:
            return _to_sign_in(again=True)
        return desk.refused(refusal.problem)

    def _check_form(self, route: Route) -> None:
        """Raises CSRFError where another site sent it, or no page of ours; Refused where it is too large."""
        environ = request.environ
        origin = request.headers.get("Origin")
        foreign = request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
        if foreign or (origin is not None and urlsplit(origin).netloc != request.host):
            raise CSRFError
        body = read_body(environ, route.largest_bytes, self._mounting.bodies)
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
        self._forms.protect()

    def _desk(self) -> Desk:
        settings = self._mounting.settings
        spoken = session.get(LANGUAGE)
        if spoken not in LANGUAGES:
            spoken = headers.language(request.environ.get("HTTP_ACCEPT_LANGUAGE", ""), settings.default_language)
        return Desk(self._tools, request, self._visitor(), spoken)

    def _visitor(self) -> Caller:
        environ = {name: value for name, value in request.environ.items() if name != "HTTP_AUTHORIZATION"}
        trace = headers.trace_id(environ)
        return headers.caller(environ, self._mounting.settings, trace, seal=self._mounting.seal)

    def _fault(self, error: Exception, desk: Desk) -> Response:
        # The message of an exception may hold personal data; its type and place never do.
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        _log.error("fault %s in trace %s at %s", type(error).__name__, desk.visitor.trace_id, places)
        problem = from_refused(Refused("INTERNAL"), language=desk.language, trace_id=desk.visitor.trace_id)
        return desk.refused(problem)


def _to_sign_in(*, again: bool = False) -> Response:
    """To the sign-in, and back here afterwards; what a form had sent is not sent again by itself."""
    back = request.full_path.rstrip("?") if request.method == "GET" else came_from(request)
    query = urlencode({"next": back} | ({"again": "1"} if again else {}))
    return make_response(redirect(f"/sign-in?{query}", SEE_OTHER))


def _guarded(response: Response, language: str) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Content-Language"] = language
    response.vary.add("Cookie")
    if not request.is_secure:
        # Chromium logs an error where it stands on a plain connection to another machine.
        response.headers.setdefault("Cross-Origin-Opener-Policy", "unsafe-none")
    return _packed(response)


def _packed(response: Response) -> Response:
    is_page = response.mimetype == "text/html" and not response.direct_passthrough
    takes_packed = request.accept_encodings.quality("gzip") > 0
    if is_page and takes_packed and (response.content_length or 0) > WORTH_PACKING_BYTES:
        response.set_data(gzip.compress(response.get_data(), 4, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response
