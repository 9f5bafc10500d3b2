"""Calls turn a message into a command and an answer into a message; what decides stands beside the use cases."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import named, sources, tree

DECIDING = (ast.If, ast.IfExp, ast.Raise, ast.Try, ast.Match, ast.While)


def rpc_files() -> list[Path]:
    """The files of calls."""
    return [path for path in sources("services") if "rpc" in path.parts]


def deciding(path: Path) -> Iterator[str]:
    """Where a file decides something, filters included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, DECIDING) or (isinstance(node, ast.comprehension) and node.ifs):
            yield f"{named(path)}:{getattr(node, 'lineno', '')} {type(node).__name__}"


def test_there_are_calls_to_look_at() -> None:
    assert len(rpc_files()) > 28


@pytest.mark.parametrize("path", rpc_files(), ids=named)
def test_no_call_decides_anything(path: Path) -> None:
    assert list(deciding(path)) == []
