"""A field that a service names in a refusal, spelled the way the caller wrote it in body or query."""

import re

from google.protobuf.descriptor import Descriptor

from bylaw_gateway.contract import Binding

FREE = "google.protobuf.Struct"
"""What lies within is named by whoever made it, not by the contract."""
_STEP = re.compile(r"([a-z][a-z0-9_]*)((?:\[\d+\])?)")


def as_written(field: str, binding: Binding) -> str:
    """`unit.effective_date` is `effectiveDate` to a caller whose body is the unit; what is no field stays as it is.

    A field that the request does not have may be one of the thing in its body, named without it.
    """
    steps = _json_steps(field, binding.input)
    if steps is None:
        within = binding.input.fields_by_name.get(binding.body)
        return ".".join(_json_steps(field, within.message_type if within else None) or [field])
    is_in_body = len(steps) > 1 and field.partition(".")[0] == binding.body
    return ".".join(steps[1:] if is_in_body else steps)


def _json_steps(field: str, message: Descriptor | None) -> list[str] | None:
    steps: list[str] = []
    for part in field.split("."):
        if message is not None and message.full_name == FREE:
            steps.append(part)
            continue
        match = _STEP.fullmatch(part)
        known = message.fields_by_name.get(match[1]) if match and message else None
        if match is None or known is None:
            return None
        steps.append(f"{known.json_name}{match[2]}")
        message = known.message_type
    return steps
