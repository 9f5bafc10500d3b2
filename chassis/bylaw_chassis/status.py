"""A refusal on the wire: google.rpc.Status with reason, variables, both languages and the fields at fault; and back."""

from typing import Any

import grpc
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2 as details
from google.rpc.code_pb2 import Code as RpcCode
from google.rpc.status_pb2 import Status

from bylaw_chassis.refusals import (
    Code,
    DeadlinePassed,
    InternalFault,
    Overloaded,
    Refusal,
    Unavailable,
    Violation,
)

DETAILS_KEY = "grpc-status-details-bin"
"""Metadata key under which gRPC carries a Status."""


def to_status(refusal: Refusal, domain: str) -> Status:
    """Puts a refusal into a Status; every variable of the message is also in the ErrorInfo's metadata."""
    status = Status(code=RpcCode.Value(refusal.code.name), message=refusal.message_en)
    metadata = dict(refusal.variables)
    if refusal.clause:
        metadata["clause"] = refusal.clause
    _attach(status, details.ErrorInfo(reason=refusal.reason, domain=domain, metadata=metadata))
    _attach(status, details.LocalizedMessage(locale="zh", message=refusal.message_zh))
    _attach(status, details.LocalizedMessage(locale="en", message=refusal.message_en))
    if refusal.violations:
        _attach(status, _bad_request(refusal.violations))
    if refusal.retry_after_seconds:
        _attach(status, details.RetryInfo(retry_delay=Duration(seconds=refusal.retry_after_seconds)))
    return status


def _attach(status: Status, detail: Any) -> None:
    status.details.add().Pack(detail)


def _bad_request(violations: tuple[Violation, ...]) -> details.BadRequest:
    found = details.BadRequest()
    for violation in violations:
        for locale, text in (("zh", violation.zh), ("en", violation.en)):
            found.field_violations.add(
                field=violation.field,
                reason=violation.reason,
                description=violation.en,
                localized_message=details.LocalizedMessage(locale=locale, message=text),
            )
    return found


class RemoteRefusal(Refusal):
    """A neighbour's refusal, as it came: same code, reason and words."""

    def __init__(self, status: Status) -> None:
        info, texts = details.ErrorInfo(), {"zh": "", "en": status.message}
        for detail in status.details:
            if detail.Unpack(info):
                continue
            text = details.LocalizedMessage()
            if detail.Unpack(text):
                texts[text.locale] = text.message
        self.status = status
        self.code = Code[RpcCode.Name(status.code)]
        self.reason = info.reason
        self.clause = info.metadata.get("clause", "")
        super().__init__(**{key: value for key, value in info.metadata.items() if key != "clause"})
        self.message_zh, self.message_en = texts["zh"], texts["en"]


def refusal_from(error: grpc.RpcError) -> Refusal:
    """A neighbour's error as the refusal it was; one without details as UNAVAILABLE or its like."""
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS_KEY:
            return RemoteRefusal(Status.FromString(value))
    known = {
        "DEADLINE_EXCEEDED": DeadlinePassed,
        "RESOURCE_EXHAUSTED": Overloaded,
        "UNAVAILABLE": Unavailable,
    }
    return known.get(error.code().name, InternalFault)()
