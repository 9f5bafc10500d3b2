"""What came of each rule over each version of a distribution, one after another, for whoever reports it."""

from collections.abc import Iterator
from typing import NamedTuple

from bylaw_kit.conformance import CHECKS, keep, subjects
from bylaw_kit.subject import RuleBroken, shown


class Outcome(NamedTuple):
    """A rule over a version; `why` is empty where it is kept, `month` shows one that breaks it."""

    pattern: str
    rule: str
    why: str = ""
    month: str = ""


def outcomes(name: str, *, examples: int = 60) -> Iterator[Outcome]:
    """Every rule over every version of an installed distribution or a module."""
    for subject in subjects(name, examples=examples):
        for rule in CHECKS:
            try:
                keep(subject, rule)
            except RuleBroken as broken:
                yield broken_by(subject.pattern.identity, broken)
                if broken.endless:
                    break  # the other rules would wait as long
            else:
                yield Outcome(subject.pattern.identity, rule)


def broken_by(pattern: str, broken: RuleBroken) -> Outcome:
    """What a broken rule is told as."""
    return Outcome(pattern, broken.rule, broken.why or "it does not hold", shown(broken.month) if broken.month else "")
