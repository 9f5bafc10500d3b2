"""What a careful client may rely on: keys, versions, pages, events, headers, and a description that holds."""

import json
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest
from openapi_spec_validator import validate

from tests.journeys.client import Client
from tests.journeys.company import Company
from tests.journeys.problems import problem


@pytest.fixture(scope="module")
def administrator(playground: Company) -> Iterator[Client]:
    with playground.signed_in("administrator") as client:
        yield client


@pytest.fixture(scope="module")
def hr(playground: Company) -> Iterator[Client]:
    with playground.signed_in("hr") as client:
        yield client


def position(code: str = "") -> dict[str, Any]:
    return {"code": code or f"P{uuid4().hex[:12]}", "title": {"zh": "试", "en": "Trial"}}


def with_unit(client: Client, body: dict[str, Any]) -> dict[str, Any]:
    return body | {"unit": client.get("/v1/units", code="TECH")["units"][0]["name"]}


def keyed(client: Client, body: Any, key: str) -> httpx.Response:
    return client.http.post("/v1/positions", json=body, headers={"Idempotency-Key": key})


def positions(client: Client, code: str) -> int:
    return sum(each["code"] == code for each in client.all("/v1/positions", "positions"))


def test_the_same_key_again_answers_the_same_and_has_its_effect_once(administrator: Client) -> None:
    body, key = with_unit(administrator, position()), uuid4().hex
    first, second = keyed(administrator, body, key), keyed(administrator, body, key)
    assert (first.status_code, second.content) == (200, first.content)
    assert positions(administrator, body["code"]) == 1


def test_the_same_key_with_another_body_is_refused_and_changes_nothing(administrator: Client) -> None:
    body, other, key = with_unit(administrator, position()), with_unit(administrator, position()), uuid4().hex
    keyed(administrator, body, key)
    problem(keyed(administrator, other, key), 422, "KEY_REUSED")
    assert positions(administrator, other["code"]) == 0


def test_a_refused_request_does_not_use_its_key_up(administrator: Client) -> None:
    body, key = with_unit(administrator, position()), uuid4().hex
    problem(keyed(administrator, body | {"code": ""}, key), 400, "FIELD_INVALID")
    assert keyed(administrator, body, key).status_code == 200


def test_someone_elses_key_leaves_no_trace_of_theirs(administrator: Client, hr: Client) -> None:
    mine, theirs, key = with_unit(administrator, position()), with_unit(administrator, position()), uuid4().hex
    first, second = keyed(administrator, mine, key).json(), keyed(hr, theirs, key).json()
    assert (first["code"], second["code"]) == (mine["code"], theirs["code"])


def test_many_at_once_under_one_key_have_one_effect(administrator: Client) -> None:
    body, key = with_unit(administrator, position()), uuid4().hex
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: keyed(administrator, body, key), range(8)))
    done = [answer for answer in answers if answer.status_code == 200]
    assert len({answer.content for answer in done}) == 1
    for answer in set(answers) - set(done):
        problem(answer, 409, "REQUEST_IN_PROGRESS")
        assert answer.headers["Retry-After"]
    assert positions(administrator, body["code"]) == 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 129, "schlüssel"])
def test_a_key_that_is_none_is_refused(administrator: Client, key: str) -> None:
    answer = administrator.http.post(
        "/v1/positions", json=position(), headers={"Idempotency-Key": key.encode("latin-1")}
    )
    problem(answer, 400, "IDEMPOTENCY_KEY_INVALID")


def test_what_takes_no_key_or_no_version_says_so(administrator: Client) -> None:
    get = administrator.http.get
    problem(get("/v1/units", headers={"Idempotency-Key": "a"}), 400, "IDEMPOTENCY_KEY_UNSUPPORTED")
    problem(get("/v1/units", headers={"If-Match": '"1"'}), 400, "IF_MATCH_UNSUPPORTED")


