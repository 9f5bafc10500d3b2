"""Asks a kit in a process of its own: what came of each rule, and what it was about when the process was lost."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bylaw_kit.answering import Outcome
from bylaw_kit.ending import ENDLESS
from bylaw_kit.guarding import MOST_BYTES, guarded
from bylaw_kit.places import place_in

SIGNALLED = 128
FLOODED = f"it printed more than {MOST_BYTES >> 20} MB"


class KitEnded(Exception):  # noqa: N818 - it says what happened
    """The kit ended before the first rule; the text says how."""


def asked(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Iterator[Outcome]:
    """What a kit answers. A plugin that takes its process down has broken the rule that was being tried."""
    begun, done = ("", ""), False
    with guarded(command, environment=environment) as kit:
        for told in _objects(kit.lines()):
            if "begun" in told:
                begun = tuple(told["begun"])
            elif done := "done" in told:
                break
            else:
                yield Outcome(**told)
        if not done:
            status = kit.ended()
    if not done and not begun[1]:
        raised = kit.printed.strip().splitlines() if status == 1 and not place_in(kit.printed) else []
        raise KitEnded(raised[-1] if raised else _end(status, kit.printed))
    if not done:
        yield Outcome(*begun, FLOODED if kit.flooded else _end(status, kit.printed))


def command(*arguments: str) -> list[str]:
    """The kit of this environment."""
    return [sys.executable, "-m", "bylaw_kit", *arguments]


def _objects(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            yield told


def _end(status: int, printed: str) -> str:
    """How the process was lost, and where it was then if it could still say so."""
    how = f"its process ended with status {status}"
    if status > SIGNALLED:
        how = f"its process was ended by signal {status - SIGNALLED}"
    if "Timeout (" in printed:
        how = ENDLESS
    place = place_in(printed)
    return f"{how}, at {place}" if place else how
