"""Jobs and timers with two workers: each once, by a lease that ends, tried again, parked at last."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import MAXIMUM_ATTEMPTS, JobFunction, Lease, LeaseLost, Runner, Timer, enqueue
from bylaw_chassis.retention import chassis_timers, purge_jobs

from tests.integration.chassis.worlds import World


def put(world: World, *keys: str, kind: str = "work") -> None:
    with world.database.work() as work:
        for key in keys:
            enqueue(work.connection, kind, key, b"", database=world.database)


def rows(world: World, columns: str = "*") -> list[Any]:
    with world.database.read() as connection:
        return list(connection.execute(sa.text(f"select {columns} from jobs order by key")).all())  # noqa: S608


def say(world: World, statement: str) -> None:
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def runner(database: Database, function: JobFunction, **given: Any) -> Runner:
    return Runner(database, {"work": function}, **{"retry_seconds": 0.0, **given})


@contextmanager
def started(*runners: Runner) -> Iterator[None]:
    for one in runners:
        one.start()
    try:
        yield
    finally:
        for one in runners:
            one.stop()


def eventually(holds: Callable[[], object], *, within_seconds: float = 10.0) -> None:
    give_up = time.monotonic() + within_seconds
    while not holds():
        assert time.monotonic() < give_up, "it did not come about in time"
        time.sleep(0.02)


@pytest.mark.postgresql15
def test_two_workers_do_each_of_a_hundred_jobs_once(world: World, second: World) -> None:
    done: list[str] = []
    put(world, *(f"{number:03}" for number in range(100)))
    with started(*(runner(w.database, lambda lease: done.append(lease.key)) for w in (world, second))):
        eventually(lambda: all(row.finished_at for row in rows(world)), within_seconds=20)
    assert sorted(done) == [f"{number:03}" for number in range(100)]


def test_a_job_that_ends_while_its_lease_is_renewed_has_lost_nothing(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    put(world, *(f"{number:03}" for number in range(150)))
    with started(runner(world.database, lambda _: None, lease_seconds=0.003)):
        eventually(lambda: all(row.finished_at for row in rows(world)), within_seconds=20)
    assert "lease" not in capsys.readouterr().err


def test_the_same_kind_and_key_is_one_job(world: World) -> None:
    put(world, "a", "a")
    put(world, "a")
    assert len(rows(world)) == 1


def test_a_job_is_there_only_if_its_transaction_commits(world: World) -> None:
    work = world.database.work()
    with work:
        enqueue(work.connection, "work", "a", b"")
        work.roll_back()
    assert rows(world) == []


def test_a_worker_whose_lease_ended_cannot_write_and_the_next_one_can(world: World, second: World) -> None:
    put(world, "a")
    wrote: list[str] = []

    def late(lease: Lease) -> None:
        say(world, "update jobs set lease_until = now() - interval '1 second'")
        assert runner(second.database, prompt).run_one()
        with world.database.work() as work:
            lease.hold(work.connection)
            wrote.append("late")

    def prompt(lease: Lease) -> None:
        with second.database.work() as work:
            lease.hold(work.connection)
            wrote.append("prompt")

    assert runner(world.database, late).run_one()
    assert wrote == ["prompt"]
    assert rows(world, "finished_at is not null as done, last_error")[0].done


def test_a_lease_that_another_holds_cannot_be_renewed(world: World) -> None:
    put(world, "a")

    def robbed(lease: Lease) -> None:
        say(world, "update jobs set claim = gen_random_uuid()")
        with pytest.raises(LeaseLost):
            lease.renew()
        raise LeaseLost

    assert runner(world.database, robbed).run_one()
    assert not rows(world)[0].finished_at


def test_a_job_longer_than_its_lease_is_renewed_and_not_done_twice(world: World, second: World) -> None:
    put(world, "long")
    begun: list[str] = []

    def long(_lease: Lease) -> None:
        begun.append("once")
        time.sleep(1.5)

    workers = [runner(w.database, long, lease_seconds=0.5) for w in (world, second)]
    with started(*workers):
        eventually(lambda: rows(world)[0].finished_at)
    assert begun == ["once"]


def test_what_a_worker_that_was_killed_had_claimed_is_done_by_another_after_the_lease(
    world: World, second: World
) -> None:
    put(world, "a")

    def killed(_lease: Lease) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        runner(world.database, killed, lease_seconds=1.5).run_one()
    done: list[str] = []
    heir = runner(second.database, lambda lease: done.append(lease.key))
    assert not heir.run_one()
    time.sleep(1.6)
    assert heir.run_one()
    assert done == ["a"]


def test_a_worker_with_a_clock_that_is_an_hour_ahead_steals_no_lease_and_runs_nothing_too_soon(
    world: World, second: World
) -> None:
    put(world, "a")
    fast = replace(second.database, clock=lambda: system_clock() + timedelta(hours=1))
    stolen: list[bool] = []
    try:
        thief = runner(fast, lambda _lease: None)
        runner(world.database, lambda _lease: stolen.append(thief.run_one())).run_one()
    finally:
        fast.close()
    assert stolen == [False]


def test_a_job_that_fails_is_tried_again_five_times_then_parked_with_its_reason(world: World) -> None:
    put(world, "a")
    tries: list[int] = []

    def fails(_lease: Lease) -> None:
        tries.append(1)
        raise ZeroDivisionError

    worker = runner(world.database, fails)
    while worker.run_one():
        pass
    assert len(tries) == MAXIMUM_ATTEMPTS
    parked = rows(world)[0]
    assert (parked.last_error, parked.attempts, parked.claim) == ("ZeroDivisionError", MAXIMUM_ATTEMPTS, None)
    say(world, "update jobs set finished_at = now() - interval '1 year'")
    assert purge_jobs(world.database, days=30) == 0


def test_a_job_that_kills_its_worker_each_time_is_parked_without_another_try(world: World) -> None:
    put(world, "poison")
    tries: list[int] = []

    def kills(_lease: Lease) -> None:
        tries.append(1)
        raise SystemExit

    worker = runner(world.database, kills, lease_seconds=0.0)
    for _ in range(MAXIMUM_ATTEMPTS):
        with pytest.raises(SystemExit):
            worker.run_one()
    assert worker.run_one()
    assert not worker.run_one()
    assert len(tries) == MAXIMUM_ATTEMPTS
    assert rows(world)[0].last_error == "WorkerDied"


def test_a_job_of_a_kind_nobody_here_knows_is_left_to_those_who_do(world: World) -> None:
    put(world, "a", kind="of another version")
    assert not runner(world.database, lambda _lease: None).run_one()
    assert rows(world)[0].attempts == 0


def test_a_timer_is_one_for_the_whole_installation(world: World, second: World) -> None:
    ticks: list[float] = []
    timers = (Timer("tick", 0.4, lambda _lease: ticks.append(time.monotonic())),)
    with started(*(Runner(w.database, {}, timers) for w in (world, second))):
        time.sleep(2.0)
    assert len(rows(world)) == 1
    assert 2 <= len(ticks) <= 6
    assert all(later - earlier > 0.35 for earlier, later in pairwise(ticks))


def test_a_timer_made_more_frequent_is_due_by_its_new_interval(world: World) -> None:
    ticks: list[int] = []
    for every_seconds in (86_400.0, 0.1):
        worker = Runner(world.database, {}, (Timer("tick", every_seconds, lambda _lease: ticks.append(1)),))
        worker.write_timers()
        time.sleep(0.15)
        worker.run_one()
    assert len(ticks) == 2


def test_a_timer_that_fails_goes_on(world: World) -> None:
    def fails(_lease: Lease) -> None:
        raise ZeroDivisionError

    worker = Runner(world.database, {}, (Timer("tick", 0.0, fails),), retry_seconds=0.0)
    worker.write_timers()
    assert [worker.run_one() for _ in range(MAXIMUM_ATTEMPTS + 3)] == [True] * (MAXIMUM_ATTEMPTS + 3)
    assert not rows(world)[0].finished_at


def test_a_long_timer_does_not_hold_up_jobs_nor_a_long_job_the_timers(world: World) -> None:
    go_on, ticked = threading.Event(), threading.Event()
    put(world, "a")
    worker = runner(
        world.database, lambda _lease: go_on.wait(10) and None, timers=(Timer("tick", 0.1, lambda _: ticked.set()),)
    )
    with started(worker):
        assert ticked.wait(3)
        ticked.clear()
        assert ticked.wait(3)
        go_on.set()


def test_jobs_wait_for_a_database_that_is_away(world: World) -> None:
    ticked = threading.Event()
    away = replace(world.database, url="postgresql+psycopg://nobody@127.0.0.1:1/none")
    worker = Runner(away, {}, (Timer("tick", 0.1, lambda _lease: ticked.set()),))
    try:
        with started(worker):
            time.sleep(0.2)
            worker.database = world.database
            assert ticked.wait(5)
    finally:
        away.close()


def test_every_service_has_the_chassis_timers_and_they_run(world: World) -> None:
    timers = chassis_timers(world.database)
    assert {"sequence", "seal_audit", "purge_request_keys", "prune_feed", "purge_jobs", "purge_ended_tokens"} <= {
        timer.kind for timer in timers
    }
    worker = Runner(world.database, {}, timers)
    worker.write_timers()
    assert [worker.run_one([timer.kind]) for timer in timers] == [True] * len(timers)
    assert all(row.last_error == "" for row in rows(world))
