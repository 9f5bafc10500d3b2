"""Streaming calls as server-sent events, over real threads and a real connection."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.gateway.desk import Archive


def watch(client: FlaskClient, query: str, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(f"/v1/events:watch?{query}", headers=named)


def test_events_carry_their_cursor_and_one_line_of_json(client: FlaskClient) -> None:
    answer = watch(client, "count=2")
    assert answer.content_type == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.text.split("\n\n")[1:3] == [
        'id: 1\ndata: {"cursor":"1","text":"一\\n二"}',
        'id: 2\ndata: {"cursor":"2","text":"一\\n二"}',
    ]


def test_a_browser_that_comes_back_goes_on_after_the_last_event_it_saw(client: FlaskClient) -> None:
    text = watch(client, "count=1&afterCursor=3", Last_Event_ID="7").text
    assert "id: 8\n" in text


def test_a_stream_that_is_refused_at_once_is_an_ordinary_problem(client: FlaskClient) -> None:
    answer = watch(client, "then=refuse")
    assert (answer.status_code, answer.json["reason"]) == (400, "FEED_RESTARTED")


def test_a_bad_query_never_opens_a_stream(client: FlaskClient) -> None:
    assert watch(client, "count=many").json["reason"] == "FIELD_TYPE_WRONG"


def test_a_refusal_in_the_middle_is_the_last_event(client: FlaskClient) -> None:
    text = watch(client, "count=1&then=refuse", Accept_Language="zh").text
    *_, event, rest = text.split("\n\n")
    assert rest == ""
    assert event.startswith('event: error\ndata: {"type":"urn:bylaw:refusal:FEED_RESTARTED"')
    assert "迟到 16 分钟。" in event


def test_silence_is_filled_with_heartbeats(build: Callable[..., Flask]) -> None:
    client = build(heartbeat_seconds=0.05).test_client()
    answer = client.get("/v1/events:watch?count=1&then=wait", buffered=False)
    parts = [next(answer.response) for _ in range(4)]
    answer.close()
    assert parts[2:] == [b": heartbeat\n\n"] * 2


def test_a_stream_ends_without_an_error_when_the_time_the_caller_gave_is_over(client: FlaskClient) -> None:
    text = watch(client, "count=1&then=wait", X_Deadline_Ms="400").text
    assert "id: 1\n" in text
    assert "event: error" not in text


def test_a_caller_who_leaves_ends_the_call(client: FlaskClient, desk: tuple[Any, Archive]) -> None:
    answer = client.get("/v1/events:watch?count=1&then=wait", buffered=False)
    next(answer.response)
    assert desk[1].wait_for_open_streams(1)
    answer.close()
    assert desk[1].wait_for_open_streams(0)


def test_the_stream_beyond_the_bound_is_refused_and_others_are_served(
    build: Callable[..., Flask], desk: tuple[Any, Archive]
) -> None:
    client = build(stream_limit=2).test_client()
    held = [client.get("/v1/events:watch?then=wait", buffered=False) for _ in range(2)]
    refused = client.get("/v1/events:watch?count=1")
    assert (refused.status_code, refused.json["reason"]) == (503, "STREAMS_EXHAUSTED")
    assert client.get("/v1/people/7").status_code == 200
    held[0].close()
    assert client.get("/v1/events:watch?count=1").status_code == 200
    held[1].close()
    assert desk[1].wait_for_open_streams(0)


@pytest.mark.parametrize("query", ["count=3", "then=refuse", "count=1&then=refuse", "count=many"])
def test_no_end_of_a_stream_keeps_its_place(build: Callable[..., Flask], query: str) -> None:
    client = build(stream_limit=1).test_client()
    assert all(watch(client, query).text for _ in range(4))
    assert watch(client, query).status_code in {200, 400}


def test_a_caller_who_reads_slowly_holds_back_the_service_and_not_the_memory(
    client: FlaskClient, desk: tuple[Any, Archive]
) -> None:
    answer = client.get("/v1/events:watch?count=50000&then=end", buffered=False)
    next(answer.response)
    time.sleep(0.3)
    answer.close()
    assert desk[1].wait_for_open_streams(0)
    assert sum(thread.name == "bylaw-stream" for thread in threading.enumerate()) <= 1
