"""The conformance kit: every rule of the list, over every version that a distribution registers."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bylaw_hooks import CardParameters, ShiftPattern

from bylaw_kit.answers import RULES_OF_ANSWERS
from bylaw_kit.behaviour import RULES_OF_BEHAVIOUR
from bylaw_kit.finding import goldens_of, patterns_of
from bylaw_kit.goldens import cases_of
from bylaw_kit.keeping import keep_rule
from bylaw_kit.package import RULES_OF_PACKAGE
from bylaw_kit.rules import RULES
from bylaw_kit.subject import Rule, RuleBroken, Subject

_CHECKS = {**RULES_OF_ANSWERS, **RULES_OF_BEHAVIOUR, **RULES_OF_PACKAGE}
CHECKS: dict[str, Rule] = {rule: _CHECKS[rule] for rule in RULES if rule in _CHECKS}
"""By id, in the list's order; C31, the wheel by itself, is checked by whoever has a wheel."""


def subjects(name: str, *, examples: int = 60) -> Iterator[Subject]:
    """Each version, tried under its defaults and under the parameters and cells of its golden cases."""
    goldens = goldens_of(name)
    for pattern in patterns_of(name):
        cases = list((cases_of(goldens, pattern) if goldens else {}).values())
        cells = sorted({cell for case in cases for cell in case.get("cells", ()) if cell})
        yield Subject(pattern, _parameters(pattern, cases), cells, goldens, examples=examples, distribution=name)


def _parameters(pattern: ShiftPattern[Any], cases: Sequence[Any]) -> list[CardParameters]:
    read = (pattern.parameters.model_validate_json(json.dumps(case.get("parameters", {}))) for case in cases)
    return list(dict.fromkeys([pattern.parameters(), *read]))


def keep(subject: Subject, rule: str) -> None:
    """Check one rule; RuleBroken names it, whatever the pattern did."""
    keep_rule(rule, lambda: CHECKS[rule](subject))


def broken(subject: Subject) -> Iterator[RuleBroken]:
    """Every rule that a version breaks."""
    for rule in CHECKS:
        try:
            keep(subject, rule)
        except RuleBroken as found:
            yield found
