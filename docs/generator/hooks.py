"""The pages of hooks: what a plugin registers, the types it is given and gives back, and the patterns that ship."""

import inspect
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import bylaw_hooks
from bylaw_hooks import couriers, exporting, hookspecs, leave, orders
from bylaw_plugin_host.discovery import GROUP, installed
from bylaw_plugin_host.registering import register

from .markdown import code, page, plain_names, sentence, table

INTRODUCTION = f"""\
A plugin is a Python distribution that depends on `bylaw-hooks` alone, says `bylaw_api = {bylaw_hooks.API_VERSION}` in
its module, and names that module as an entry point of the group `{GROUP}`, called as the distribution is. How to write
one: [write a shift pattern](../how-to/write-a-shift-pattern.md). Whatever is wrong with a plugin stops the start and
names the distribution: see [refusals](refusals.md#of-the-host-of-plugins)."""


LONGEST_LINE = 120
LEAVE = "From `bylaw_hooks.leave`; a distribution that brings no leave policy needs none of them."


EXPORTS = "From `bylaw_hooks.exporting`; a distribution that brings no export layout needs none of them."


COURIERS = "From `bylaw_hooks.couriers`; a distribution that asks no provider of tracking needs none of them."

ORDER_FILES = "From `bylaw_hooks.orders`; a distribution that reads no files of orders needs none of them."


def hooks_page() -> str:
    """The whole page."""
    types = [*_types(bylaw_hooks), "## Types of leave", LEAVE, *_types(leave)]
    types += ["## Types of exports", EXPORTS, *_types(exporting)]
    types += ["## Types of couriers", COURIERS, *_types(couriers)]
    types += ["## Types of order files", ORDER_FILES, *_types(orders)]
    shipped = ["## Shipped patterns", *_patterns(), "## Shipped leave policies", *_leave_policies()]
    shipped += ["## Shipped export layouts", *_layouts()]
    shipped += ["## Shipped order importers", *_importers()]
    return page("Hooks", INTRODUCTION, "## Hooks", *_hooks(), "## Types", *types, *shipped)


REGISTERED = {
    "register_shift_patterns": (bylaw_hooks.ShiftPattern, bylaw_hooks.BatchShiftPattern),
    "register_delivery_channels": (bylaw_hooks.DeliveryChannel,),
    "register_leave_policies": (leave.LeavePolicy,),
    "register_export_layouts": (exporting.ExportLayout,),
    "register_couriers": (couriers.CourierAdapter,),
    "register_order_importers": (orders.OrderImporter,),
}
"""What a plugin hands over by each hook."""


def hook_pages() -> dict[str, str]:
    """A page a hook: the function to write, and every method of what it hands over, by its file's name."""
    return {f"hook-{name}.md": page(name, *_hook(name, function)) for name, function in _functions()}


def _functions() -> Iterator[tuple[str, Any]]:
    for name, function in sorted(vars(hookspecs).items()):
        if inspect.isfunction(function) and function.__module__ == hookspecs.__name__:
            yield name, function


def _hooks() -> Iterator[str]:
    for name, function in _functions():
        yield f"### {name}"
        yield f"{inspect.getdoc(function)} Its page: [{name}](hook-{name}.md)."


def _hook(name: str, function: Any) -> Iterator[str]:
    yield inspect.getdoc(function) or ""
    yield f"```python\n@hookimpl\ndef {name}{plain_names(str(inspect.signature(function)))}: ...\n```"
    for kind in REGISTERED[name]:
        yield f"## {kind.__name__}"
        yield inspect.getdoc(kind) or ""
        for called, method in vars(kind).items():
            if inspect.isfunction(method) and not called.startswith("_"):
                yield f"### {kind.__name__}.{called}"
                yield _written(called, method)
                yield f"{_duty(method)} {inspect.getdoc(method)}"
    yield "All types: [hooks](hooks.md#types)."


