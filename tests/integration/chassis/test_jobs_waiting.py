"""Jobs that wait for somebody, which is no failure, and timers that no version runs any more."""

import pytest
from bylaw_chassis.jobs import MAXIMUM_ATTEMPTS, Lease, NotNow, Runner, Timer

from tests.integration.chassis.test_jobs import put, rows, runner, say
from tests.integration.chassis.worlds import World


@pytest.mark.postgresql15
def test_a_job_that_waits_for_somebody_is_tried_as_often_as_it_takes_and_is_never_parked(world: World) -> None:
    put(world, "waits")
    answers = False

    def ask(_lease: Lease) -> None:
        if not answers:
            raise NotNow("people does not answer")

    worker = runner(world.database, ask)
    for _ in range(3 * MAXIMUM_ATTEMPTS):
        assert worker.run_one()
    assert rows(world, "attempts, finished_at, last_error") == [(0, None, "")]

    answers = True
    assert worker.run_one()
    assert rows(world, "finished_at is not null") == [(True,)]


def test_a_job_that_waits_is_not_tried_again_at_once(world: World) -> None:
    def ask(_lease: Lease) -> None:
        raise NotNow

    put(world, "waits")
    worker = runner(world.database, ask, retry_seconds=10.0)
    assert worker.run_one()
    assert not worker.run_one()
    assert 30 < rows(world, "extract(epoch from run_at - now())")[0][0] <= 40


@pytest.mark.postgresql15
def test_a_timer_that_no_version_runs_any_more_is_forgotten_and_one_that_another_worker_runs_is_not(
    world: World,
) -> None:
    earlier = Runner(world.database, {}, (Timer("gone", 1.0, lambda _: None), Timer("kept", 1.0, lambda _: None)))
    later = Runner(world.database, {}, (Timer("kept", 1.0, lambda _: None),))
    put(world, "a job of an unknown kind is somebody's work", kind="elsewhere")
    earlier.write_timers()
    later.write_timers()
    assert kinds(world) == ["elsewhere", "gone", "kept"]

    say(world, "update jobs set run_at = now() - interval '2 minutes', lease_until = now() + interval '1 minute'")
    later.write_timers()
    assert kinds(world) == ["elsewhere", "gone", "kept"]

    say(world, "update jobs set run_at = now() - interval '2 minutes', lease_until = now() - interval '1 minute'")
    later.write_timers()
    assert kinds(world) == ["elsewhere", "kept"]


def kinds(world: World) -> list[str]:
    return sorted(row.kind for row in rows(world, "kind, key"))
