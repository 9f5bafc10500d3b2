"""The conformance kit is proved by mutants: each rule has a pattern that breaks it, and a sound one breaks none."""

from pathlib import Path

import pytest
from bylaw_hooks import CardParameters
from bylaw_kit.conformance import CHECKS, broken, keep
from bylaw_kit.goldens import write
from bylaw_kit.rules import RULES
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
    assert set(RULES) - set(CHECKS) == {"C31"}


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


def test_a_digest_that_was_given_once_is_never_given_again(tmp_path: Path) -> None:
    write(tmp_path, Sound())
    before = (tmp_path / "acme-sound@1.json").read_text(encoding="utf-8")
    assert write(tmp_path, Sound()) == []
    assert (tmp_path / "acme-sound@1.json").read_text(encoding="utf-8") == before
