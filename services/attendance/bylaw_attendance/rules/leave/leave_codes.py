"""When leave policies may not hold side by side: for the same people on the same days, with a code in common (LVE-1).

A balance is known by its code, and so is what is asked for: two policies that mean different things by one code would
give to, and take from, one balance.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.organisation.facts import Stay, Tree
from bylaw_hooks.leave import LeaveKind

from bylaw_attendance.rules.judging.assignment import Assignment, SubjectKind
from bylaw_attendance.rules.leave.leave_held import policy_name

Days = tuple[date, date]


class Clash(NamedTuple):
    """The assignment in the way, and the codes that both use."""

    other: Assignment
    codes: Sequence[str]


def clash(
    wished: Assignment,
    kinds: Sequence[LeaveKind],
    others: Iterable[tuple[Assignment, Sequence[LeaveKind]]],
    *,
    tree: Tree,
    stays: Mapping[UUID, Sequence[Stay]],
) -> Clash | None:
    """The first assignment of another policy that may not hold beside it."""
    own = _codes(kinds)
    for other, offered in others:
        shared = own & _codes(offered)
        beside = policy_name(other.pattern) != policy_name(wished.pattern)
        if beside and shared and meet(wished, other, tree=tree, stays=stays):
            return Clash(other, sorted(shared))
    return None


def _codes(kinds: Iterable[LeaveKind]) -> set[str]:
    return {code for kind in kinds for code in (kind.code, kind.balance) if code}


def meet(one: Assignment, other: Assignment, *, tree: Tree, stays: Mapping[UUID, Sequence[Stay]]) -> bool:
    """Whether both may hold for the same person on a day that both have."""
    first = max(one.first_day, other.first_day)
    last = min(one.last_day or date.max, other.last_day or date.max)
    if first > last:
        return False
    if SubjectKind.ORGANISATION in (one.kind, other.kind) or one.subject == other.subject:
        return True
    above = [_above(each, tree, stays, days=(first, last)) for each in (one, other)]
    return one.subject in above[1] or other.subject in above[0]


def _above(made: Assignment, tree: Tree, stays: Mapping[UUID, Sequence[Stay]], *, days: Days) -> Collection[UUID]:
    """The units whose people its subject is or is among, on one of these days."""
    first, last = days
    starts = [
        first,
        *(one.first_day for held in tree.versions.values() for one in held if first < one.first_day <= last),
    ]
    if made.kind is SubjectKind.UNIT:
        return {unit for day in starts for unit in tree.upward(made.subject, day)}
    held = [stay for stay in stays.get(made.subject, ()) if stay.first_day <= last and (stay.last_day or last) >= first]
    return {
        unit for stay in held for day in {*starts, max(first, stay.first_day)} for unit in tree.upward(stay.unit, day)
    }
