"""A refusal on the wire: google.rpc.Status with reason, variables, both languages and the fields at fault; and back."""

from dataclasses import dataclass, field
from typing import Any

import grpc
from bylaw.types.v1.clause_wording_pb2 import ClauseWording
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import DecodeError
from google.rpc import error_details_pb2 as details
from google.rpc.code_pb2 import Code as RpcCode
from google.rpc.status_pb2 import Status

from bylaw_chassis.clause_words import wording_message, wording_told
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import (
    Code,
    DeadlinePassed,
    Overloaded,
    Refusal,
    Unavailable,
    Violation,
)

MOST_VIOLATIONS = 200
"""Fields or lines named in one refusal; what is beyond is counted (`count`), for all travels in one header."""

DETAILS_KEY = "grpc-status-details-bin"
"""Metadata key under which gRPC carries a Status."""


def to_status(refusal: Refusal, domain: str) -> Status:
    """Puts a refusal into a Status; every variable is also in the ErrorInfo's metadata, the clause in its words."""
    if isinstance(refusal, RemoteRefusal):
        return refusal.status
    status = Status(code=RpcCode.Value(refusal.code.name), message=refusal.message_en)
    metadata = dict(refusal.variables)
    if refusal.clause:
        metadata["clause"] = refusal.clause
    _attach(status, details.ErrorInfo(reason=refusal.reason, domain=domain, metadata=metadata))
    _attach(status, details.LocalizedMessage(locale="zh", message=refusal.message_zh))
    _attach(status, details.LocalizedMessage(locale="en", message=refusal.message_en))
    if refusal.clause_wording:
        _attach(status, wording_message(refusal.clause_wording))
    if refusal.violations:
        _attach(status, _bad_request(refusal.violations))
    if refusal.retry_after_seconds:
        _attach(status, details.RetryInfo(retry_delay=Duration(seconds=refusal.retry_after_seconds)))
    return status


def _attach(status: Status, detail: Any) -> None:
    status.details.add().Pack(detail)


def _bad_request(violations: tuple[Violation, ...]) -> details.BadRequest:
    found = details.BadRequest()
    for violation in violations[:MOST_VIOLATIONS]:
        for locale, text in (("zh", violation.zh), ("en", violation.en)):
            found.field_violations.add(
                field=violation.field,
                reason=violation.reason,
                description=violation.en,
                localized_message=details.LocalizedMessage(locale=locale, message=text),
            )
    return found


class RemoteRefusal(Refusal):
    """A neighbour's refusal, as it came: same code, reason, words, fields and wait."""

    def __init__(self, status: Status) -> None:
        found = _unpacked(status)
        self.status = status
        self.code = Code[RpcCode.Name(status.code)]
        self.reason = found.info.reason
        self.clause = found.info.metadata.get("clause", "")
        self.clause_wording = wording_told(found.wording) if found.wording.clause else None
        self.retry_after_seconds = found.retry.retry_delay.seconds
        variables = {key: value for key, value in found.info.metadata.items() if key != "clause"}
        super().__init__(violations=_violations(found.bad), **variables)
        self.message_zh, self.message_en = found.texts.get("zh", ""), found.texts.get("en", status.message)
        self.args = (f"{self.reason}: {self.message_en}",)


@dataclass(slots=True)
class _Details:
    info: details.ErrorInfo = field(default_factory=details.ErrorInfo)
    retry: details.RetryInfo = field(default_factory=details.RetryInfo)
    bad: details.BadRequest = field(default_factory=details.BadRequest)
    wording: ClauseWording = field(default_factory=ClauseWording)
    texts: dict[str, str] = field(default_factory=dict)


def _unpacked(status: Status) -> _Details:
    found, text = _Details(), details.LocalizedMessage()
    for detail in status.details:
        if detail.Unpack(text):
            found.texts[text.locale] = text.message
        else:
            parts = (found.info, found.retry, found.bad, found.wording)
            _ = any(detail.Unpack(part) for part in parts)
    return found


def _violations(bad: details.BadRequest) -> list[Violation]:
    """Each violation from its two entries, one a language."""
    pairs: dict[tuple[str, str, str], dict[str, str]] = {}
    for entry in bad.field_violations:
        texts = pairs.setdefault((entry.field, entry.reason, entry.description), {})
        texts[entry.localized_message.locale] = entry.localized_message.message
    return [
        Violation(at, reason, texts.get("zh", said), texts.get("en", said))
        for (at, reason, said), texts in pairs.items()
    ]


_KNOWN: dict[str, type[Refusal]] = {"DEADLINE_EXCEEDED": DeadlinePassed, "RESOURCE_EXHAUSTED": Overloaded}


def refusal_from(error: grpc.RpcError) -> Refusal:
    """A neighbour's error as the refusal it was; one that says nothing we understand is logged, and UNAVAILABLE."""
    try:
        for key, value in error.trailing_metadata() or ():
            if key == DETAILS_KEY:
                return RemoteRefusal(Status.FromString(value))
    except (DecodeError, KeyError, ValueError, TypeError):
        log().error("neighbour_not_understood", code=error.code().name)
        return Unavailable()
    name = error.code().name
    if name not in _KNOWN and name != "UNAVAILABLE":
        log().error("neighbour_failed", code=name)
    return _KNOWN.get(name, Unavailable)()
