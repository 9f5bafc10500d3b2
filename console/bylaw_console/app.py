"""Puts the console together: every page under its address, over the calls that the gateway lends."""

from datetime import timedelta
from typing import Any

from bylaw_chassis.clock import Clock, system_clock
from bylaw_gateway.mounting import Mounting
from flask import Blueprint, Flask, Response, request
from flask.blueprints import BlueprintSetupState
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.exceptions import NotFound

from bylaw_console.assets import PREFIX, read_assets
from bylaw_console.calls import Calls
from bylaw_console.cookies import ConsoleSessions
from bylaw_console.desk import Tools
from bylaw_console.members import Members
from bylaw_console.pages import ROUTES
from bylaw_console.serving import Serving
from bylaw_console.words import read_words

COOKIE_DAYS = 31
"""How long a browser keeps a cookie; people ends sessions long before."""


def console_pages(mounting: Mounting, clock: Clock = system_clock) -> Blueprint:
    """The console as pages for the gateway to mount."""
    tools = Tools(Calls(mounting.services), read_words(), read_assets(), Members(clock), clock, mounting.readiness)
    serving = Serving(tools, mounting, CSRFProtect())
    pages = Blueprint("console", __name__, template_folder="templates")
    pages.record_once(lambda state: _prepare(state, mounting, serving))
    for route in ROUTES:
        pages.add_url_rule(route.path, route.endpoint, serving.view(route), methods=list(route.methods))
    pages.add_url_rule(f"{PREFIX}/<digest>/<name>", "assets", serving.asset)
    return pages


def _prepare(state: BlueprintSetupState, mounting: Mounting, serving: Serving) -> None:
    app: Flask = state.app  # type: ignore[assignment] # blueprints are ours alone, and the gateway is a Flask
    app.secret_key = mounting.key("console-sessions")
    app.session_interface = ConsoleSessions()
    app.config.update(
        PERMANENT_SESSION_LIFETIME=timedelta(days=COOKIE_DAYS),
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    serving.protect(app)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.register_error_handler(NotFound, lambda error: _not_there(error, mounting, serving))


def _not_there(error: NotFound, mounting: Mounting, serving: Serving) -> Any:
    """Nothing at an address: a page for whoever reads pages, the gateway's answer for everybody else."""
    accepted = request.accept_mimetypes
    if accepted.best_match(["application/problem+json", "text/html"]) == "text/html":
        answer: Response = serving.not_there()
        return answer
    return mounting.fault(error)
