"""What plugins answer, as the use cases hold it: an offered pattern, and a plan with the judge that goes with it."""

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from bylaw_hooks import DayFacts, MonthAnswer, MonthFacts

from bylaw_attendance.rules.plan_body import PlanBody


class Offered(NamedTuple):
    """A version of a pattern that a distribution offers, with the JSON schema of its parameters."""

    pattern: str
    title_zh: str
    title_en: str
    schema: dict[str, Any]
    distribution: str


class Planned(NamedTuple):
    """A plan, its key (which names its distribution too), the days it is over, and who judges by it.

    Without a judge the pattern is gone: what was judged can still be recognised, nothing new can be judged.
    """

    key: bytes
    body: PlanBody
    days: tuple[DayFacts, ...]
    judge: Callable[[MonthFacts], MonthAnswer] | None

    @classmethod
    def of(
        cls, body: PlanBody, days: tuple[DayFacts, ...], judge: Callable[[MonthFacts], MonthAnswer] | None
    ) -> "Planned":
        """A plan under its key."""
        key = hashlib.sha256(body.source + body.distribution.encode()).digest()
        return cls(key, body, days, judge)
