"""What facts and plans were like at a moment, by which it is known later whether somebody has changed them (C18)."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter

from bylaw_hooks import DayFacts, MonthPlan

MOST_SEEN = 65_536
_FACTS = attrgetter(*(field.name for field in fields(DayFacts)))
"""All that is said of a day: its own hash is of what tells days apart, and quick."""
_COLUMNS = attrgetter(*(field.name for field in fields(MonthPlan) if field.name not in {"days", "segments"}))
"""Tuples and bytes of what cannot be changed either: mostly the very same, which is told at once."""


class States:
    """As of one moment: plans of many are made of the same days, and each of those is looked at once."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[object, int]] = {}

    def of_days(self, days: tuple[DayFacts, ...]) -> int:
        """Of a calendar."""
        return self._of(days, _state_of_day)

    def of_plan(self, plan: MonthPlan) -> tuple[object, ...]:
        """Of a plan: its columns, which nobody changes but by putting others in their place, and what lies in them."""
        return self._of(plan.days), self._of(plan.segments), *_COLUMNS(plan)

    def days_still(self) -> bool:
        """Whether the days it has seen, if it has seen nothing else, are what they were."""
        return all(_state_of_day(day) == state for day, state in self._seen.values())

    def clear(self) -> None:
        """Forgets what it has seen."""
        self._seen.clear()

    def _of(self, things: Iterable[object], state: Callable[[object], int] = hash) -> int:
        seen, states = self._seen, []
        for one in things:
            known = seen.get(id(one))
            if known is None:
                if len(seen) >= MOST_SEEN:
                    seen.clear()
                # Kept beside its state: as long as it is, no other thing has its address.
                known = seen[id(one)] = (one, state(one))
            states.append(known[1])
        return hash(tuple(states))


def _state_of_day(day: object) -> int:
    return hash(_FACTS(day))