def test_a_version_that_is_known_is_not_sent_again(administrator: Client) -> None:
    name = administrator.get("/v1/units", code="DATA")["units"][0]["name"]
    sheet = f"{administrator.get('/v1/people', number='1024')['people'][0]['name']}/sheets/2026-10"
    for path in (name, sheet):
        first = administrator.http.get(f"/v1/{path}")
        tag = first.headers["ETag"]
        assert json.loads(tag) == first.json()["etag"]
        for known in (tag, f"W/{tag}", f'"old", {tag}', "*"):
            again = administrator.http.get(f"/v1/{path}", headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        anew = administrator.http.get(f"/v1/{path}", headers={"If-None-Match": '"old"'})
        assert _lasting(anew.json()) == _lasting(first.json())


def _lasting(shown: dict[str, Any]) -> dict[str, Any]:
    """All but the age of what is known of the organisation, which goes on from second to second."""
    return {name: value for name, value in shown.items() if name != "organisationAgeSeconds"}


def test_of_two_who_read_the_same_version_the_second_is_refused(administrator: Client) -> None:
    path = f"/v1/{administrator.get('/v1/units', code='GROWTH')['units'][0]['name']}"
    tag = administrator.http.get(path).headers["ETag"]
    change = {"title": {"zh": "拓展", "en": "Growth"}}
    first = administrator.http.patch(path, json=change, headers={"If-Match": tag})
    assert (first.status_code, first.headers["ETag"] != tag) == (200, True)
    second = administrator.http.patch(path, json={"title": {"zh": "迟", "en": "Late"}}, headers={"If-Match": tag})
    problem(second, 412, "UNIT_CHANGED")
    assert administrator.get(path)["title"] == change["title"]
    problem(administrator.http.patch(path, json=change, headers={"If-Match": "naked"}), 400, "HEADER_INVALID")


def test_pages_read_to_the_end_lose_nothing_and_double_nothing_while_rows_are_added(administrator: Client) -> None:
    before = {each["name"] for each in administrator.all("/v1/positions", "positions")}
    stop = threading.Event()

    def add() -> None:
        while not stop.is_set():
            keyed(administrator, body | position(), uuid4().hex)

    body = with_unit(administrator, position())
    writer = threading.Thread(target=add)
    writer.start()
    try:
        for _ in range(3):
            names = [each["name"] for each in administrator.all("/v1/positions", "positions", pageSize=2)]
            assert len(names) == len(set(names))
            assert before <= set(names)
    finally:
        stop.set()
        writer.join()


def test_the_feed_read_page_by_page_is_the_feed_read_at_once(administrator: Client) -> None:
    whole = administrator.get("/v1/feeds/people/events", pageSize=1000)["events"]
    cursor, parts = "", []
    while page := administrator.get("/v1/feeds/people/events", pageSize=7, afterCursor=cursor)["events"]:
        parts += page
        cursor = page[-1]["cursor"]
    assert parts[: len(whole)] == whole
    assert len({event["cursor"] for event in parts}) == len(parts)


def events(client: Client, path: str, **headers: str) -> list[tuple[str, Any]]:
    """The events of a stream until it ends: id and content of each."""
    found, identity = [], ""
    with client.http.stream("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()}) as s:
        assert (s.status_code, s.headers["Content-Type"]) == (200, "text/event-stream")
        for line in s.iter_lines():
            kind, _, content = line.partition(": ")
            identity = content if kind == "id" else identity
            if kind == "data":
                found.append((identity, json.loads(content)))
    return found


def test_the_feed_streams_and_a_client_that_comes_back_goes_on_where_it_was(administrator: Client) -> None:
    path = "/v1/feeds/people/events:stream"
    seen = events(administrator, path, X_Deadline_Ms="400")
    assert all(identity == event["cursor"] for identity, event in seen)
    tenth = seen[9][0]
    resumed = events(administrator, path, X_Deadline_Ms="400", Last_Event_ID=tenth)
    assert resumed[: len(seen) - 10] == seen[10:]
    keyed(administrator, with_unit(administrator, position()), uuid4().hex)
    problem(administrator.http.get(path, headers={"Last-Event-ID": "0123.4.5"}), 400, "FEED_RESTARTED", "FIELD_INVALID")


def test_an_import_tells_its_progress_until_it_is_done(administrator: Client) -> None:
    lines = "".join(
        f"1004,2025-{month:02}-{day:02} 12:{m:02}:00\n"
        for month in range(1, 13)
        for day in range(1, 29)
        for m in range(20)
    )
    started = administrator.upload("/v1/punchImports", f"employee_number,local_time\n{lines}".encode(), site="HQ")
    told = [state for _, state in events(administrator, f"/v1/{started['name']}:watch")]
    percents = [state["progressPercent"] for state in told]
    assert percents == sorted(percents)
    assert (told[-1]["state"], told[-1]["takenCount"], percents[-1]) == ("IMPORT_STATE_DONE", 12 * 28 * 20, 100)
    assert administrator.get(f"/v1/{started['name']}") == told[-1]


def test_no_other_site_may_read_an_answer(administrator: Client) -> None:
    for origin in ("https://evil.example", "null", f"{administrator.address}.evil.example"):
        for method in ("GET", "OPTIONS"):
            asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
            answer = administrator.http.request(method, "/v1/units", headers=asked)
            assert "Access-Control-Allow-Origin" not in answer.headers
            assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/v1/self", "/v1/nothing", "/v1/sessions", "/docs", "/openapi.json", "/healthz", "/none"]
)
def test_every_answer_keeps_browsers_from_doing_more_with_it(administrator: Client, path: str) -> None:
    headers = administrator.http.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    if path.startswith("/v1"):
        assert headers["Cache-Control"] == "no-store"


def test_health_says_alive_and_ready_without_a_token(playground: Company) -> None:
    assert httpx.get(f"{playground.address}/healthz").json() == {"status": "alive"}
    assert httpx.get(f"{playground.address}/readyz").json() == {"status": "ready", "notReady": [], "degraded": []}


def test_the_page_to_read_the_description_with_loads_everything_from_here(playground: Company) -> None:
    page = httpx.get(f"{playground.address}/docs").text
    places = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert {"/docs/swagger-ui-bundle.js", "/docs/docs.js", "/openapi.json"} <= set(places)
    for place in places:
        assert place.startswith("/")
        assert httpx.get(playground.address + place).status_code == 200
    assert "/openapi.json" in httpx.get(f"{playground.address}/docs/docs.js").text


@pytest.fixture
def director(playground: Company) -> Iterator[Client]:
    with playground.signed_in("director") as client:
        yield client


def asked(client: Client, verb: str, place: str, **given: Any) -> httpx.Response:
    """What an address answers somebody signed in: one that signs out everywhere must not answer for those after it."""
    answer = client.http.request(verb, place, **given)
    if answer.status_code == 401 and answer.json()["reason"] == "TOKEN_ENDED":
        client.sign_in()
        answer = client.http.request(verb, place, **given)
    return answer


def test_the_description_is_sound_and_every_address_in_it_answers(director: Client) -> None:
    document = director.get("/openapi.json")
    validate(document)
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            place = re.sub(r"\{\w+\}", str(uuid4()), path)
            body = {"content": b"{}", "headers": {"Content-Type": "application/json"}} if verb != "get" else {}
            if operation["operationId"].endswith("StreamEvents"):
                body = {"headers": {"X-Deadline-Ms": "1"}}
            answer = asked(director, verb, place, **body)
            assert answer.status_code < 500, answer.text
            assert answer.is_success or answer.json()["reason"] not in {"PATH_UNKNOWN", "METHOD_NOT_ALLOWED"}
            assert operation["description"]
            assert operation["x-bylaw-permission"]
