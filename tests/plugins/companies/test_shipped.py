"""A policy that ships is in every place where the product is put together; the one to copy is in none of them."""

import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from bylaw_plugin_host.discovery import SHIPPED

ROOT = Path(__file__).parents[3]
POLICIES = (
    "fixed_week",
    "rest_by_rota",
    "crews",
    "flexible_hours",
    "statutory_leave",
    "sheet_layout",
    "kuaidi100",
    "kdniao",
    "retail_sets",
    "shop_exports",
    "taobao_orders",
)


@pytest.mark.parametrize("folder", POLICIES)
def test_a_shipped_policy_is_built_locked_and_installed_everywhere(folder: str) -> None:
    name = f"bylaw-{folder.replace('_', '-')}"
    workspace = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert f"plugins/{folder}" in workspace["tool"]["uv"]["workspace"]["members"]
    assert f"plugins/{folder} " in (ROOT / "Makefile").read_text(encoding="utf-8")
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert f"./plugins/{folder} " in dockerfile
    assert dockerfile.count(f" {name}") == 1, "the image of attendance; that of migrations has all that the command has"
    assert name in tomllib.loads((ROOT / "cli/pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert name in SHIPPED


def test_each_of_them_is_found_here_and_depends_on_the_hooks_as_a_third_party_does() -> None:
    found = {entry.name for entry in entry_points(group="bylaw.plugins")}
    assert {f"bylaw-{folder.replace('_', '-')}" for folder in POLICIES} <= found
    assert "example-company" not in found
    for folder in (*POLICIES, "example_company"):
        project = tomllib.loads((ROOT / f"plugins/{folder}/pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert [one for one in project["dependencies"] if one.startswith("bylaw")] == ["bylaw-hooks>=1.0,<2"]
