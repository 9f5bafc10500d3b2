"""What an assignment of a leave policy would change: what each balance is given within a span, before and after."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_hooks.leave import Entitlement, Period

from bylaw_attendance.rules.judging.assignment import DAY, Assignment
from bylaw_attendance.rules.leave.leave_held import policy_name

NOTHING = Fraction(0)


class LeaveEffect(NamedTuple):
    """Of one balance."""

    balance: str
    before: Fraction
    after: Fraction


class TriedPerson(NamedTuple):
    """A person who would be given something else, and of which balances; those that count minutes."""

    person: KnownPerson
    effects: Sequence[LeaveEffect]
    in_minutes: frozenset[str]


class TriedPage(NamedTuple):
    """Who was looked at, and of them those who would be given something else."""

    looked_at: Sequence[KnownPerson]
    changed: Sequence[TriedPerson]


def with_wish(assignments: Iterable[Assignment], wish: Assignment) -> list[Assignment]:
    """What would hold: the wish, and of its own subject and policy what began earlier only until the day before."""
    found = [wish]
    for one in assignments:
        rival = one.subject == wish.subject and policy_name(one.pattern) == policy_name(wish.pattern)
        ends = rival and one.last_day is None and one.first_day < wish.first_day
        found.append(one._replace(last_day=wish.first_day - DAY) if ends else one)
    return found


def totals(given: Iterable[tuple[Period, Sequence[Entitlement]]]) -> dict[str, Fraction]:
    """What each balance is given in all, less what is taken back."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for _, entitlements in given:
        for one in entitlements:
            found[one.balance] += one.amount
    return dict(found)


def effects(before: Mapping[str, Fraction], after: Mapping[str, Fraction]) -> Iterator[LeaveEffect]:
    """Each balance that is given something else, by code."""
    for balance in sorted({*before, *after}):
        there, then = before.get(balance, NOTHING), after.get(balance, NOTHING)
        if there != then:
            yield LeaveEffect(balance, there, then)
