"""`/openapi.json`, and `/docs` to read it with: Swagger UI from an installed package, without the internet."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import orjson
from flask import Blueprint, Response, send_from_directory
from flask.typing import ResponseReturnValue

from bylaw_gateway.comments import read_comments
from bylaw_gateway.contract import Binding
from bylaw_gateway.openapi import describe
from bylaw_gateway.settings import GatewaySettings

_PAGES = Path(__file__).parent / "pages"
_SWAGGER_FILES = {"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"}


def docs_pages(bindings: Sequence[Binding], settings: GatewaySettings) -> Blueprint:
    """The description and its reader."""
    pages = Blueprint("docs", __name__)
    document = orjson.dumps(describe(bindings, read_comments(settings.contract_path)))

    @pages.get("/openapi.json")
    def openapi() -> ResponseReturnValue:
        return Response(document, content_type="application/json")

    @pages.get("/docs")
    def docs() -> ResponseReturnValue:
        return Response((_PAGES / "docs.html").read_bytes(), content_type="text/html; charset=utf-8")

    @pages.get("/docs/<name>")
    def docs_file(name: str) -> ResponseReturnValue:
        return send_from_directory(_swagger_folder() if name in _SWAGGER_FILES else _PAGES, name)

    return pages


def _swagger_folder() -> Path:
    # Found without importing it: the package would build a blueprint of its own.
    spec = find_spec("flask_swagger_ui")
    if spec is None or spec.origin is None:
        return _PAGES
    return Path(spec.origin).parent / "dist"
