"""What plugins answer, as the use cases hold it: an offered pattern, a plan, and a person's judged stretch."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, Protocol

from bylaw_hooks import DayFacts

from bylaw_attendance.rules.judging.plan_body import PlanBody

KEPT_CUTS = 4_096


class Offered(NamedTuple):
    """A version of a pattern that a distribution offers, with the JSON schema of its parameters.

    `form` says how it judges: a person's month at a time ("easy") or many in columns ("batch").
    """

    pattern: str
    title_zh: str
    title_en: str
    schema: dict[str, Any]
    distribution: str
    form: str


class Answer(Protocol):
    """One person's stretch in columns: two entries a segment for the cards (in, out), one for the half."""

    @property
    def kinds(self) -> bytes: ...
    @property
    def minutes(self) -> Sequence[int]: ...
    @property
    def punches(self) -> Sequence[int | None]: ...
    @property
    def clauses(self) -> Sequence[str]: ...
    @property
    def verdicts(self) -> bytes: ...
    @property
    def verdict_clauses(self) -> Sequence[str]: ...
    @property
    def worked_minutes(self) -> Sequence[int]: ...


class Planned(NamedTuple):
    """A plan, its key (which names its distribution too), the days it is over, and what is read from it for everybody.

    Where the pattern is `gone`, what was judged can still be recognised, but nothing new can be judged. Thousands are
    kept, one for whoever has days of their own: what many have in common they share.
    """

    key: bytes
    body: PlanBody
    days: tuple[DayFacts, ...]
    halves: tuple[tuple[int, int], ...]
    """From half, to half, of each day that has any."""
    span: tuple[int, int]
    """Epoch seconds from the first judged day's midnight to the last one's end."""
    gone: bool

    @classmethod
    def of(cls, body: PlanBody, days: tuple[DayFacts, ...], *, gone: bool) -> "Planned":
        """A plan under its key."""
        key = hashlib.sha256(body.source + body.distribution.encode()).digest()
        inside = [day for day in days if day.inside]
        span = inside[0].midnight * 60, inside[-1].elapsed(1440) * 60
        return cls(key, body, days, _cut(bytes([len(day.halves) for day in body.days])), span, gone)


@lru_cache(maxsize=KEPT_CUTS)
def _cut(halves: bytes) -> tuple[tuple[int, int], ...]:
    """From half, to half, of days with so many of them each."""
    cuts = pairwise(accumulate(halves, initial=0))
    return tuple((first, after) for first, after in cuts if first < after)
