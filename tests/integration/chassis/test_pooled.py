"""A work's connection: SQLAlchemy's is made where it is asked for, in the same transaction, and bounded as that is."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw_chassis.call import Call
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database, Work
from bylaw_chassis.time_bounds import BOUND_AT

from tests.integration.chassis.counting import Counter
from tests.integration.chassis.test_first_and_last import ADDED, LAST, adds
from tests.integration.chassis.test_work import ADD_ONE, act, end_session, value
from tests.integration.chassis.worlds import World, reason_of

IN_SESSION = ADDED.replace("select value", "select pg_backend_pid()")


def checked_out(world: World) -> int:
    """How many connections of the pool somebody has."""
    return int(world.database.engine.pool.checkedout())  # type: ignore[attr-defined]


def test_a_small_write_makes_no_connection_of_sqlalchemys(world: World) -> None:
    made: list[sa.Connection] = []
    sa.event.listen(world.database.engine, "engine_connect", made.append)
    act(world, adds(world, lambda work: work.last(LAST, {"more": 5})), key="k")
    assert (made, checked_out(world)) == ([], 0)
    assert (value(world), value(world, "b")) == (1, 5)


def test_one_that_is_asked_for_is_in_the_same_transaction_and_bounded_no_second_time(world: World) -> None:
    seen: list[Any] = []

    def look(work: Work) -> None:
        seen.append(work.connection.info[BOUND_AT])
        seen.append(work.connection.exec_driver_sql("select value from counters where name = 'a'").scalar_one())
        seen.append(work.connection.info[BOUND_AT] == seen[0] > 0)
        assert work.connection is work.connection

    act(world, adds(world, look), key="k")
    assert (seen[1:], value(world), checked_out(world)) == ([1, True], 1, 0)


@pytest.mark.parametrize("claims_first", [False, True])
def test_what_is_asked_of_it_first_ends_with_the_call_though_one_before_it_was_just_bounded(
    world: World, *, claims_first: bool
) -> None:
    def sleeps(_request: Any, _call: Call) -> Any:
        with world.database.work(claims_first=claims_first) as work:
            work.connection.exec_driver_sql("select pg_sleep(20)")
        return Counter()

    act(world, adds(world))
    with pytest.raises(grpc.RpcError) as refused:
        act(world, sleeps, seconds=1)
    assert (reason_of(refused.value), checked_out(world)) == ("DEADLINE_PASSED", 0)


def test_a_session_that_ends_beneath_it_is_replaced_and_all_of_the_work_is_done_once(
    world: World, counting_url: str
) -> None:
    tries: list[int] = []

    def does(_request: Any, _call: Call) -> Any:
        with world.database.work(claims_first=True) as work:
            [(session,)] = work.first(IN_SESSION, {"name": "a"})
            tries.append(session)
            work.last(LAST, {"more": 5})
            if len(tries) == 1:
                end_session(counting_url, session)
        return Counter()

    act(world, does, key="k")
    assert (len(set(tries)), value(world), value(world, "b"), checked_out(world)) == (2, 1, 5, 0)


@pytest.mark.parametrize("write", [lambda _: None, lambda work: work.connection.exec_driver_sql(ADD_ONE.format("b"))])
def test_what_is_undone_goes_back_to_the_pool_with_nothing_open(world: World, write: Callable[[Work], Any]) -> None:
    def fails(work: Work) -> None:
        write(work)
        raise ZeroDivisionError

    for claims_first in (False, True):
        with pytest.raises(ZeroDivisionError), world.database.work(claims_first=claims_first) as work:
            fails(work)
        with pytest.raises(grpc.RpcError):
            act(world, adds(world, fails), key="k")
    with world.database.engine.connect() as connection:
        waiting = "select count(*) from pg_stat_activity where state like 'idle in%%' and datname = current_database()"
        assert connection.exec_driver_sql(waiting).scalar_one() == 0
    assert (value(world), value(world, "b"), checked_out(world)) == (0, 0, 0)


def test_a_server_that_is_away_is_told_of_as_sqlalchemy_does(world: World) -> None:
    nowhere = sa.make_url(world.database.url).set(database="there_is_none").render_as_string(hide_password=False)
    away = Database(nowhere, "counting", system_clock)
    with pytest.raises(sa.exc.OperationalError, match="there_is_none"), away.work():
        pass
    away.close()
