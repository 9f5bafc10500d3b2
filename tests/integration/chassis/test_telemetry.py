"""A service's calls and database measured by OpenTelemetry, for a real collector; and nothing while it is off."""

import gc
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from bylaw_chassis.call import Call
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.neighbours import Neighbours, open_channel
from bylaw_chassis.server import Server
from bylaw_chassis.settings import SettingWrong
from bylaw_chassis.telemetry.settings import telemetry_settings

from tests.builders.collector import Collector, Span, collecting
from tests.integration.chassis.counting import MOST, ActRequest, AddRequest, Counter, ShowRequest, WatchRequest
from tests.integration.chassis.test_audit_rows import refused, rows
from tests.integration.chassis.worlds import World, database, on_the_network, reached, stream, unary

TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
ADD, SHOW = "counting.v1.Counters/Add", "counting.v1.Counters/Show"


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """A collector that the settings name."""
    with collecting() as found:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.address)
        yield found


@pytest.fixture
def watched(collector: Collector, counting_url: str) -> Iterator[World]:  # noqa: ARG001
    """A worker whose telemetry is on."""
    made = World(database(counting_url))
    yield made
    made.server.close()
    made.database.close()


def in_trace(world: World, *permissions: str, parent: str = "") -> list[tuple[str, str]]:
    """A caller's metadata in a known trace, below a span where there is one."""
    below = [("traceparent", f"00-{TRACE}-{parent}-01")] if parent else []
    return [*world.bearer(*permissions), ("x-trace-id", TRACE), *below]


def spans(world: World, collector: Collector) -> list[Span]:
    """What came once the service has ended."""
    world.server.close()
    return collector.spans


