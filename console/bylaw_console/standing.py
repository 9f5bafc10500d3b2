"""What stands behind each clause: rules, calls, refusals and tests, as `make docs` wrote it beside this file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "standing.json"


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one clause: places of rules, names of calls, reasons of refusals, names of tests."""

    rules: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


NOTHING = Standing()
"""Of a clause of the company's own: it is on record, and nothing of ours decides by it."""


@cache
def standings() -> Mapping[str, Standing]:
    """All of them by clause; read once."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return {clause: _standing(parts) for clause, parts in found.items()}


def _standing(parts: dict[str, list[object]]) -> Standing:
    rules = tuple(str(rule["place"]) for rule in parts["rules"] if isinstance(rule, dict))
    calls, refusals, tests = (tuple(map(str, parts[name])) for name in ("calls", "refusals", "tests"))
    return Standing(rules, calls, refusals, tests)
