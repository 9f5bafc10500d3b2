"""The table of figures in the READMEs, filled from what `make bench` measured; without a measurement it says so."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .markdown import code, table
from .places import ROOT

README_NAMES = ("README.md", "README.zh-CN.md")
RESULTS = ROOT / "benchmarks" / "results.json"
REGION = re.compile(r"(<!-- benchmarks -->\n).*?(<!-- /benchmarks -->)", re.DOTALL)
HEADS = {
    "README.md": ("What", "Measured", "Goal", "", "Detail"),
    "README.zh-CN.md": ("项目", "实测", "目标", "", "说明"),
}
VERDICTS = {"README.md": ("met", "missed"), "README.zh-CN.md": ("达到", "未达到")}
NOTHING = {
    "README.md": "Nothing has been measured in this checkout; `make bench` measures, `make docs` writes the table.",
    "README.zh-CN.md": "本仓库尚无实测数据；先运行 `make bench`，再运行 `make docs` 即可生成此表。",
}


def with_figures(text: str, readme_name: str, results: Path = RESULTS) -> str:
    """The README's text with the table between its marks; a README without marks is left as it is."""
    found = json.loads(results.read_text(encoding="utf-8")) if results.exists() else []
    shown = _table(found, readme_name) if found else NOTHING[readme_name]
    return REGION.sub(lambda marks: f"{marks[1]}{shown}\n{marks[2]}", text)


def _table(results: Sequence[Mapping[str, Any]], readme_name: str) -> str:
    machines = dict.fromkeys(f"{result.get('machine', '')}, {result.get('date', '')}" for result in results)
    rows = (_row(result, readme_name) for result in results)
    return f"{table(HEADS[readme_name], rows)}\n\n{'; '.join(machines)}."


def _row(result: Mapping[str, Any], readme_name: str) -> list[str]:
    measured = f"{result['ratio']:.2f} {result['unit']}"
    return [result["name"], measured, code(result["goal"]), _verdict(result, readme_name), result["detail"]]


def _verdict(result: Mapping[str, Any], readme_name: str) -> str:
    """Met or missed; nothing where the goal is `-`."""
    sign, _, bound = result["goal"].partition(" ")
    met, missed = VERDICTS[readme_name]
    if sign not in {">=", "<="}:
        return ""
    reached = result["ratio"] >= float(bound) if sign == ">=" else result["ratio"] <= float(bound)
    return met if reached else missed
