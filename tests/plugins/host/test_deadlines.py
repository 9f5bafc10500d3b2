"""A deadline counts a worker's own time: nobody is blamed for a machine that had no processor for them."""

import os
import subprocess
import sys
from dataclasses import dataclass, replace

import pytest
from bylaw_plugin_host.deadlines import PATIENCE, Deadline, can_tell
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.loaded import Loaded
from bylaw_plugin_host.outcomes import Batch, CallFailed, Failure, Judged, PersonAnswer, PolicyBroken
from bylaw_plugin_host.registering import Registered, Registration
from bylaw_plugin_host.remote import Remote

from tests.plugins.gallery.ordinary import CULPRIT, Ordinary
from tests.plugins.host.conftest import SHORT, Host, Site, months

WORKING = """
import time

from bylaw_hooks import hookimpl
from ordinary import Ordinary

bylaw_api = 1


class Working(Ordinary):
    name = "acme-working"

    def judge_month(self, facts, plan, parameters):
        begun = time.process_time()
        while time.process_time() - begun < {seconds}:
            pass
        return super().judge_month(facts, plan, parameters)


@hookimpl
def register_shift_patterns():
    return [Working()]
"""


@dataclass
class Machine:
    """A clock, and for how long one process had to wait."""

    now: float = 100.0
    waited: float = 7.0

    def give(self, seconds: float) -> Deadline:
        return Deadline(seconds, 1, clock=lambda: self.now, held_up=lambda _: self.waited)

    def pass_time(self, seconds: float, *, waiting: float = 0.0) -> None:
        self.now += seconds
        self.waited += waiting


def test_on_a_machine_that_is_not_busy_the_clock_decides() -> None:
    machine = Machine()
    deadline = machine.give(2)
    machine.pass_time(1.5)
    assert (deadline.left(), deadline.had_its_time()) == (0.5, False)
    machine.pass_time(0.5)
    assert deadline.left() <= 0
    assert deadline.had_its_time()


def test_what_a_process_waits_for_a_processor_is_not_its_own_time() -> None:
    machine = Machine()
    deadline = machine.give(2)
    machine.pass_time(2, waiting=1.5)
    assert (deadline.left(), deadline.had_its_time()) == (1.5, False)
    machine.pass_time(1.5)
    assert deadline.left() <= 0
    assert deadline.had_its_time()


def test_nobody_waits_for_ever_and_then_nobody_says_that_the_process_had_its_time() -> None:
    machine = Machine()
    deadline = machine.give(2)
    machine.pass_time(2 * PATIENCE, waiting=2 * PATIENCE - 1)
    assert deadline.left() <= 0
    assert not deadline.had_its_time()
    assert deadline.longest_seconds == 2 * PATIENCE


def test_whoever_works_on_a_machine_that_is_merely_busy_is_judged(site: Site, host: Host) -> None:
    """The same processor has five others to serve: by the clock the work takes longer than its time."""
    assert can_tell()
    site.add("acme-working", WORKING.format(seconds=0.3))
    under_test = host(limits=replace(SHORT, floor_seconds=1.0))
    (runner,) = under_test._runners
    assert isinstance(runner, Remote)
    processor = {min(os.sched_getaffinity(0))}
    os.sched_setaffinity(runner.supervisor.process_numbers()[0], processor)
    idle = [sys.executable, "-c", "while True: pass"]
    others = [subprocess.Popen(idle, start_new_session=True) for _ in range(5)]
    try:
        for other in others:
            os.sched_setaffinity(other.pid, processor)
        (answer,) = under_test.judge("acme-working@1", "{}", months(1))
    finally:
        for other in others:
            other.kill()
            other.wait()
    assert isinstance(answer, PersonAnswer)
    assert runner.supervisor.losses.ended == 0


class Stopped(Loaded):
    """Has stopped a worker over the culprit, as long as the machine is busy."""

    busy, sure = True, False

    def judge(self, identity: str, parameters: str, batch: Batch, *, alone: bool = False) -> Judged:
        if self.busy and any(month.person == CULPRIT for month in batch.months):
            raise CallFailed(Failure("POLICY_TIMED_OUT"), cost=True, sure=self.sure)
        return super().judge(identity, parameters, batch, alone=alone)


@pytest.mark.parametrize("sure", [False, True])
def test_whom_a_busy_machine_could_not_serve_is_refused_and_asked_again_by_the_next_call(*, sure: bool) -> None:
    registered = Registered(Ordinary(), "acme-patterns", "1.2")
    runner = Stopped("acme-patterns", "1.2", Registration([registered], []))
    runner.sure = sure
    under_test = PolicyHost([runner], lambda *_: True)

    def refused() -> list[int]:
        answers = under_test.judge("acme-ordinary@1", "{}", months())
        return [place for place, one in enumerate(answers) if isinstance(one, PolicyBroken)]

    assert refused() == [CULPRIT]
    runner.busy = False
    assert refused() == ([CULPRIT] if sure else [])
