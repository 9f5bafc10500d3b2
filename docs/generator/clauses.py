"""The clause table: each clause of the rulebook with its rules, calls, refusals and the tests that prove it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bylaw_people.rulebook.book import Clause

from .citations import citations, cited
from .contract import call_name, calls, comments
from .markdown import bullets, code, link, page, table
from .marks import proofs
from .places import ROOT, from_reference
from .rulebook import clauses
from .wordings import sayings

INTRODUCTION = """\
Each clause of the rulebook that ships, with what stands behind it: the rules (functions and classes whose docstring
cites the clause in parentheses), the calls whose contract cites it, the refusals that name it, and the tests marked
with it. A clause with nothing behind it is not built yet; the table says so rather than leave it out. The same, for
machines, is in [clauses.json](clauses.json)."""
STANDING = ("rules", "calls", "refusals", "tests")
"""What may stand behind a clause."""

KINDS = {
    "rule": "rule: the system decides or refuses by it",
    "record": "record: the system keeps it and can show it",
    "duty": "duty: somebody's duty that the system assigns and follows",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands behind a clause; rules and tests as name and file."""

    rules: list[tuple[str, Path]]
    calls: list[str]
    refusals: list[str]
    tests: list[tuple[str, Path]]

    @property
    def nothing(self) -> bool:
        """Whether the clause is not built at all."""
        return not (self.rules or self.calls or self.refusals or self.tests)


class _Known(dict[str, Standing]):
    """The clauses of the rulebook; anything else was cited by mistake."""

    def __missing__(self, clause: str) -> Standing:
        raise LookupError(f"{clause} is cited or marked somewhere, and the rulebook has no such clause")


@cache
def standings() -> dict[str, Standing]:
    """Each clause with what stands behind it; a citation of a clause that does not exist is an error."""
    found = _Known({clause.id: Standing([], [], [], []) for clause in clauses()})
    for citation in citations():
        found[citation.clause].rules.append((citation.place, citation.path))
    for method in calls():
        for clause in dict.fromkeys(cited(comments().get(method.full_name, ""))):
            found[clause].calls.append(call_name(method))
    for saying in sayings():
        if saying.clause:
            found[saying.clause].refusals.append(saying.reason)
    for clause, name, path in proofs():
        found[clause].tests.append((name, path))
    return found


def clauses_json() -> str:
    """The table for machines: a list in the rulebook's order."""
    behind = standings()
    return json.dumps([_tree(clause, behind[clause.id]) for clause in clauses()], ensure_ascii=False, indent=1) + "\n"


def standing_json() -> str:
    """What stands behind each clause, for the console: rules, calls, refusals and tests, without its words."""
    behind = standings()
    trees = (_tree(clause, behind[clause.id]) for clause in clauses())
    return json.dumps({tree["id"]: {part: tree[part] for part in STANDING} for tree in trees}, indent=1) + "\n"


def _tree(clause: Clause, standing: Standing) -> dict[str, object]:
    return {
        "id": clause.id,
        "service": clause.service,
        "kind": clause.kind.value,
        "zh": clause.wording.zh,
        "en": clause.wording.en,
        "rules": [{"place": place, "file": path.relative_to(ROOT).as_posix()} for place, path in standing.rules],
        "calls": standing.calls,
        "refusals": standing.refusals,
        "tests": [name for name, _ in standing.tests],
    }


def clauses_page() -> str:
    """The table for people."""
    behind = standings()
    parts = (part for clause in clauses() for part in _clause(clause, behind[clause.id]))
    return page("Clauses", INTRODUCTION, _summary(behind), *parts)


def _summary(behind: dict[str, Standing]) -> str:
    rows = (_summary_row(clause, behind[clause.id]) for clause in clauses())
    return table(["Clause", "Service", "Kind", "Rules", "Calls", "Refusals", "Tests"], rows)


def _summary_row(clause: Clause, standing: Standing) -> list[str]:
    parts = (standing.rules, standing.calls, standing.refusals, standing.tests)
    counts = ["not built", "", "", ""] if standing.nothing else [str(len(part)) for part in parts]
    return [link(clause.id, clause.id), clause.service, clause.kind, *counts]


def _clause(clause: Clause, standing: Standing) -> Iterator[str]:
    yield f"## {clause.id}"
    yield f"{clause.wording.zh}\n\n{clause.wording.en}"
    yield f"{clause.service}; {KINDS[clause.kind]}."
    named = {
        "Rules": [_file_link(place, path) for place, path in standing.rules],
        "Calls": [link(name, name, page_name="calls.md") for name in standing.calls],
        "Refusals": [code(reason) for reason in standing.refusals],
        "Tests": [_file_link(name.split("::", 1)[1], path) for name, path in standing.tests],
    }
    for title, items in named.items():
        if items:
            yield f"{title}:\n\n{bullets(items)}"


def _file_link(name: str, path: Path) -> str:
    return f"[{code(name)}]({from_reference(path)})"
