"""A gallery of misbehaving plugins: each costs nobody but its own policy, and is named with what it did."""

import os
import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bylaw_hooks import Kind, days_between
from bylaw_plugin_host.host import MOST_CALENDARS, PolicyHost
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
    assert (broken.reason, broken.rule) == ("POLICY_TIMED_OUT", "")
    stopped = module == "acme_stopped"  # it can no longer say where
    assert re.fullmatch("killed" if stopped else rf"killed at ({module}|line)\.py:\d+", broken.detail)


def the_one_broken(under_test: PolicyHost, module: str) -> PolicyBroken:
    """What came of the culprit, when everybody else was judged like the neighbour judges them."""
    distribution = module.replace("_", "-")
    answers = under_test.judge(f"{distribution}@1", NONE, months())
    broken = {place: one for place, one in enumerate(answers) if isinstance(one, PolicyBroken)}
    assert list(broken) == [CULPRIT]
    assert broken[CULPRIT].distribution == f"{distribution} 1.2"
    assert answers[0] == answers[-1] == under_test.judge(STEADY, NONE, months())[0]
    return broken[CULPRIT]


def test_where_many_take_too_long_each_is_named_and_all_others_are_judged_in_one_call(host: Host) -> None:
    under_test, people = host("acme_often_endless", limits=SHORT), months(15)
    endless = [place for place, month in enumerate(people) if month.person % 3 == 0]

    def refused() -> list[int]:
        answers = under_test.judge("acme-often-endless@1", NONE, people)
        return [place for place, one in enumerate(answers) if isinstance(one, PolicyBroken)]

    assert refused() == endless
    assert refused() == endless
    (runner,) = under_test._runners
    assert isinstance(runner, Remote)
    before = set(runner.supervisor.process_numbers())
    assert refused() == endless
    assert before <= set(runner.supervisor.process_numbers())  # a spare may have come since


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


def test_a_child_that_has_left_its_group_dies_with_it_too(site: Site, host: Host) -> None:
    forking = (GALLERY / "acme_forking.py").read_text(encoding="utf-8")
    fleeing = forking.replace("parameters.without_leave])", "parameters.without_leave], start_new_session=True)")
    assert fleeing != forking
    site.add("acme-forking", fleeing)
    under_test = host(limits=SHORT)
    under_test.judge("acme-forking@1", NONE, months(CULPRIT + 1)[CULPRIT:])
    child = int(under_test.outputs()["acme-forking 1.2"].partition("child ")[2].split()[0])
    until = time.monotonic() + 10
    while _runs(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _runs(child)


def test_a_child_that_has_left_its_group_dies_when_its_worker_is_closed(site: Site, host: Host) -> None:
    forking = (GALLERY / "acme_forking.py").read_text(encoding="utf-8").replace("            child.wait()\n", "")
    fleeing = forking.replace("parameters.without_leave])", "parameters.without_leave], start_new_session=True)")
    site.add("acme-forking", fleeing)
    under_test = host()
    under_test.judge("acme-forking@1", NONE, months(CULPRIT + 1)[CULPRIT:])
    until, children = time.monotonic() + 10, list[int]()
    while not children and time.monotonic() < until:  # what it said may come behind its answer
        said = under_test.outputs()["acme-forking 1.2"]
        children = [int(line.removeprefix("child ")) for line in said.splitlines() if line.startswith("child ")]
    assert any(map(_runs, children))
    under_test.close()
    until = time.monotonic() + 10
    while any(map(_runs, children)) and time.monotonic() < until:
        time.sleep(0.02)
    assert [child for child in children if _runs(child)] == []


def test_a_child_that_a_plugin_started_dies_with_it(host: Host) -> None:
    under_test = host("acme_forking", limits=SHORT)
    under_test.judge("acme-forking@1", NONE, months(CULPRIT + 1)[CULPRIT:])
    child = int(under_test.outputs()["acme-forking 1.2"].partition("child ")[2].split()[0])
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


def test_whoever_has_no_time_to_look_for_the_culprits_gets_further_with_every_call(host: Host) -> None:
    under_test, people = host("acme_often_endless", limits=SHORT), months(15)

    def judged(within_seconds: float) -> set[int]:
        answers = under_test.judge("acme-often-endless@1", NONE, people, within_seconds=within_seconds)
        assert {one.reason for one in answers if isinstance(one, PolicyBroken)} == {"POLICY_TIMED_OUT"}
        return {place for place, one in enumerate(answers) if isinstance(one, PersonAnswer)}

    innocent = {place for place, month in enumerate(people) if month.person % 3}
    assert judged(within_seconds=0) == set()
    assert judged(within_seconds=60) == innocent


def test_two_who_look_for_the_same_culprits_at_once_find_the_same(host: Host) -> None:
    under_test, people = host("acme_often_endless", limits=SHORT), months(7)

    def refused(_: int) -> list[int]:
        answers = under_test.judge("acme-often-endless@1", NONE, people)
        return [place for place, one in enumerate(answers) if isinstance(one, PolicyBroken)]

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(refused, range(2))) == [[0, 3, 6]] * 2


def test_every_process_that_was_started_to_find_them_ends_with_the_search(host: Host) -> None:
    before = children()
    under_test = host("acme_often_endless", limits=replace(SHORT, side_by_side=3))
    under_test.judge("acme-often-endless@1", NONE, months(7))
    (runner,) = under_test._runners
    assert isinstance(runner, Remote)
    numbers = runner.supervisor.process_numbers
    assert soon(lambda: children() - before == set(numbers())), (before, children(), numbers())  # a spare may be coming
    assert (runner.supervisor.losses.ended, runner.supervisor.losses.timed_out) == (4, 4)


def soon(true: Callable[[], bool], within_seconds: float = 10.0) -> bool:
    """Whether something becomes so in a while."""
    ends = time.monotonic() + within_seconds
    while not true():
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)
    return True


def children() -> set[int]:
    """The processes that this one has started and not yet reaped."""
    told = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8")
    return set(map(int, told.split()))


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
    answers = under_test.judge("zenith-steady@1", NONE, people)
    assert [one.reason for one in answers if isinstance(one, PolicyBroken)] == ["POLICY_TIMED_OUT"] * 20
    (runner,) = under_test._runners
    assert isinstance(runner, Remote)
    assert runner.supervisor.losses.timed_out == MOST_CALENDARS


FIRST = date(2026, 9, 1)
