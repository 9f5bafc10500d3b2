"""The rules of answers (C1 to C11) over months that Hypothesis draws."""

from collections.abc import Callable

from bylaw_kit.checking import answer_faults, plan_faults
from bylaw_kit.rules import ANSWERS
from bylaw_kit.strategies import Month
from bylaw_kit.subject import Rule, RuleBroken, Subject
from bylaw_kit.trying import over_months


def _keeps(rule: str) -> Callable[[Subject, Month], None]:
    def check(subject: Subject, month: Month) -> None:
        faults = list(plan_faults(month.facts.days, month.plan, subject.exists))
        faults = faults or list(answer_faults(month.facts, subject.judged(month), subject.exists))
        for fault in faults:
            if fault.rule == rule:
                raise RuleBroken(rule, f"on {fault.work_date}" if fault.work_date else "", month)

    return check


def _rule(rule: str) -> Rule:
    return lambda subject: over_months(subject, _keeps(rule))


RULES_OF_ANSWERS: dict[str, Rule] = {rule: _rule(rule) for rule in ANSWERS}
