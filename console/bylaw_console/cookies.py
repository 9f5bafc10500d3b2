"""The console's cookie: signed, out of reach for scripts, and bound to this host where the connection is encrypted."""

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

CALLS = "/v1"
NAME, BOUND_NAME = "bylaw_console", "__Host-bylaw_console"


class ConsoleSessions(SecureCookieSessionInterface):
    """Flask's own, which calls of the API are spared."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(CALLS):
            return None
        return super().open_session(app, request)

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - the name goes by the connection
        return BOUND_NAME if request.is_secure else NAME

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        return request.is_secure

    def get_cookie_httponly(self, app: Flask) -> bool:  # noqa: ARG002
        return True

    def get_cookie_samesite(self, app: Flask) -> str:  # noqa: ARG002
        return "Lax"

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002
        return "/"

    def get_cookie_domain(self, app: Flask) -> None:  # noqa: ARG002
        return None
