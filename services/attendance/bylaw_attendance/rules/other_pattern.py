"""Who would follow what if another pattern had been assigned: published cells that name a pattern stay above it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bylaw_chassis.organisation.facts import Stay

from bylaw_attendance.rules.assignment import EVERYBODY, Followed, Resolver


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

    def concerns(self, stays: Sequence[Stay], held: Resolver, days: tuple[date, date]) -> bool:
        """Whether any employed day of these would be decided by it; `held` says what decides them."""
        return not self.replaced or any(self._replaces(run.followed) for run in held.runs(stays, *days))

    def _replaces(self, held: Followed | None) -> bool:
        if held is None:
            return not self.replaced
        return held.assignment is not None and self.replaced in {"", held.pattern}
