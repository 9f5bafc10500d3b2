"""Each committed write leaves one row of the audit trail, in its own transaction; refusals that matter leave one."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw_chassis.audit.entries import actor_of
from bylaw_chassis.audit.pseudonyms import pseudonyms
from bylaw_chassis.audit.tables import audit
from bylaw_chassis.audit.trail import Budget
from bylaw_chassis.call import Call
from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Fact
from bylaw_chassis.faults import TransientFault
from bylaw_chassis.jobs import Lease, Runner, Timer, enqueue
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.refusals import TokenInvalid
from bylaw_chassis.server import RevealsWithoutTrail, Server
from bylaw_chassis.tables import feed, outbox, request_keys
from bylaw_chassis.values import new_id

from tests.builders.addresses import coming_from
from tests.integration.chassis.counting import ActRequest, AddRequest, Counter, ShowRequest, service
from tests.integration.chassis.test_doctor import tampered
from tests.integration.chassis.worlds import MASTER_KEY, World, reason_of, unary

pytestmark = pytest.mark.postgresql15
ADD_ONE = "update counters set value = value + 1 where name = 'a'"


def rows(world: World) -> Sequence[Any]:
    """The trail, oldest first."""
    with world.database.read() as connection:
        return connection.execute(sa.select(audit).order_by(audit.c.id)).all()


def add(world: World, *, amount: int = 1, key: str = "", who: Any = None) -> Any:
    """Adds to a counter."""
    request = AddRequest(name="a", amount=amount, request_id=key)
    who = who or world.bearer("counters.add")
    return unary(LocalChannel(world.server), "Counters/Add")(request, metadata=who)


def refused(call: Any, *given: Any, **named: Any) -> str:
    """Why a call was refused."""
    with pytest.raises(grpc.RpcError) as error:
        call(*given, **named)
    return reason_of(error.value)


@pytest.mark.clause("SEC-3")
def test_a_write_leaves_who_did_it_by_which_call_under_which_grant_and_with_which_trace(world: World) -> None:
    person, session = new_id(), new_id()
    me = world.bearer("counters.add", person=person, session=session, sources=("grants/1", "roles/clerk"))
    unary(LocalChannel(world.server), "Counters/Add")(
        AddRequest(name="a", amount=1), metadata=[*me, *coming_from("203.0.113.7", "0" * 32)]
    )
    (row,) = rows(world)
    assert (row.actor, row.session) == (f"people/{person}", f"sessions/{session}")
    assert row.method == "counting.v1.Counters/Add"
    assert (row.sources, row.scopes) == (["grants/1", "roles/clerk"], ["company"])
    assert (row.trace_id, row.reason, row.clause, row.dropped) == ("0" * 32, "", "", 0)
    assert row.address == pseudonyms(MASTER_KEY).address("203.0.113.7")
    assert "203.0.113" not in str(row)


@pytest.mark.parametrize("key", ["", "k"])
def test_one_write_is_one_row_and_a_repeat_under_its_key_none(world: World, key: str) -> None:
    me = world.bearer("counters.add")
    for _ in range(3):
        add(world, key=key, who=me)
    assert len(rows(world)) == (1 if key else 3)


def test_the_same_wish_has_the_same_digest_and_another_one_another(world: World) -> None:
    me = world.bearer("counters.add")
    for amount, key in ((1, ""), (1, "k"), (2, "l")):
        add(world, amount=amount, key=key, who=me)
    first, second, third = (row.digest for row in rows(world))
    assert first == second != third
    assert len(first) == 64


def test_of_a_request_with_a_secret_no_digest_is_kept(world: World) -> None:
    call = unary(LocalChannel(world.server), "Counters/AddInSecret")
    call(AddRequest(name="a", amount=1, request_id="k"), metadata=world.me)
    assert [row.digest for row in rows(world)] == [""]


@pytest.mark.clause("SEC-3")
def test_a_refusal_by_a_clause_leaves_its_reason_and_changes_nothing_else(world: World) -> None:
    assert refused(add, world, amount=100_000) == "COUNTER_FULL"
    (row,) = rows(world)
    assert (row.reason, row.clause) == ("COUNTER_FULL", "INV-1")
    with world.database.read() as connection:
        for table in (outbox, feed, request_keys):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0
        assert connection.execute(sa.text("select sum(value) from counters")).scalar() == 0


@pytest.mark.clause("SEC-1")
def test_a_missing_permission_leaves_who_lacked_it(world: World) -> None:
    person = new_id()
    assert refused(add, world, who=world.bearer("counters.show", person=person)) == "PERMISSION_MISSING"
    (row,) = rows(world)
    assert (row.actor, row.reason, row.clause, row.sources) == (f"people/{person}", "PERMISSION_MISSING", "SEC-1", [])


def test_a_forged_token_leaves_a_row_and_an_unknown_field_or_a_missing_token_none(world: World) -> None:
    assert refused(add, world, who=[("authorization", "Bearer forged")]) == "TOKEN_INVALID"
    assert refused(add, world, who=[("x-nothing", "")]) == "SIGN_IN_REQUIRED"
    show = unary(LocalChannel(world.server), "Counters/Show")
    assert refused(show, ShowRequest(name="a\0b")) == "FIELD_INVALID"
    assert [(row.actor, row.reason) for row in rows(world)] == [("", TokenInvalid.reason)]


def test_a_read_leaves_none_but_one_that_reveals_does_before_its_answer_leaves(world: World) -> None:
    who = world.bearer("counters.reveal")
    unary(LocalChannel(world.server), "Counters/Show")(ShowRequest(name="a"), metadata=who)
    assert rows(world) == []
    unary(LocalChannel(world.server), "Counters/Reveal")(ShowRequest(name="a"), metadata=who)
    assert [row.method for row in rows(world)] == ["counting.v1.Counters/Reveal"]


def test_what_cannot_be_recorded_is_not_revealed(world: World, counting_url: str) -> None:
    tampered(counting_url, "revoke insert on audit from bylaw_counting")
    call = unary(LocalChannel(world.server), "Counters/Reveal")
    assert refused(call, ShowRequest(name="a"), metadata=world.bearer("counters.reveal")) == "INTERNAL"


def test_a_write_whose_row_cannot_be_written_is_not_done(world: World, counting_url: str) -> None:
    tampered(counting_url, "revoke insert on audit from bylaw_counting")
    assert refused(add, world) == "INTERNAL"
    with world.database.read() as connection:
        assert connection.execute(sa.text("select sum(value) from counters")).scalar() == 0


def test_a_stranger_cannot_fill_the_disk_and_what_was_dropped_is_counted_in_the_next_row(world: World) -> None:
    assert world.server.trail
    world.server.trail.strangers = Budget(burst=2, per_second=0.0)
    for _ in range(7):
        assert refused(add, world, who=[("authorization", "Bearer forged")]) == "TOKEN_INVALID"
    assert [row.dropped for row in rows(world)] == [0, 0]
    world.server.trail.strangers._left = 1.0
    refused(add, world, who=[("authorization", "Bearer forged")])
    assert [row.dropped for row in rows(world)] == [0, 0, 5]


def test_a_stranger_does_not_use_up_what_is_kept_for_known_callers(world: World) -> None:
    assert world.server.trail
    world.server.trail.strangers = Budget(burst=0, per_second=0.0)
    assert refused(add, world, who=[("authorization", "Bearer forged")]) == "TOKEN_INVALID"
    assert refused(add, world, who=world.bearer()) == "PERMISSION_MISSING"
    assert [row.reason for row in rows(world)] == ["PERMISSION_MISSING"]


def test_a_budget_fills_again_and_counts_what_could_not_be_written() -> None:
    budget = Budget(burst=1, per_second=1_000_000.0)
    assert budget.take() == 0
    budget.give_back(3)
    assert budget.take() == 4


def act(world: World, does: Any, **given: Any) -> Any:
    """Carries out something of a test's own within a call."""
    world.counters.acts = {"act": does}
    return unary(LocalChannel(world.server), "Counters/Act")(ActRequest(act="act"), **given)


