"""Asking a neighbour: with the caller's token and trace, within the caller's time, and its refusals as they were."""

from collections.abc import Iterator
from typing import Any

import pytest
from bylaw_chassis.call import Call, in_call, new_call
from bylaw_chassis.local_channel import LocalChannel, LocalError
from bylaw_chassis.neighbours import SHARE_OF_TIME, Neighbours, open_channel
from bylaw_chassis.refusals import FieldInvalid, Refusal, Unavailable

from tests.integration.chassis.counting import ActRequest, AddRequest, Counter, ShowRequest, WatchRequest
from tests.integration.chassis.worlds import World, stream, unary


@pytest.fixture
def seen(world: World) -> list[Call]:
    calls: list[Call] = []

    def remembers(_request: Any, call: Call) -> Any:
        calls.append(call)
        return Counter()

    world.counters.acts = {"remember": remembers}
    return calls


def test_a_neighbour_gets_the_callers_token_trace_and_nine_tenths_of_the_time(world: World, seen: list[Call]) -> None:
    neighbours = Neighbours({}, token=lambda: pytest.fail("a caller is there to speak for"))
    bearer = dict(world.bearer("counters.add"))
    with in_call(new_call("m", {**bearer, "x-trace-id": "trace1", "x-other": "stays here"}, 10)):
        neighbours.ask(unary(LocalChannel(world.server), "Counters/Act"), ActRequest(act="remember"))
    (call,) = seen
    assert call.caller.permissions == {"counters.add"}
    assert call.trace_id == "trace1"
    assert set(call.metadata) == {"authorization", "x-trace-id"}
    assert 10 * SHARE_OF_TIME - 1 < call.remaining_seconds <= 10 * SHARE_OF_TIME


def test_outside_of_any_call_the_service_speaks_for_itself(world: World, seen: list[Call]) -> None:
    token = dict(world.bearer("counters.feed"))["authorization"].removeprefix("Bearer ")
    neighbours = Neighbours({}, token=lambda: token)
    neighbours.ask(unary(LocalChannel(world.server), "Counters/Act"), ActRequest(act="remember"))
    assert seen[0].caller.permissions == {"counters.feed"}


def test_within_a_call_it_may_speak_for_itself_alone_in_the_callers_trace_and_time(
    world: World, seen: list[Call]
) -> None:
    token = dict(world.bearer("counters.feed"))["authorization"].removeprefix("Bearer ")
    told = {**dict(world.bearer("counters.add")), "x-trace-id": "trace1", "x-service-token": "of another"}
    with in_call(new_call("m", told, 10)):
        act = unary(LocalChannel(world.server), "Counters/Act")
        Neighbours({}, token=lambda: token).ask(act, ActRequest(act="remember"), as_itself=True)
    (call,) = seen
    assert call.caller.permissions == {"counters.feed"}
    assert call.trace_id == "trace1"
    assert set(call.metadata) == {"authorization", "x-trace-id"}
    assert 10 * SHARE_OF_TIME - 1 < call.remaining_seconds <= 10 * SHARE_OF_TIME


def test_where_its_own_token_is_refused_it_asks_once_more_with_a_fresh_one(world: World) -> None:
    tokens = ["withdrawn", dict(world.bearer("counters.add"))["authorization"].removeprefix("Bearer ")]
    neighbours = Neighbours({}, token=lambda: tokens[0], forget=tokens.reverse)
    with in_call(new_call("m", dict(world.bearer("counters.feed")), 10)):
        add = unary(LocalChannel(world.server), "Counters/Add")
        assert neighbours.ask(add, AddRequest(name="a"), as_itself=True).name


def test_a_neighbours_refusal_is_raised_as_it_was(world: World) -> None:
    with pytest.raises(Refusal) as refused:
        Neighbours({}).ask(unary(LocalChannel(world.server), "Counters/Add"), AddRequest(name="a"))
    assert refused.value.reason == "SIGN_IN_REQUIRED"


def test_a_neighbour_that_is_not_there_is_unavailable() -> None:
    with open_channel("127.0.0.1:1") as channel, pytest.raises(Unavailable):
        Neighbours({}).ask(unary(channel, "Counters/Show"), ShowRequest(name="a"))


def test_a_stream_is_followed_and_cancelled_when_its_reader_turns_away(world: World) -> None:
    left: list[str] = []

    def counts(request: Any, _call: Call) -> Iterator[Any]:
        try:
            for number in range(request.count):
                yield Counter(value=number)
            raise FieldInvalid(field="count", zh="到此为止", en="that was all")
        finally:
            left.append("left")

    world.counters.acts = {"count": counts}
    watch = stream(LocalChannel(world.server), "Counters/Watch")
    following = Neighbours({}).follow(watch, WatchRequest(act="count", count=3))
    assert [next(following).value for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Refusal, match="that was all"):
        next(following)
    turned = Neighbours({}).follow(watch, WatchRequest(act="count", count=3))
    next(turned)
    turned.close()
    assert left == ["left", "left"]


def test_a_token_that_people_does_not_give_makes_the_call_unavailable(world: World) -> None:
    def none() -> str:
        raise LocalError(Unavailable(), "people.bylaw")

    with pytest.raises(Refusal) as refused:
        Neighbours({}, token=none).ask(unary(LocalChannel(world.server), "Counters/Show"), ShowRequest(name="a"))
    assert refused.value.reason == "UNAVAILABLE"
