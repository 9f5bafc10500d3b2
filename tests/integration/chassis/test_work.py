"""Units of work: tried again where that is safe, never nested, never open while others are asked, never too long."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any

import grpc
import psycopg
import pytest
import sqlalchemy as sa
from bylaw_chassis.call import Call, in_call, new_call, transaction_is_open
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.neighbours import CalledInsideTransactionError, Neighbours
from bylaw_chassis.time_bounds import driver_within_deadline
from bylaw_chassis.transactions import WorkInsideWorkError

from tests.databases import plain
from tests.integration.chassis.counting import ActRequest, AddRequest, Counter, ShowRequest
from tests.integration.chassis.worlds import World, reason_of, unary

ADD_ONE = "update counters set value = value + 1 where name = '{}'"


def act(world: World, does: Any, *, seconds: float = 10, key: str = "") -> Any:
    world.counters.acts = {"act": does}
    request = ActRequest(act="act", request_id=key)
    return unary(LocalChannel(world.server), "Counters/Act")(request, timeout=seconds, metadata=world.me)


def value(world: World, name: str = "a") -> int:
    with world.database.read() as connection:
        return int(connection.execute(sa.text("select value from counters where name = :n"), {"n": name}).scalar_one())


def end_session(admin_url: str, pid: int) -> None:
    with psycopg.connect(plain(admin_url), autocommit=True) as admin:
        admin.execute("select pg_terminate_backend(%s)", [pid])


def pid_of(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("select pg_backend_pid()").scalar_one())


def test_two_works_that_lock_in_opposite_order_both_succeed(world: World) -> None:
    meet = threading.Barrier(2)
    tries: list[str] = []

    def cross(request: Any, _call: Call) -> Any:
        tries.append(request.load.decode())
        with world.database.work() as work:
            for number, name in enumerate(request.load.decode()):
                work.connection.exec_driver_sql(ADD_ONE.format(name))
                if number == 0 and len(tries) <= 2:
                    meet.wait(5)
        return Counter()

    world.counters.acts = {"act": cross}
    call = unary(LocalChannel(world.server), "Counters/Act")
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda load: call(ActRequest(act="act", load=load), timeout=20), (b"ab", b"ba")))
    assert len(tries) == 3
    assert (value(world, "a"), value(world, "b")) == (2, 2)


def test_a_serialisation_error_is_tried_again(world: World) -> None:
    tries: list[int] = []

    def overtaken(_request: Any, _call: Call) -> Any:
        tries.append(1)
        with world.database.work() as work:
            work.connection.exec_driver_sql("set transaction isolation level repeatable read")
            work.connection.exec_driver_sql("select value from counters").all()
            if len(tries) == 1:
                with world.database.engine.begin() as other:
                    other.exec_driver_sql(ADD_ONE.format("a"))
            work.connection.exec_driver_sql(ADD_ONE.format("a"))
        return Counter()

    act(world, overtaken)
    assert len(tries) == 2
    assert value(world) == 2


def test_a_session_lost_before_its_commit_is_tried_again_and_the_caller_notices_nothing(
    world: World, counting_url: str
) -> None:
    tries: list[int] = []

    def cut(_request: Any, _call: Call) -> Any:
        tries.append(1)
        with world.database.work() as work:
            work.connection.exec_driver_sql(ADD_ONE.format("a"))
            if len(tries) == 1:
                end_session(counting_url, pid_of(work.connection))
            work.connection.exec_driver_sql(ADD_ONE.format("b"))
        return Counter()

    act(world, cut)
    assert len(tries) == 2
    assert (value(world, "a"), value(world, "b")) == (1, 1)


@pytest.mark.parametrize("in_a_pipeline", [False, True])
def test_a_session_lost_under_a_statement_past_sqlalchemy_is_tried_again_too(
    world: World, counting_url: str, *, in_a_pipeline: bool
) -> None:
    tries: list[int] = []

    def cut(_request: Any, _call: Call) -> Any:
        tries.append(1)
        with world.database.work() as work:
            work.connection.exec_driver_sql(ADD_ONE.format("a"))
            if len(tries) == 1:
                end_session(counting_url, pid_of(work.connection))
            driver = driver_within_deadline(work.connection)
            with driver.pipeline() if in_a_pipeline else nullcontext():
                driver.execute(ADD_ONE.format("b"))  # type: ignore[call-overload] # the test's own words
        return Counter()

    act(world, cut)
    assert len(tries) == 2
    assert (value(world, "a"), value(world, "b")) == (1, 1)


def test_a_session_lost_in_the_second_work_is_not_tried_again_since_the_first_has_committed(
    world: World, counting_url: str
) -> None:
    def cut(_request: Any, _call: Call) -> Any:
        with world.database.work() as work:
            work.connection.exec_driver_sql(ADD_ONE.format("a"))
        with world.database.work() as work:
            end_session(counting_url, pid_of(work.connection))
            work.connection.exec_driver_sql(ADD_ONE.format("b"))
        return Counter()

    with pytest.raises(grpc.RpcError) as refused:
        act(world, cut)
    assert reason_of(refused.value) == "UNAVAILABLE"
    assert (value(world, "a"), value(world, "b")) == (1, 0)


def lost_at_commit(world: World, counting_url: str, tries: list[int]) -> Any:
    def cut(_request: Any, _call: Call) -> Any:
        tries.append(1)
        with world.database.work() as work:
            work.connection.exec_driver_sql(ADD_ONE.format("a"))
            if len(tries) == 1:
                lose_at_commit(world, counting_url, pid_of(work.connection))
        return Counter()

    return cut


def lose_at_commit(world: World, counting_url: str, pid: int) -> None:
    def lose(_connection: sa.Connection) -> None:
        end_session(counting_url, pid)
        time.sleep(0.1)

    sa.event.listen(world.database.engine, "commit", lose, once=True)


def test_a_session_lost_during_commit_is_unknown_and_not_done_again_without_a_key(
    world: World, counting_url: str
) -> None:
    tries: list[int] = []
    with pytest.raises(grpc.RpcError) as refused:
        act(world, lost_at_commit(world, counting_url, tries))
    assert reason_of(refused.value) == "UNAVAILABLE"
    assert len(tries) == 1


def test_a_session_lost_during_commit_is_settled_under_its_key(world: World, counting_url: str) -> None:
    tries: list[int] = []
    act(world, lost_at_commit(world, counting_url, tries), key="k")
    act(world, lost_at_commit(world, counting_url, tries), key="k")
    assert value(world) == 1


def test_no_neighbour_may_be_asked_while_a_transaction_is_open(world: World) -> None:
    neighbours = Neighbours({"counting": LocalChannel(world.server)})
    show = unary(neighbours.channels["counting"], "Counters/Show")
    for opened in (world.database.work, world.database.read):
        with opened(), pytest.raises(CalledInsideTransactionError):
            neighbours.ask(show, ShowRequest(name="a"))
        assert neighbours.ask(show, ShowRequest(name="a")).name == "a"


def test_nor_between_a_work_and_its_commit_which_waits_for_the_answer_with_a_key_and_without(world: World) -> None:
    seen: list[bool] = []

    def does(_request: Any, _call: Call) -> Any:
        with world.database.work():
            pass
        seen.append(transaction_is_open())
        return Counter()

    act(world, does, key="k")
    act(world, does)
    assert seen == [True, True]


def test_a_work_inside_a_work_is_a_fault_at_once_and_not_a_wait_for_oneself(world: World) -> None:
    with world.database.work(), pytest.raises(WorkInsideWorkError), world.database.work():
        pass
    assert not transaction_is_open()


def test_a_method_reads_what_it_wrote_under_a_key_before_the_commit(world: World) -> None:
    def writes_then_reads(_request: Any, _call: Call) -> Any:
        with world.database.work() as work:
            work.connection.exec_driver_sql(ADD_ONE.format("a"))
        return Counter(value=value(world))

    assert act(world, writes_then_reads, key="k").value == 1
    assert act(world, writes_then_reads).value == 2


def test_a_read_cannot_write(world: World) -> None:
    with pytest.raises(sa.exc.InternalError), world.database.read() as connection:
        connection.exec_driver_sql(ADD_ONE.format("a"))


def test_many_statements_end_together_with_the_call_not_each_on_its_own(world: World) -> None:
    def slow(_request: Any, _call: Call) -> Any:
        with world.database.work() as work:
            for _ in range(20):
                work.connection.exec_driver_sql("select pg_sleep(0.3)")
        return Counter()

    started = time.monotonic()
    with pytest.raises(grpc.RpcError) as refused:
        act(world, slow, seconds=1)
    assert reason_of(refused.value) == "DEADLINE_PASSED"
    assert time.monotonic() - started < 1.3


def test_waiting_for_a_hot_row_ends_within_the_callers_time_and_frees_the_pool(world: World) -> None:
    with world.database.engine.begin() as holder:
        holder.exec_driver_sql(ADD_ONE.format("a"))
        with pytest.raises(grpc.RpcError) as refused:
            unary(LocalChannel(world.server), "Counters/Add")(
                AddRequest(name="a", amount=1), timeout=0.5, metadata=world.bearer("counters.add")
            )
    assert reason_of(refused.value) == "DEADLINE_PASSED"
    assert world.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_text_that_cannot_be_stored_is_the_requests_fault_not_ours(world: World) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        unary(LocalChannel(world.server), "Counters/Show")(ShowRequest(name="a\x00b"))
    assert reason_of(refused.value) == "FIELD_INVALID"


def test_a_full_pool_says_so_and_a_server_that_is_away_too(world: World) -> None:
    call = unary(LocalChannel(world.server), "Counters/Show")
    held = [world.database.engine.connect() for _ in range(8)]
    with pytest.raises(grpc.RpcError) as full:
        call(ShowRequest(name="a"))
    assert reason_of(full.value) == "OVERLOADED"
    assert world.database.answers()
    for connection in held:
        connection.close()


def test_an_error_in_the_middle_leaves_no_transaction_and_no_connection_behind(world: World) -> None:
    with in_call(call := new_call("m", {}, 5)):
        for wrong in ("select nonsense", "select 1/0"):
            with pytest.raises(sa.exc.DBAPIError), world.database.work() as work:
                work.connection.exec_driver_sql(wrong)
        assert not transaction_is_open()
        assert not call.transactions.committed
    assert world.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
