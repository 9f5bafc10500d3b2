"""The plugins that how-tos show work: their own tests pass and the loader takes them in."""

import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from bylaw_plugin_host.discovery import GROUP
from bylaw_plugin_host.registering import register

from tests.docs.pages import ROOT

SNIPPETS = ROOT / "docs" / "how-to" / "snippets"
PLUGINS = sorted(path.parent for path in SNIPPETS.glob("*/pyproject.toml"))
named = pytest.mark.parametrize("plugin", PLUGINS, ids=lambda path: path.name)


@named
def test_a_plugins_own_test_passes(plugin: Path) -> None:
    alone = ["--rootdir", plugin, "--confcutdir", plugin, "-c", "/dev/null", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", *alone, plugin]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=plugin)
    assert done.returncode == 0, done.stdout + done.stderr


@named
def test_a_plugin_is_taken_in_by_its_entry_point(plugin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(plugin))
    project = tomllib.loads((plugin / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ((name, value),) = project["entry-points"][GROUP].items()
    registered = register(EntryPoint(name, value, GROUP))
    brought = (*registered.patterns, *registered.channels, *registered.leave_policies, *registered.layouts)
    assert [found.distribution for found in brought] == [project["name"]]
