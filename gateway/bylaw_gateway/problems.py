"""Every refusal as `application/problem+json`, in the caller's language, with reason, clause and trace id."""

from dataclasses import dataclass, field
from typing import Any

import orjson

from bylaw_gateway.refusals import Refused
from bylaw_gateway.status_codes import TITLES_BY_STATUS

MEDIA_TYPE = "application/problem+json"


@dataclass(slots=True)
class Problem:
    """An answer that says no."""

    status: int
    title: str
    detail: str
    reason: str
    trace_id: str
    clause: str = ""
    clause_wording: dict[str, str] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def tree(self) -> dict[str, Any]:
        """The members of the problem document."""
        clause: dict[str, Any] = {"clause": self.clause} if self.clause else {}
        if self.clause_wording:
            clause["clauseWording"] = self.clause_wording
        return {
            "type": f"urn:bylaw:refusal:{self.reason}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "reason": self.reason,
            **clause,
            "traceId": self.trace_id,
            "errors": self.errors,
            "variables": self.variables,
        }

    def body(self) -> bytes:
        """The problem document."""
        return orjson.dumps(self.tree())


def from_refused(refused: Refused, *, language: str, trace_id: str) -> Problem:
    """The problem of a refusal of the gateway's own."""
    return Problem(
        status=refused.status,
        title=title_of(refused.status, language),
        detail=refused.texts[language],
        reason=refused.reason,
        trace_id=trace_id,
        errors=[
            {"field": fault.field, "reason": fault.reason, "detail": fault.zh if language == "zh" else fault.en}
            for fault in refused.faults
        ],
        variables=dict(refused.variables),
        headers=dict(refused.headers),
    )


def title_of(status: int, language: str) -> str:
    """The title of an HTTP status in a language."""
    zh, en = TITLES_BY_STATUS[status]
    return zh if language == "zh" else en
