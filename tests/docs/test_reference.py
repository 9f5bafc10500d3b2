"""The reference says what is: written anew it is the same, and what the contract promises is in it."""

import subprocess
import sys
from pathlib import Path

import pytest

from docs.generator.benchmarks import README_NAMES, with_figures
from docs.generator.clauses import standing_json
from docs.generator.contract import call_name, calls, reasons
from docs.generator.rulebook import clauses
from docs.generator.sheet_picture import with_sheet
from docs.generator.snippets import pages_with_snippets, with_snippets
from docs.generator.wordings import reasons as known_reasons
from tests.docs.pages import ROOT

REFERENCE = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference as it is written now."""
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run([sys.executable, ROOT / "docs" / "generate.py", folder], check=True)
    return folder


def test_the_reference_is_current(written: Path) -> None:
    fresh = {path.name: path.read_text(encoding="utf-8") for path in written.iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in REFERENCE.iterdir()}
    stale = sorted(name for name in fresh.keys() | kept.keys() if fresh.get(name) != kept.get(name))
    assert not stale, "run `make docs` and commit what it writes"


def test_the_console_shows_what_stands_behind_each_clause_today() -> None:
    kept = (ROOT / "console" / "bylaw_console" / "standing.json").read_text(encoding="utf-8")
    assert kept == standing_json(), "run `make docs` and commit what it writes"


@pytest.mark.parametrize("readme_name", README_NAMES)
def test_the_figures_in_a_readme_are_those_measured(readme_name: str) -> None:
    text = (ROOT / readme_name).read_text(encoding="utf-8")
    assert text == with_figures(text, readme_name), "run `make docs`"


@pytest.mark.parametrize("readme_name", README_NAMES)
def test_the_sheet_in_a_readme_is_what_the_command_prints(readme_name: str) -> None:
    text = (ROOT / readme_name).read_text(encoding="utf-8")
    assert "```text" in text
    assert text == with_sheet(text, readme_name), "run `make docs`"


def test_code_shown_in_pages_is_the_file_itself() -> None:
    shown = list(pages_with_snippets())
    assert shown
    assert not [path for path in shown if path.read_text(encoding="utf-8") != with_snippets(path)], "run `make docs`"


def test_every_refusal_that_the_contract_names_exists() -> None:
    known = known_reasons()
    unknown = {call_name(method): lacking for method in calls() if (lacking := set(reasons(method)) - known)}
    assert not unknown


def test_the_rulebook_has_its_sixty_six_clauses_in_both_languages() -> None:
    assert len(clauses()) == 66
    assert all(clause.wording.zh and clause.wording.en for clause in clauses())
