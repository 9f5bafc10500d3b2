"""A plugin written for 1.0 runs unchanged with every 1.x: nothing it leans on is taken away or asked for anew."""

import ast
import io
import json
import tokenize
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.surface import broken, surface

RECORDED = Path(__file__).parents[2] / "plugins/hooks/surface-1.json"
SURFACE = RECORDED.parent / "bylaw_hooks"
CODE_LINES, LEAVE_LINES, EXPORT_LINES, COURIER_LINES, ORDER_LINES = 510, 300, 200, 300, 400
QUIET = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def code_lines(path: Path) -> int:
    """Lines that hold code: no blanks, no comments, no docstrings."""
    text = path.read_text(encoding="utf-8")
    said = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    held = {
        line
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type not in QUIET
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(held - said)


def test_the_whole_surface_is_read_in_a_quarter_of_an_hour() -> None:
    assert sum(map(code_lines, SURFACE.glob("*.py"))) <= CODE_LINES


def test_that_of_leave_is_read_apart_and_is_shorter_still() -> None:
    assert sum(map(code_lines, (SURFACE / "leave").glob("*.py"))) <= LEAVE_LINES


def test_that_of_exports_is_the_shortest() -> None:
    assert sum(map(code_lines, (SURFACE / "exporting").glob("*.py"))) <= EXPORT_LINES


def test_that_of_couriers_is_no_longer_than_that_of_leave() -> None:
    assert sum(map(code_lines, (SURFACE / "couriers").glob("*.py"))) <= COURIER_LINES


def test_that_of_orders_holds_the_reading_of_cells_that_every_importer_needs() -> None:
    assert sum(map(code_lines, (SURFACE / "orders").glob("*.py"))) <= ORDER_LINES


def recorded() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return found


def test_what_plugins_lean_on_is_as_it_was_recorded() -> None:
    assert broken(recorded(), surface()) == [], "an older plugin would break: keep what was there, or make it 2.0"


def test_everything_there_is_has_been_recorded() -> None:
    assert {name: sorted(parts) for name, parts in surface().items()} == {
        name: sorted(parts) for name, parts in recorded().items()
    }, "new: run python -m tests.plugins.record_surface and raise the minor version of bylaw-hooks"


@pytest.mark.parametrize(
    ("name", "part", "change"),
    [
        ("DayFacts", "0 work_date", None),
        ("DayFacts", "9 mood", {"is": "str", "optional": False}),
        ("Kind", "LATE", {"is": "4", "optional": True}),
        ("ShiftPattern", "plan(1 days)", None),
        ("ShiftPattern", "close()", {"is": "abstract", "optional": False}),
        ("CardParameters", "repeat_minutes", {"is": "int = 20", "optional": True}),
        ("hook register_shift_patterns", "0 settings", {"is": "object", "optional": False}),
        ("setting", "0 zh", {"is": "bytes", "optional": False}),
    ],
)
def test_a_change_that_breaks_a_plugin_is_named(name: str, part: str, change: object) -> None:
    changed = deepcopy(surface())
    parts: Any = changed[name]
    parts.pop(part, None)
    if change:
        parts[part] = change
    assert any(name in said and part in said for said in broken(surface(), changed))


def test_what_can_be_left_out_may_be_added() -> None:
    changed = deepcopy(surface())
    parts: Any = changed["DayFacts"]
    parts["9 mood"] = {"is": "str", "optional": True}
    changed["LeavePolicy"] = {}
    assert broken(surface(), changed) == []
