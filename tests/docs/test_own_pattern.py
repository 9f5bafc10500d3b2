"""The tutorial of plugins is typed as it stands, from an empty folder to a pattern that a unit follows."""

import shutil
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.databases import ground
from tests.docs.pages import ROOT, page
from tests.docs.typing_pages import started, typed_in
from tests.plugins.authors_machine import with_the_suite

HOW_TO = ROOT / "docs" / "how-to"
SNIPPET = HOW_TO / "snippets" / "acme-market-days"
NAME = "acme-market-days"
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
"""As if there were no network: what builds a wheel is here already (pip reads the 0 as: no isolation)."""


def steps() -> list[str]:
    """The page's commands, fence by fence."""
    return page(HOW_TO / "write-a-shift-pattern.md").fences("bash")


@pytest.mark.timeout(600)
def test_every_command_of_the_tutorial_does_what_the_page_says() -> None:
    with TemporaryDirectory(prefix="bylaw-tutorial-", dir=ground(), ignore_cleanup_errors=True) as path:
        folder = Path(path)
        folder.chmod(0o755)
        python = str(with_the_suite(folder / "environment").python)
        wishes = {"BYLAW_DATA": str(folder / "company"), "python": python}
        with started(folder, **wishes) as port:
            begun = typed_in(steps()[:1], folder, port, python=python, **OFFLINE)
            assert "32 passed" in begun
            author = folder / NAME
            typed_in(steps()[1:2], author, port, python=python)
            shutil.copytree(SNIPPET, author, dirs_exist_ok=True, ignore=shutil.ignore_patterns("golden"))
            printed = typed_in(until_installed(), author, port, python=python, **OFFLINE)
        for said in ("by-default written", "30 passed", "29 rules are kept.", "30 rules are kept.", "people compared"):
            assert said in printed
        with started(folder, **wishes) as port:
            last = [step for step in steps() if " POST " in step]
            assigned = typed_in(
                [step.partition("bylaw plugin try")[0] for step in steps() if "export" in step] + last,
                author,
                port,
                python=python,
            )
        assert '"shiftPattern": "shiftPatterns/acme-market-days@1"' in assigned


def until_installed() -> list[str]:
    """What is typed from the third fence to the installation."""
    before = list(takewhile(lambda step: "pip install" not in step, steps()))
    return [*before[2:], steps()[len(before)]]


def test_what_the_tutorial_shows_lies_where_a_new_plugin_has_it() -> None:
    shown = [path.relative_to(SNIPPET).as_posix() for path in SNIPPET.rglob("*") if path.is_file()]
    text = page(HOW_TO / "write-a-shift-pattern.md").text
    assert [place for place in shown if place.endswith((".py", ".toml")) and f"{NAME}/{place} -->" not in text] == []
