"""A gateway that answers what a test says, and remembers what it was asked to do; the commands reach it by HTTP."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from bylaw_cli.main import build
from bylaw_cli.wording import Language
from click.testing import CliRunner, Result
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

ME = {"person": {"name": "people/me"}}
Answers = Mapping[tuple[str, str], Any]
"""By method and path: the answer, what makes it of the query, or a refusal."""


@dataclass(frozen=True)
class Refusal:
    """An answer that is a problem."""

    detail: str
    reason: str
    errors: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Asked:
    """What was asked for that changes anything: method, path, body."""

    writes: list[tuple[str, str, Any]] = field(default_factory=list)


def gateway(answers: Answers, asked: Asked) -> Flask:
    """One that knows these answers; whatever else it is asked for there is not."""
    app = Flask("gateway")
    known = {("POST", "/v1/sessions"): {"accessToken": "token"}, ("GET", "/v1/self"): ME, **answers}

    @app.route("/<path:path>", methods=["GET", "POST", "DELETE"])
    def answer(path: str) -> ResponseReturnValue:
        if request.method != "GET" and path != "v1/sessions":
            asked.writes.append((request.method, f"/{path}", request.get_json(silent=True)))
        found = known.get((request.method, f"/{path}"), Refusal("There is no such thing.", "NOT_FOUND"))
        found = found(request.args) if callable(found) else found
        if isinstance(found, Refusal):
            return jsonify(detail=found.detail, reason=found.reason, errors=found.errors), 400
        return jsonify(found)

    return app


@contextmanager
def served(answers: Answers, asked: Asked) -> Iterator[Callable[..., Result]]:
    """What types commands against it."""
    server = make_server("127.0.0.1", 0, gateway(answers, asked), threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def bylaw(*words: str, language: Language = "en", typed: str = "") -> Result:
        options = ["--url", f"http://127.0.0.1:{server.port}", "--login", "a", "--password", "b"]
        return CliRunner().invoke(build(language, words[:1]), [*words, *options], input=typed)

    try:
        yield bylaw
    finally:
        server.shutdown()
        thread.join()
