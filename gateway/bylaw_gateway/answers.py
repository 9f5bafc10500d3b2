"""From the response message of a call to the HTTP response: JSON, a download, or 304."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Response

from bylaw_gateway import etags
from bylaw_gateway.contract import HTTP_BODY, Binding
from bylaw_gateway.headers import Environ
from bylaw_gateway.json_out import JsonOut, json_bytes, scalar_printer
from bylaw_gateway.problems import MEDIA_TYPE, Problem

FILE_NAME_KEY = "x-file-name"
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; ?charset=[\w-]+)?", re.ASCII)
_ACTIVE_TYPES = {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml"}


class AnswerWriter:
    """Turns response messages of one form of one call into HTTP; compiled once, shared by threads."""

    def __init__(self, binding: Binding, json_out: JsonOut) -> None:
        shown = binding.shown
        self.is_download = shown is not None and shown.full_name == HTTP_BODY
        self._pick = _picker(binding)
        self._print = None if self.is_download else printer_of(binding, json_out)
        self._tagged = shown is not None and "etag" in shown.fields_by_name
        self._is_read = binding.http_method == "GET"

    def write(self, message: Any, environ: Environ) -> Response:
        """The JSON answer to a call, with its ETag; 304 if the caller has this version already."""
        shown = self._pick(message) if self._pick else message
        tag = etags.header(shown.etag) if self._tagged else None
        if tag and self._is_read and etags.is_known(shown.etag, environ.get("HTTP_IF_NONE_MATCH", "")):
            return Response(status=304, headers={"ETag": tag})
        assert self._print is not None  # noqa: S101 - downloads go through `download`
        response = Response(json_bytes(self._print(shown)), content_type="application/json")
        if tag:
            response.headers["ETag"] = tag
        return response

    def download(self, message: Any, trailers: Iterable[tuple[str, Any]]) -> Response:
        """The raw bytes of an HttpBody, as a file to be saved."""
        body = self._pick(message) if self._pick else message
        return download(body, (body.data,), trailers)


def download(body: Any, chunks: Iterable[bytes], trailers: Iterable[tuple[str, Any]]) -> Response:
    """A file for the caller: always an attachment, so that no browser runs what somebody uploaded."""
    response = Response(chunks, content_type=_media_type(body.content_type))
    response.headers["Content-Disposition"] = disposition(_file_name(trailers))
    if isinstance(chunks, tuple):
        response.content_length = len(chunks[0])
    return response


def refusal(problem: Problem) -> Response:
    """An answer that says no."""
    return Response(problem.body(), problem.status, problem.headers, content_type=MEDIA_TYPE)


def _file_name(trailers: Iterable[tuple[str, Any]]) -> str:
    """The file's name from a call's metadata: as ASCII text, or as UTF-8 bytes, which alone can be Chinese."""
    for key, value in trailers:
        if key == FILE_NAME_KEY:
            return str(value)
        if key == f"{FILE_NAME_KEY}-bin":
            return bytes(value).decode("utf-8", "replace")
    return ""


def _media_type(claimed: str) -> str:
    kind = claimed.partition(";")[0].strip().lower()
    return claimed if _MEDIA_TYPE.fullmatch(claimed) and kind not in _ACTIVE_TYPES else "application/octet-stream"


def disposition(name: str) -> str:
    """The Content-Disposition of a download; of a name only its last part and printable signs remain."""
    bare = re.split(r"[/\\]", name)[-1]
    kept = "".join(sign for sign in bare if sign.isprintable() and sign not in '"%;')[:120].strip(". ")
    if not kept:
        return "attachment"
    if kept.isascii():
        return f'attachment; filename="{kept}"'
    plain = "".join(sign if sign.isascii() else "_" for sign in kept)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept)}"


def _picker(binding: Binding) -> Callable[[Any], Any] | None:
    name = binding.response_body
    return (lambda message: getattr(message, name)) if name else None


def printer_of(binding: Binding, json_out: JsonOut) -> Callable[[Any], Any]:
    """What turns the shown part of a response into a JSON tree."""
    if not binding.response_body:
        return json_out.printer(binding.output)
    field = binding.output.fields_by_name[binding.response_body]
    one = json_out.printer(field.message_type) if field.message_type else scalar_printer(field)
    if field.is_repeated:
        return lambda values: [one(value) if one else value for value in values]
    return one or (lambda value: value)
