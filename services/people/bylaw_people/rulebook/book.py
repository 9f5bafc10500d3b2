"""Reads the rulebook's files and answers clauses as of a date."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib import resources
from typing import Any

from bylaw_people.rules.organisation import Wording
from bylaw_people.rules.refusals import ClauseNotFound

SERVICES = ("people", "attendance", "inventory", "orders")


class ClauseKind(StrEnum):
    """What a clause asks of the system: to decide by it, to keep it, or to follow a person's duty."""

    RULE = "rule"
    RECORD = "record"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as it is worded from a date on."""

    id: str
    service: str
    kind: ClauseKind
    wording: Wording
    effective_date: date


@dataclass(frozen=True, slots=True)
class Book:
    """The clauses in the order of the rulebook; several wordings of one stand together, oldest first."""

    clauses: Sequence[Clause]

    def on(self, day: date) -> list[Clause]:
        """The clauses as they are worded on a day."""
        found: dict[str, Clause] = {}
        for clause in self.clauses:
            if clause.effective_date <= day:
                found[clause.id] = clause
        return list(found.values())

    def clause(self, identifier: str, day: date) -> Clause:
        """A clause as it is worded on a day; refuses CLAUSE_NOT_FOUND."""
        for clause in self.on(day):
            if clause.id == identifier:
                return clause
        raise ClauseNotFound


def shipped_book() -> Book:
    """The rulebook that ships."""
    return Book([clause for service in SERVICES for clause in _clauses(service)])


def _clauses(service: str) -> Iterator[Clause]:
    text = resources.files("bylaw_people.rulebook").joinpath(f"{service}.toml").read_text(encoding="utf-8")
    for entry in tomllib.loads(text)["clause"]:
        yield from _wordings(entry, service)


def _wordings(entry: Mapping[str, Any], service: str) -> Iterator[Clause]:
    for wording in entry["wording"]:
        text = Wording(wording["zh"], wording["en"])
        yield Clause(entry["id"], service, ClauseKind(entry["kind"]), text, wording["from"])
