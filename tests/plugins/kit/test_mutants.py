"""The conformance kit is proved by mutants: each rule has a pattern that breaks it, and a sound one breaks none."""
# ruff: noqa: ARG002 - a mutant takes what the surface hands it

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bylaw_hooks import CardParameters, DayFacts, MonthFacts, MonthPlan, PlannedDay, Segment
from bylaw_kit.conformance import CHECKS, broken, keep
from bylaw_kit.ending import Endless, ending
from bylaw_kit.goldens import write
from bylaw_kit.rules import COURIER, DELIVERY, EXPORT, LEAVE, ORDERS, RULES
from bylaw_kit.subject import RuleBroken, Subject

from tests.plugins.kit.mutants import MUTANTS, Sound

HERE = "tests.plugins.kit.mutants"


@pytest.mark.parametrize("rule", MUTANTS)
def test_a_mutant_that_breaks_a_rule_is_named_by_that_rule(rule: str) -> None:
    for mutant in MUTANTS[rule]:
        pattern = mutant()
        subject = Subject(pattern, [pattern.parameters()], distribution=HERE, examples=120)
        with pytest.raises(RuleBroken) as found:
            keep(subject, rule)
        assert found.value.rule == rule
        assert str(found.value).startswith(f"{rule} {RULES[rule].en} / {RULES[rule].zh}")


def test_every_rule_that_is_checked_has_its_mutant() -> None:
    assert list(CHECKS) == list(MUTANTS)
    elsewhere = {*LEAVE, *EXPORT, *DELIVERY, *COURIER, *ORDERS}
    assert set(RULES) - set(CHECKS) - elsewhere == {"C31"}


def test_a_sound_pattern_keeps_every_rule(tmp_path: Path) -> None:
    assert write(tmp_path, Sound()) == ["by-default"]
    subject = Subject(Sound(), [CardParameters(), CardParameters(seconds="count")], goldens=tmp_path, distribution=HERE)
    assert [str(found) for found in broken(subject) if found.rule != "C12"] == []


def test_what_breaks_a_rule_is_shown_as_a_small_month() -> None:
    subject = Subject(MUTANTS["C6"][0](), [CardParameters()])
    with pytest.raises(RuleBroken) as found:
        keep(subject, "C6")
    month = found.value.month
    assert month
    assert len(month.facts.punches) == 1
    assert f"punches = {month.facts.punches}" in str(found.value)


def test_a_pattern_that_never_ends_is_ended_and_told_with_its_place() -> None:
    class Looping(Sound):
        def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
            while days:
                pass
            yield from super().plan(days, parameters)

    with pytest.raises(Endless) as ended, ending(0.05):
        CHECKS["C2"](Subject(Looping(), [CardParameters()]))
    assert Path(ended.traceback[-1].path).name in {"test_mutants.py", "ending.py"}


def test_what_a_pattern_raises_is_told_with_its_place() -> None:
    class Tripping(Sound):
        def plan(self, days: tuple[DayFacts, ...], parameters: CardParameters) -> Iterator[PlannedDay]:
            raise KeyError("no 31")

    with pytest.raises(RuleBroken) as found:
        keep(Subject(Tripping(), [CardParameters()]), "C2")
    assert "it raised KeyError: 'no 31' at test_mutants.py:" in found.value.why


def test_a_pattern_whose_arrivals_cannot_be_tried_is_told_what_to_look_at_in_both_languages() -> None:
    class Unbound(Sound):
        def bind(self, facts: MonthFacts, plan: MonthPlan, *, parameters: CardParameters) -> list[int | None]:
            return [None] * (2 * len(plan.segments))

    with pytest.raises(RuleBroken) as found:
        keep(Subject(Unbound(), [CardParameters()], examples=5), "C21")
    assert "Look at bind() and at the hours of plan()" in found.value.why
    assert "请检查 bind() 与 plan() 的时刻" in found.value.why
    assert "Unsatisfiable" not in str(found.value)


def test_a_pattern_that_never_asks_for_both_cards_judges_no_arrival_and_keeps_the_rule() -> None:
    class SignInOnly(Sound):
        def halves(self, day: DayFacts) -> tuple[Segment, ...]:
            return tuple(replace(half, asks_out=False) for half in super().halves(day))

    class Resting(Sound):
        def halves(self, day: DayFacts) -> tuple[Segment, ...]:
            return ()

    for pattern in (SignInOnly(), Resting()):
        keep(Subject(pattern, [CardParameters()], examples=5), "C21")


def test_a_digest_that_was_given_once_is_never_given_again(tmp_path: Path) -> None:
    write(tmp_path, Sound())
    before = (tmp_path / "acme-sound@1.json").read_text(encoding="utf-8")
    assert write(tmp_path, Sound()) == []
    assert (tmp_path / "acme-sound@1.json").read_text(encoding="utf-8") == before
