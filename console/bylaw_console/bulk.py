"""Many of a kind decided at once: each by its own call, and each refusal told beside what it is about."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Picked:
    """One that was picked: its name, and the version that was seen."""

    name: str
    etag: str

    def key(self, desk: Desk) -> str:
        """The key of the wish about this one, the same however often its form is sent."""
        try:
            whole = uuid.UUID(desk.request_id)
        except ValueError:
            return ""
        return str(uuid.uuid5(whole, self.name))


@dataclass(slots=True)
class Outcome:
    """What became of them: how many were done, and the problem of each that was refused."""

    done: int = 0
    refused: dict[str, Any] = field(default_factory=dict)


def picked(desk: Desk) -> list[Picked]:
    """What a form picked: `name etag` each."""
    pairs = (one.partition(" ") for one in desk.form.getlist("pick")[:MOST_AT_ONCE])
    return [Picked(name, etag) for name, _, etag in pairs]


def decide(desk: Desk, chosen: Iterable[Picked], wish: Callable[[Picked], Any]) -> Outcome:
    """Make the call for each of them; one that is refused stops none of the others."""
    outcome = Outcome()
    for one in chosen:
        try:
            desk.ask(wish(one))
            outcome.done += 1
        except Refusal as refusal:
            outcome.refused[one.name] = refusal.problem
    return outcome
