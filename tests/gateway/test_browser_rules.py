"""Other sites, security headers, health pages and settings."""

from collections.abc import Callable
from typing import Any

import pytest
from bylaw_gateway import GatewaySettings
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError

SHOP = "https://shop.example"


@pytest.fixture
def shop_client(build: Callable[..., Flask]) -> FlaskClient:
    """A gateway that one shop may call from its pages."""
    return build(allowed_origins=f"{SHOP}, https://pos.example:8443").test_client()


def test_an_allowed_origin_may_read_the_answer_and_its_headers(shop_client: FlaskClient) -> None:
    answer = shop_client.get("/v1/people/7", headers={"Origin": SHOP})
    assert answer.headers["Access-Control-Allow-Origin"] == SHOP
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert answer.headers["Vary"] == "Origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_an_allowed_origin_may_read_a_refusal_too(shop_client: FlaskClient) -> None:
    assert shop_client.get("/v1/nothing", headers={"Origin": SHOP}).headers["Access-Control-Allow-Origin"] == SHOP


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://evil-shop.example",
        f"{SHOP}.evil.example",
        "http://shop.example",
        f"{SHOP}:444",
        SHOP.upper(),
        "*",
        f"{SHOP}/",
    ],
)
def test_any_other_origin_gets_no_header(shop_client: FlaskClient, origin: str) -> None:
    answer = shop_client.get("/v1/people/7", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Vary"] == "Origin"


def test_without_allowed_origins_nobody_gets_a_header(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/v1/people/7", headers={"Origin": SHOP}).headers


def test_a_preflight_tells_what_a_page_may_send(shop_client: FlaskClient) -> None:
    asked = {"Origin": SHOP, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "if-match"}
    answer = shop_client.options("/v1/people/7", headers=asked)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (204, SHOP)
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]
    assert "If-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_options_of_an_unknown_path_is_not_found(shop_client: FlaskClient) -> None:
    assert shop_client.options("/v1/nothing").status_code == 404


@pytest.mark.parametrize("path", ["/v1/people/7", "/v1/nothing", "/healthz", "/docs", "/openapi.json", "/nothing"])
def test_every_answer_keeps_browsers_in_bounds(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/v1/people/7", "/v1/nothing", "/v1/files/a"])
def test_nothing_under_v1_is_kept_by_caches(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_the_gateway_is_alive_even_when_nothing_else_is(build: Callable[..., Flask]) -> None:
    def broken() -> dict[str, str]:
        raise OSError("postgresql://bylaw:secret@db")

    client = build(readiness=broken).test_client()
    assert client.get("/healthz").json == {"status": "alive"}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("states", "status", "waiting"),
    [
        ({}, 200, []),
        ({"people": "ready"}, 200, []),
        ({"people": "ready", "attendance": "no answer"}, 503, ["attendance"]),
        ({"people": "ready", "attendance": "ready", "attendance.policies": "degraded"}, 200, []),
    ],
)
def test_the_gateway_is_ready_when_all_it_asks_is(
    build: Callable[..., Flask], states: dict[str, str], status: int, waiting: list[str]
) -> None:
    answer = build(readiness=lambda: states).test_client().get("/readyz")
    assert (answer.status_code, answer.json["notReady"]) == (status, waiting)
    assert answer.json["degraded"] == [name for name, state in states.items() if state == "degraded"]


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLAW_GATEWAY_ALLOWED_ORIGINS", f"{SHOP}, https://pos.example")
    monkeypatch.setenv("BYLAW_GATEWAY_TRUSTED_PROXIES", "10.0.0.0/8,::1")
    monkeypatch.setenv("BYLAW_GATEWAY_CALL_SECONDS", "5")
    settings = GatewaySettings()
    assert settings.allowed_origins == (SHOP, "https://pos.example")
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.0/8", "::1/128"]
    assert settings.call_seconds == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"allowed_origins": "*"},
        {"allowed_origins": "null"},
        {"allowed_origins": f"{SHOP}/"},
        {"allowed_origins": "shop.example"},
        {"trusted_proxies": "10.0.0.0/99"},
        {"call_seconds": 0},
        {"default_language": "fr"},
    ],
)
def test_a_setting_that_cannot_be_meant_stops_the_start_and_is_named(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        GatewaySettings(**wrong)
