"""Whether a leave policy's answers keep the rules of the list (L1 to L11): what breaks one is not used.

Shapes are right by then (`leave_questions`); here it is checked whether they make sense for what was asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from bylaw_hooks.leave import Employment, Entitlement, LeaveDay, LeaveKind, LeaveRequest, Objection, Period, Step, Taken
from bylaw_kit.bounds import (
    FINEST,
    MOST_KINDS,
    MOST_OBJECTIONS,
    is_amount,
    is_bounded,
    is_code,
    is_reason,
    is_wording,
)
from bylaw_kit.checking import Exists

from bylaw_plugin_host.outcomes import ANSWER_INVALID, Failure

MOST_STEPS = len(Step)
Faults = Iterator[Failure]


def faults_of_kinds(kinds: Sequence[LeaveKind], exists: Exists) -> Faults:
    """L1."""
    if not 1 <= len(kinds) <= MOST_KINDS or len({kind.code for kind in kinds}) < len(kinds):
        yield _broken("L1", "no kind, or two of one code")
    units: dict[str, str] = {}
    for kind in kinds:
        if not is_code(kind.code) or (kind.balance and not is_code(kind.balance)) or not is_wording(kind.title):
            yield _broken("L1", "a kind without a plain code or without its titles")
        elif not exists(kind.clause, date.max) or (kind.evidence is not None and not is_wording(kind.evidence)):
            yield _broken("L1", "a kind without a clause that exists")
        elif kind.balance and units.setdefault(kind.balance, kind.balance_in) != kind.balance_in:
            yield _broken("L1", "a balance counted in two units")
        elif not is_bounded(kind):
            yield _broken("L1", "a kind with absurd limits")


def faults_of_entitlements(
    given: Sequence[Entitlement], asked: tuple[Employment, Period], *, kinds: Iterable[LeaveKind], exists: Exists
) -> Faults:
    """L2 and L3."""
    employment, span = asked
    units = {kind.balance: kind.balance_in for kind in kinds if kind.balance}
    last = span.first
    for one in given:
        if one.day not in span or not employment.employed_on(one.day) or one.day < last:
            yield _broken("L2", "given outside the span or the employment, or in no order", one.day)
        elif one.balance not in units or not is_amount(one.amount, units[one.balance]):
            yield _broken("L3", "an amount of no balance, or none that can be given", one.day)
        elif not _lasting(one) or not is_wording(one.why) or not exists(one.clause, one.day):
            yield _broken("L3", "it lapses before it is given, or lacks a reason or a clause that exists", one.day)
        last = max(last, one.day) if one.day in span else last


def _lasting(one: Entitlement) -> bool:
    lapses = one.expires is None or one.expires >= one.day
    carried = one.carried_until is None or (one.expires is not None and one.carried_until >= one.expires)
    return lapses and carried and (one.carried_most is None or one.carried_most >= 0)


def faults_of_measure(
    measured: Sequence[Taken], request: LeaveRequest, *, days: Sequence[LeaveDay], kind: LeaveKind
) -> Faults:
    """L5 and L6."""
    asked = [day for day in days if request.first <= day.work_date <= request.last]
    if [one.work_date for one in measured] != [day.work_date for day in asked]:
        yield _broken("L5", f"{len(measured)} days measured of {len(asked)}")
        return
    for one, day in zip(measured, asked, strict=True):
        if not _fits(one, day):
            yield _broken("L5", "more than is planned, or spans that do not add up", one.work_date)
        elif not day.segments and bool(one.days) is not (kind.counts == "calendar"):
            yield _broken("L6", "a day of rest", one.work_date)


def _fits(one: Taken, day: LeaveDay) -> bool:
    sound = 0 <= one.minutes <= day.minutes and 0 <= one.days <= 1 and one.days.denominator <= FINEST
    inside = all(any(first <= span[0] < span[1] <= last for first, last in day.segments) for span in one.spans)
    apart = all(before[1] <= after[0] for before, after in pairwise(one.spans))
    return sound and inside and apart and sum(end - start for start, end in one.spans) == one.minutes


def faults_of_objections(objections: Sequence[Objection], day: date, *, exists: Exists) -> Faults:
    """L10."""
    if len(objections) > MOST_OBJECTIONS:
        yield _broken("L10", "too many objections")
    for one in objections:
        if not is_reason(one.reason) or not is_wording(one.why) or not exists(one.clause, day):
            yield _broken("L10", "an objection without a reason, its words, or a clause that exists", day)


def faults_of_approval(steps: Sequence[Step], day: date) -> Faults:
    """L11."""
    if not 1 <= len(steps) <= MOST_STEPS or len(set(steps)) < len(steps):
        yield _broken("L11", "nobody approves, or somebody twice", day)


def _broken(rule: str, detail: str, day: date | None = None) -> Failure:
    return Failure(ANSWER_INVALID, rule, day, detail)
