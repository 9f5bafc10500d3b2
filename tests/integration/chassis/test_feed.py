"""The feed loses nothing: positions have no gaps, follow visibility and, per key, the order of change."""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import grpc
import pytest
import sqlalchemy as sa
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database, Fact
from bylaw_chassis.doctor import Examined, feed_has_no_gaps
from bylaw_chassis.feed import Entry, drain, read_feed, sequence
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.refusals import FeedRestarted
from bylaw_chassis.retention import forget_passing, prune_feed

from tests.integration.chassis.counting import AddRequest, ListEventsRequest, ListEventsResponse
from tests.integration.chassis.worlds import MIGRATIONS, World, reason_of, unary


def tell(database: Database, key: str, said: str = "") -> None:
    with database.work() as work:
        work.publish(Fact("said", key, said.encode()))


def read_all(database: Database, cursor: str = "", *, limit: int = 7) -> list[Entry]:
    found: list[Entry] = []
    while entries := (page := read_feed(database, cursor, limit)).entries:
        found.extend(entries)
        cursor = page.cursor
    return found


def said(database: Database, cursor: str = "") -> list[str]:
    return [entry.payload.decode() for entry in read_all(database, cursor)]


def change(world: World, key: str, chance: random.Random) -> bool:
    """Changes a counter and tells its new value; one in ten times it is undone."""
    statement = sa.text("update counters set value = value + 1 where name = :key returning value")
    try:
        with world.database.work() as work:
            value = work.connection.execute(statement, {"key": key}).scalar_one()
            work.publish(Fact("said", key, str(value).encode()))
            time.sleep(chance.random() * 0.01)
            _ = 1 / (chance.random() >= 0.1)
    except ZeroDivisionError:
        return False
    return True


@pytest.mark.postgresql15
def test_eight_writers_and_two_sequencers_lose_nothing_and_reverse_nothing(world: World, second: World) -> None:
    done = threading.Event()

    def write(seed: int) -> int:
        chance = random.Random(seed)  # noqa: S311 - a test's pauses
        return sum(change((world, second)[seed % 2], chance.choice("abcd"), chance) for _ in range(60))

    def keep(act: Callable[[], object]) -> None:
        while not done.wait(0.002):
            act()

    seen: list[Entry] = []

    def follow() -> None:
        cursor = ""
        while not done.wait(0.002) or read_feed(second.database, cursor, 1).entries:
            page = read_feed(second.database, cursor, 50)
            seen.extend(page.entries)
            cursor = page.cursor

    with ThreadPoolExecutor(11) as threads:
        running = [threads.submit(keep, lambda w=w: sequence(w.database)) for w in (world, second)]
        writing = [threads.submit(write, seed) for seed in range(8)]
        reading = threads.submit(follow)
        try:
            committed = sum(writer.result() for writer in writing)
            drain(world.database)
        finally:
            done.set()
        [one.result() for one in (*running, reading)]
    assert [entry.position for entry in seen] == list(range(1, committed + 1))
    for key in "abcd":
        values = [int(entry.payload) for entry in seen if entry.key == key]
        assert values == list(range(1, len(values) + 1))


@pytest.mark.postgresql15
def test_an_early_transaction_that_commits_late_is_read_too(world: World) -> None:
    with world.database.engine.connect() as early:
        early.execute(
            sa.text("insert into outbox (kind, key, payload, occurred_at) values ('said', 'x', 'early', now())")
        )
        tell(world.database, "y", "later")
        sequence(world.database)
        page = read_feed(world.database, "", 10)
        assert [entry.payload for entry in page.entries] == [b"later"]
        early.commit()
    sequence(world.database)
    assert said(world.database, page.cursor) == ["early"]
    assert [entry.position for entry in read_all(world.database)] == [1, 2]


def test_a_paused_sequencer_holds_up_no_reader_and_what_it_writes_on_waking_fails(world: World) -> None:
    tell(world.database, "a", "first")
    with world.database.engine.connect() as paused:
        paused.exec_driver_sql("set local idle_in_transaction_session_timeout = '1500ms'")
        paused.exec_driver_sql("select from feed_state for update")
        paused.exec_driver_sql("delete from outbox")
        started = time.monotonic()
        assert sequence(world.database) is None
        assert read_feed(world.database, "", 10).entries == []
        assert time.monotonic() - started < 1.4
        time.sleep(0.8)
        assert sequence(world.database) == 1
        with pytest.raises(sa.exc.DBAPIError, match="idle-in-transaction"):
            paused.exec_driver_sql("update feed_state set last_position = 99")
    assert said(world.database) == ["first"]


