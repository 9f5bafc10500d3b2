"""The answer for one person's month, in columns beside the plan's; `bylaw_kit.reading` shows it by day and by mark."""

from dataclasses import dataclass

from bylaw_hooks.plan import MonthPlan


@dataclass(frozen=True, slots=True)
class MonthAnswer:
    """Two entries a segment for the cards (in, out), one for the half."""

    person: int
    plan: MonthPlan
    kinds: bytes
    minutes: tuple[int, ...]
    punches: tuple[int | None, ...]
    clauses: tuple[str, ...]
    verdicts: bytes
    verdict_clauses: tuple[str, ...]
    worked_minutes: tuple[int, ...]
