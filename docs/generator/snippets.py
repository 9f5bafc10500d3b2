"""Code shown in pages is the file itself: a mark names the file, and the fence behind it is filled with its text."""

import re
from collections.abc import Iterator
from pathlib import Path

from .places import ROOT

MARK = re.compile(r"(<!-- snippet: (?P<file>\S+) -->\n```(?P<language>\w*)\n).*?(```)", re.DOTALL)


def pages_with_snippets() -> Iterator[Path]:
    """Every page of ours that shows a file."""
    for path in sorted((ROOT / "docs").rglob("*.md")):
        if MARK.search(path.read_text(encoding="utf-8")):
            yield path


def with_snippets(page: Path) -> str:
    """A page's text with each named file in its fence."""
    return MARK.sub(lambda mark: f"{mark[1]}{_text(page, mark['file'])}{mark[4]}", page.read_text(encoding="utf-8"))


def _text(page: Path, name: str) -> str:
    return (page.parent / name).read_text(encoding="utf-8")
