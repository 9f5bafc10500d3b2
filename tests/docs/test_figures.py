"""The table of figures says what was measured, and a goal that is missed is said to be missed."""

import json
from pathlib import Path

from benchmarks.__main__ import together
from docs.generator.benchmarks import with_figures

README = "before\n<!-- benchmarks -->\nold\n<!-- /benchmarks -->\nafter\n"
RUN = {"unit": "times", "detail": "", "machine": "x86_64, 2 cores", "date": "2026-11-24"}


def figures(folder: Path, *results: dict[str, object], name: str = "README.md") -> str:
    written = folder / "results.json"
    written.write_text(json.dumps([{**RUN, **result} for result in results]), encoding="utf-8")
    return with_figures(README, name, written)


def test_a_goal_that_is_missed_says_so_in_both_languages(tmp_path: Path) -> None:
    missed = {"name": "import", "ratio": 3.004, "goal": "<= 3"}
    assert "| import | 3.00 times | `<= 3` | missed |" in figures(tmp_path, missed)
    assert "| 未达到 |" in figures(tmp_path, missed, name="README.zh-CN.md")


def test_a_goal_that_is_met_and_a_figure_without_a_goal(tmp_path: Path) -> None:
    shown = figures(
        tmp_path,
        {"name": "gateway", "ratio": 0.9, "goal": ">= 0.9"},
        {"name": "people a second", "ratio": 812, "goal": "-"},
    )
    assert "| `>= 0.9` | met |" in shown
    assert "| people a second | 812.00 times | `-` |  |" in shown
    assert "x86_64, 2 cores, 2026-11-24." in shown


def test_without_a_measurement_no_figure_stands_there(tmp_path: Path) -> None:
    shown = with_figures(README, "README.md", tmp_path / "none.json")
    assert shown.startswith("before\n<!-- benchmarks -->\nNothing has been measured")
    assert "old" not in shown
    assert shown.endswith("after\n")


def test_what_is_measured_again_takes_the_place_of_what_was_measured_before_and_the_rest_stays() -> None:
    before = [{"name": "import", "ratio": 3}, {"name": "gateway", "ratio": 0.9}]
    measured = [{"name": "close", "ratio": 1.1}, {"name": "import", "ratio": 2}]
    assert together(before, measured) == [
        {"name": "import", "ratio": 2},
        {"name": "gateway", "ratio": 0.9},
        {"name": "close", "ratio": 1.1},
    ]
