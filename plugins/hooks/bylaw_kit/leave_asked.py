"""The rules of requests (L5 to L11, L13): what a leave policy measures, admits and has approved."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from bylaw_hooks.leave import LeaveDay, LeaveRequest, Step, Taken

from bylaw_kit.bounds import MOST_OBJECTIONS, is_reason, is_wording
from bylaw_kit.leave_subject import (
    EMPLOYMENTS,
    HALVES,
    LONG_AGO,
    MONDAY,
    SATURDAY,
    YEARS,
    LeaveRule,
    LeaveSubject,
    cut,
    days,
    requests,
    standing,
)
from bylaw_kit.listening import listening
from bylaw_kit.subject import RuleBroken


def _each_day_once(subject: LeaveSubject) -> None:
    for _, request, planned, parameters in subject.tried():
        measured = subject.policy.measure(request, planned, parameters)
        asked = [day for day in planned if request.first <= day.work_date <= request.last]
        if [one.work_date for one in measured] != [day.work_date for day in asked]:
            raise RuleBroken("L5", f"{request}: it measures {len(measured)} of {len(asked)} days")
        for one, day in zip(measured, asked, strict=True):
            sound = type(one.days) is Fraction and type(one.minutes) is int and 0 <= one.minutes <= day.minutes
            if not sound or not 0 <= one.days <= 1 or sum(end - start for start, end in one.spans) != one.minutes:
                raise RuleBroken("L5", f"{request}: {one} of {day.minutes} minutes planned")


def _rest_days(subject: LeaveSubject) -> None:
    for kind, request, planned, parameters in subject.tried():
        rests = {day.work_date for day in planned if not day.segments}
        for one in subject.policy.measure(request, planned, parameters):
            if one.work_date in rests and bool(one.days) is not (kind.counts == "calendar"):
                raise RuleBroken("L6", f"{request}: {one.days} on {one.work_date}, a day of rest")


def _splitting(subject: LeaveSubject) -> None:
    for _, request, planned, parameters in subject.tried():
        whole = subject.policy.measure(request, planned, parameters)
        for count in range((request.last - request.first).days):
            parts = cut(request, request.first + timedelta(days=count))
            if tuple(one for part in parts for one in subject.policy.measure(part, planned, parameters)) != whole:
                raise RuleBroken("L7", f"{request}: split behind {parts[0].last} it takes something else")
    for parameters in subject.parameters:
        for kind in subject.policy.kinds(parameters):
            if kind.unit != "day":
                _halves(subject, kind.code, parameters)


def _halves(subject: LeaveSubject, code: str, parameters: Any) -> None:
    day = LeaveRequest(code, MONDAY, MONDAY, asked_on=LONG_AGO)
    halves = replace(day, ends="first-half"), replace(day, starts="second-half")
    one, two, whole = (_sums(subject, part, parameters) for part in (*halves, day))
    if (one[0] + two[0], one[1] + two[1]) != whole:
        raise RuleBroken("L7", f"{code}: half a day is {one}, the other {two}, and the day {whole}")


def _sums(subject: LeaveSubject, request: LeaveRequest, parameters: Any) -> tuple[Fraction, int]:
    measured = subject.policy.measure(request, days(HALVES), parameters)
    return sum((one.days for one in measured), Fraction(0)), sum(one.minutes for one in measured)


def _twice(subject: LeaveSubject) -> None:
    for _, request, planned, parameters in subject.tried():
        measured = subject.policy.measure(request, planned, parameters)
        before = replace(standing(subject.policy, parameters), taken=measured)
        if any(one.days for one in measured) and not subject.reasons(request, measured, before, parameters):
            raise RuleBroken("L8", f"{request}: the same days are admitted twice")


def _more_than_is_there(subject: LeaveSubject) -> None:
    for kind, request, planned, parameters in subject.tried():
        measured = subject.policy.measure(request, planned, parameters)
        amount = _amount(measured, minutes=kind.balance_in == "minutes")
        poor = standing(subject.policy, parameters, less=amount / 2)
        if kind.balance and amount and not subject.reasons(request, measured, poor, parameters):
            raise RuleBroken("L9", f"{request}: {amount} of {amount / 2} are admitted")


def _amount(measured: tuple[Taken, ...], *, minutes: bool) -> Fraction:
    return sum((Fraction(one.minutes) if minutes else one.days for one in measured), Fraction(0))


def _told(subject: LeaveSubject) -> None:
    for _, request, planned, parameters in subject.tried():
        measured = subject.policy.measure(request, planned, parameters)
        late = replace(request, asked_on=YEARS.last, evidence=False)
        poor = replace(standing(subject.policy, parameters), balances=(), taken=measured)
        objections = list(subject.policy.admit(late, measured, standing=poor, parameters=parameters))
        if len(objections) > MOST_OBJECTIONS:
            raise RuleBroken("L10", f"more than {MOST_OBJECTIONS} objections to one request")
        for one in objections:
            family, _, number = one.clause.partition("-")
            if not (is_reason(one.reason) and family.isupper() and number.isdigit() and is_wording(one.why)):
                raise RuleBroken("L10", f"{one}: a reason in capitals, a clause, and words in zh and en are needed")


def _steps(subject: LeaveSubject) -> None:
    for parameters in subject.parameters:
        for kind in subject.policy.kinds(parameters):
            before: set[Step] = set()
            for length in range((SATURDAY - MONDAY).days + 1):
                last = MONDAY + timedelta(days=length)
                asked = LeaveRequest(kind.code, MONDAY, last, asked_on=LONG_AGO, evidence=True)
                steps = _approval(subject, asked, days(HALVES), parameters)
                if not steps or len(set(steps)) < len(steps) or not before <= set(steps):
                    raise RuleBroken("L11", f"{asked}: {steps}, for a day less {sorted(before)}")
                before = set(steps)


def _approval(
    subject: LeaveSubject, request: LeaveRequest, planned: tuple[LeaveDay, ...], parameters: Any
) -> list[Step]:
    measured = subject.policy.measure(request, planned, parameters)
    return [Step(step) for step in subject.policy.approval(request, measured, parameters)]


def _manners(subject: LeaveSubject) -> None:
    parameters, planned = subject.parameters[0], days(HALVES)
    for kind in subject.policy.kinds(parameters):
        for request in requests(kind):
            with listening() as heard:
                one, two = (_everything(subject, request, planned) for _ in range(2))
            if heard:
                raise RuleBroken("L13", f"in the call it did: {', '.join(sorted(set(heard)))}")
            if one != two:
                raise RuleBroken("L13", f"{request}: asked twice, it answers differently")


def _everything(subject: LeaveSubject, request: LeaveRequest, planned: tuple[LeaveDay, ...]) -> str:
    parameters = subject.parameters[0]
    measured = subject.policy.measure(request, planned, parameters)
    how = standing(subject.policy, parameters)
    told = (
        measured,
        subject.policy.admit(request, measured, standing=how, parameters=parameters),
        subject.policy.approval(request, measured, parameters),
        [subject.given(employment, YEARS, parameters) for employment in EMPLOYMENTS],
        (request, planned, how, parameters),
    )
    return repr(told)


RULES_OF_ASKING: dict[str, LeaveRule] = {
    "L5": _each_day_once,
    "L6": _rest_days,
    "L7": _splitting,
    "L8": _twice,
    "L9": _more_than_is_there,
    "L10": _told,
    "L11": _steps,
    "L13": _manners,
}
