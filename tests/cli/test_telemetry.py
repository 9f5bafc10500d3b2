"""One trace from the REST request to the service, as processes and in one process; sent before each ends."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from bylaw_chassis.addresses import AddressSeal
from bylaw_cli import hosting
from bylaw_cli.hosting import MIGRATIONS
from bylaw_gateway.app import create_app
from bylaw_gateway.settings import GatewaySettings

from tests.builders.collector import Collector, Span, collecting
from tests.cli.served import ADMINISTRATOR_PASSWORD, run, served, settings
from tests.databases import Databases

TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
BELOW = {"traceparent": f"00-{TRACE}-{CALLER}-01"}
SIGN_IN, LIST = "bylaw.people.v1.SignIn/CreateSession", "bylaw.people.v1.Staff/ListPeople"
SECRETS = ("administrator", ADMINISTRATOR_PASSWORD, "wu.nian", "NR-ASKED-4711", "pageToken")


@pytest.fixture(scope="module")
def database(embedded: Databases) -> Iterator[str]:
    """A database for both ways."""
    url = embedded.fresh()
    yield url
    embedded.drop(url)


def requests_of(http: httpx.Client) -> httpx.Response:
    """Signs in, asks with a query, and asks for what is not there; answers the last answer."""
    session = http.post("/v1/sessions", json={"login": "administrator", "password": ADMINISTRATOR_PASSWORD})
    assert session.is_success, session.text
    bearer = {"Authorization": f"Bearer {session.json()['accessToken']}"}
    assert http.get("/v1/people", params={"number": "NR-ASKED-4711"}, headers={**bearer, **BELOW}).is_success
    http.get("/healthz")
    return http.get("/v1/wu.nian/nothing", headers=bearer)


def spans_of(collector: Collector, trace: str) -> list[Span]:
    """The spans of a trace, the gateway's first."""
    return sorted((span for span in collector.spans if span.trace == trace), key=lambda span: span.service != "gateway")


def assert_traced(collector: Collector, lost: httpx.Response) -> None:
    """The trace of the question runs through both; its ids are the product's; no more is told than must be."""
    asked, answered = spans_of(collector, TRACE)
    assert (asked.service, asked.name, asked.parent) == ("gateway", "GET /v1/people", CALLER)
    assert (answered.service, answered.name, answered.parent) == ("people", LIST, asked.id)
    assert asked.says == {
        "http.request.method": "GET", "http.route": "/v1/people", "http.response.status_code": 200,
    }  # fmt: skip
    (unknown,) = spans_of(collector, lost.json()["traceId"])
    assert (unknown.name, unknown.says) == ("GET", {"http.request.method": "GET", "http.response.status_code": 404})
    assert {span.name for span in collector.spans} >= {"POST /v1/sessions", SIGN_IN}
    assert all(word not in collector.text for word in SECRETS)


def test_as_processes_one_trace_runs_through_gateway_and_service_and_is_sent_before_they_end(database: str) -> None:
    with collecting() as collector, served(database, OTEL_EXPORTER_OTLP_ENDPOINT=collector.address) as apart:
        with httpx.Client(base_url=apart.address, timeout=30) as http:
            lost = requests_of(http)
        for name in ("gateway", "orders", "inventory", "attendance", "people"):
            apart.processes[name].send_signal(signal.SIGTERM)
            assert apart.processes[name].wait(30) == 0, name
        assert_traced(collector, lost)
        assert collector.measured("gateway", "http.server.request.duration", http__route="/v1/people") == 1
        assert collector.measured("people", "bylaw.calls", rpc__method=LIST, rpc__response__status_code="OK") == 1
        assert collector.measured("attendance", "db.client.connection.max") > 0


@contextmanager
def in_one_process(url: str) -> Iterator[Any]:
    """The application of a worker of `bylaw up`, as WSGI."""
    told = settings(url)
    assert run(told, "bylaw_cli", "migrate").returncode == 0
    urls = {service: told[hosting.variable(service)] for service in MIGRATIONS}
    hosted = hosting.build(urls, told["BYLAW_MASTER_KEY"])
    app = create_app(hosted.channels_by_contract(), GatewaySettings(), seal=AddressSeal())
    yield app
    hosted.close()
    app.wsgi_app.close()


def test_in_one_process_it_is_the_same_trace(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
        with (
            in_one_process(database) as app,
            httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://gateway") as http,
        ):
            lost = requests_of(http)
        assert_traced(collector, lost)


def test_a_wrong_setting_stops_gateway_and_service_by_name(database: str) -> None:
    wrong = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}
    for command in (("bylaw_cli", "serve", "gateway"), ("bylaw_people",), ("bylaw_attendance",)):
        told = settings(database)
        done = run({**told, "BYLAW_DATABASE_URL": told["BYLAW_PEOPLE_DATABASE_URL"], **wrong}, *command)
        assert done.returncode == 78
        assert "OTEL_EXPORTER_OTLP_PROTOCOL" in done.stderr
        assert "Traceback" not in done.stderr
