"""Puts the gateway together: one Flask application over the services it is given."""

import logging
import traceback
from collections.abc import Mapping

import grpc
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from bylaw_gateway import headers
from bylaw_gateway.calls import Compilers, HttpForm
from bylaw_gateway.contract import bindings_of
from bylaw_gateway.cors import options_answer, origin_headers
from bylaw_gateway.docs import docs_pages
from bylaw_gateway.headers import Environ
from bylaw_gateway.health import Readiness, health_pages
from bylaw_gateway.problems import MEDIA_TYPE, Problem, from_refused, from_rpc
from bylaw_gateway.refusals import Refused
from bylaw_gateway.routes import RouteTable
from bylaw_gateway.security import API_POLICY, add_security_headers
from bylaw_gateway.settings import GatewaySettings

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]

_log = logging.getLogger(__name__)


def create_app(
    services: Mapping[str, grpc.Channel], settings: GatewaySettings, *, readiness: Readiness | None = None
) -> Flask:
    """The gateway over these services, keyed by full proto name; RouteConflict if two calls claim one path."""
    app = Flask("bylaw_gateway", static_folder=None)
    front = Front(services, settings)
    app.add_url_rule("/v1", "v1", front.answer, methods=_METHODS, provide_automatic_options=False)
    app.add_url_rule(
        "/v1/<path:rest>", "v1_rest", front.answer, methods=_METHODS, provide_automatic_options=False, merge_slashes=False
    )
    app.register_blueprint(health_pages(readiness))
    app.register_blueprint(docs_pages(front.table.bindings, settings))
    app.after_request(add_security_headers)
    app.register_error_handler(Exception, front.fault)
    return app


class Front:
    """What stands before all calls: finds the form a request means, and turns every refusal into a problem."""

    def __init__(self, services: Mapping[str, grpc.Channel], settings: GatewaySettings) -> None:
        self._settings = settings
        shared = Compilers(settings)
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
            response = self._refuse(from_refused(refused, language=self._language(environ), trace_id=trace))
        except grpc.RpcError as error:
            response = self._refuse(from_rpc(error, language=self._language(environ), trace_id=trace))
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
        caller = headers.caller(environ, self._settings, trace)
        return self._forms[id(match.binding)].carry_out(environ, match.segments, caller)

    def _language(self, environ: Environ) -> str:
        return headers.language(environ.get("HTTP_ACCEPT_LANGUAGE", ""), self._settings.default_language)

    def _refuse(self, problem: Problem) -> Response:
        return Response(problem.body(), problem.status, problem.headers, content_type=MEDIA_TYPE)

    def _record(self, error: Exception, environ: Environ, trace: str) -> Response:
        # The message of an exception may hold personal data; its type and place never do.
        place = "".join(traceback.format_tb(error.__traceback__))
        _log.error("fault %s in trace %s at\n%s", type(error).__name__, trace, place)
        return self._refuse(from_refused(Refused("INTERNAL"), language=self._language(environ), trace_id=trace))

    def _finish(self, response: Response, environ: Environ, trace: str) -> Response:
        answered = response.headers
        answered["X-Trace-Id"] = trace
        answered["Cache-Control"] = "no-store"
        answered["Content-Security-Policy"] = API_POLICY
        for name, value in origin_headers(environ, self._settings).items():
            answered[name] = value
        return response

    def fault(self, error: Exception) -> Response | HTTPException:
        """Whatever goes wrong outside /v1: an HTTP error stays one, anything else is recorded."""
        if isinstance(error, HTTPException):
            return error
        environ = request.environ
        return self._record(error, environ, headers.trace_id(environ))


def _path(environ: Environ) -> str:
    # WSGI hands the decoded bytes over as latin-1.
    path: str = environ["PATH_INFO"]
    return path if path.isascii() else path.encode("latin-1").decode("utf-8", "replace")
