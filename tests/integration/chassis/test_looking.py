"""What calls ask again and again: in one go, on one snapshot, within the deadline, and again where it was lost."""

from collections.abc import Callable
from typing import Any

import grpc
import psycopg
import pytest
import sqlalchemy as sa
from bylaw_chassis.call import Call
from bylaw_chassis.conversation import Said
from bylaw_chassis.queries import Query, ask, text_of

from tests.integration.chassis.counting import Counter
from tests.integration.chassis.test_first_and_last import adds
from tests.integration.chassis.test_work import act, end_session, pid_of, value
from tests.integration.chassis.worlds import World, reason_of

COUNTERS = sa.table("counters", sa.column("name"), sa.column("value"))


def only(rows: Any) -> Any:
    """The one value of the one row."""
    ((found,),) = rows
    return found


def query(text: str, **values: object) -> Query[Any]:
    """One that answers a value."""
    return Query(Said(text, values), only)


A = query("select value from counters where name = %(name)s", name="a")


def looks(world: World, *queries: Query[Any], before: Callable[[], None] = lambda: None) -> Callable[[Any, Call], Any]:
    """A call that answers the sum of what it finds."""

    def does(_request: Any, _call: Call) -> Any:
        before()
        return Counter(value=sum(world.database.look(*queries)))

    return does


def test_all_of_it_is_of_one_moment_and_writes_nothing(world: World) -> None:
    moment = query("select pg_current_snapshot()::text || pg_backend_pid()")
    reads = query("select current_setting('transaction_read_only')")
    first, can, second = world.database.look(moment, reads, moment)
    assert (first == second, can) == (True, "on")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        world.database.look(query("update counters set value = 7 returning value"))
    assert value(world) == 0


def test_within_a_unit_of_work_it_sees_what_the_work_has_written(world: World) -> None:
    seen: list[list[int]] = []
    act(world, adds(world, lambda _: seen.append(world.database.look(A))), key="k")
    assert (seen, world.database.look(A)) == ([[1]], [1])


def test_it_ends_with_the_calls_deadline(world: World) -> None:
    sleeps = query("select 0 from pg_sleep(20)")
    with pytest.raises(grpc.RpcError) as refused:
        act(world, looks(world, A, sleeps), seconds=1)
    assert reason_of(refused.value) == "DEADLINE_PASSED"
    assert act(world, looks(world, A)).value == 0


def test_what_is_at_fault_leaves_the_connection_as_good_as_new(world: World) -> None:
    for _ in range(3):
        with pytest.raises(psycopg.errors.DivisionByZero):
            world.database.look(A, query("select 1 / %(none)s::int", none=0), A)
        assert world.database.look(A) == [0]
    assert world.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_what_the_server_has_forgotten_is_said_to_it_anew(world: World) -> None:
    world.database.look(A)
    with world.database.engine.connect() as connection:
        connection.exec_driver_sql("deallocate all")
    assert world.database.look(A, A) == [0, 0]


def test_a_lost_session_is_asked_again(world: World, counting_url: str) -> None:
    lost: list[int] = []

    def lose() -> None:
        if not lost:
            lost.append(1)
            with world.database.engine.connect() as connection:
                pid = pid_of(connection)
            end_session(counting_url, pid)

    fails = query("select case when pg_backend_pid() = 0 then 1 else 0 end")
    assert act(world, looks(world, fails, before=lose)).value == 0
    assert lost


def test_a_session_that_is_lost_while_it_is_asked_is_replaced(world: World) -> None:
    tries: list[int] = []

    def does(_request: Any, _call: Call) -> Any:
        tries.append(1)
        more = [query("select 0 from pg_terminate_backend(pg_backend_pid())")] if len(tries) == 1 else []
        return Counter(value=sum(world.database.look(A, *more)))

    assert act(world, does).value == 0
    assert len(tries) == 2


def test_a_query_of_sqlalchemy_is_said_with_its_values(world: World) -> None:
    of = sa.select(COUNTERS.c.value).where(COUNTERS.c.name == sa.bindparam("name"), COUNTERS.c.value.in_([0, 1, 2]))
    text, values = text_of(of, name="a")
    said = Query(Said(text, values), only)
    with world.database.read() as connection:
        assert [ask(connection, said), *world.database.look(said)] == [0, 0]
