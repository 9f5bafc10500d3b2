"""Puts the gateway together: one Flask application over the services it is given."""

import logging
import traceback
from collections.abc import Iterable, Mapping

import grpc
from bylaw_chassis.addresses import AddressSeal
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import BaseConverter

from bylaw_gateway import headers
from bylaw_gateway.answers import refusal
from bylaw_gateway.bodies import HonestConnections
from bylaw_gateway.calls import Compilers, HttpForm
from bylaw_gateway.certificate import certificate_page
from bylaw_gateway.clock_line import CLOCK_LINE, ClockLine
from bylaw_gateway.clocks import clock_pages
from bylaw_gateway.contract import bindings_of
from bylaw_gateway.cors import options_answer, origin_headers
from bylaw_gateway.couriers import COURIER_LINE, CourierLine, courier_pages
from bylaw_gateway.docs import docs_pages
from bylaw_gateway.headers import Environ
from bylaw_gateway.health import Readiness, health_pages
from bylaw_gateway.mounting import Mounting, Pages
from bylaw_gateway.problems import from_refused
from bylaw_gateway.refusals import Refused
from bylaw_gateway.routes import FORM, RouteTable
from bylaw_gateway.security import API_PREFIX, GuardedAnswers
from bylaw_gateway.settings import GatewaySettings
from bylaw_gateway.telemetry import watched

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]

_log = logging.getLogger(__name__)


def create_app(
    services: Mapping[str, grpc.Channel],
    settings: GatewaySettings,
    *,
    readiness: Readiness | None = None,
    seal: AddressSeal | None = None,
    pages: Iterable[Pages] = (),
) -> Flask:
    """The gateway over these services, keyed by full proto name; RouteConflict if two calls claim one path.

    Services believe what it says of callers' addresses by `seal`; without one they do not. `pages` stand beside.
    """
    app = Flask("bylaw_gateway", static_folder=None)
    front = Front(services, settings, seal or AddressSeal())
    app.url_map.merge_slashes = False
    app.url_map.converters["anything"] = _Anything
    for rule in (API_PREFIX, f"{API_PREFIX}/<anything:rest>"):
        app.add_url_rule(rule, rule, front.answer, methods=_METHODS, provide_automatic_options=False)
    app.register_blueprint(health_pages(readiness))
    app.register_blueprint(docs_pages(front.table.bindings, settings))
    if settings.certificate_path:
        app.register_blueprint(certificate_page(settings.certificate_path))
    if CLOCK_LINE in services:
        line = ClockLine(services[CLOCK_LINE], settings, front.seal, front.bodies)
        app.register_blueprint(clock_pages(line))
    if COURIER_LINE in services:
        app.register_blueprint(courier_pages(CourierLine(services[COURIER_LINE], settings, front.seal, front.bodies)))
    app.register_error_handler(Exception, front.fault)
    mounting = Mounting(services, settings, front.seal, readiness, front.bodies, front.fault)
    for make in pages:
        app.register_blueprint(make(mounting))
    app.wsgi_app = HonestConnections(app.wsgi_app)  # type: ignore[method-assign] # as Flask's documentation has it
    app.wsgi_app = GuardedAnswers(app.wsgi_app)  # type: ignore[method-assign]
    app.wsgi_app = watched(app.wsgi_app)  # type: ignore[assignment,method-assign]
    return app


class _Anything(BaseConverter):
    """The rest of a path, empty segments and line breaks included: our own table says what they mean."""

    regex = "(?s:.*)"
    part_isolating = False


class Front:
    """What stands before all calls: finds the form a request means, and turns every refusal into a problem."""

    def __init__(self, services: Mapping[str, grpc.Channel], settings: GatewaySettings, seal: AddressSeal) -> None:
        self._settings, self.seal = settings, seal
        shared = Compilers(settings)
        self.bodies = shared.bodies
        self.table = RouteTable(bindings_of(services))
        self._forms = {
            id(binding): HttpForm(binding, services[binding.method.containing_service.full_name], shared)
            for binding in self.table.bindings
        }

    def answer(self, rest: str = "") -> Response:  # noqa: ARG002 - Flask passes what its rule caught
        """Answer a request under /v1; nothing but a Response leaves here."""
        environ = request.environ
        trace = headers.trace_id(environ)
        try:
            response = self._serve(environ, trace)
        except Refused as refused:
            response = self._refuse(refused, environ, trace)
        except Exception as error:  # noqa: BLE001 - the last line of defence: recorded, and told without internals
            response = self._record(error, environ, trace)
        return self._finish(response, environ, trace)

    def _serve(self, environ: Environ, trace: str) -> Response:
        headers.check_size(environ, self._settings)
        path = _path(environ)
        http_method = environ["REQUEST_METHOD"]
        if http_method == "OPTIONS" and (methods := self.table.methods(path)):
            return options_answer(environ, methods)
        match = self.table.find(http_method, path)
        request.environ[FORM] = match.binding
        caller = headers.caller(environ, self._settings, trace, seal=self.seal)
        return self._forms[id(match.binding)].carry_out(environ, match.segments, caller)

    def _refuse(self, refused: Refused, environ: Environ, trace: str) -> Response:
        language = headers.language(environ.get("HTTP_ACCEPT_LANGUAGE", ""), self._settings.default_language)
        return refusal(from_refused(refused, language=language, trace_id=trace))

    def _record(self, error: Exception, environ: Environ, trace: str) -> Response:
        # The message of an exception may hold personal data; its type and place never do.
        frames = traceback.extract_tb(error.__traceback__)
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        _log.error("fault %s in trace %s at %s", type(error).__name__, trace, places)
        return self._refuse(Refused("INTERNAL"), environ, trace)

    def _finish(self, response: Response, environ: Environ, trace: str) -> Response:
        response.headers["X-Trace-Id"] = trace
        for name, value in origin_headers(environ, self._settings).items():
            response.headers[name] = value
        return response

    def fault(self, error: Exception) -> Response | HTTPException:
        """Whatever goes wrong outside /v1: a page that is not there is a problem too, anything unknown is recorded."""
        environ = request.environ
        trace = headers.trace_id(environ)
        if isinstance(error, NotFound | MethodNotAllowed):
            return self._finish(self._refuse(_outside(error), environ, trace), environ, trace)
        if isinstance(error, HTTPException):
            return error
        return self._finish(self._record(error, environ, trace), environ, trace)


def _outside(error: NotFound | MethodNotAllowed) -> Refused:
    if isinstance(error, NotFound):
        return Refused("PATH_UNKNOWN")
    allow = ", ".join(sorted(error.valid_methods or ()))
    return Refused("METHOD_NOT_ALLOWED", headers={"Allow": allow}, allow=allow)


def _path(environ: Environ) -> str:
    # WSGI hands the decoded bytes over as latin-1.
    path: str = environ["PATH_INFO"]
    return path if path.isascii() else path.encode("latin-1").decode("utf-8", "replace")
