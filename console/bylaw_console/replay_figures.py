"""What a replay comes to, as rows of a table and as bars of a chart; the figures are the service's own."""

from dataclasses import dataclass
from typing import Any

TOTALS = (
    "planned_days",
    "worked_halves",
    "late_count",
    "late_minutes",
    "early_count",
    "early_minutes",
    "leave_required_count",
    "missing_card_count",
    "absent_halves",
)
CHARTED = ("late_count", "early_count", "leave_required_count", "missing_card_count", "absent_halves")
HOURS = ("planned_minutes", "absent_minutes")
WIDTH = 260
"""How many units of a drawing the longest bar takes."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure before and after."""

    name: str
    before: int
    after: int
    difference: int
    in_minutes: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with the lengths of its two bars."""

    name: str
    before: int
    after: int
    before_width: int
    after_width: int


def figures_of(replay: Any) -> list[Figure]:
    """All figures of a replay."""
    before, after, change = replay.before, replay.after, replay.difference
    counted = [
        Figure(name, getattr(before.totals, name), getattr(after.totals, name), getattr(change.totals, name))
        for name in TOTALS
    ]
    worked = Figure(
        "worked_minutes",
        before.totals.worked_minutes,
        after.totals.worked_minutes,
        change.totals.worked_minutes,
        in_minutes=True,
    )
    timed = [
        Figure(name, getattr(before, name), getattr(after, name), getattr(change, name), in_minutes=True)
        for name in HOURS
    ]
    return [*counted, worked, *timed]


def bars_of(replay: Any) -> list[Bar]:
    """What was found, before beside after, drawn to one scale."""
    pairs = [(name, getattr(replay.before.totals, name), getattr(replay.after.totals, name)) for name in CHARTED]
    most = max((number for _, before, after in pairs for number in (before, after)), default=0) or 1
    return [Bar(name, before, after, before * WIDTH // most, after * WIDTH // most) for name, before, after in pairs]
