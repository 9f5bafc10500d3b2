"""What a call carries on: token, trace, language, address and deadline; and which headers are refused."""

from collections.abc import Callable
from typing import Any

import pytest
from bylaw_chassis.addresses import address_seal
from bylaw_gateway import GatewaySettings, create_app
from flask import Flask
from flask.testing import FlaskClient

from tests.gateway.contract.compiled import descriptors

TRACE = "0af7651916cd43dd8448eb211c80319c"


def metadata(client: FlaskClient, headers: dict[str, str] | None = None, **environ: Any) -> Any:
    return client.get("/v1/echo", headers=headers, environ_overrides=environ).json["metadata"]


def test_the_bearer_token_is_passed_on_as_it_is(client: FlaskClient) -> None:
    assert metadata(client, {"Authorization": "Bearer abc.def.ghi"})["authorization"] == "Bearer abc.def.ghi"
    assert "authorization" not in metadata(client)


@pytest.mark.parametrize(
    "value", ["Basic dTpw", "Bearer", "Bearer ", "Bearer a b", "Bearer é", "Bearer " + "a" * 17_000, ""]
)
def test_anything_else_in_place_of_a_token_is_refused(client: FlaskClient, value: str) -> None:
    answer = client.get("/v1/echo", headers={"Authorization": value})
    assert (answer.status_code, answer.json["reason"]) == (401, "AUTHORIZATION_INVALID")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_trace_goes_on_and_comes_back(client: FlaskClient) -> None:
    answer = client.get("/v1/echo", headers={"Traceparent": f"00-{TRACE}-b7ad6b7169203331-01"})
    assert answer.json["metadata"]["x-trace-id"] == answer.headers["X-Trace-Id"] == TRACE


def test_the_span_that_asks_is_told_to_the_service_up_to_its_flags(client: FlaskClient) -> None:
    asking = f"00-{TRACE}-00f067aa0ba902b7-01"
    assert metadata(client, {"Traceparent": asking})["traceparent"] == asking
    later = metadata(client, {"Traceparent": f"01{asking[2:]}-more"})
    assert later["traceparent"] == f"01{asking[2:]}"
    assert "traceparent" not in metadata(client, {"Traceparent": "rubbish"})
    assert "traceparent" not in metadata(client, {})


@pytest.mark.parametrize(
    "value",
    [
        "",
        f"ff-{TRACE}-b7ad6b7169203331-01",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE.upper()}-b7ad6b7169203331-01",
        "x" * 5000,
    ],
)
def test_a_trace_that_is_none_is_replaced_by_a_new_one(client: FlaskClient, value: str) -> None:
    first, second = (metadata(client, {"Traceparent": value})["x-trace-id"] for _ in range(2))
    assert len(first) == 32
    assert first not in {second, TRACE}


def test_the_language_of_the_caller_is_passed_on(client: FlaskClient) -> None:
    assert metadata(client, {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})["accept-language"] == "zh"


def test_a_caller_may_shorten_the_deadline_but_not_lengthen_it(client: FlaskClient) -> None:
    def remaining_ms(value: str) -> int:
        return int(client.get("/v1/echo", headers={"X-Deadline-Ms": value}).json["remainingMs"])

    assert remaining_ms("2000") <= 3000
    assert 20_000 < remaining_ms("999999999") <= 31_000


@pytest.mark.parametrize("value", ["", "0", "-5", "1.5", "soon", "١٢", "9" * 10])
def test_a_deadline_that_is_no_time_is_refused(client: FlaskClient, value: str) -> None:
    answer = client.get("/v1/echo", headers={"X-Deadline-Ms": value})
    assert (answer.status_code, answer.json["variables"]) == (400, {"header": "X-Deadline-Ms"})


