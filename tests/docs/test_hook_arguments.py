"""Whatever a page shows of a hook or of a method that plugins write has the arguments that the code has."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import bylaw_hooks
import pytest
from bylaw_hooks import hookspecs
from bylaw_hooks.leave import LeavePolicy

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
KINDS = (bylaw_hooks.ShiftPattern, bylaw_hooks.BatchShiftPattern, bylaw_hooks.DeliveryChannel, LeavePolicy)
KNOWN = {
    name: list(inspect.signature(function).parameters)
    for holder in (hookspecs, *KINDS)
    for name, function in vars(holder).items()
    if inspect.isfunction(function) and not name.startswith("_")
}
PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("plugins/*/README.md"), *ROOT.glob("*.md")])


def shown(text: str) -> Iterator[tuple[str, list[str]]]:
    """The functions that a page shows, with the names of their arguments."""
    for code in CODE.findall(text):
        try:
            tree = ast.parse(code)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                yield node.name, [one.arg for one in arguments]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_shows_the_arguments_that_there_are(page: Path) -> None:
    wrong = [
        (name, given) for name, given in shown(page.read_text(encoding="utf-8")) if KNOWN.get(name, given) != given
    ]
    assert wrong == []


def test_an_argument_that_was_renamed_is_found() -> None:
    page = "```python\nclass Mine:\n    def plan(self, month, parameters): ...\n```"
    assert [given for name, given in shown(page) if KNOWN[name] != given] == [["self", "month", "parameters"]]


@pytest.mark.parametrize("hook", [name for name in KNOWN if name.startswith("register_")])
def test_every_hook_has_a_page_of_its_own(hook: str) -> None:
    page = (ROOT / "docs" / "reference" / f"hook-{hook}.md").read_text(encoding="utf-8")
    assert (hook, []) in list(shown(page))
    assert "**To write.**" in page
