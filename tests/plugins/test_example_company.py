"""The plugin to copy: its own tests pass where nothing of ours but the hooks can be imported, and it is taken in."""

import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from bylaw_plugin_host.registering import register

FOLDER = Path(__file__).parents[2] / "plugins/example_company"

# As on its author's machine: of what we bring only the hooks and their kit are there, and nothing the product needs.
RUN = """
import sys
class NotInstalled:
    def find_spec(self, name, path=None, target=None):
        word = name.partition(".")[0]
        ours = word.startswith("bylaw") and word not in {"bylaw_hooks", "bylaw_kit"}
        if ours or word in {"numpy", "orjson", "sqlalchemy", "grpc", "hypothesis"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, NotInstalled())
import pytest
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider"]))
"""


def test_its_tests_pass_with_nothing_but_the_hooks_installed() -> None:
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    for key in [key for key in environment if key.startswith("PYTEST_") and key != "PYTEST_DISABLE_PLUGIN_AUTOLOAD"]:
        del environment[key]
    done = subprocess.run(
        [sys.executable, "-c", RUN], cwd=FOLDER, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


def test_both_its_versions_are_taken_in_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    found = register(EntryPoint("example-company", "example_company", "bylaw.plugins")).patterns
    assert [one.pattern.identity for one in found] == ["example-bakery@1", "example-bakery@2"]
    assert all(one.pattern.title.zh.startswith("面包房") for one in found)


def test_nothing_of_it_is_installed_with_the_product() -> None:
    makefile = (FOLDER.parents[1] / "Makefile").read_text(encoding="utf-8")
    assert "plugins/crews" in makefile
    assert "example_company" not in makefile
