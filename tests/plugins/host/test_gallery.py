"""A gallery of misbehaving plugins: each costs nobody but its own policy, and is named with what it did."""

import os
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bylaw_hooks import Kind, days_between
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.outcomes import PersonAnswer, PolicyBroken
from bylaw_plugin_host.remote import Remote

from tests.plugins.gallery.ordinary import CULPRIT
from tests.plugins.host.conftest import DAYS, GALLERY, PEOPLE, SHORT, Host, Site, months

STEADY, NONE = "zenith-steady@1", "{}"


@pytest.mark.parametrize(
    ("module", "reason", "rule", "detail"),
    [
        ("acme_raising", "POLICY_FAILED", "", "ZeroDivisionError at acme_raising.py"),
        ("acme_exiting", "POLICY_FAILED", "", "SystemExit at acme_exiting.py"),
        ("acme_hog", "POLICY_FAILED", "", "MemoryError at acme_hog.py"),
        ("acme_killing_itself", "POLICY_FAILED", "", "ended by signal 9"),
        ("acme_crashing", "POLICY_FAILED", "", "ended by signal 11"),
        ("acme_leaving", "POLICY_FAILED", "", "ended with status 3"),
        ("acme_babbling", "POLICY_ANSWER_INVALID", "", "killed: no frame"),
        ("acme_flooding", "POLICY_ANSWER_INVALID", "", "killed: no frame"),
        ("acme_giant_frame", "POLICY_ANSWER_INVALID", "", "killed: no frame"),
        ("acme_silent", "POLICY_ANSWER_INVALID", "C1", "NoneType"),
        ("acme_wrong_person", "POLICY_ANSWER_INVALID", "C1", "somebody else"),
        ("acme_negative_minutes", "POLICY_ANSWER_INVALID", "C7", ""),
        ("acme_mutating", "POLICY_ANSWER_INVALID", "C18", ""),
    ],
)
def test_who_cannot_be_judged_is_named_and_everybody_else_is_judged(
    host: Host, module: str, reason: str, rule: str, detail: str
) -> None:
    broken = the_one_broken(host(module, "zenith_steady"), module)
    assert (broken.reason, broken.rule) == (reason, rule)
    assert detail in broken.detail
    assert module not in sys.modules


@pytest.mark.parametrize("module", ["acme_endless", "acme_stopped", "acme_half_frame", "acme_forking"])
def test_whoever_takes_too_long_is_killed_at_the_deadline_and_everybody_else_is_judged(host: Host, module: str) -> None:
    broken = the_one_broken(host(module, "zenith_steady", limits=SHORT), module)
    assert (broken.reason, broken.rule, broken.detail) == ("POLICY_TIMED_OUT", "", "killed")


def the_one_broken(under_test: PolicyHost, module: str) -> PolicyBroken:
    """What came of the culprit, when everybody else was judged like the neighbour judges them."""
    distribution = module.replace("_", "-")
    answers = under_test.judge(f"{distribution}@1", NONE, months())
    broken = {place: one for place, one in enumerate(answers) if isinstance(one, PolicyBroken)}
    assert list(broken) == [CULPRIT]
    assert broken[CULPRIT].distribution == f"{distribution} 1.2"
    assert answers[0] == answers[-1] == under_test.judge(STEADY, NONE, months())[0]
    return broken[CULPRIT]


def test_where_many_take_too_long_every_call_gets_further_until_all_others_are_judged(host: Host) -> None:
    under_test, people = host("acme_often_endless", limits=SHORT), months(15)
    endless = [place for place, month in enumerate(people) if month.person % 3 == 0]

    def refused() -> list[int]:
        answers = under_test.judge("acme-often-endless@1", NONE, people)
        return [place for place, one in enumerate(answers) if isinstance(one, PolicyBroken)]

    assert set(endless) < set(refused())
    assert refused() == endless
    (runner,) = under_test._runners
    assert isinstance(runner, Remote)
    before = runner.supervisor.process_numbers()
    assert refused() == endless
    assert runner.supervisor.process_numbers() == before


@pytest.mark.parametrize(
    ("module", "rule"), [("acme_outside_month", "C2"), ("acme_overlapping", "C3"), ("acme_moods", "C12")]
)
def test_a_policy_that_is_wrong_for_everybody_is_named_and_its_neighbour_judges(
    host: Host, module: str, rule: str
) -> None:
    under_test = host(module, "zenith_steady")
    answers = under_test.judge(module.replace("_", "-") + "@1", NONE, months())
    told = {(one.reason, one.rule) for one in answers if isinstance(one, PolicyBroken)}
    assert (told, len(answers)) == ({("POLICY_ANSWER_INVALID", rule)}, PEOPLE)
    assert all(isinstance(one, PersonAnswer) for one in under_test.judge(STEADY, NONE, months()))


def test_whoever_prints_megabytes_is_judged_and_the_end_of_it_is_kept(host: Host) -> None:
    under_test = host("acme_printing")
    answers = under_test.judge("acme-printing@1", NONE, months())
    assert all(isinstance(one, PersonAnswer) for one in answers)
    assert len(under_test.outputs()["acme-printing 1.2"]) == 16_384


def test_a_child_that_a_plugin_started_dies_with_it(host: Host) -> None:
    under_test = host("acme_forking", limits=SHORT)
    under_test.judge("acme-forking@1", NONE, months(CULPRIT + 1)[CULPRIT:])
    child = int(under_test.outputs()["acme-forking 1.2"].split()[-1])
    for _ in range(100):
        if not _runs(child):
            break
        time.sleep(0.02)
    assert not _runs(child)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").split()[2] != "Z"


def test_good_answers_cross_the_line_unchanged(host: Host) -> None:
    answer = host("zenith_steady").judge(STEADY, NONE, months())[3]
    assert isinstance(answer, PersonAnswer)
    assert answer.verdicts == bytes([Kind.WORKED]) * 30
    assert answer.worked_minutes == [180] * 30
    assert answer.punches == list(months()[3].punches)
    assert answer.clauses == ["HRS-5", "HRS-4"] * 30


def test_whoever_hangs_over_everybody_is_not_asked_without_end(host: Host, site: Site) -> None:
    everybody = (GALLERY / "acme_endless.py").read_text(encoding="utf-8").replace("facts.person == CULPRIT", "CULPRIT")
    site.add("acme-endless", everybody)
    under_test = host(limits=SHORT)
    begun = time.monotonic()
    answers = under_test.judge("acme-endless@1", NONE, months(64))
    assert {one.reason for one in answers if isinstance(one, PolicyBroken)} == {"POLICY_TIMED_OUT"}
    assert len(answers) == 64
    assert time.monotonic() - begun < 60


def test_whoever_hangs_over_every_calendar_is_not_waited_for_over_them_all(host: Host, site: Site) -> None:
    source = (GALLERY / "zenith_steady.py").read_text(encoding="utf-8")
    hanging = (
        'name = "zenith-steady"\n\n    def compile(self, days, parameters):\n        while True:\n            pass'
    )
    site.add("zenith-hanging", source.replace('name = "zenith-steady"', hanging))
    under_test = host(limits=SHORT)
    people = [replace(one, days=days_between(DAYS, FIRST, date(2026, 9, 5 + one.person))) for one in months(20)]
    begun = time.monotonic()
    answers = under_test.judge("zenith-steady@1", NONE, people)
    assert [one.reason for one in answers if isinstance(one, PolicyBroken)] == ["POLICY_TIMED_OUT"] * 20
    assert time.monotonic() - begun < 15 * SHORT.floor_seconds


FIRST = date(2026, 9, 1)
