"""Runs every benchmark, prints each ratio beside its goal, and writes `benchmarks/results.json`: `make bench`.

`python -m benchmarks NAME...` runs those named; with `--write` their rows take the place of what was measured before.
"""

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
WRITE = "--write"


class Result(TypedDict):
    """A measured ratio; `unit` says which way is better: `times the ...` at most, `times faster` at least."""

    name: str
    ratio: float
    goal: str
    unit: str
    detail: str


def modules() -> list[str]:
    """The benchmarks: every other module of this folder."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.name not in {"__main__.py", "__init__.py"})


def met(result: Result) -> bool:
    """Whether a ratio meets its goal, written `>= 3` or `<= 10`; a goal of `-` has nothing to meet."""
    sign, _, bound = result["goal"].partition(" ")
    if sign == ">=":
        return result["ratio"] >= float(bound)
    return sign != "<=" or result["ratio"] <= float(bound)


def measure(names: list[str]) -> list[Result]:
    """Runs the named benchmarks one after the other."""
    found: list[Result] = []
    for name in names:
        module: Any = importlib.import_module(f"benchmarks.{name}")
        for result in module.measure():
            found.append(result)
            print(line(result), flush=True)
    return found


def line(result: Result) -> str:
    """One result as people read it."""
    verdict = "" if result["goal"] == "-" else "met" if met(result) else "MISSED"
    figures = f"{result['name']:<60} {result['ratio']:>10.2f} {result['unit']:<34}"
    return f"{figures} goal {result['goal']:<8} {verdict}".rstrip()


def main() -> None:
    """Runs all, or those named; a full run is written down as it is, named ones where that is asked for."""
    asked = [name for name in sys.argv[1:] if name != WRITE]
    found = measure(asked or modules())
    if asked and WRITE not in sys.argv:
        return
    machine = f"{platform.machine()}, {cores()} cores, Python {platform.python_version()}"
    stamp = {"machine": machine, "date": datetime.now(UTC).date().isoformat()}
    measured = [{**result, **stamp} for result in found]
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if asked else []
    written = together(before, measured)
    RESULTS.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def together(before: list[dict[str, Any]], measured: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with those that were measured again in their places, and new ones behind them."""
    fresh = {row["name"]: row for row in measured}
    return [fresh.pop(row["name"], row) for row in before] + list(fresh.values())


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    main()
