"""The plugin in the README is a real one: it loads, plans and judges."""

import re
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from bylaw_fixed_week import Week, WorkSegment
from bylaw_hooks import Kind, MonthFacts
from bylaw_kit import reading
from bylaw_kit.months import epoch_minute, month_days
from bylaw_plugin_host.registering import register

PLUGINS = Path(__file__).parents[2] / "plugins"


def test_the_plugin_of_the_readme_judges_a_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (PLUGINS / "hooks/README.md").read_text(encoding="utf-8")
    source = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert source
    (tmp_path / "readme_patterns.py").write_text(source[1], encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    (registered,) = register(EntryPoint("readme-patterns", "readme_patterns", "bylaw.plugins")).patterns
    pattern = registered.pattern
    assert pattern.identity == "acme-early@1"
    parameters, days = pattern.parameters(), month_days((2026, 3), "Asia/Shanghai", {})
    plan = pattern.compile(days, parameters)
    punch = 60 * epoch_minute(days[2].work_date, "06:15", "Asia/Shanghai")
    answer = pattern.judge_month(MonthFacts(1, days, (punch,)), plan, parameters)
    first = next(reading.marks(answer))
    assert (first.kind, first.minutes, first.clause) == (Kind.LATE, 15, "ATT-2")
    assert reading.totals(answer).days_planned == 22


def test_the_fixed_weeks_readme_explains_every_parameter_in_both_languages() -> None:
    text = (PLUGINS / "fixed_week/README.md").read_text(encoding="utf-8")
    for half in text.split("\n---\n"):
        for field in Week.model_fields:
            assert f"`{field}" in half
        for field in WorkSegment.model_fields:
            assert f"`segments[].{field}`" in half
