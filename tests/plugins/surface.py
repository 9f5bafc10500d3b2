"""What a plugin author can lean on, written down, and what of a change of it would break a plugin of an older day."""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

import bylaw_hooks
from bylaw_hooks import couriers, exporting, hookspecs, leave, orders
from pydantic import BaseModel

Parts = Mapping[str, Mapping[str, str | bool]]
"""By name: what each part is, and whether one may leave it out."""


def surface() -> dict[str, Parts]:
    """Every public name of the surface with its parts: parameters, fields, values, methods."""
    found = {name: _parts(getattr(bylaw_hooks, name)) for name in sorted(bylaw_hooks.__all__)}
    found |= {f"leave.{name}": _parts(getattr(leave, name)) for name in sorted(leave.__all__)}
    found |= {f"exporting.{name}": _parts(getattr(exporting, name)) for name in sorted(exporting.__all__)}
    found |= {f"couriers.{name}": _parts(getattr(couriers, name)) for name in sorted(couriers.__all__)}
    found |= {f"orders.{name}": _parts(getattr(orders, name)) for name in sorted(orders.__all__)}
    hooks = {name: hook for name, hook in vars(hookspecs).items() if inspect.isfunction(hook) and "register" in name}
    return found | {f"hook {name}": _parameters(hook) for name, hook in sorted(hooks.items())}


def _parts(thing: Any) -> Parts:
    if inspect.isclass(thing) and issubclass(thing, Enum):
        return {name: {"is": repr(member.value), "optional": True} for name, member in thing.__members__.items()}
    if inspect.isclass(thing):
        return dict(_members(thing))
    return _parameters(thing) if inspect.isfunction(thing) else {}


def _members(kind: Any) -> Iterator[tuple[str, Mapping[str, str | bool]]]:
    if is_dataclass(kind):
        for place, field in enumerate(fields(kind)):
            yield f"{place} {field.name}", {"is": _said(field.type), "optional": field.default is not MISSING}
    elif issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            yield name, {"is": f"{_said(field.annotation)} = {field.default!r}", "optional": not field.is_required()}
    for name, member in sorted(vars(kind).items()):
        if not name.startswith("_") and inspect.isfunction(member):
            must = getattr(member, "__isabstractmethod__", False)
            yield f"{name}()", {"is": "abstract" if must else "given", "optional": not must}
            yield from ((f"{name}({part})", said) for part, said in _parameters(member).items())


def _parameters(function: Any) -> Parts:
    signature = inspect.signature(function)
    told: dict[str, dict[str, str | bool]] = {"returns": {"is": _said(signature.return_annotation), "optional": True}}
    for place, (name, one) in enumerate(signature.parameters.items()):
        called = f"{place} {name}" if one.kind is one.POSITIONAL_OR_KEYWORD else f"{one.kind.description} {name}"
        told[called] = {"is": _said(one.annotation), "optional": one.default is not one.empty}
    return told


def _said(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def broken(recorded: Mapping[str, Parts], current: Mapping[str, Parts]) -> list[str]:
    """What of the recorded surface is gone or changed, and what is new and cannot be left out."""
    return [
        *(f"{name} is gone" for name in recorded if name not in current),
        *(
            f"{name}: {part} is {current[name].get(part, 'gone')}"
            for name, parts in recorded.items()
            for part, said in parts.items()
            if name in current and current[name].get(part) != said
        ),
        *(
            f"{name}: {part} is new and must be given"
            for name, parts in recorded.items()
            for part, said in current.get(name, {}).items()
            if part not in parts and not said["optional"]
        ),
    ]
