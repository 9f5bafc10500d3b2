"""Time comes from a clock that is passed in: the product reads the machine's clock in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PRODUCT, named, sources, tree

CLOCK = "chassis/bylaw_chassis/clock.py"
NOW = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
# Published keys and service tokens end by the machine's time, on the wire of another process.
MAY_ASK_THE_MACHINE = {CLOCK, "chassis/bylaw_chassis/published_keys.py"}


def calls(path: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Calls of the form `a.b(...)`, as (call, a, b)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            yield node, name, node.func.attr


def test_nothing_but_the_clock_reads_the_clock() -> None:
    services = [path for path in sources(*PRODUCT) if named(path) not in MAY_ASK_THE_MACHINE]
    read = [f"{named(path)}:{call.lineno}" for path in services for call, *what in calls(path) if tuple(what) in NOW]
    assert read == []


def test_no_instant_is_without_its_zone() -> None:
    naive = [
        f"{named(path)}:{call.lineno}"
        for path in sources(*PRODUCT)
        for call, owner, name in calls(path)
        if (owner, name) == ("datetime", "utcfromtimestamp")
        or ((owner, name) == ("datetime", "fromtimestamp") and len(call.args) + len(call.keywords) < 2)
    ]
    assert naive == []


def test_the_clock_is_there() -> None:
    assert CLOCK in {named(path) for path in sources("chassis")}
