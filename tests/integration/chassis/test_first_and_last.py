"""A work that claims its key with its first statement, and writes its last with the commit: all of it once, or none."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import psycopg
import pytest
import sqlalchemy as sa
from bylaw_chassis.array_texts import bytes_array, plain_array, text_array
from bylaw_chassis.call import Call
from bylaw_chassis.database import Fact, Work
from bylaw_chassis.local_channel import LocalChannel
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.databases import Databases, plain
from tests.integration.chassis.counting import ActRequest, Counter
from tests.integration.chassis.test_work import act, end_session, pid_of, value
from tests.integration.chassis.worlds import World, reason_of, unary

ADDED = """
    added as (update counters set value = value + 1 from claimed where name = %(name)s returning value)
    select value from claimed left join added on true
"""
LAST = "raised as (update counters set value = value + %(more)s where name = 'b')"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def adds(world: World, then: Callable[[Work], Any] = lambda _: None) -> Callable[[Any, Call], Any]:
    """Adds one to a counter with the claim of the key, and does something more."""

    def does(_request: Any, _call: Call) -> Any:
        with world.database.work(claims_first=True) as work:
            [(found,)] = work.first(ADDED, {"name": "a"})
            then(work)
        return Counter(value=found)

    return does


def test_a_repeat_is_answered_what_the_first_was_and_done_no_more(world: World) -> None:
    first = act(world, adds(world), key="k")
    assert (act(world, adds(world), key="k"), first.value, value(world)) == (first, 1, 1)


def test_without_a_key_each_is_done(world: World) -> None:
    assert [act(world, adds(world)).value for _ in range(2)] == [1, 2]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("facts", [2, 20, 200, 5_000])
def test_however_much_leaves_with_the_commit_it_ends(world: World, facts: int) -> None:
    told = [Fact("counted", f"counters/{number}", b"x" * 1_000) for number in range(facts)]
    assert act(world, adds(world, lambda work: work.publish(*told)), key="k").value == 1
    with world.database.read() as connection:
        assert connection.execute(sa.text("select count(*), max(length(payload)) from outbox")).one() == (facts, 1_000)


def test_a_key_of_another_request_is_refused_and_nothing_is_done(world: World) -> None:
    act(world, adds(world), key="k")
    request = ActRequest(act="act", request_id="k", load=b"another")
    with pytest.raises(grpc.RpcError) as refused:
        unary(LocalChannel(world.server), "Counters/Act")(request, timeout=5, metadata=world.me)
    assert (reason_of(refused.value), value(world)) == ("KEY_REUSED", 1)


def test_many_at_once_under_one_key_are_one(world: World) -> None:
    def tried(_: int) -> Any:
        try:
            return act(world, adds(world), key="k").value
        except grpc.RpcError as error:
            return reason_of(error)

    with ThreadPoolExecutor(8) as threads:
        said = set(threads.map(tried, range(24)))
    assert (said - {"REQUEST_IN_PROGRESS"}, value(world)) == ({1}, 1)


def test_what_is_refused_behind_its_claim_may_be_asked_again_under_the_same_key(world: World) -> None:
    def fails(_work: Work) -> None:
        raise ZeroDivisionError

    with pytest.raises(grpc.RpcError):
        act(world, adds(world, fails), key="k")
    assert (act(world, adds(world), key="k").value, value(world)) == (1, 1)


def test_a_work_that_never_claimed_its_key_commits_nothing(world: World) -> None:
    def forgets(_request: Any, _call: Call) -> Any:
        with world.database.work(claims_first=True) as work:
            work.connection.exec_driver_sql("update counters set value = value + 1 where name = 'a'")
        return Counter()

    with pytest.raises(grpc.RpcError) as refused:
        act(world, forgets, key="k")
    assert (reason_of(refused.value), value(world)) == ("INTERNAL", 0)


@pytest.mark.parametrize(("held", "why"), [("key", "REQUEST_IN_PROGRESS"), ("row", "DEADLINE_PASSED")])
def test_who_waits_too_long_is_told_what_for(world: World, counting_url: str, held: str, why: str) -> None:
    begun, done = threading.Event(), threading.Event()

    def waits(_work: Work) -> None:
        begun.set()
        assert done.wait(20)

    with ThreadPoolExecutor(1) as threads, psycopg.connect(plain(counting_url)) as other:
        other.execute("set search_path to counting")
        if held == "row":
            other.execute("update counters set value = value where name = 'a'")
        else:
            first = threads.submit(act, world, adds(world, waits), key="k", seconds=20)
            assert begun.wait(10)
        with pytest.raises(grpc.RpcError) as refused:
            act(world, adds(world), key="k", seconds=1)
        done.set()
        if held == "key":
            first.result()
    assert reason_of(refused.value) == why


def test_what_is_written_last_is_seen_behind_the_commit_and_goes_with_a_refusal(world: World) -> None:
    seen = []

    def writes(work: Work) -> None:
        work.last(LAST, {"more": 5})
        seen.append(value(world, "b"))

    def fails(work: Work) -> None:
        writes(work)
        raise ZeroDivisionError

    with pytest.raises(grpc.RpcError):
        act(world, adds(world, fails), key="k")
    assert (value(world), value(world, "b")) == (0, 0)
    act(world, adds(world, writes), key="k")
    assert (value(world), value(world, "b"), seen) == (1, 5, [0, 0])


def test_what_cannot_be_written_last_undoes_the_whole_work(world: World) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        act(world, adds(world, lambda work: work.last(LAST, {"more": None})), key="k")
    assert (reason_of(refused.value), value(world), value(world, "b")) == ("INTERNAL", 0, 0)


@pytest.mark.parametrize("key", ["", "k"])
def test_what_the_server_has_forgotten_is_said_to_it_anew(world: World, key: str) -> None:
    act(world, adds(world, lambda work: work.last(LAST, {"more": 1})))
    with world.database.engine.connect() as connection:
        connection.exec_driver_sql("deallocate all")
    act(world, adds(world, lambda work: work.last(LAST, {"more": 1})), key=key)
    assert (value(world), value(world, "b")) == (2, 2)


def test_a_session_lost_behind_the_first_statement_is_begun_anew_and_all_of_it_is_done_once(
    world: World, counting_url: str
) -> None:
    tries: list[int] = []

    def lost(work: Work) -> None:
        tries.append(1)
        work.last(LAST, {"more": 5})
        if len(tries) == 1:
            end_session(counting_url, pid_of(work.connection))

    act(world, adds(world, lost), key="k")
    assert (len(tries), value(world), value(world, "b")) == (2, 1, 5)


def test_what_cannot_be_said_at_all_is_refused_and_the_connection_goes_on(world: World) -> None:
    for more in ("\0", object()):
        with pytest.raises(grpc.RpcError) as refused:
            act(world, adds(world, lambda work, more=more: work.last(LAST, {"more": more})), key="k")  # type: ignore[misc]
        assert reason_of(refused.value) in {"FIELD_INVALID", "INTERNAL"}
    assert (act(world, adds(world), key="k").value, value(world)) == (1, 1)


def test_a_refusal_leaves_the_connection_as_good_as_new(world: World) -> None:
    def refuses(_work: Work) -> None:
        raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(grpc.RpcError):
            act(world, adds(world, refuses), key="k")
        act(world, adds(world))
    assert value(world) == 3


@pytest.fixture(scope="module")
def connection(embedded: Databases) -> Iterator[psycopg.Connection[Any]]:
    """A connection that asks."""
    with psycopg.connect(plain(embedded.admin_url), autocommit=True) as made:
        yield made


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.none() | TEXTS),
    st.lists(st.binary()),
    st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=6)),
)
def test_arrays_as_texts_are_read_as_they_were_meant(
    connection: psycopg.Connection[Any], texts: list[str | None], some: list[bytes], numbers: list[Any]
) -> None:
    asked = (text_array(texts), bytes_array(some), plain_array(numbers))
    found = connection.execute("select %s::text[], %s::bytea[], %s::numeric[]", asked).fetchone()
    assert found == (texts, some, numbers)