def test_a_work_that_wrote_nothing_leaves_no_row_and_one_that_failed_none(world: World) -> None:
    def looks(_request: Any, _call: Call) -> Any:
        with world.database.work() as work:
            work.connection.exec_driver_sql("select 1")
        return Counter()

    def fails(_request: Any, _call: Call) -> Any:
        with world.database.work() as work:
            work.connection.exec_driver_sql(ADD_ONE)
            raise TokenInvalid
        return Counter()

    act(world, looks, metadata=world.me)
    assert rows(world) == []
    assert refused(act, world, fails, metadata=world.me) == "TOKEN_INVALID"
    assert [row.reason for row in rows(world)] == ["TOKEN_INVALID"]


def test_housekeeping_for_nobody_leaves_none_and_what_others_learn_of_or_somebody_does_a_row(world: World) -> None:
    person = Caller(person=new_id())

    def counts(_request: Any, _call: Call) -> Any:
        with world.database.work() as work:
            work.connection.exec_driver_sql(ADD_ONE)
        return Counter()

    def tells(_request: Any, _call: Call) -> Any:
        with world.database.work() as work:
            work.publish(Fact("counter", "a", b""))
        return Counter()

    def signs_in(_request: Any, _call: Call) -> Any:
        with world.database.work() as work:
            work.act_as(person)
            work.concerns("counters/1")
            work.connection.exec_driver_sql(ADD_ONE)
        return Counter()

    for does in (counts, tells, signs_in):
        act(world, does)
    assert [(row.actor, row.targets) for row in rows(world)] == [("", []), (actor_of(person), ["counters/1"])]


