"""A service on the network: health, reflection, refusals under load, and a stop that lets nobody fall."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import grpc
import pytest
from bylaw_chassis.call import Call
from bylaw_chassis.neighbours import LARGEST_MESSAGE_BYTES, open_channel
from bylaw_chassis.serving import LIVE, Listener
from bylaw_chassis.settings import SettingWrong
from bylaw_chassis.status import refusal_from
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase,
)

from tests.integration.chassis.counting import ActRequest, Counter, ShowRequest, WatchRequest
from tests.integration.chassis.worlds import World, on_the_network, reason_of, stream, unary

SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


def health_of(channel: grpc.Channel, name: str = "") -> int:
    request = health_pb2.HealthCheckRequest(service=name)
    return int(health_pb2_grpc.HealthStub(channel).Check(request, timeout=5).status)


def eventually(holds: Any, *, within_seconds: float = 10.0) -> None:
    give_up = time.monotonic() + within_seconds
    while not holds():
        assert time.monotonic() < give_up, "it did not come about in time"
        time.sleep(0.02)


@contextmanager
def process(url: str, **settings: Any) -> Iterator[tuple[subprocess.Popen[str], grpc.Channel]]:
    command = [sys.executable, "-m", "tests.integration.chassis.serving_process", url, json.dumps(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout
            with open_channel(f"127.0.0.1:{running.stdout.readline().strip()}") as channel:
                eventually(lambda: health_of(channel) == SERVING)
                yield running, channel
        finally:
            running.kill()


def test_the_word_to_stop_is_heard_on_whichever_thread_it_comes(counting_url: str) -> None:
    with process(counting_url, linger_seconds=0, drain_seconds=5) as (running, channel):
        assert unary(channel, "Counters/Act")(ActRequest(act="end")).value == 1
        assert running.wait(30) == 0


def test_told_to_stop_it_finishes_what_runs_answers_latecomers_and_ends_with_0(counting_url: str) -> None:
    with process(counting_url, linger_seconds=1, drain_seconds=8) as (running, channel):
        act = unary(channel, "Counters/Act")
        with ThreadPoolExecutor(1) as threads:
            slow = threads.submit(act, ActRequest(act="sleep", load=b"123"))
            time.sleep(0.3)
            running.send_signal(signal.SIGTERM)
            eventually(lambda: health_of(channel) == NOT_SERVING, within_seconds=1)
            assert health_of(channel, LIVE) == SERVING
            assert unary(channel, "Counters/Show")(ShowRequest(name="a")).name == "a"
            assert slow.result().value == 3
        assert running.wait(5) == 0
        assert running.stderr
        lines = [json.loads(line) for line in running.stderr]
    assert [line["event"] for line in lines][-1] == "stopped"


def test_a_method_that_outlasts_the_drain_is_cut_and_the_end_is_still_0(counting_url: str) -> None:
    with process(counting_url, linger_seconds=0, drain_seconds=1) as (running, channel):
        call = unary(channel, "Counters/Act").future(ActRequest(act="sleep", load=bytes(30)), timeout=60)
        time.sleep(0.3)
        started = time.monotonic()
        running.send_signal(signal.SIGTERM)
        assert running.wait(6) == 0
        assert time.monotonic() - started < 5
        assert call.exception().code() is grpc.StatusCode.UNAVAILABLE


def test_health_follows_the_database_but_liveness_does_not(world: World, second: World) -> None:
    with on_the_network(world) as listener, open_channel(f"127.0.0.1:{listener.port}") as channel:
        eventually(lambda: health_of(channel) == SERVING)
        assert health_of(channel, "counting.v1.Counters") == SERVING
        away = replace(world.database, url="postgresql+psycopg://nobody@127.0.0.1:1/none")
        listener.service.database = away
        eventually(lambda: health_of(channel) == NOT_SERVING)
        assert health_of(channel, LIVE) == SERVING
        listener.service.database = second.database
        eventually(lambda: health_of(channel) == SERVING)
        away.close()


def test_before_the_database_was_asked_nothing_is_said_to_be_ready(world: World) -> None:
    listener = Listener(world.hosted(), "127.0.0.1:0", linger_seconds=0)
    listener._grpc.start()
    with open_channel(f"127.0.0.1:{listener.port}") as channel:
        assert health_of(channel) == NOT_SERVING
    listener.stop()


@pytest.mark.parametrize("reflect", [True, False])
def test_reflection_is_there_only_when_it_is_on(world: World, reflect: bool) -> None:  # noqa: FBT001
    with on_the_network(world, reflect=reflect) as listener, open_channel(f"127.0.0.1:{listener.port}") as channel:
        names = ProtoReflectionDescriptorDatabase(channel)
        if reflect:
            assert "counting.v1.Counters" in names.get_services()
        else:
            with pytest.raises(grpc.RpcError) as error:
                names.get_services()
            assert error.value.code() is grpc.StatusCode.UNIMPLEMENTED


def blocking(world: World) -> threading.Event:
    go_on = threading.Event()

    def blocks(_request: Any, _call: Call) -> Any:
        go_on.wait(20)
        return Counter()

    def trickles(_request: Any, call: Call) -> Iterator[Any]:
        yield Counter()
        while call.wait(0.1) and not go_on.is_set():
            pass

    world.counters.acts = {"block": blocks, "trickle": trickles, "echo": lambda _request, _call: Counter()}
    return go_on


def test_with_all_threads_taken_and_as_many_waiting_the_next_is_refused_at_once_with_reasons(world: World) -> None:
    go_on = blocking(world)
    with on_the_network(world, threads=2) as listener, open_channel(f"127.0.0.1:{listener.port}") as channel:
        act = unary(channel, "Counters/Act")
        taken = [act.future(ActRequest(act="block"), timeout=20) for _ in range(4)]
        eventually(lambda: listener._pool.full)
        started = time.monotonic()
        with pytest.raises(grpc.RpcError) as error:
            act(ActRequest(act="echo"), timeout=5)
        assert time.monotonic() - started < 1
        refusal = refusal_from(error.value)
        assert (refusal.reason, refusal.retry_after_seconds) == ("OVERLOADED", 1)
        assert "系统繁忙" in refusal.message_zh
        with pytest.raises(grpc.RpcError) as refused:
            list(stream(channel, "Counters/Watch")(WatchRequest(act="trickle"), timeout=5))
        assert reason_of(refused.value) == "OVERLOADED"
        assert health_of(channel, LIVE) == SERVING
        go_on.set()
        assert [call.result() is not None for call in taken] == [True] * 4
        eventually(lambda: not listener._pool.busy)
        assert act(ActRequest(act="echo"), timeout=5) == Counter()


def test_streams_take_at_most_half_of_the_threads(world: World) -> None:
    go_on = blocking(world)
    with on_the_network(world, threads=4) as listener, open_channel(f"127.0.0.1:{listener.port}") as channel:
        watch = stream(channel, "Counters/Watch")
        open_streams = [watch(WatchRequest(act="trickle"), timeout=20) for _ in range(2)]
        for one in open_streams:
            next(one)
        with pytest.raises(grpc.RpcError) as error:
            next(watch(WatchRequest(act="trickle"), timeout=20))
        assert reason_of(error.value) == "OVERLOADED"
        assert unary(channel, "Counters/Act")(ActRequest(act="echo"), timeout=5) == Counter()
        open_streams[0].cancel()
        eventually(lambda: listener._face._streams._value == 1)
        assert next(watch(WatchRequest(act="trickle"), timeout=20)) == Counter()
        go_on.set()


def test_a_taken_port_is_named_and_the_start_refused(world: World) -> None:
    with on_the_network(world) as listener, pytest.raises(SettingWrong, match=r"BYLAW_LISTEN: 127.0.0.1:\d+ "):
        Listener(world.hosted(), f"127.0.0.1:{listener.port}")


def test_a_message_that_unpacks_to_more_than_the_limit_is_refused(world: World) -> None:
    world.counters.acts = {"echo": lambda request, _call: Counter(value=len(request.load))}
    with (
        on_the_network(world) as listener,
        grpc.insecure_channel(f"127.0.0.1:{listener.port}", compression=grpc.Compression.Gzip) as channel,
    ):
        act = unary(channel, "Counters/Act")
        with pytest.raises(grpc.RpcError) as error:
            act(ActRequest(act="echo", load=bytes(LARGEST_MESSAGE_BYTES + 1)), timeout=30)
        assert error.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert act(ActRequest(act="echo", load=bytes(1_000_000)), timeout=30).value == 1_000_000
