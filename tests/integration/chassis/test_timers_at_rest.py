"""A timer that can say that it has nothing to do rests, so that an installation at rest costs next to nothing."""

import threading
import time

import pytest
import sqlalchemy as sa
from bylaw_chassis.database import Fact
from bylaw_chassis.jobs import Runner, Timer
from bylaw_chassis.tables import outbox

from tests.integration.chassis.test_jobs import started
from tests.integration.chassis.worlds import World


def test_a_timer_that_has_nothing_to_do_rests_until_there_is_something(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bylaw_chassis.jobs.UNTOLD_SECONDS", 60.0)
    worked, ticked = threading.Event(), threading.Event()
    timers = (
        Timer("seldom", 0.1, lambda _lease: worked.set(), needed=sa.exists().select_from(outbox)),
        Timer("tick", 0.1, lambda _lease: ticked.set()),
    )
    with started(Runner(world.database, {}, timers)):
        assert worked.wait(3)  # when it starts it looks for everything
        time.sleep(0.5)
        worked.clear()
        ticked.clear()
        assert ticked.wait(3)
        assert not worked.wait(1)
        with world.database.work() as work:
            work.publish(Fact("counter", "a", b""))
        assert worked.wait(3)


def test_a_timer_that_has_nothing_to_do_is_looked_after_all_the_same_now_and_then(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bylaw_chassis.jobs.UNTOLD_SECONDS", 1.0)
    worked: list[float] = []
    timers = (
        Timer("seldom", 0.1, lambda _lease: worked.append(time.monotonic()), needed=sa.false()),
        Timer("tick", 0.1, lambda _lease: None),
    )
    with started(Runner(world.database, {}, timers)):
        time.sleep(3.5)
    assert 2 <= len(worked) <= 5
