"""The problem of a call that a service refused, or that never reached one."""

import re
from collections.abc import Callable
from typing import Any

import grpc
from bylaw.types.v1 import clause_wording_pb2
from google.rpc import error_details_pb2, status_pb2

from bylaw_gateway.problems import Problem, title_of
from bylaw_gateway.status_codes import MEANINGS, status_of_reason

_DETAILS_KEY = "grpc-status-details-bin"
_CLAUSE_KEY = "clause"
_SIGN_IN_AGAIN = "SIGN_IN_AGAIN"


def from_rpc(error: Exception, *, language: str, trace_id: str, spell: Callable[[str], str]) -> Problem:
    """The problem of a call that a service refused, or that never reached one; `spell` turns fields into JSON's.

    Only a google.rpc.Status with an ErrorInfo is repeated to the caller; any other text might tell internals.
    """
    code = error.code() if isinstance(error, grpc.Call) else grpc.StatusCode.UNKNOWN
    meaning = MEANINGS.get(code, MEANINGS[grpc.StatusCode.UNKNOWN])
    problem = Problem(meaning.status, meaning.title(language), meaning.text(language), code.name, trace_id)
    status = _status(error)
    if status is not None:
        _tell(problem, status, language)
    _spell(problem, spell)
    _add_headers(problem)
    return problem


def _spell(problem: Problem, spell: Callable[[str], str]) -> None:
    """Name each field as the caller wrote it: in the errors, in the variables, and in the sentence."""
    for named in {problem.variables.get("field", ""), *(fault["field"] for fault in problem.errors)} - {""}:
        written = spell(named)
        if written != named:
            whole = rf"(?<![\w.]){re.escape(named)}(?![\w\[]|\.\w)"
            problem.detail = re.sub(whole, written.replace("\\", r"\\"), problem.detail)
    for fault in problem.errors:
        fault["field"] = spell(fault["field"])
    if "field" in problem.variables:
        problem.variables["field"] = spell(problem.variables["field"])


def _status(error: Any) -> status_pb2.Status | None:
    for key, value in _trailers(error):
        if key == _DETAILS_KEY:
            try:
                return status_pb2.Status.FromString(value)
            except Exception:  # noqa: BLE001 - whatever the parser raises on rubbish, the generic text is the answer
                return None
    return None


def _trailers(error: Any) -> Any:
    return (error.trailing_metadata() or ()) if hasattr(error, "trailing_metadata") else ()


def _tell(problem: Problem, status: status_pb2.Status, language: str) -> None:
    info = _first(status, error_details_pb2.ErrorInfo)
    if info is None:
        return
    problem.reason = info.reason or problem.reason
    problem.clause = info.metadata.get(_CLAUSE_KEY, "")
    wording = _first(status, clause_wording_pb2.ClauseWording)
    if wording is not None and wording.clause == problem.clause:
        problem.clause_wording = {"zh": wording.wording.zh, "en": wording.wording.en}
    problem.variables = {key: value for key, value in info.metadata.items() if key != _CLAUSE_KEY}
    closer = status_of_reason(info.reason)
    if closer:
        problem.status = closer
        problem.title = title_of(problem.status, language)
    problem.detail = _detail(status, language) or problem.detail
    bad_request = _first(status, error_details_pb2.BadRequest)
    if bad_request is not None:
        problem.errors = _errors(bad_request, language)
    retry = _first(status, error_details_pb2.RetryInfo)
    if retry is not None:
        problem.headers["Retry-After"] = str(max(1, retry.retry_delay.seconds + (retry.retry_delay.nanos > 0)))


def _first(status: status_pb2.Status, kind: Any) -> Any:
    for detail in status.details:
        if detail.Is(kind.DESCRIPTOR):
            return kind.FromString(detail.value)
    return None


def _detail(status: status_pb2.Status, language: str) -> str:
    texts: dict[str, str] = {}
    for detail in status.details:
        if detail.Is(error_details_pb2.LocalizedMessage.DESCRIPTOR):
            text = error_details_pb2.LocalizedMessage.FromString(detail.value)
            texts[text.locale[:2].lower()] = text.message
    return texts.get(language, "")


def _errors(bad_request: Any, language: str) -> list[dict[str, str]]:
    """One entry a violation; services that send a violation once in each language are heard in the caller's."""
    found = []
    for violation in bad_request.field_violations:
        spoken = violation.localized_message
        if not spoken.message or spoken.locale[:2].lower() == language:
            detail = spoken.message or violation.description
            found.append({"field": violation.field, "reason": violation.reason, "detail": detail})
    return found


def _add_headers(problem: Problem) -> None:
    if problem.status == 401:
        problem.headers.setdefault("WWW-Authenticate", _challenge(problem))
    if problem.status == 503:
        problem.headers.setdefault("Retry-After", "1")


def _challenge(problem: Problem) -> str:
    """What brings the caller further; where their sign-in is too old, how old it may be, in seconds (RFC 9470)."""
    minutes = problem.variables.get("minutes", "") if problem.reason == _SIGN_IN_AGAIN else ""
    if not minutes.isdecimal():
        return "Bearer"
    return f'Bearer error="insufficient_user_authentication", max_age="{int(minutes) * 60}"'
