"""The rules of kinds and entitlements (L1 to L4, L12, L14): what a leave policy offers and gives."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from bylaw_hooks.leave import Employment, LeaveParameters, Period

from bylaw_kit.bounds import MOST_ANSWERS, MOST_KINDS, is_amount, is_bounded, is_code, is_wording
from bylaw_kit.leave_subject import EMPLOYMENTS, LEAVING, YEARS, LeaveRule, LeaveSubject
from bylaw_kit.package import RULES_OF_PACKAGE
from bylaw_kit.subject import RuleBroken

CLAUSE = re.compile("[A-Z]+-[0-9]+")
CUTS = (date(2026, 1, 1), date(2026, 7, 1), date(2027, 2, 28), date(2028, 12, 30))


def _kinds(subject: LeaveSubject) -> None:
    for parameters in subject.parameters:
        kinds = subject.policy.kinds(parameters)
        units: dict[str, str] = {}
        if not 1 <= len(kinds) <= MOST_KINDS or len({kind.code for kind in kinds}) < len(kinds):
            raise RuleBroken("L1", f"it has no kind, more than {MOST_KINDS}, or two of one code")
        for kind in kinds:
            named = is_code(kind.code) and (not kind.balance or is_code(kind.balance)) and is_wording(kind.title)
            if not named or not CLAUSE.fullmatch(kind.clause):
                raise RuleBroken("L1", f"{kind.code!r}: a plain code, a title in zh and en, and a clause are needed")
            if not is_bounded(kind) or (kind.evidence is not None and not is_wording(kind.evidence)):
                raise RuleBroken("L1", f"{kind.code!r}: notice, length, evidence or steps beyond what is taken")
            if units.setdefault(kind.balance, kind.balance_in) != kind.balance_in and kind.balance:
                raise RuleBroken("L1", f"{kind.balance} is counted in days by one kind and in minutes by another")


def _in_their_time(subject: LeaveSubject) -> None:
    for employment, parameters in _everybody(subject):
        for year in YEARS.years():
            span = Period(date(year, 1, 1), date(year, 12, 31))
            found = [one.day for one in subject.given(employment, span, parameters)]
            if len(found) > MOST_ANSWERS:
                raise RuleBroken("L2", f"{employment}: more than {MOST_ANSWERS} entitlements in {year}")
            if any(day not in span or not employment.employed_on(day) for day in found) or found != sorted(found):
                raise RuleBroken("L2", f"{employment}: {', '.join(map(str, found))}")


def _exact(subject: LeaveSubject) -> None:
    for employment, parameters in _everybody(subject):
        in_minutes = {one.balance for one in subject.policy.kinds(parameters) if one.balance_in == "minutes"}
        known = {one.balance for one in subject.policy.kinds(parameters)}
        for one in subject.given(employment, YEARS, parameters):
            unit = "minutes" if one.balance in in_minutes else "days"
            if type(one.amount) is not Fraction or not is_amount(one.amount, unit) or one.balance not in known:
                raise RuleBroken("L3", f"{one.day}: {one.amount!r} to {one.balance!r}")
            if (one.expires and one.expires < one.day) or not (is_wording(one.why) and CLAUSE.fullmatch(one.clause)):
                raise RuleBroken("L3", f"{one.day}: it lapses before it is given, or lacks a reason or a clause")


def _by_parts(subject: LeaveSubject) -> None:
    for employment, parameters in _everybody(subject):
        whole = subject.given(employment, YEARS, parameters)
        for day in CUTS:
            before, after = Period(YEARS.first, day), Period(day + timedelta(days=1), YEARS.last)
            parts = subject.given(employment, before, parameters) + subject.given(employment, after, parameters)
            if parts != whole:
                raise RuleBroken("L4", f"{employment}: cut behind {day} it brings {parts}, in one {whole}")


def _leaving(subject: LeaveSubject) -> None:
    for employment, parameters in _everybody(subject):
        stays = replace(employment, left=None)
        for day in LEAVING:
            if day >= employment.joined:
                span = Period(YEARS.first, date(day.year, 12, 31))
                most = _totals(subject, stays, span, parameters)
                for balance, amount in _totals(subject, replace(stays, left=day), span, parameters).items():
                    if amount > most.get(balance, 0):
                        raise RuleBroken("L12", f"{stays}: leaving on {day} brings {amount} to {balance}, not less")


def _totals(
    subject: LeaveSubject, employment: Employment, span: Period, parameters: LeaveParameters
) -> dict[str, Fraction]:
    found: dict[str, Fraction] = defaultdict(Fraction)
    for one in subject.given(employment, span, parameters):
        found[one.balance] += one.amount
    return found


def _everybody(subject: LeaveSubject) -> Any:
    return ((employment, parameters) for employment in EMPLOYMENTS for parameters in subject.parameters)


def _parameters(subject: LeaveSubject) -> None:
    alike: Any = SimpleNamespace(pattern=subject.policy, parameters=subject.parameters)
    for rule in ("C25", "C26"):
        try:
            RULES_OF_PACKAGE[rule](alike)
        except RuleBroken as broken:
            raise RuleBroken("L14", broken.why) from broken


RULES_OF_GIVING: dict[str, LeaveRule] = {
    "L1": _kinds,
    "L2": _in_their_time,
    "L3": _exact,
    "L4": _by_parts,
    "L12": _leaving,
    "L14": _parameters,
}
