"""Finds our source files and what is in them, so that the tests of this folder can hold them to the house style."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("chassis", "services", "gateway", "console", "plugins", "cli")
OURS = (*PRODUCT, "tests", "benchmarks", "docs", "deploy", "protos")
LEFT_OUT = {"generated", "migrations", "versions", "__pycache__", "golden"}
"""Generated code and migrations are aside; golden files are data."""


@cache
def sources(*folders: str) -> tuple[Path, ...]:
    """Our Python files below some folders, or below all; a folder that is not there yet has none."""
    found = [path for folder in folders or OURS for path in (ROOT / folder).rglob("*.py")]
    return tuple(sorted(path for path in found if not LEFT_OUT & set(path.relative_to(ROOT).parts)))


@cache
def every_text() -> tuple[Path, ...]:
    """All files that are or will be in the repository and hold text."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and _is_text(ROOT / name))


def _is_text(path: Path) -> bool:
    return path.is_file() and b"\0" not in path.read_bytes()[:8_192]


@cache
def tree(path: Path) -> ast.Module:
    """What a file says."""
    return ast.parse(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Function:
    """A function and how many lines it has, without its docstring, its decorators and its empty lines."""

    where: str
    lines: int


def functions(*folders: str) -> Iterator[Function]:
    """Every function and method of our sources."""
    for path in sources(*folders):
        text = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Function(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", _lines(node, text))


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef, text: list[str]) -> int:
    kept = set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    if ast.get_docstring(node) is not None:
        said = node.body[0]
        kept -= set(range(said.lineno, (said.end_lineno or said.lineno) + 1))
    return sum(1 for number in kept if text[number - 1].strip())


def line_count(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def named(path: Path) -> str:
    """A file by its place in the repository."""
    return str(path.relative_to(ROOT))
