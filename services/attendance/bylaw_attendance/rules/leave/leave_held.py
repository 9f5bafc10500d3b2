"""Which leave policies hold for a person: of each policy's name the nearest dated assignment, several side by side.

The nearest is the person's own, then the unit's, then those of the units above it, then everybody's: as for patterns,
but a policy stands in the way only of another version, or other parameters, of itself (LVE-1).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from bylaw_chassis.organisation.facts import Stay, Tree, holds_on
from bylaw_hooks.leave import Change, Employment, LeaveKind, Period

from bylaw_attendance.rules.judging.assignment import EVERYBODY, Assignment

A_DAY = timedelta(days=1)
COLLECTION = "leaveAssignments"
NOBODY_IN_PARTICULAR = 1
"""The number under which a policy is told of a person: it is asked about one at a time, and never learns who."""


class HeldPolicy(NamedTuple):
    """A leave policy that holds for a person on all days of a period; the nearer come first."""

    policy: str
    """Its identity, "statutory-leave@1"."""
    parameters: str
    """Canonical JSON."""
    period: Period
    assignment: UUID

    @property
    def name(self) -> str:
        """The policy's name, whatever its version."""
        return policy_name(self.policy)


class OfferedKind(NamedTuple):
    """A kind of leave that a person may ask for, and the policy that offers it."""

    kind: LeaveKind
    policy: str
    """Its identity: what an entry of the ledger names."""
    parameters: str
    """Canonical JSON."""


class ServiceRecord(NamedTuple):
    """What policies are told of a person beyond the employment: cumulative service, month and day of the birthday."""

    since: date | None = None
    birthday: tuple[int, int] | None = None


NOTHING_MORE = ServiceRecord()


class OfferedLeave(NamedTuple):
    """A version of a leave policy that a distribution offers, with the JSON schema of its parameters."""

    policy: str
    title_zh: str
    title_en: str
    schema: Mapping[str, Any]
    distribution: str


def policy_name(identity: str) -> str:
    """The name in "name@version"."""
    return identity.rpartition("@")[0]


def employments(stays: Iterable[Stay], known: ServiceRecord = NOTHING_MORE) -> list[Employment]:
    """A person's employments, oldest first: appointments that follow each other without a gap are one (ORG-4)."""
    found: list[list[Stay]] = []
    for stay in sorted(stays, key=lambda stay: stay.first_day):
        before = found[-1][-1].last_day if found else None
        if found and (before is None or stay.first_day <= before + A_DAY):
            found[-1].append(stay)
        else:
            found.append([stay])
    return [_employment(of_one, known) for of_one in found]


def _employment(stays: Sequence[Stay], known: ServiceRecord) -> Employment:
    left = None if any(stay.last_day is None for stay in stays) else max(stay.last_day or date.max for stay in stays)
    changes = tuple(_changes(stays))
    return Employment(NOBODY_IN_PARTICULAR, stays[0].first_day, left, known.since, changes, known.birthday)


def _changes(stays: Sequence[Stay]) -> Iterator[Change]:
    kind = None
    for stay in stays:
        if stay.employment_kind != kind:
            kind = stay.employment_kind
            yield Change(stay.first_day, kind)


def held(assignments: Sequence[Assignment], tree: Tree, stays: Sequence[Stay], *, span: Period) -> list[HeldPolicy]:
    """What holds for a person within a span, as long as it holds without a break; by first day, nearer ones first.

    Days without an appointment are left out.
    """
    found: dict[Assignment, list[Period]] = {}
    for stay, period in _stretches(assignments, tree, stays, span=span):
        for one in _nearest(assignments, tree, stay, day=period.first):
            periods = found.setdefault(one, [])
            if periods and periods[-1].last == period.first - A_DAY:
                periods[-1] = Period(periods[-1].first, period.last)
            else:
                periods.append(period)
    told = [
        HeldPolicy(one.pattern, one.parameters, period, one.identifier)
        for one, periods in found.items()
        for period in periods
    ]
    return sorted(told, key=lambda one: one.period.first)


def _stretches(
    assignments: Sequence[Assignment], tree: Tree, stays: Sequence[Stay], *, span: Period
) -> Iterator[tuple[Stay, Period]]:
    """The employed days of a span, cut wherever something may change."""
    dated: list[Any] = [*assignments, *(version for versions in tree.versions.values() for version in versions)]
    cuts = {one.first_day for one in dated} | {one.last_day + A_DAY for one in dated if one.last_day}
    for stay in sorted(stays, key=lambda stay: stay.first_day):
        first, last = max(stay.first_day, span.first), min(stay.last_day or span.last, span.last)
        if first <= last:
            starts = [first, *sorted(day for day in cuts if first < day <= last), last + A_DAY]
            yield from ((stay, Period(start, after - A_DAY)) for start, after in pairwise(starts))


def _nearest(assignments: Sequence[Assignment], tree: Tree, stay: Stay, *, day: date) -> list[Assignment]:
    """The nearest assignment of each policy on a day, nearest first."""
    subjects = [stay.person, *tree.upward(stay.unit, day), EVERYBODY]
    there = [one for one in assignments if one.subject in subjects and holds_on(one.first_day, one.last_day, day)]
    found: dict[str, Assignment] = {}
    for one in sorted(there, key=lambda one: (subjects.index(one.subject), one.pattern)):
        found.setdefault(policy_name(one.pattern), one)
    return list(found.values())
