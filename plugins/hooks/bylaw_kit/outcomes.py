"""What came of each rule over each version of a distribution, one after another, for whoever reports it."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from bylaw_kit.answering import Outcome
from bylaw_kit.conformance import CHECKS, keep, subjects
from bylaw_kit.courier_conformance import COURIER_CHECKS, couriers_of, keep_courier
from bylaw_kit.delivery_conformance import DELIVERY_CHECKS, channels_of, keep_delivery
from bylaw_kit.ending import ENDLESS, Endless, ending
from bylaw_kit.export_conformance import EXPORT_CHECKS, export_subjects, keep_export
from bylaw_kit.finding import patterns_of
from bylaw_kit.leave_conformance import LEAVE_CHECKS, keep_leave, leave_subjects
from bylaw_kit.order_conformance import ORDER_CHECKS, importers_of, keep_importer
from bylaw_kit.places import place_of
from bylaw_kit.subject import RuleBroken, shown


class Held(NamedTuple):
    """Something that is held to rules: what it is called, which, and what checks one of them."""

    identity: str
    rules: Iterable[str]
    keep: Callable[[str], None]


def outcomes(
    name: str, *, examples: int = 60, begin: Callable[[str, str], None] = lambda *_: None
) -> Iterator[Outcome]:
    """Every rule over every version of an installed distribution or a module; `begin` hears of each beforehand."""
    begin("", "")
    patterns_of(name)
    try:
        with ending():
            every = held(name, examples=examples)
    except Endless as error:
        yield Outcome(name, "C25", f"{ENDLESS}, at {place_of(error)}")
        return
    except (Exception, SystemExit) as error:  # noqa: BLE001 - parameters that a plugin does not let be made
        yield Outcome(name, "C25", f"it raised {type(error).__name__}: {error} at {place_of(error)}")
        return
    for one in every:
        yield from _each(one, begin)


def held(name: str, *, examples: int) -> list[Held]:
    """Every version of what a distribution, or a module, registers, every channel and every courier adapter."""
    return [
        *(Held(one.pattern.identity, CHECKS, partial(keep, one)) for one in subjects(name, examples=examples)),
        *(Held(one.policy.identity, LEAVE_CHECKS, partial(keep_leave, one)) for one in leave_subjects(name)),
        *(Held(one.identity, EXPORT_CHECKS, partial(keep_export, one)) for one in export_subjects(name)),
        *(Held(one.name, DELIVERY_CHECKS, partial(keep_delivery, one)) for one in channels_of(name)),
        *(Held(one.identity, ORDER_CHECKS, partial(keep_importer, one)) for one in importers_of(name)),
        *(Held(one.name, COURIER_CHECKS, partial(keep_courier, one)) for one in couriers_of(name)),
    ]


def _each(one: Held, begin: Callable[[str, str], None]) -> Iterator[Outcome]:
    for rule in one.rules:
        begin(one.identity, rule)
        try:
            one.keep(rule)
        except RuleBroken as broken:
            yield broken_by(one.identity, broken)
            if broken.endless:
                break  # the other rules would wait as long
        else:
            yield Outcome(one.identity, rule)


def broken_by(pattern: str, broken: RuleBroken) -> Outcome:
    """What a broken rule is told as."""
    return Outcome(pattern, broken.rule, broken.why or "it does not hold", shown(broken.month) if broken.month else "")