def test_a_job_leaves_rows_in_the_services_own_name_and_a_timer_only_where_others_learn_of_it(world: World) -> None:
    for_whom = Caller(person=new_id())

    def works(_lease: Lease) -> None:
        with world.database.work() as work:
            work.act_as(for_whom)
            work.connection.exec_driver_sql(ADD_ONE)

    def keeps_house(_lease: Lease) -> None:
        with world.database.work() as work:
            work.connection.exec_driver_sql(ADD_ONE)

    def tells(_lease: Lease) -> None:
        with world.database.work() as work:
            work.publish(Fact("counter", "a", b""))

    timers = (Timer("sweep", 0.0, keeps_house), Timer("remind", 60.0, tells))
    runner = Runner(world.database, {"count": works}, timers)
    with world.database.engine.begin() as connection:
        enqueue(connection, "count", "1", b"")
        connection.exec_driver_sql("select 1")
    runner.write_timers()
    for kind in ("count", "sweep", "remind"):
        while not runner.run_one([kind]):
            pass
    found = {row.method: (row.actor, row.on_behalf_of) for row in rows(world)}
    assert found == {
        "jobs/count": ("services/counting", actor_of(for_whom)),
        "timers/remind": ("services/counting", ""),
    }


def test_many_at_once_leave_one_row_each(world: World) -> None:
    me = world.bearer("counters.add")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: add(world, key=f"k{number % 20}", who=me), range(80)))
    assert len(rows(world)) == 20


def test_a_write_that_was_tried_again_leaves_one_row(world: World) -> None:
    tries: list[int] = []

    def fails_once(_request: Any, _call: Call) -> Any:
        tries.append(1)
        with world.database.work() as work:
            work.connection.exec_driver_sql(ADD_ONE)
            work.concerns(f"tries/{len(tries)}")
            if len(tries) == 1:
                raise TransientFault
        return Counter()

    act(world, fails_once, metadata=world.me)
    assert [row.targets for row in rows(world)] == [["tries/2"]]


def test_two_works_of_one_call_leave_a_row_each(world: World) -> None:
    def twice(_request: Any, _call: Call) -> Any:
        for _ in range(2):
            with world.database.work() as work:
                work.connection.exec_driver_sql(ADD_ONE)
        return Counter()

    act(world, twice, metadata=world.me)
    assert len(rows(world)) == 2


def test_a_server_without_a_trail_takes_no_call_that_reveals(world: World) -> None:
    bare = Server("counting.bylaw", world.server.verifier)
    with pytest.raises(RevealsWithoutTrail, match="Reveal"):
        bare.add(service("Counters"), world.counters)
