"""What a problem document may hold, as OpenAPI tells it."""

from collections.abc import Mapping
from typing import Any


def problem_schema() -> Mapping[str, Any]:
    """The problem document as a JSON schema."""
    text = {"type": "string"}
    fault = {"type": "object", "properties": {"field": text, "reason": text, "detail": text}}
    return {
        "type": "object",
        "description": "Why a request was refused.",
        "required": ["type", "title", "status", "detail", "reason", "traceId"],
        "properties": {
            "type": {"type": "string", "format": "uri", "description": "Names the kind of refusal."},
            "title": {**text, "description": "The kind of refusal in the caller's language."},
            "status": {"type": "integer", "description": "The HTTP status."},
            "detail": {**text, "description": "What is wrong and what to do, in the caller's language."},
            "reason": {**text, "description": "A stable name in UPPER_SNAKE_CASE; test for this."},
            "clause": {**text, "description": "The clause of the rulebook that decided."},
            "clauseWording": {
                "type": "object",
                "description": "The clause as it is worded today, in both languages.",
                "properties": {"zh": text, "en": text},
            },
            "traceId": {**text, "description": "To be told to whoever runs the system."},
            "errors": {"type": "array", "items": fault, "description": "The fields or lines at fault."},
            "variables": {"type": "object", "additionalProperties": text, "description": "What the text mentions."},
        },
    }
