"""A person's month as it is kept: for each stretch under one policy the plan's key and the findings in columns."""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import compress
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from bylaw_hooks import Kind
from bylaw_kit.reading import Totals

from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.planned import Answer
from bylaw_attendance.rules.judging.punch_facts import PersonPunches

FORM = b"1"
"""The form of kept sheets; part of every digest, so that another form is judged anew."""
TOTALS = tuple(field.name for field in fields(Totals))
"""The names of a month's totals, in the order in which they are kept."""
NO_TOTALS = (0,) * len(TOTALS)
_EARLY, _LATE = int(Kind.EARLY), int(Kind.LATE)
_WORKED = (int(Kind.ON_TIME), _EARLY, _LATE)


class KeptSheet(NamedTuple):
    """A sheet as kept; `body` is empty where only digest and totals were asked for."""

    digest: bytes
    totals: tuple[int, ...]
    body: bytes
    beside: PersonPunches | None = None
    """Of a closed one the punches beside its month, as they were then; None: not on record."""


class JudgedSheet(NamedTuple):
    """A sheet to be kept."""

    person: UUID
    digest: bytes
    body: bytes
    totals: tuple[int, ...]
    spoken: Mapping[str, Sequence[int]] = MappingProxyType({})
    """The findings of each clause, as the days of the month they are about."""


class Circumstances(NamedTuple):
    """What besides plan and punches decides: how far the clocks have reported (epoch minute), the hand-over."""

    decided_until: int
    handed_over: bool


class Part(NamedTuple):
    """A stretch of days under one plan with what was found; two cards a half, as in the plan."""

    plan_key: bytes
    kinds: bytes
    minutes: Sequence[int]
    punches: Sequence[int | None]
    clauses: Sequence[str]
    verdicts: bytes
    verdict_clauses: Sequence[str]
    others: Sequence[int]

    @classmethod
    def of(cls, plan_key: bytes, answer: Answer, others: Sequence[int]) -> "Part":
        """What is kept of an answer."""
        return cls(
            plan_key,
            answer.kinds,
            answer.minutes,
            answer.punches,
            answer.clauses,
            answer.verdicts,
            answer.verdict_clauses,
            others,
        )


class SheetBody(NamedTuple):
    """The parts of a sheet in order, and the stretches for which nothing was assigned."""

    parts: tuple[Part, ...]
    unassigned: tuple[tuple[date, date], ...] = ()

    @property
    def seconds(self) -> set[int]:
        """Every punch that stands in it."""
        return {second for part in self.parts for second in (*part.punches, *part.others) if second is not None}

    def pack(self) -> bytes:
        """As bytes."""
        parts = [(part[0].hex(), part[1].hex(), *part[2:5], part[5].hex(), *part[6:]) for part in self.parts]
        return orjson.dumps((parts, self.unassigned))

    @classmethod
    def unpack(cls, packed: bytes) -> "SheetBody":
        """From its bytes."""
        parts, unassigned = orjson.loads(packed)
        stretches = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in unassigned)
        return cls(tuple(_part(part) for part in parts), stretches)


def _part(kept: Sequence[Any]) -> Part:
    key, kinds, minutes, punches, clauses, verdicts, verdict_clauses, others = kept
    return Part(
        bytes.fromhex(key),
        bytes.fromhex(kinds),
        minutes,
        punches,
        clauses,
        bytes.fromhex(verdicts),
        verdict_clauses,
        others,
    )


def within(punches: PersonPunches, plan: PlanBody) -> PersonPunches:
    """The punches that can matter to a plan or stand on one of its days."""
    start, end = bisect_left(punches.seconds, plan.opens), bisect_left(punches.seconds, plan.closes)
    return PersonPunches(punches.seconds[start:end], punches.directions[start:end])


def beside(punches: PersonPunches, body: SheetBody) -> PersonPunches:
    """The punches near a month that its sheet does not hold: those of the night before, and of the one behind."""
    held = body.seconds
    return PersonPunches.of(turn for turn in punches.turns if turn[0] not in held)


def clipped(decided_until: int, plan: PlanBody) -> int:
    """The part of the clocks' progress that a plan can tell apart: none before it opens, no more once it is settled."""
    return 0 if decided_until * 60 < plan.opens else min(decided_until, plan.settles)


def part_digest(plan_key: bytes, punches: PersonPunches, circumstances: Circumstances) -> bytes:
    """Digest of everything one stretch is judged from."""
    digest = hashlib.sha256(plan_key)
    digest.update(array("q", punches.seconds).tobytes())
    digest.update(b"|" + punches.directions + b"|")
    digest.update(circumstances.decided_until.to_bytes(8, "big") + bytes([circumstances.handed_over]))
    return digest.digest()


def sheet_digest(parts: Iterable[bytes], unassigned: Iterable[tuple[date, date]]) -> bytes:
    """Digest of everything a month is judged from."""
    stretches = ";".join(f"{first}/{last}" for first, last in unassigned)
    return hashlib.sha256(FORM + b"".join(parts) + stretches.encode()).digest()


def total_of(totals: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Totals added up."""
    return tuple(map(sum, zip(NO_TOTALS, *totals, strict=True)))


def totals_of(answer: Answer, halves: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """The totals of an answer in the order in which they are kept, as `bylaw_kit.reading.totals` counts them.

    `halves` are those of each day that has any, from one to before another.
    """
    kinds, verdicts = answer.kinds, answer.verdicts
    gravest = bytes([max(verdicts[first:after]) for first, after in halves])
    return (
        len(gravest),
        sum(map(gravest.count, _WORKED)),
        len(verdicts),
        sum(map(verdicts.count, _WORKED)),
        kinds.count(Kind.LATE),
        sum(compress(answer.minutes, map(_LATE.__eq__, kinds))),
        kinds.count(Kind.EARLY),
        sum(compress(answer.minutes, map(_EARLY.__eq__, kinds))),
        kinds.count(Kind.LEAVE_REQUIRED),
        kinds.count(Kind.MISSING_CARD),
        verdicts.count(Kind.ABSENT),
        kinds.count(Kind.PENDING),
        sum(answer.worked_minutes),
    )
