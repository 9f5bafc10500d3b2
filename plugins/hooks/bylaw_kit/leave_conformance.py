"""The conformance kit for leave policies: every rule of their list, over every version of a distribution."""

from collections.abc import Iterator
from typing import Any

from bylaw_hooks.leave import LeavePolicy

from bylaw_kit.finding import module_of
from bylaw_kit.keeping import keep_rule
from bylaw_kit.leave_asked import RULES_OF_ASKING
from bylaw_kit.leave_given import RULES_OF_GIVING
from bylaw_kit.leave_subject import LeaveRule, LeaveSubject
from bylaw_kit.rules import LEAVE
from bylaw_kit.subject import RuleBroken

_CHECKS = {**RULES_OF_GIVING, **RULES_OF_ASKING}
LEAVE_CHECKS: dict[str, LeaveRule] = {rule: _CHECKS[rule] for rule in LEAVE}
"""By id, in the list's order."""


def leave_policies_of(name: str) -> list[LeavePolicy[Any]]:
    """Every version of every leave policy that a distribution, or a module, registers."""
    return list(getattr(module_of(name), "register_leave_policies", list)())


def leave_subjects(name: str) -> Iterator[LeaveSubject]:
    """Each version, tried under its defaults."""
    return (LeaveSubject(policy, [policy.parameters()]) for policy in leave_policies_of(name))


def keep_leave(subject: LeaveSubject, rule: str) -> None:
    """Check one rule; RuleBroken names it, whatever the policy did."""
    keep_rule(rule, lambda: LEAVE_CHECKS[rule](subject))


def leave_broken(subject: LeaveSubject) -> Iterator[RuleBroken]:
    """Every rule that a version breaks."""
    for rule in LEAVE_CHECKS:
        try:
            keep_leave(subject, rule)
        except RuleBroken as found:
            yield found
