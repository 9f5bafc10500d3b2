"""Each module says what it is; nothing has an empty name; no text says where it was written."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, every_text, named, sources, tree

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "shared", "core", "misc", "lib", "base"}
EMPTY_ENDINGS = ("Manager", "Helper", "Processor", "Handler", "Utils", "Util")
# `open` and `Work` places: what belongs to a machine and not to the product. Written apart, so that this file is clean.
PLACES = [f"/{'work'}/main", f"/{'work'}/shared", f"/{'work'}/.library", f"/{'tmp'}/w/"]
INDEX_ADDRESS = re.compile(r"(--index-url|--extra-index-url|index-url\s*=|registry\s*=\s*.?https?:)", re.IGNORECASE)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MOCKS = re.compile(r"unittest\.mock|\bmocker\b|mock\.patch|\bMagicMock\b")
SKIPS = re.compile(r"pytest\.(mark\.)?(skip|xfail)|@skip\b")


@pytest.mark.parametrize("path", sources(), ids=named)
def test_a_module_begins_by_saying_what_is_found_there(path: Path) -> None:
    said = ast.get_docstring(tree(path), clean=False)
    assert said
    first = said.splitlines()[0]
    assert len(first) > 15
    assert first.rstrip()[-1] in ".!?。`" or (len(first.splitlines()) == 1 and first.endswith("."))


def classes(path: Path) -> list[str]:
    return [node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]


def test_no_folder_and_no_file_has_an_empty_name() -> None:
    words = {named(path): set(re.split(r"[/._]", named(path).removesuffix(".py"))) for path in sources()}
    assert [name for name, parts in words.items() if EMPTY_WORDS & parts] == []


def test_no_class_has_an_empty_name() -> None:
    empty = [f"{named(path)} {name}" for path in sources() for name in classes(path) if _is_empty(name)]
    assert empty == []


def _is_empty(name: str) -> bool:
    return name.endswith(EMPTY_ENDINGS) and not name.startswith("_Others")


def found(pattern: re.Pattern[str], paths: tuple[Path, ...]) -> list[str]:
    own = Path(__file__)
    return [
        f"{named(path)}:{number}"
        for path in paths
        if path != own
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_nothing_is_left_unfinished() -> None:
    assert found(UNFINISHED, sources()) == []


def test_no_test_replaces_what_it_tests_and_none_is_left_out() -> None:
    assert found(MOCKS, sources("tests")) == []
    assert found(SKIPS, sources("tests")) == []


def test_no_file_names_a_place_of_one_machine_or_the_address_of_an_index() -> None:
    anywhere = re.compile("|".join(map(re.escape, PLACES)))
    assert found(anywhere, every_text()) == []
    assert found(INDEX_ADDRESS, every_text()) == []
    assert not (ROOT / "uv.lock").exists() or "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8")
