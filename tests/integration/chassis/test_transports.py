"""Both ways to reach a service give the same: answers, streams, deadlines, metadata and every refusal whole."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from bylaw_chassis.call import Call
from bylaw_chassis.refusals import (
    Code,
    FieldInvalid,
    FieldsInvalid,
    Refusal,
    RequestInProgress,
    Violation,
)
from bylaw_chassis.status import RemoteRefusal, refusal_from

from tests.integration.chassis.counting import (
    ActRequest,
    AddRequest,
    Counter,
    ShowRequest,
    WatchRequest,
)
from tests.integration.chassis.worlds import PATH, World, reached, stream, unary


@pytest.fixture(params=["local", "network"])
def channel(request: pytest.FixtureRequest, world: World) -> Iterator[grpc.Channel]:
    with reached(world, how=request.param) as open_channel:
        yield open_channel


def refused(call: Any, *args: Any, **given: Any) -> Refusal:
    with pytest.raises(grpc.RpcError) as error:
        call(*args, **given)
    refusal = refusal_from(error.value)
    assert error.value.code().name == refusal.code.name
    return refusal


def act(world: World, channel: grpc.Channel, does: Any, **given: Any) -> Any:
    world.counters.acts = {"act": does}
    return unary(channel, "Counters/Act")(ActRequest(act="act"), **given)


def refuse_with(refusal: Refusal) -> Any:
    def does(_request: Any, _call: Call) -> Any:
        raise refusal

    return does


def test_an_answer_comes_back(world: World, channel: grpc.Channel) -> None:
    request = AddRequest(name="a", amount=3, request_id="k")
    add, who = unary(channel, "Counters/Add"), world.bearer("counters.add")
    assert [add(request, metadata=who).value for _ in range(2)] == [3, 3]
    assert unary(channel, "Counters/Show")(ShowRequest(name="a")).value == 3


def test_a_refusal_keeps_code_reason_clause_variables_and_both_languages(world: World, channel: grpc.Channel) -> None:
    request = AddRequest(name="nowhere", amount=1)
    refusal = refused(unary(channel, "Counters/Add"), request, metadata=world.bearer("counters.add"))
    assert (refusal.code, refusal.reason, refusal.clause) == (Code.FAILED_PRECONDITION, "COUNTER_FULL", "INV-1")
    assert refusal.variables == {"name": "nowhere"}
    assert refusal.message_zh == "计数器 nowhere 已满。"
    assert refusal.message_en == "The counter nowhere is full."


def test_a_refusal_of_a_field_names_the_field_in_both_languages(world: World, channel: grpc.Channel) -> None:
    refusal = refused(act, world, channel, refuse_with(FieldInvalid(field="load", zh="太长", en="too long")))
    assert refusal.violations == (Violation("load", "FIELD_INVALID", "太长", "too long"),)


def test_two_hundred_faulty_lines_are_all_named(world: World, channel: grpc.Channel) -> None:
    lines = [
        Violation(f"lines[{n}]", "DATE_UNKNOWN", f"第{n}行日期不存在", f"no such date in line {n}") for n in range(200)
    ]
    refusal = refused(act, world, channel, refuse_with(FieldsInvalid(lines)))
    assert list(refusal.violations) == lines


def test_of_five_hundred_faulty_lines_two_hundred_are_named_and_all_counted(
    world: World, channel: grpc.Channel
) -> None:
    lines = [Violation(f"lines[{n}]", "DATE_UNKNOWN", "日期不存在", "no such date") for n in range(500)]
    refusal = refused(act, world, channel, refuse_with(FieldsInvalid(lines)))
    assert len(refusal.violations) == 200
    assert refusal.variables["count"] == "500"


def test_a_refusal_says_after_how_long_to_come_again(world: World, channel: grpc.Channel) -> None:
    assert refused(act, world, channel, refuse_with(RequestInProgress())).retry_after_seconds == 1


@pytest.mark.parametrize("kind", Code)
def test_every_code_comes_through(world: World, channel: grpc.Channel, kind: Code) -> None:
    refusal = Refusal()
    refusal.code = kind
    assert refused(act, world, channel, refuse_with(refusal)).code is kind


def test_a_neighbours_refusal_is_handed_on_whole(world: World, channel: grpc.Channel) -> None:
    first = refused(act, world, channel, refuse_with(FieldInvalid(field="f", zh="错", en="wrong")))
    assert isinstance(first, RemoteRefusal)
    second = refused(act, world, channel, refuse_with(first))
    assert isinstance(second, RemoteRefusal)
    assert second.status == first.status


def test_a_fault_of_ours_shows_nothing_of_itself(world: World, channel: grpc.Channel) -> None:
    def fails(_request: Any, _call: Call) -> Any:
        raise ValueError("Zhang San, 13800000000")

    refusal = refused(act, world, channel, fails)
    assert refusal.reason == "INTERNAL"
    assert isinstance(refusal, RemoteRefusal)
    assert b"Zhang" not in refusal.status.SerializeToString()


def test_bytes_that_are_no_message_are_refused_by_name(channel: grpc.Channel) -> None:
    call = channel.unary_unary(PATH + "Counters/Show", lambda raw: raw, Counter.FromString)
    assert refused(call, b"\xff\xff\xff").reason == "FIELD_INVALID"


def test_a_call_that_does_not_exist_is_unimplemented(channel: grpc.Channel) -> None:
    with pytest.raises(grpc.RpcError) as error:
        unary(channel, "Counters/Subtract")(ShowRequest())
    assert error.value.code() is grpc.StatusCode.UNIMPLEMENTED


def test_a_call_without_a_token_or_permission_is_refused(world: World, channel: grpc.Channel) -> None:
    add = unary(channel, "Counters/Add")
    assert refused(add, AddRequest(name="a")).reason == "SIGN_IN_REQUIRED"
    missing = refused(add, AddRequest(name="a"), metadata=world.bearer("counters.read"))
    assert (missing.reason, missing.variables["permission"]) == ("PERMISSION_MISSING", "counters.add")
    assert refused(add, AddRequest(name="a"), metadata=[("authorization", "Bearer x.y.z")]).reason == "TOKEN_INVALID"


def test_a_public_call_does_not_mind_a_token_that_is_no_longer_good(channel: grpc.Channel) -> None:
    assert (
        unary(channel, "Counters/Show")(ShowRequest(name="a"), metadata=[("authorization", "Bearer old")]).name == "a"
    )


def test_metadata_arrives_by_lower_case_name_as_text_and_its_first_value_counts(
    world: World, channel: grpc.Channel
) -> None:
    seen: dict[str, str] = {}
    traces: list[str] = []

    def does(_request: Any, call: Call) -> Any:
        seen.update(call.metadata)
        traces.append(call.trace_id)
        return Counter()

    sent = [("x-trace-id", "abc123"), ("x-trace-id", "second"), ("x-raw-bin", b"\x00\xff")]
    act(world, channel, does, metadata=sent)
    assert traces == ["abc123"]
    assert seen["x-trace-id"] == "abc123"
    assert "x-raw-bin" not in seen


def test_a_call_knows_how_long_it_has(world: World, channel: grpc.Channel) -> None:
    left: list[float] = []

    def does(_request: Any, call: Call) -> Any:
        left.append(call.remaining_seconds)
        return Counter()

    act(world, channel, does, timeout=3)
    act(world, channel, does)
    assert 2 < left[0] <= 3
    assert 25 < left[1] <= 30


def test_a_statement_ends_with_the_callers_time(world: World, channel: grpc.Channel) -> None:
    def sleeps(_request: Any, _call: Call) -> Any:
        with world.database.read() as connection:
            connection.exec_driver_sql("select pg_sleep(20)")
        return Counter()

    started = time.monotonic()
    with pytest.raises(grpc.RpcError) as error:
        act(world, channel, sleeps, timeout=0.5)
    assert error.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert time.monotonic() - started < 2


def test_eight_million_bytes_go_and_come(world: World, channel: grpc.Channel) -> None:
    world.counters.acts = {"echo": lambda request, _call: Counter(load=request.load)}
    load = bytes(8_000_000)
    assert unary(channel, "Counters/Act")(ActRequest(act="echo", load=load), timeout=20).load == load


def test_a_stream_comes_in_order_and_a_refusal_may_come_in_between(world: World, channel: grpc.Channel) -> None:
    def counts(request: Any, _call: Call) -> Iterator[Any]:
        for number in range(request.count):
            yield Counter(value=number)
        raise FieldInvalid(field="count", zh="到此为止", en="that was all")

    world.counters.acts = {"count": counts}
    answers = stream(channel, "Counters/Watch")(WatchRequest(act="count", count=50))
    assert [next(answers).value for _ in range(50)] == list(range(50))
    assert refused(next, answers).reason == "FIELD_INVALID"


def test_an_endless_stream_ends_with_its_time(world: World, channel: grpc.Channel) -> None:
    def forever(_request: Any, call: Call) -> Iterator[Any]:
        while True:
            yield Counter()
            call.wait(0.01)

    world.counters.acts = {"forever": forever}
    with pytest.raises(grpc.RpcError) as error:
        for _ in stream(channel, "Counters/Watch")(WatchRequest(act="forever"), timeout=0.4):
            pass
    assert error.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED


def test_a_reader_who_leaves_ends_the_method_though_it_waits(world: World, channel: grpc.Channel) -> None:
    waiting, left = threading.Event(), threading.Event()

    def waits(_request: Any, call: Call) -> Iterator[Any]:
        try:
            yield Counter()
            waiting.set()
            while call.wait(5):
                pass
        finally:
            left.set()

    world.counters.acts = {"wait": waits}
    answers = stream(channel, "Counters/Watch")(WatchRequest(act="wait"), timeout=20)
    next(answers)
    threading.Thread(target=lambda: (waiting.wait(5), answers.cancel())).start()
    with pytest.raises(grpc.RpcError) as error:
        next(answers)
    assert error.value.code() is grpc.StatusCode.CANCELLED
    assert left.wait(3)
