"""Where the rulebook's clauses live in the code: docstrings that cite them in parentheses, read without importing."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .places import source_files

_PARENTHESES = re.compile(r"\(([^()]*)\)")
_CLAUSE = re.compile(r"\b([A-Z]{3})-(\d+)((?:, ?\d+)*)")
_RANGE = re.compile(r"\b[A-Z]{3}-\d+ to (?:[A-Z]{3}-)?\d+")
NOT_RULES = frozenset({"bylaw_cli"})
"""Packages whose docstrings may cite a clause without being its rule: the demonstration shows, it does not decide."""


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A place that cites a clause: module and function, and its file."""

    clause: str
    place: str
    path: Path


def cited(text: str) -> Iterator[str]:
    """The clauses in the parentheses of a text: `(HRS-1, 3; ATT-2)` cites three.

    A range, `(HRS-1 to HRS-5)`, cites none: it is easily written over clauses that are not meant.
    """
    for group in _PARENTHESES.findall(text):
        for letters, first, more in _CLAUSE.findall(_RANGE.sub("", group)):
            numbers = [first, *re.findall(r"\d+", more)]
            yield from (f"{letters}-{number}" for number in numbers)


def citations() -> list[Citation]:
    """Every citation in a docstring of a module, class or function of the product."""
    found: set[Citation] = set()
    for module, path in source_files():
        if module.split(".")[0] not in NOT_RULES:
            for place, docstring in _docstrings(module, ast.parse(path.read_text(encoding="utf-8"))):
                found |= {Citation(clause, place, path) for clause in cited(docstring)}
    return sorted(found)


def _docstrings(module: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    yield module, ast.get_docstring(tree) or ""
    for name, node in _named(tree.body, ""):
        yield f"{module}:{name}", ast.get_docstring(node) or ""


Named = ast.FunctionDef | ast.ClassDef


def _named(body: Iterable[ast.stmt], outer: str) -> Iterator[tuple[str, Named]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            name = f"{outer}{node.name}"
            yield name, node
            yield from _named(node.body, f"{name}.")
