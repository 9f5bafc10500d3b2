"""Reads the files of the rulebook that ships."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.rulebook.clauses import Book, Clause, ClauseKind

__all__ = ["EDITION", "Book", "Clause", "ClauseKind", "shipped_book"]

SERVICES = ("people", "attendance", "inventory", "orders")

EDITION = 1
"""Counted up with every change of a clause that ships: an installation takes an edition once, never an older one."""


@cache
def shipped_book() -> Book:
    """The rulebook that ships."""
    return Book(tuple(clause for service in SERVICES for clause in _clauses(service)))


def _clauses(service: str) -> Iterator[Clause]:
    text = resources.files("bylaw_people.rulebook").joinpath(f"{service}.toml").read_text(encoding="utf-8")
    for entry in tomllib.loads(text)["clause"]:
        yield from _wordings(entry, service)


def _wordings(entry: Mapping[str, Any], service: str) -> Iterator[Clause]:
    for wording in entry["wording"]:
        text = Wording(wording["zh"], wording["en"])
        yield Clause(entry["id"], service, ClauseKind(entry["kind"]), text, wording["from"])
