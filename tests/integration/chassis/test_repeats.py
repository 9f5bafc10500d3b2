"""Idempotent writes: one effect a key, the same answer to each repeat, whoever dies in between."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
import sqlalchemy as sa
from bylaw_chassis.call import body_digest
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.retention import purge_request_keys
from bylaw_chassis.values import new_id

from tests.integration.chassis.counting import MOST, ActRequest, AddRequest, Counter
from tests.integration.chassis.worlds import Pairs, World, reason_of, unary

KEYS, TIMES = 400, 4


def add(world: World, who: Pairs, *, key: str = "", amount: int = 1, name: str = "a", seconds: float = 10) -> Counter:
    request = AddRequest(name=name, amount=amount, request_id=key)
    return unary(LocalChannel(world.server), "Counters/Add")(request, timeout=seconds, metadata=who)


def add_until_told(world: World, who: Pairs, key: str) -> int:
    """As a client does: a repeat that is told to wait comes again."""
    while True:
        try:
            return int(add(world, who, key=key, seconds=60).value)
        except grpc.RpcError as error:
            if reason_of(error) not in {"REQUEST_IN_PROGRESS", "OVERLOADED"}:
                raise
            time.sleep(0.01)


def value(world: World, name: str = "a") -> int:
    with world.database.read() as connection:
        return int(connection.execute(sa.text("select value from counters where name = :n"), {"n": name}).scalar_one())


def count(world: World, table: str) -> int:
    with world.database.read() as connection:
        return int(connection.execute(sa.text(f"select count(*) from {table}")).scalar_one())  # noqa: S608


@pytest.mark.postgresql15
def test_four_hundred_keys_sent_four_times_at_once_have_one_effect_each_and_one_answer(
    world: World, second: World
) -> None:
    who = world.bearer("counters.add")
    sent = [(f"key-{number}", (world, second)[copy % 2]) for number in range(KEYS) for copy in range(TIMES)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda one: (one[0], add_until_told(one[1], who, one[0])), sent))
    assert value(world) == KEYS
    assert len(set(answers)) == KEYS
    assert sorted({answer for _, answer in answers}) == list(range(1, KEYS + 1))
    assert count(world, "outbox") + count(world, "feed") == KEYS


def test_a_key_that_comes_with_another_request_is_refused_and_changes_nothing(world: World) -> None:
    who = world.bearer("counters.add")
    add(world, who, key="once", amount=1)
    with pytest.raises(grpc.RpcError) as refused:
        add(world, who, key="once", amount=2)
    assert reason_of(refused.value) == "KEY_REUSED"
    assert value(world) == 1


@pytest.mark.clause("SEC-1")
def test_what_is_kept_of_a_request_cannot_be_guessed_through_without_the_installations_key(world: World) -> None:
    request = AddRequest(name="a", amount=1)
    add(world, world.bearer("counters.add"), key="once")
    with world.database.read() as connection:
        kept = bytes(connection.execute(sa.text("select digest from request_keys")).scalar_one())
    assert len(kept) == 32
    assert kept != body_digest(request), "else a short secret in it would be found by trying"


def test_a_repeat_of_what_the_version_before_kept_under_a_bare_digest_is_still_a_repeat(world: World) -> None:
    who = world.bearer("counters.add")
    add(world, who, key="once")
    with world.database.work() as work:
        bare = body_digest(AddRequest(name="a", amount=1))
        work.connection.execute(sa.text("update request_keys set digest = :bare"), {"bare": bare})
    assert add(world, who, key="once").value == 1
    assert value(world) == 1


def test_the_same_key_of_another_caller_is_another_key(world: World) -> None:
    add(world, world.bearer("counters.add"), key="mine")
    add(world, world.bearer("counters.add"), key="mine", amount=5)
    assert value(world) == 6


@pytest.mark.clause("SEC-1")
def test_an_answer_is_not_given_again_to_whoever_may_not_make_the_call_any_more(world: World) -> None:
    person = new_id()
    add(world, world.bearer("counters.add", person=person), key="mine")
    with pytest.raises(grpc.RpcError) as refused:
        add(world, world.bearer("counters.reveal", person=person), key="mine")
    assert reason_of(refused.value) == "PERMISSION_MISSING"


def test_a_refusal_stores_nothing_so_that_the_key_stays_free(world: World) -> None:
    who = world.bearer("counters.add")
    add(world, who, amount=MOST)
    with pytest.raises(grpc.RpcError) as refused:
        add(world, who, key="again")
    assert reason_of(refused.value) == "COUNTER_FULL"
    assert count(world, "request_keys") == 0
    add(world, who, amount=-1)
    assert add(world, who, key="again").value == MOST


def test_when_the_first_run_dies_before_its_commit_the_repeat_runs_anew(world: World, second: World) -> None:
    who = world.bearer("counters.add")
    begun, die = threading.Event(), threading.Event()

    def dies() -> None:
        begun.set()
        die.wait(10)
        raise MemoryError

    world.counters.before_commit = dies
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(add, world, who, key="k")
        assert begun.wait(10)
        repeat = threads.submit(add, second, who, key="k")
        time.sleep(0.1)
        assert not repeat.done()
        die.set()
        assert repeat.result().value == 1
        with pytest.raises(grpc.RpcError) as failed:
            first.result()
    assert reason_of(failed.value) == "INTERNAL"
    assert value(world) == 1


def test_a_repeat_waits_only_within_its_time_and_a_fourth_not_at_all(world: World, second: World) -> None:
    who = world.bearer("counters.add")
    begun, go_on = threading.Event(), threading.Event()
    world.counters.before_commit = lambda: (begun.set(), go_on.wait(20))
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(add, world, who, key="k", seconds=30)
        assert begun.wait(10)
        waiters = [threads.submit(add, second, who, key="k", seconds=2) for _ in range(2)]
        time.sleep(0.3)
        started = time.monotonic()
        with pytest.raises(grpc.RpcError) as refused:
            add(second, who, key="k", seconds=20)
        assert time.monotonic() - started < 1
        assert reason_of(refused.value) == "REQUEST_IN_PROGRESS"
        for waiter in waiters:
            with pytest.raises(grpc.RpcError) as late:
                waiter.result()
            assert reason_of(late.value) == "REQUEST_IN_PROGRESS"
        go_on.set()
        assert first.result().value == 1


def test_an_answer_with_a_secret_is_not_stored_and_a_repeat_says_so(world: World) -> None:
    who = world.bearer()
    request = AddRequest(name="b", amount=1, request_id="secret")
    call = unary(LocalChannel(world.server), "Counters/AddInSecret")
    assert call(request, metadata=who).value == 1
    with pytest.raises(grpc.RpcError) as refused:
        call(request, metadata=who)
    assert reason_of(refused.value) == "RESULT_NOT_KEPT"
    with world.database.read() as connection:
        assert connection.execute(sa.text("select answer from request_keys")).scalar_one() == b""


def test_keys_are_forgotten_after_their_time_and_not_before(world: World) -> None:
    who = world.bearer("counters.add")
    add(world, who, key="old")
    add(world, who, key="new")
    with world.database.engine.begin() as connection:
        connection.execute(
            sa.text("update request_keys set created_at = now() - interval '49 hours' where key = 'old'")
        )
    assert purge_request_keys(world.database, hours=48) == 1
    assert add(world, who, key="new").value == 2
    assert value(world) == 2


def test_a_strangers_key_is_no_key_since_another_stranger_might_use_the_same(world: World) -> None:
    values = iter((1, 2))
    world.counters.acts = {"act": lambda _request, _call: Counter(value=next(values))}
    act = unary(LocalChannel(world.server), "Counters/Act")
    assert [act(ActRequest(act="act", request_id="k")).value for _ in range(2)] == [1, 2]


def test_a_key_of_more_than_128_characters_is_refused_by_name(world: World) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        add(world, world.bearer("counters.add"), key="k" * 129)
    assert "request_id" in str(refused.value)
