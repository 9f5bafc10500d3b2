"""Environment variables that are named somewhere and belong to no class of settings and no option: with the place."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from .places import ROOT, from_reference, source_files

VARIABLE = re.compile(r"\bBYLAW_[A-Z][A-Z_]*[A-Z]\b")
BESIDE_THE_CODE = ("Makefile", "docker-compose.yml", "deploy/compose-env", "deploy/migrate.py")


def other_variables(known: Collection[str]) -> list[list[str]]:
    """A row per variable that is not known: its name, and the files that name it."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in _files():
        for variable in sorted(set(VARIABLE.findall(path.read_text(encoding="utf-8"))) - set(known)):
            found[variable].append(path)
    return [[f"`{variable}`", ", ".join(map(_link, paths))] for variable, paths in sorted(found.items())]


def _files() -> Iterator[Path]:
    yield from (path for _, path in source_files())
    yield from (ROOT / name for name in BESIDE_THE_CODE if (ROOT / name).exists())


def _link(path: Path) -> str:
    return f"[{path.relative_to(ROOT).as_posix()}]({from_reference(path)})"
