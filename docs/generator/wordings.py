"""Every way our packages say no, found in them: refusal classes, tables of words, faults named where they are found."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from bylaw_chassis.refusals import Refusal
from bylaw_gateway.status_codes import MEANINGS, status_of_reason
from grpc import StatusCode

from .faults import faults
from .markdown import sentence
from .places import modules

REASON = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Saying:
    """One way to say no."""

    package: str
    reason: str
    code: str
    status: str
    clause: str
    zh: str
    en: str
    meaning: str
    module: str


@cache
def sayings() -> tuple[Saying, ...]:
    """Every one, once, by package and reason."""
    imported = list(modules())
    found = [*_classes(), *(saying for module in imported for saying in _tables(module))]
    found += [
        Saying(fault.package, fault.reason, "", fault.status, "", fault.zh, fault.en, "", "") for fault in faults()
    ]
    return tuple(sorted(set(found)))


def reasons() -> set[str]:
    """Every reason there is."""
    return {saying.reason for saying in sayings()}


def _classes() -> Iterator[Saying]:
    for kind in _below(Refusal):
        if kind.__module__.startswith("bylaw_") and {"reason", "zh"} <= vars(kind).keys():
            status = status_of_reason(kind.reason) or MEANINGS[StatusCode[kind.code.name]].status
            yield Saying(
                kind.__module__.split(".")[0],
                kind.reason,
                kind.code.name,
                str(status),
                kind.clause,
                kind.zh,
                kind.en,
                sentence(kind.__doc__),
                kind.__module__,
            )


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _tables(module: ModuleType) -> Iterator[Saying]:
    """Tables called `..._WORDING` that map reasons to words; one that was imported counts where it is at home."""
    package = module.__name__.split(".")[0]
    for name, value in vars(module).items():
        if isinstance(value, Mapping) and value and "WORDING" in name and _is_table(value) and _at_home(name, module):
            for reason, wording in value.items():
                status = str(getattr(wording, "status", ""))
                yield Saying(package, str(reason), "", status, "", wording.zh, wording.en, "", module.__name__)


def _is_table(value: Mapping[Any, Any]) -> bool:
    keys = all(isinstance(key, str) and REASON.fullmatch(str(key)) for key in value)
    return keys and all(hasattr(wording, "zh") and hasattr(wording, "en") for wording in value.values())


def _at_home(name: str, module: ModuleType) -> bool:
    path = module.__file__ or ""
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a path as text
        return bool(re.search(rf"^{name}\b[^=\n]*=", file.read(), re.MULTILINE))