@pytest.mark.postgresql15
def test_a_reader_is_never_told_that_it_is_at_the_end_while_a_commit_before_it_has_no_position(world: World) -> None:
    """So nobody takes "not read yet" for "there is no such thing"."""
    listed = unary(LocalChannel(world.server), "Feed/ListEvents", answer=ListEventsResponse)
    add = unary(LocalChannel(world.server), "Counters/Add")
    metadata = world.bearer("counters.add")
    add(AddRequest(name="a", amount=1), metadata=metadata)
    first = listed(ListEventsRequest())
    add(AddRequest(name="a", amount=1), metadata=metadata)
    with world.database.engine.connect() as hangs:
        hangs.exec_driver_sql("select from feed_state for update")
        told = listed(ListEventsRequest())  # what has its place is told meanwhile
        assert (len(told.events), told.is_last) == (1, False)
        with pytest.raises(grpc.RpcError) as refused:
            listed(ListEventsRequest(after_cursor=first.cursor))
        assert reason_of(refused.value) == "UNAVAILABLE"
    rest = listed(ListEventsRequest(after_cursor=first.cursor))
    assert ([event.value for event in rest.events], rest.is_last) == ([2], True)
    assert not listed(ListEventsRequest(page_size=1)).is_last


@pytest.mark.postgresql15
def test_ended_tokens_are_forgotten_whole_after_a_day_and_positions_go_on_without_gaps(world: World) -> None:
    for number, kind in enumerate(("tokens_ended", "said", "tokens_ended", "said", "tokens_ended")):
        with world.database.work() as work:
            work.publish(Fact(kind, str(number), str(number).encode()))
    drain(world.database)
    cursor = read_feed(world.database, "", 2).cursor
    assert forget_passing(world.database) == 0

    later = replace(world.database, clock=lambda: system_clock() + timedelta(hours=27))
    assert forget_passing(later) == 3
    assert forget_passing(later) == 0

    assert said(world.database) == ["1", "3"]
    assert said(world.database, cursor) == ["3"]
    assert read_feed(world.database, cursor, 1).entries[0].position == 4
    with world.database.read() as connection:
        examined = Examined(world.database, MIGRATIONS)
        assert feed_has_no_gaps(connection, examined).holds
    assert pruned(world, days_later=91) == 2
    assert said(world.database) == ["1", "3"]
    later.close()


def test_a_cursor_of_another_incarnation_or_of_the_future_or_of_nonsense_is_refused(world: World) -> None:
    tell(world.database, "a")
    drain(world.database)
    cursor = read_feed(world.database, "", 10).cursor
    incarnation, position, pruned = cursor.split(".")
    foreign = f"{'0' * 32}.{position}.{pruned}"
    for wrong in (
        foreign,
        f"{incarnation}.2.0",
        f"{incarnation}.-1.0",
        f"{incarnation}.1",
        f"{incarnation}.1.0.0",
        "x",
    ):
        with pytest.raises(FeedRestarted):
            read_feed(world.database, wrong, 10)


def pruned(world: World, *, days_later: int) -> int:
    """How many entries fall to pruning by a clock so many days ahead."""
    later = replace(world.database, clock=lambda: system_clock() + timedelta(days=days_later))
    try:
        return prune_feed(later, days=90)
    finally:
        later.close()


def test_pruning_keeps_the_newest_of_each_key_so_that_the_beginning_still_tells_how_everything_is(
    world: World,
) -> None:
    for number in range(10):
        tell(world.database, "ab"[number % 2], str(number))
    drain(world.database)
    assert pruned(world, days_later=89) == 0
    assert pruned(world, days_later=91) == 8
    tell(world.database, "c", "new")
    drain(world.database)
    assert said(world.database) == ["8", "9", "new"]


def test_a_reader_behind_what_was_pruned_is_told_to_begin_again_and_can(world: World) -> None:
    for number in range(10):
        tell(world.database, "a" if number < 8 else "b", str(number))
    drain(world.database)
    behind, beyond = read_feed(world.database, "", 3).cursor, read_feed(world.database, "", 10).cursor
    pruned(world, days_later=91)
    with pytest.raises(FeedRestarted):
        read_feed(world.database, behind, 10)
    assert read_feed(world.database, beyond, 10).entries == []
    assert [entry.payload for entry in read_all(world.database, limit=1)] == [b"7", b"9"]
