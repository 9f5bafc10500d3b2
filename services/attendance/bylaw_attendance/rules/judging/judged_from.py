"""What a closed month was judged from, kept with it: so it can be judged again whatever has changed since (SHT-3)."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from bylaw_hooks import DayFacts
from pydantic import TypeAdapter

from bylaw_attendance.rules.judging.month_in_hand import Stretch
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.planned import Planned
from bylaw_attendance.rules.judging.punch_facts import PersonPunches
from bylaw_attendance.rules.sheets.sheet import Circumstances, within


@dataclass(frozen=True, slots=True)
class RecordedStretch:
    """A stretch of days under one plan: the pattern's version and parameters, days, punches, how far clocks were."""

    plan_key: str
    pattern: str
    parameters: str
    days: tuple[DayFacts, ...]
    seconds: tuple[int, ...]
    directions: str
    decided_until: int
    handed_over: bool

    @classmethod
    def of(cls, stretch: Stretch) -> "RecordedStretch":
        """What is kept of a stretch."""
        punches = stretch.punches
        return cls(
            stretch.planned.key.hex(),
            stretch.planned.body.pattern,
            stretch.parameters,
            stretch.planned.days,
            tuple(punches.seconds),
            bytes(punches.directions).hex(),
            *stretch.circumstances,
        )

    @property
    def key(self) -> bytes:
        """Of the plan that is kept beside it."""
        return bytes.fromhex(self.plan_key)

    @property
    def punches(self) -> PersonPunches:
        """Those that it was judged from."""
        return PersonPunches(self.seconds, bytes.fromhex(self.directions))

    def settled(self, settles: int) -> "RecordedStretch":
        """As it is once every clock has reported past its plan: what is closed waits for none."""
        return replace(self, decided_until=max(self.decided_until, settles))

    def replanned(self, planned: Planned) -> "RecordedStretch":
        """The same under a plan over other days, with nothing left to wait for."""
        body, key = planned.body, planned.key.hex()
        return replace(self, plan_key=key, days=planned.days, decided_until=body.settles)

    def stretch(self, body: PlanBody, punches: PersonPunches | None) -> Stretch:
        """As it was; where punches are given, judged from those of them that its plan can bind."""
        seen = self.punches if punches is None else within(punches, body)
        planned = Planned.of(body, self.days, gone=True)
        return Stretch(planned, self.parameters, seen, Circumstances(self.decided_until, self.handed_over))


class JudgedFrom(NamedTuple):
    """All stretches of a month, and the days for which nothing was assigned."""

    stretches: tuple[RecordedStretch, ...]
    unassigned: tuple[tuple[date, date], ...]

    @classmethod
    def of(cls, stretches: Sequence[Stretch], unassigned: tuple[tuple[date, date], ...]) -> "JudgedFrom":
        """What is kept of a month."""
        return cls(tuple(map(RecordedStretch.of, stretches)), unassigned)

    def pack(self) -> bytes:
        """As bytes."""
        return zlib.compress(_FORM.dump_json(self))

    @classmethod
    def unpack(cls, packed: bytes) -> "JudgedFrom":
        """From its bytes."""
        return _FORM.validate_json(zlib.decompress(packed))

    def laid_out(self, plans: Mapping[bytes, PlanBody], punches: PersonPunches | None) -> list[Stretch]:
        """Its stretches by the plans that are kept, from the punches of then or from those that are given."""
        return [one.stretch(plans[one.key], punches) for one in self.stretches]


_FORM = TypeAdapter(JudgedFrom)