def _written(name: str, method: Any) -> str:
    """On one line, or, as the formatter has it, its arguments on one of their own."""
    given, _, gives = plain_names(str(inspect.signature(method))).rpartition(" -> ")
    line = f"def {name}{given} -> {gives}: ..."
    if len(line) > LONGEST_LINE:
        line = f"def {name}(\n    {given[1:-1]}\n) -> {gives}: ..."
    return f"```python\n{line}\n```"


def _duty(method: Any) -> str:
    return "**To write.**" if getattr(method, "__isabstractmethod__", False) else "**Inherited, to override.**"


def _types(surface: Any) -> Iterator[str]:
    for name in sorted(surface.__all__):
        found = getattr(surface, name)
        if inspect.isclass(found):
            yield f"### {name}"
            yield inspect.getdoc(found) or ""
            yield _members(found)


def _members(kind: type[Any]) -> str:
    if issubclass(kind, Enum):
        return table(["Value", ""], ((code(member.name), code(member.value)) for member in kind))
    if is_dataclass(kind):
        return table(["Field", "Type"], ((code(field.name), code(_type_text(field.type))) for field in fields(kind)))
    return table(["Member", "Says"], _methods(kind))


def _type_text(kind: object) -> str:
    return plain_names(kind if isinstance(kind, str) else inspect.formatannotation(kind))


def _methods(kind: type[Any]) -> Iterator[tuple[str, str]]:
    for name, member in vars(kind).items():
        function = member.fget if isinstance(member, property) else member
        if not name.startswith("_") and inspect.isfunction(function):
            shown = name if isinstance(member, property) else f"{name}{_signature(function)}"
            yield code(shown), sentence(function.__doc__)


def _signature(function: Any) -> str:
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    return f"({', '.join(names)})"


def _patterns() -> Iterator[str]:
    for one in sorted(_ours("patterns"), key=lambda one: str(one.pattern.identity)):
        yield from _shipped(one.pattern, one.distribution)


def _leave_policies() -> Iterator[str]:
    for one in sorted(_ours("leave_policies"), key=lambda one: str(one.policy.identity)):
        yield from _shipped(one.policy, one.distribution)


def _layouts() -> Iterator[str]:
    for one in sorted(_ours("layouts"), key=lambda one: str(one.layout.identity)):
        title = one.layout.title
        yield f"### {one.layout.identity}"
        columns = "[export for payroll](../how-to/export-for-payroll.md)"
        yield f"{title.zh} · {title.en}. From `{one.distribution}`. Its columns: {columns}."


def _importers() -> Iterator[str]:
    how_to = "[import orders](../how-to/import-orders.md)"
    for one in sorted(_ours("importers"), key=lambda one: str(one.importer.identity)):
        title, files = one.importer.title, one.importer.most_tables
        yield f"### {one.importer.identity}"
        reads = "a file" if files == 1 else f"{files} files together"
        yield f"{title.zh} · {title.en}. From `{one.distribution}`; reads {reads}: {how_to}."


def _ours(kind: str) -> list[Any]:
    return [one for found in installed() if found.shipped for one in getattr(register(found.entry), kind)]


def _shipped(policy: Any, distribution: str) -> Iterator[str]:
    yield f"### {policy.identity}"
    yield f"{policy.title.zh} · {policy.title.en}. From `{distribution}`."
    schema = policy.parameters.model_json_schema()
    yield _parameter_table(schema)
    for name, definition in sorted(schema.get("$defs", {}).items()):
        yield f"`{name}`: {sentence(definition.get('description'))}"
        yield _parameter_table(definition)


def _parameter_table(schema: dict[str, Any]) -> str:
    rows = ((code(name), *_parameter(described)) for name, described in schema["properties"].items())
    return table(["Parameter", "Default", "中文", "English"], rows)


def _parameter(described: dict[str, Any]) -> tuple[str, str, str]:
    title = described.get("x-title", {"zh": "", "en": ""})
    shown = code(json.dumps(described["default"], ensure_ascii=False)) if "default" in described else "must be given"
    return shown, title["zh"], title["en"]
