"""The rules of leave policies are proved by mutants, and what ships keeps every one of them."""

import pytest
from bylaw_kit.leave_conformance import LEAVE_CHECKS, keep_leave, leave_broken, leave_subjects
from bylaw_kit.leave_subject import LeaveSubject
from bylaw_kit.rules import LEAVE
from bylaw_kit.subject import RuleBroken
from bylaw_statutory_leave import StatutoryDays, StatutoryLeave

from tests.plugins.kit.leave_mutants import LEAVE_MUTANTS, SoundLeave
from tests.plugins.kit.leave_size_mutants import SIZE_MUTANTS


@pytest.mark.parametrize("rule", LEAVE_MUTANTS)
def test_a_mutant_that_breaks_a_rule_is_named_by_that_rule(rule: str) -> None:
    for mutant in (*LEAVE_MUTANTS[rule], *SIZE_MUTANTS.get(rule, ())):
        policy = mutant()
        with pytest.raises(RuleBroken) as found:
            keep_leave(LeaveSubject(policy, [policy.parameters()]), rule)
        assert found.value.rule == rule
        assert str(found.value).startswith(f"{rule} {LEAVE[rule].en} / {LEAVE[rule].zh}")


def test_every_rule_has_its_mutant() -> None:
    assert list(LEAVE) == list(LEAVE_CHECKS) == list(LEAVE_MUTANTS)


def test_a_sound_policy_keeps_every_rule() -> None:
    policy = SoundLeave()
    assert [str(found) for found in leave_broken(LeaveSubject(policy, [policy.parameters()]))] == []


def test_statutory_leave_keeps_every_rule_whatever_is_set() -> None:
    (subject,) = leave_subjects("bylaw-statutory-leave")
    assert [str(found) for found in leave_broken(subject)] == []
    other = StatutoryDays(
        annual_fraction="keep", annual_step="by_days", annual_carry_months=3, floating_kept_months=1, unit_head_days=0
    )
    assert [str(found) for found in leave_broken(LeaveSubject(StatutoryLeave(), [other]))] == []