def test_a_forwarded_address_from_a_stranger_is_not_believed(client: FlaskClient) -> None:
    told = metadata(client, {"X-Forwarded-For": "10.0.0.1"}, REMOTE_ADDR="203.0.113.9")
    assert told["x-forwarded-for"] == "203.0.113.9"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("1.1.1.1, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("unknown", "10.0.0.9"),
        ("198.51.100.7, evil\r, 10.0.0.2", "10.0.0.2"),
        ("", "10.0.0.9"),
    ],
)
def test_a_configured_proxy_is_believed_as_far_as_proxies_wrote(
    build: Callable[..., Flask], forwarded: str, address: str
) -> None:
    client = build(trusted_proxies="10.0.0.0/8, fd00::/8").test_client()
    told = client.get(
        "/v1/echo", environ_overrides={"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": forwarded}
    ).json["metadata"]
    assert told["x-forwarded-for"] == address


def test_a_hundred_thousand_headers_are_refused_before_anything_else(client: FlaskClient) -> None:
    many = {f"HTTP_X_{number}": "a" for number in range(1000)}
    assert client.get("/v1/nothing", environ_overrides=many).status_code == 431


@pytest.mark.parametrize("part", [{"HTTP_X_FILLER": "a" * 40_000}, {"QUERY_STRING": "tags=" + "a" * 40_000}])
def test_a_huge_header_or_query_is_refused(client: FlaskClient, part: dict[str, str]) -> None:
    answer = client.get("/v1/people", environ_overrides=part)
    assert (answer.status_code, answer.json["reason"]) == (431, "HEADERS_TOO_LARGE")


def test_the_version_of_a_thing_is_its_etag(client: FlaskClient) -> None:
    assert client.get("/v1/people/7").headers["ETag"] == '"v7"'


def test_a_version_that_cannot_stand_in_a_header_is_left_out(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/v1/people/7/sheets/1").headers


@pytest.mark.parametrize("known", ['"v7"', 'W/"v7"', '"v6", "v7"', "*"])
def test_who_has_this_version_gets_not_modified(client: FlaskClient, known: str) -> None:
    answer = client.get("/v1/people/7", headers={"If-None-Match": known})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", '"v7"')


@pytest.mark.parametrize("known", ['"v6"', "v7", ""])
def test_who_has_another_version_gets_the_thing(client: FlaskClient, known: str) -> None:
    assert client.get("/v1/people/7", headers={"If-None-Match": known}).json["name"] == "people/7"


def test_a_change_of_another_version_than_the_one_read_fails(client: FlaskClient) -> None:
    def rename(version: str) -> int:
        return client.post("/v1/people/7:rename", json={}, headers={"If-Match": version}).status_code

    assert (rename('"v7"'), rename("*"), rename('"v6"'), rename("v7"), rename('"v6", "v7"')) == (
        200,
        200,
        412,
        400,
        400,
    )


def test_the_version_to_change_lands_in_the_thing_where_the_call_has_no_field_for_it(client: FlaskClient) -> None:
    answer = client.patch("/v1/people/7", json={"active": True}, headers={"If-Match": '"v7"'})
    assert answer.json["person"]["etag"] == "v7"
    assert answer.json["updateMask"] == "active"


def test_a_call_that_knows_no_versions_says_so(client: FlaskClient) -> None:
    assert client.get("/v1/people", headers={"If-Match": '"v7"'}).json["reason"] == "IF_MATCH_UNSUPPORTED"


def test_the_address_is_sealed_so_that_services_believe_nobody_else(desk: tuple[Any, Any], client: FlaskClient) -> None:
    seal = address_seal("an installation's master key, long enough")
    sealing = create_app({"gatewaytest.v1.Desk": desk[0]}, GatewaySettings(contract_path=descriptors()), seal=seal)
    forged = {"X-Forwarded-Seal": "0" * 64, "X-Forwarded-For": "10.0.0.1"}
    told = metadata(sealing.test_client(), forged, REMOTE_ADDR="203.0.113.9")
    assert seal.opened(told) == "203.0.113.9"
    assert seal.opened(metadata(client, forged, REMOTE_ADDR="203.0.113.9")) == ""
