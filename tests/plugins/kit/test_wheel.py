"""C31: a wheel is tried with only what it declares; what it takes without declaring it is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bylaw_cli.plugin.writing import write
from bylaw_kit.wheel import outcomes_of_wheel

from tests.plugins.authors_machine import built

Change = Callable[[Path], None]


def wheel_of(tmp_path: Path, change: Change) -> Path:
    folder = write("acme-patterns", tmp_path)
    change(folder)
    return built(folder, tmp_path / "dist")


def replaced(file: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def test_a_wheel_that_needs_only_what_it_declares_passes(tmp_path: Path) -> None:
    found = list(outcomes_of_wheel(built(write("acme-patterns", tmp_path), tmp_path / "dist"), examples=3))
    assert [one for one in found if one.why] == []
    assert found[-1].rule == "C31"
    assert len({one.rule for one in found}) == 30


MUTANTS = {
    "undeclared": (
        replaced("acme_patterns/__init__.py", "from typing import Any", "from typing import Any\n\nimport httpx"),
        "No module named 'httpx'",
    ),
    "only the kit": (
        replaced("acme_patterns/__init__.py", "from typing import Any", "from typing import Any\n\nimport hypothesis"),
        "No module named 'hypothesis'",
    ),
    "hooks undeclared": (
        replaced("pyproject.toml", '"bylaw-hooks>=1.0,<2"', ""),
        "No module named 'bylaw_hooks'",
    ),
    "not to be had": (
        replaced("pyproject.toml", '"bylaw-hooks>=1.0,<2"', '"bylaw-hooks>=1.0,<2", "acme-clocks>=3"'),
        "acme-clocks>=3, which is not installed here",
    ),
    "too old": (replaced("pyproject.toml", '"bylaw-hooks>=1.0,<2"', '"bylaw-hooks>=7"'), "bylaw-hooks>=7; 1.0"),
    "called otherwise": (
        replaced("pyproject.toml", 'acme-patterns = "acme_patterns"', 'patterns = "acme_patterns"'),
        "called acme-patterns as it is itself",
    ),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_wheel_that_does_not_stand_alone_is_named_by_c31(mutant: str, tmp_path: Path) -> None:
    change, why = MUTANTS[mutant]
    (found,) = outcomes_of_wheel(wheel_of(tmp_path, change), examples=1)
    assert (found.pattern, found.rule) == ("acme_patterns-1.0.0-py3-none-any.whl", "C31")
    assert why in found.why


def test_a_wheel_that_reaches_for_more_only_while_it_plans_is_named_too(tmp_path: Path) -> None:
    lazily = "        import httpx\n\n        late, over_midnight"
    wheel = wheel_of(tmp_path, replaced("acme_patterns/day_shift.py", "        late, over_midnight", lazily))
    found = {one.rule: one.why for one in outcomes_of_wheel(wheel, examples=1)}
    assert "No module named 'httpx'" in found["C2"]
    assert "C2" in found["C31"]


def test_what_is_no_wheel_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "acme_patterns-1.0.0-py3-none-any.whl"
    broken.write_bytes(b"no archive")
    (found,) = outcomes_of_wheel(broken)
    assert (found.rule, "does not install" in found.why) == ("C31", True)
