"""What came of each rule over each version of a distribution, one after another, for whoever reports it."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from bylaw_kit.answering import Outcome
from bylaw_kit.conformance import CHECKS, keep, subjects
from bylaw_kit.ending import ENDLESS, Endless, ending
from bylaw_kit.finding import patterns_of
from bylaw_kit.leave_conformance import LEAVE_CHECKS, keep_leave, leave_subjects
from bylaw_kit.places import place_of
from bylaw_kit.subject import RuleBroken, shown


def outcomes(
    name: str, *, examples: int = 60, begin: Callable[[str, str], None] = lambda *_: None
) -> Iterator[Outcome]:
    """Every rule over every version of an installed distribution or a module; `begin` hears of each beforehand."""
    begin("", "")
    patterns_of(name)
    try:
        with ending():
            listed = list(subjects(name, examples=examples))
            leave = list(leave_subjects(name))
    except Endless as error:
        yield Outcome(name, "C25", f"{ENDLESS}, at {place_of(error)}")
        return
    except (Exception, SystemExit) as error:  # noqa: BLE001 - parameters that a plugin does not let be made
        yield Outcome(name, "C25", f"it raised {type(error).__name__}: {error} at {place_of(error)}")
        return
    for subject in listed:
        yield from _each(subject.pattern.identity, CHECKS, partial(keep, subject), begin=begin)
    for policy in leave:
        yield from _each(policy.policy.identity, LEAVE_CHECKS, partial(keep_leave, policy), begin=begin)


def _each(
    identity: str, rules: Iterable[str], kept: Callable[[str], None], *, begin: Callable[[str, str], None]
) -> Iterator[Outcome]:
    for rule in rules:
        begin(identity, rule)
        try:
            kept(rule)
        except RuleBroken as broken:
            yield broken_by(identity, broken)
            if broken.endless:
                break  # the other rules would wait as long
        else:
            yield Outcome(identity, rule)


def broken_by(pattern: str, broken: RuleBroken) -> Outcome:
    """What a broken rule is told as."""
    return Outcome(pattern, broken.rule, broken.why or "it does not hold", shown(broken.month) if broken.month else "")
