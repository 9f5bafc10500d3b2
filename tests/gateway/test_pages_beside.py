"""Pages that stand beside the calls: what the gateway lends them, and what of its own they may not weaken."""

from bylaw_gateway import GatewaySettings, create_app
from bylaw_gateway.mounting import Mounting, installed_pages
from flask import Blueprint, Response


def greeting(mounting: Mounting) -> Blueprint:
    """A page that sets two of the headers itself."""
    pages = Blueprint("greeting", __name__)

    @pages.get("/greeting")
    def greet() -> Response:
        response = Response(mounting.key("greetings").hex())
        response.headers["Content-Security-Policy"] = "default-src 'none'"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return pages


def test_a_page_keeps_the_policy_it_sets_and_gets_every_other_header() -> None:
    answer = create_app({}, GatewaySettings(), pages=[greeting]).test_client().get("/greeting")
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'"]
    assert answer.headers.getlist("Referrer-Policy") == ["same-origin"]
    assert answer.headers.getlist("X-Frame-Options") == ["DENY"]
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]


def test_what_a_page_sets_changes_nothing_for_calls() -> None:
    answer = create_app({}, GatewaySettings(), pages=[greeting]).test_client().get("/v1/anything")
    assert answer.headers.getlist("Referrer-Policy") == ["no-referrer"]


def test_without_a_secret_every_process_has_keys_of_its_own() -> None:
    first, second = (create_app({}, GatewaySettings(), pages=[greeting]).test_client() for _ in range(2))
    assert first.get("/greeting").data != second.get("/greeting").data


def test_the_console_is_among_the_pages_that_are_installed() -> None:
    assert "bylaw_console.app" in [make.__module__ for make in installed_pages()]
