"""The batch form: a month of many people as columns, buffers of int64 that numpy wraps without copying.

`offsets` columns have one entry more than what they cut: those of number k lie from `offsets[k]` to `offsets[k + 1]`.
Texts (clauses, rota cells) are numbers that count into the `texts` beside them.
"""

from dataclasses import dataclass

Ints = memoryview
"""One dimension of int64, format "q"; of facts read-only."""


@dataclass(frozen=True, slots=True)
class FactColumns:
    """n people; `plan` says which of the plans is theirs."""

    person: Ints
    """n opaque numbers."""
    plan: Ints
    decided_until: Ints
    """Epoch minutes."""
    handed_over: Ints
    """0 or 1."""
    punch_offsets: Ints
    punches: Ints
    """Epoch seconds, sorted within a person."""
    directions: Ints
    """Beside the punches: 0 unknown, 1 in, 2 out."""


@dataclass(frozen=True, slots=True)
class PlanColumns:
    """Plans one behind the other: their days inside the month, and the segments of these days."""

    day_offsets: Ints
    """Cuts the days by plan."""
    work_date: Ints
    """Days since 1970-01-01."""
    why: Ints
    """The clause, a number of `texts`."""
    segment_offsets: Ints
    """Cuts the segments by day."""
    start: Ints
    """Epoch minutes, as `end` and `due`."""
    end: Ints
    due: Ints
    late_minutes: Ints
    early_minutes: Ints
    clause: Ints
    due_clause: Ints
    asks_in: Ints
    """0 or 1, as `asks_out`."""
    asks_out: Ints
    opens: Ints
    """Epoch seconds, as `middle` and `closes`: the window in which a punch counts."""
    middle: Ints
    closes: Ints
    settles: Ints
    """Epoch minute from which a segment without its cards is decided."""
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """For each person, in the order of the facts, and each segment of their plan: two cards (in, out), one verdict."""

    kinds: Ints
    """A `Kind`, as `verdicts`."""
    minutes: Ints
    punches: Ints
    """The punch bound to the card, an epoch second; -1: none."""
    clauses: Ints
    verdicts: Ints
    verdict_clauses: Ints
    worked_minutes: Ints
    texts: tuple[str, ...]