def test_while_it_is_off_the_server_is_the_plain_one_and_opentelemetry_is_not_even_imported(world: World) -> None:
    assert type(world.server) is Server
    program = (
        "import sys; from bylaw_people import app; from bylaw_attendance import app; import bylaw_gateway.networked;"
        "from bylaw_chassis.telemetry.servers import server_of; from bylaw_gateway.telemetry import watched;"
        "server_of(None, 'people.bylaw', None); watched(None);"
        "sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("how", ["local", "network"])
def test_a_call_is_a_span_named_after_it_in_the_trace_that_the_audit_names(
    watched: World, collector: Collector, how: str
) -> None:
    with reached(watched, how=how) as channel:
        me = in_trace(watched, "counters.add", parent=CALLER)
        unary(channel, "Counters/Add")(AddRequest(name="a", amount=1), metadata=me)
        (row,) = rows(watched)
    (span,) = spans(watched, collector)
    assert (span.service, span.name, span.trace, span.parent) == ("counting", ADD, TRACE, CALLER)
    assert row.trace_id == span.trace
    assert not span.failed
    assert span.says == {
        "rpc.system": "grpc", "rpc.service": "counting.v1.Counters", "rpc.method": "Add", "rpc.grpc.status_code": 0,
    }  # fmt: skip


def test_a_refusal_says_code_reason_and_clause_and_is_no_fault(watched: World, collector: Collector) -> None:
    me = in_trace(watched, "counters.add")
    call = unary(LocalChannel(watched.server), "Counters/Add")
    assert refused(call, AddRequest(name="a", amount=MOST + 1), metadata=me) == "COUNTER_FULL"
    (span,) = spans(watched, collector)
    assert (span.trace, span.parent, span.failed) == (TRACE, "", False)
    assert span.says["rpc.grpc.status_code"] == grpc.StatusCode.FAILED_PRECONDITION.value[0]
    assert (span.says["bylaw.reason"], span.says["bylaw.clause"]) == ("COUNTER_FULL", "INV-1")


def test_a_fault_of_ours_is_one_in_the_trace_too_without_its_text(watched: World, collector: Collector) -> None:
    def fail(request: Any, _: Call) -> Any:
        raise ValueError(f"secret {request.act}")

    watched.counters.acts = {"whisper": fail}
    me = in_trace(watched, "counters.act")
    assert refused(unary(LocalChannel(watched.server), "Counters/Act"), ActRequest(act="whisper"), metadata=me)
    (span,) = spans(watched, collector)
    assert span.failed
    assert "whisper" not in collector.text


def test_a_trace_of_another_form_becomes_the_same_one_in_every_service(watched: World, collector: Collector) -> None:
    for _ in range(2):
        me = [*watched.bearer("counters.show"), ("x-trace-id", "shop42")]
        unary(LocalChannel(watched.server), "Counters/Show")(ShowRequest(name="a"), metadata=me)
    traces = {span.trace for span in spans(watched, collector)}
    assert len(traces) == 1
    assert "shop42" not in collector.text


def test_a_parent_of_another_trace_or_of_no_form_is_not_believed(watched: World, collector: Collector) -> None:
    show = unary(LocalChannel(watched.server), "Counters/Show")
    for parent in (f"00-{TRACE[::-1]}-{CALLER}-01", "rubbish", f"ff-{TRACE}-{CALLER}-01", f"00-{TRACE}-{'0' * 16}-01"):
        me = [*in_trace(watched, "counters.show"), ("traceparent", parent)]
        show(ShowRequest(name="a"), metadata=me)
    assert {(span.trace, span.parent) for span in spans(watched, collector)} == {(TRACE, "")}


def test_a_caller_that_did_not_sample_its_trace_is_followed(watched: World, collector: Collector) -> None:
    me = [*in_trace(watched, "counters.show"), ("traceparent", f"00-{TRACE}-{CALLER}-00")]
    unary(LocalChannel(watched.server), "Counters/Show")(ShowRequest(name="a"), metadata=me)
    assert spans(watched, collector) == []


def test_a_stream_is_one_span_until_its_reader_leaves(watched: World, collector: Collector) -> None:
    watched.counters.acts = {"count": lambda *_: (Counter(value=number) for number in range(9))}
    watch, me = stream(LocalChannel(watched.server), "Counters/Watch"), in_trace(watched, "counters.show")
    assert len(list(watch(WatchRequest(act="count"), metadata=me))) == 9
    answers = watch(WatchRequest(act="count"), metadata=me)
    next(answers)
    answers.cancel()
    with pytest.raises(grpc.RpcError):
        list(answers)
    codes = [span.says["rpc.grpc.status_code"] for span in spans(watched, collector)]
    assert codes == [0, grpc.StatusCode.CANCELLED.value[0]]


def test_a_neighbour_that_is_asked_is_below_the_call_that_asks(
    watched: World, collector: Collector, counting_url: str
) -> None:
    neighbour = World(database(counting_url), key=watched.key)
    ask = Neighbours({}).ask
    show = unary(LocalChannel(neighbour.server), "Counters/Show")
    watched.counters.acts = {"ask": lambda *_: ask(show, ShowRequest(name="a"))}
    me = in_trace(watched, "counters.act", "counters.show")
    unary(LocalChannel(watched.server), "Counters/Act")(ActRequest(act="ask"), metadata=me)
    neighbour.server.close()
    neighbour.database.close()
    asked, asking = sorted(spans(watched, collector), key=lambda span: span.name != SHOW)
    assert (asked.trace, asked.parent) == (TRACE, asking.id)


def test_calls_refusals_and_durations_are_counted_by_call_and_code(watched: World, collector: Collector) -> None:
    channel = LocalChannel(watched.server)
    add = unary(channel, "Counters/Add")
    for _ in range(3):
        add(AddRequest(name="a", amount=1), metadata=watched.bearer("counters.add"))
    refused(add, AddRequest(name="a", amount=1), metadata=watched.bearer())
    refused(channel.unary_unary("/" + ADD), b"\xff", metadata=watched.bearer())
    watched.server.close()
    for code, count in (("OK", 3), ("PERMISSION_DENIED", 1), ("INVALID_ARGUMENT", 1)):
        under = {"rpc__method": ADD, "rpc__response__status_code": code}
        assert collector.measured("counting", "bylaw.calls", **under) == count
        durations = collector.measured("counting", "rpc.server.call.duration", **under)
        assert durations == (-1 if code == "INVALID_ARGUMENT" else count)
    assert collector.measured("counting", "bylaw.refusals", bylaw__reason="PERMISSION_MISSING") == 1


def test_the_pool_and_the_outbox_are_measured(watched: World, collector: Collector) -> None:
    me = watched.bearer("counters.add")
    for _ in range(2):
        unary(LocalChannel(watched.server), "Counters/Add")(AddRequest(name="a", amount=1), metadata=me)
    with watched.database.engine.connect():
        watched.server.close()
    assert collector.measured("counting", "bylaw.outbox.waiting") == 2
    assert 0 <= collector.measured("counting", "bylaw.outbox.age") < 60
    assert collector.measured("counting", "db.client.connection.max") == watched.database.pool_size
    assert collector.measured("counting", "db.client.connection.count", db__client__connection__state="used") == 1


def test_a_service_adds_figures_of_its_own(watched: World, collector: Collector) -> None:
    watched.server.measure("counting.rooms", lambda: [(3, {"counting.floor": "first"}), (5, {"counting.floor": "top"})])
    watched.server.measure("counting.visits", lambda: [(8, {})], total=True)
    watched.server.close()
    assert collector.measured("counting", "counting.rooms", counting__floor="top") == 5
    assert collector.measured("counting", "counting.visits") == 8


def test_calls_for_which_no_thread_was_left_are_counted(watched: World, collector: Collector) -> None:
    watched.counters.acts = {"wait": lambda _, call: (call.wait(2), Counter())[1]}
    me = watched.bearer("counters.act")
    with on_the_network(watched, threads=1) as listener, open_channel(f"127.0.0.1:{listener.port}") as channel:
        act = unary(channel, "Counters/Act")
        calls = [act.future(ActRequest(act="wait"), metadata=me, timeout=20) for _ in range(6)]
        codes = [call.code() for call in calls]
    turned_away = codes.count(grpc.StatusCode.RESOURCE_EXHAUSTED)
    assert turned_away >= 1
    assert collector.measured("counting", "bylaw.refusals", bylaw__reason="OVERLOADED") == turned_away


def test_neither_token_nor_what_was_asked_nor_who_asked_leaves(watched: World, collector: Collector) -> None:
    me = watched.bearer("counters.add", "counters.show")
    channel = LocalChannel(watched.server)
    unary(channel, "Counters/Add")(AddRequest(name="a", amount=4711, request_id="key-of-wu-nian"), metadata=me)
    refused(unary(channel, "Counters/Add"), AddRequest(name="nobody-knows", amount=1), metadata=me)
    watched.server.close()
    assert collector.spans
    actor = rows(watched)[0].actor.removeprefix("people/")
    for word in (me[0][1].split()[1], "key-of-wu-nian", "4711", "nobody-knows", actor):
        assert word not in collector.text


def test_a_collector_that_is_away_holds_up_neither_calls_nor_the_end(
    monkeypatch: pytest.MonkeyPatch, counting_url: str
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    made = World(database(counting_url))
    for _ in range(3):
        unary(LocalChannel(made.server), "Counters/Show")(ShowRequest(name="a"), metadata=made.bearer("counters.show"))
    started = time.monotonic()
    made.server.close()
    assert time.monotonic() - started < 10
    made.database.close()


def _senders() -> set[int]:
    """What sends in this process, by identity."""
    kinds = {"BatchProcessor", "PeriodicExportingMetricReader"}
    return {id(one) for one in gc.get_objects() if type(one).__name__ in kinds}


@pytest.mark.usefixtures("collector")
def test_what_has_ended_is_gone_and_does_not_wake_in_a_process_forked_later(counting_url: str) -> None:
    before = _senders()
    made = World(database(counting_url))
    own = _senders() - before
    assert len(own) == 2
    made.server.close()
    assert not own & _senders()
    me = made.bearer("counters.show")
    assert unary(LocalChannel(made.server), "Counters/Show")(ShowRequest(name="a"), metadata=me).name == "a"
    made.database.close()


def test_traces_and_metrics_are_chosen_apart(
    collector: Collector, monkeypatch: pytest.MonkeyPatch, counting_url: str
) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "none")
    made = World(database(counting_url))
    unary(LocalChannel(made.server), "Counters/Show")(ShowRequest(name="a"), metadata=made.bearer("counters.show"))
    made.server.close()
    made.database.close()
    assert collector.spans == []
    assert collector.measured("counting", "bylaw.calls", rpc__method=SHOW) == 1


@pytest.mark.parametrize(
    ("variable", "value"), [("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), ("OTEL_TRACES_EXPORTER", "zipkin")]
)
def test_a_setting_that_we_cannot_follow_stops_the_start_by_name(
    collector: Collector, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    assert telemetry_settings().traces_address == f"{collector.address}/v1/traces"
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingWrong, match=variable):
        telemetry_settings()


@pytest.mark.parametrize(("variable", "value"), [("OTEL_SDK_DISABLED", "true"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "")])
def test_it_is_off_where_it_is_switched_off_or_the_endpoint_is_empty(
    collector: Collector, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    assert telemetry_settings().on, collector.address
    monkeypatch.setenv(variable, value)
    assert not telemetry_settings().on
