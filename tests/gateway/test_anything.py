"""Whatever arrives, the answer is never a fault of the gateway and never tells internals."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gateway.contract.compiled import module

_FORMS = [
    "/v1/people",
    "/v1/people/{}",
    "/v1/people/{}:rename",
    "/v1/people/{}/sheets/{}",
    "/v1/people/{}/files",
    "/v1/staff/{}",
    "/v1/files/{}/{}",
    "/v1/mirror",
    "/v1/echo",
    "/v1/{}/{}",
]
_SEGMENTS = st.sampled_from(["7", "a:rename", ":", "..", "王", "*", "**"]) | st.text(max_size=4)
_PATHS = st.builds(lambda form, one, two: form.format(one, two), st.sampled_from(_FORMS), _SEGMENTS, _SEGMENTS)
_KNOWN = [
    "pageSize",
    "filter.active",
    "filter.since",
    "filter.grade",
    "colours",
    "readMask",
    "salt",
    "tags",
    "afterCursor",
    "count",
]
_QUERIES = st.one_of(
    st.text(max_size=30),
    st.lists(st.tuples(st.sampled_from(_KNOWN), st.text(max_size=6)), max_size=3).map(
        lambda pairs: "&".join(f"{name}={text}" for name, text in pairs)
    ),
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["1", "2015-03-02T00:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
_HEADER_NAMES = [
    "HTTP_AUTHORIZATION",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_IDEMPOTENCY_KEY",
    "HTTP_IF_MATCH",
    "HTTP_IF_NONE_MATCH",
    "HTTP_TRACEPARENT",
    "HTTP_X_DEADLINE_MS",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_ORIGIN",
    "HTTP_CONTENT_ENCODING",
    "HTTP_LAST_EVENT_ID",
]
_HEADERS = st.dictionaries(
    st.sampled_from(_HEADER_NAMES), st.text(st.characters(max_codepoint=255), max_size=12), max_size=3
)
_INTERNALS = re.compile(rb"Traceback|\.py\b|grpc\.|werkzeug|Exception")

SLOW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def is_decent(answer: Any) -> bool:
    return answer.status_code < 500 and not _INTERNALS.search(answer.data)


@SLOW
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE"]),
    path=_PATHS,
    query=_QUERIES,
    headers=_HEADERS,
)
def test_no_path_query_or_header_is_too_odd(
    app: Flask, method: str, path: str, query: str, headers: dict[str, str]
) -> None:
    sent = {**headers, "QUERY_STRING": query.encode().decode("latin-1"), "PATH_INFO": path.encode().decode("latin-1")}
    assert is_decent(app.test_client().open(method=method, environ_overrides=sent))


@SLOW
@given(
    body=st.binary(max_size=60),
    kind=st.sampled_from(["application/json", "text/plain", "application/json; charset=x", "\x7f"]),
)
def test_no_bytes_are_too_odd(app: Flask, body: bytes, kind: str) -> None:
    assert is_decent(app.test_client().post("/v1/mirror", data=body, content_type=kind))


@SLOW
@given(data=st.data())
def test_no_value_in_a_field_is_too_odd(app: Flask, data: st.DataObject) -> None:
    names = [field.json_name for field in module("kinds_pb2").Kinds.DESCRIPTOR.fields]
    body = json.dumps(data.draw(st.dictionaries(st.sampled_from(names), _VALUES, min_size=1, max_size=3)))
    answer = app.test_client().post("/v1/mirror", data=body, content_type="application/json")
    assert is_decent(answer)
    assert answer.status_code in {200, 400}


def test_callers_at_once_each_get_their_own_answer(app: Flask) -> None:
    def ask(number: int) -> tuple[str, str, str]:
        told = {"Authorization": f"Bearer t{number}", "Accept-Language": "zh" if number % 2 else "en"}
        metadata = app.test_client().get("/v1/echo", headers=told).json["metadata"]
        person = app.test_client().get(f"/v1/people/{number}").json["name"]
        return metadata["authorization"], metadata["accept-language"], person

    with ThreadPoolExecutor(16) as callers:
        answers = list(callers.map(ask, range(200)))
    assert answers == [(f"Bearer t{n}", "zh" if n % 2 else "en", f"people/{n}") for n in range(200)]
