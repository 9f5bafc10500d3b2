"""Which tests prove which clause: the marks `@pytest.mark.clause("ATT-2")`, read without importing the tests."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from .places import ROOT

Marked = ast.FunctionDef | ast.ClassDef


def proofs(tests: Path = ROOT / "tests") -> list[tuple[str, str, Path]]:
    """Clause, name of the test (`tests/unit/test_x.py::test_name`) and its file, sorted."""
    found: set[tuple[str, str, Path]] = set()
    for path in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        where = path.relative_to(tests.parent).as_posix()
        for name, clauses in _tests(tree.body, list(_of_module(tree)), ""):
            found |= {(clause, f"{where}::{name}", path) for clause in clauses}
    return sorted(found)


def _tests(body: Iterable[ast.stmt], outer: list[str], prefix: str) -> Iterator[tuple[str, list[str]]]:
    """Every test with its clauses: its own marks, those of its class and those of its module."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            clauses = [*outer, *(clause for mark in node.decorator_list for clause in _marked(mark))]
            if isinstance(node, ast.ClassDef):
                yield from _tests(node.body, clauses, f"{prefix}{node.name}::")
            elif node.name.startswith("test"):
                yield f"{prefix}{node.name}", clauses


def _of_module(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(getattr(name, "id", "") == "pytestmark" for name in node.targets):
            marks = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
            for mark in marks:
                yield from _marked(mark)


def _marked(mark: ast.expr) -> Iterator[str]:
    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.clause":
        for argument in mark.args:
            if isinstance(argument, ast.Constant):
                yield str(argument.value)
