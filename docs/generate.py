"""Writes `docs/reference` and the marked parts of other pages: `python docs/generate.py [FOLDER for the reference]`."""

import sys
from pathlib import Path

from generator.benchmarks import README_NAMES, with_figures
from generator.book import pages
from generator.clauses import standing_json
from generator.places import ROOT
from generator.sheet_picture import with_sheet
from generator.snippets import pages_with_snippets, with_snippets

STANDING = ROOT / "console" / "bylaw_console" / "standing.json"


def write_reference(folder: Path) -> None:
    """Writes every page below a folder and removes what is no page any more."""
    folder.mkdir(parents=True, exist_ok=True)
    written = pages()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    for left in folder.iterdir():
        if left.name not in written:
            left.unlink()


def write_standing() -> None:
    """Writes what the console shows behind each clause into its distribution."""
    STANDING.write_text(standing_json(), encoding="utf-8")


def write_marked_parts() -> None:
    """Fills what pages mark: figures and a sheet in both READMEs, files shown in a page."""
    for name in README_NAMES:
        readme = ROOT / name
        text = with_sheet(with_figures(readme.read_text(encoding="utf-8"), name), name)
        readme.write_text(text, encoding="utf-8")
    for page in pages_with_snippets():
        page.write_text(with_snippets(page), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write_reference(Path(sys.argv[1]))
    else:
        write_reference(ROOT / "docs" / "reference")
        write_marked_parts()
        write_standing()
