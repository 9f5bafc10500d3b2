"""Who would follow what if another pattern had been assigned: published cells that name a pattern stay above it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bylaw_chassis.organisation.facts import Stay

from bylaw_attendance.rules.judging.assignment import EVERYBODY, Followed, Resolver


@dataclass(frozen=True)
class OtherPattern(Resolver):
    """Answers with one pattern in the place of every assignment, or only of those to the pattern `replaced`."""

    pattern: str = field(kw_only=True)
    parameters: str = field(kw_only=True)
    replaced: str = field(kw_only=True)

    @classmethod
    def in_place_of(cls, held: Resolver, *, pattern: str, parameters: str, replaced: str) -> "OtherPattern":
        """The resolver beside the one that holds."""
        return cls(
            held.tree,
            held.by_subject,
            held.sites,
            held.rota,
            pattern=pattern,
            parameters=parameters,
            replaced=replaced,
        )

    def on(self, person: UUID, unit: UUID, day: date) -> Followed | None:
        """What would decide a person's day."""
        held = super().on(person, unit, day)
        if not self._replaces(held):
            return held
        return Followed(self.pattern, self.parameters, EVERYBODY)

    def concerns(self, assigned: frozenset[str]) -> bool:
        """Whether any of somebody's days would be decided by it, given the patterns to which they are assigned."""
        return not self.replaced or self.replaced in assigned

    def assigned(self, stays: Sequence[Stay], held: Resolver, days: tuple[date, date]) -> frozenset[str]:
        """The patterns to which somebody is assigned on employed days of these; none where every day is replayed.

        `held` says what decides the days.
        """
        if not self.replaced:
            return frozenset()
        followed = (run.followed for run in held.runs(stays, *days))
        return frozenset(one.pattern for one in followed if one and one.assignment is not None)

    def _replaces(self, held: Followed | None) -> bool:
        if held is None:
            return not self.replaced
        return held.assignment is not None and self.replaced in {"", held.pattern}
