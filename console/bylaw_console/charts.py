"""Bars that a page draws as SVG: where each stands and how high it is, worked out before the template."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600.0, 120.0
GAP = 0.2
"""How much of a bar's place stays empty."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a drawing of 600 by 120: `key` is what it is of, `words` how that is read, `value` what it comes to."""

    key: str
    words: str
    value: float
    x: float
    y: float
    width: float
    height: float


def bars_of(rows: Sequence[tuple[str, float, str]]) -> list[Bar]:
    """Bars side by side of key, value and words; the highest fills the drawing, what is below nothing has no height."""
    highest = max((value for _, value, _ in rows), default=0.0) or 1.0
    place = WIDTH / max(len(rows), 1)
    return [
        Bar(key, words, value, round(place * index, 2), round(HEIGHT - height, 2), round(place * (1 - GAP), 2), height)
        for index, (key, value, words) in enumerate(rows)
        for height in [round(max(value, 0.0) / highest * HEIGHT, 2)]
    ]
