"""A person's month on its way to a sheet: its stretches, what was found of them, what its next one is judged from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import Refusal
from bylaw_hooks import MonthFacts

from bylaw_attendance.rules.judging.planned import Answer, Planned
from bylaw_attendance.rules.judging.punch_facts import PersonPunches
from bylaw_attendance.rules.sheets.sheet import (
    Circumstances,
    KeptSheet,
    Part,
    part_digest,
    sheet_digest,
    totals_of,
)


class Stretch(NamedTuple):
    """Consecutive days under one plan, and what was on record of them."""

    planned: Planned
    parameters: str
    punches: PersonPunches
    circumstances: Circumstances

    @property
    def asked(self) -> tuple[str, str]:
        """Which pattern is asked, with which parameters."""
        return self.planned.body.pattern, self.parameters


@dataclass
class MonthInHand:
    """`number` stands for the person before the pattern; a refusal ends the work on it."""

    number: int
    person: KnownPerson
    kept: KeptSheet | None
    unassigned: tuple[tuple[date, date], ...] = ()
    stretches: Sequence[Stretch] = ()
    digest: bytes = b""
    parts: list[Part] = field(default_factory=list)
    totals: list[tuple[int, ...]] = field(default_factory=list)
    refusal: Refusal | None = None
    _taken: set[int] = field(default_factory=set)
    """Punches that an earlier stretch has bound: none is bound twice."""

    def lay_out(self, stretches: Sequence[Stretch]) -> None:
        """Sets the stretches, and with them the digest of all that the month is judged from."""
        self.stretches = stretches
        self.digest = self._digest([one.circumstances for one in stretches])

    @property
    def digest_before(self) -> bytes:
        """The digest of the same while it could be handed over in time; empty as long as it can be."""
        before = [one.circumstances._replace(handed_over=False) for one in self.stretches]
        return self._digest(before) if any(one.circumstances.handed_over for one in self.stretches) else b""

    def rest(self) -> None:
        """Leaves the month as it is kept: it is closed (SHT-3)."""
        self.digest = self.kept.digest if self.kept else b""

    @property
    def is_kept(self) -> bool:
        """Whether the kept sheet was judged from the same."""
        return self.kept is not None and self.kept.digest == self.digest

    @property
    def waits(self) -> bool:
        """Whether a stretch is still to be judged."""
        return not self.refusal and not self.is_kept and len(self.parts) < len(self.stretches)

    @property
    def following(self) -> Stretch:
        """The stretch that is to be judged next."""
        return self.stretches[len(self.parts)]

    def facts(self) -> MonthFacts:
        """What it is judged from."""
        days, punches, circumstances = self.following.planned.days, self._left(), self.following.circumstances
        return MonthFacts(self.number, days, punches.seconds, punches.directions, *circumstances)

    def take(self, answer: Answer) -> None:
        """Adds what was found of it."""
        planned = self.following.planned
        bound = {punch for punch in answer.punches if punch is not None}
        start, end = planned.span
        others = [second for second in self._left().seconds if start <= second < end and second not in bound]
        self._taken |= bound
        self.parts.append(Part.of(planned.key, answer, others))
        self.totals.append(totals_of(answer, planned.halves))

    def _digest(self, circumstances: Sequence[Circumstances]) -> bytes:
        pairs = zip(self.stretches, circumstances, strict=True)
        return sheet_digest((part_digest(one.planned.key, one.punches, then) for one, then in pairs), self.unassigned)

    def _left(self) -> PersonPunches:
        punches = self.following.punches
        if self._taken.isdisjoint(punches.seconds):
            return punches
        kept = [place for place, second in enumerate(punches.seconds) if second not in self._taken]
        directions = bytes(punches.directions[place] for place in kept) if punches.directions else b""
        return PersonPunches(tuple(punches.seconds[place] for place in kept), directions)
