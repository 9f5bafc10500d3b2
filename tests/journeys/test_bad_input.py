"""Bodies, queries and paths that cannot be taken: one clear refusal each, naming the place, and nothing is stored."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.company import Company
from tests.journeys.problems import in_both_languages, named, nothing_stored, problem

MEBIBYTE = 1024 * 1024
GOOD: dict[str, Any] = {"employeeNumber": "1016", "localTime": "2026-11-02 08:20:00"}


@pytest.fixture(scope="module")
def administrator(playground: Company) -> Iterator[Client]:
    with playground.signed_in("administrator") as client:
        yield client


@pytest.fixture(scope="module")
def employee(playground: Company) -> Iterator[Client]:
    with playground.signed_in("employee") as client:
        yield client


PUNCHES: dict[str, tuple[dict[str, Any], int, str, str]] = {
    "unknown employee number": ({"employeeNumber": "9999"}, 404, "PERSON_NOT_FOUND", "employeeNumber"),
    "nobody": ({"employeeNumber": ""}, 400, "FIELD_INVALID", "employeeNumber"),
    "impossible date": ({"localTime": "2026-02-30 08:20:00"}, 400, "PUNCH_DATE_IMPOSSIBLE", "localTime"),
    "impossible time": ({"localTime": "2026-02-03 25:61:00"}, 400, "PUNCH_DATE_IMPOSSIBLE", "localTime"),
    "no time at all": ({"localTime": "yesterday"}, 400, "PUNCH_LINE_MALFORMED", "localTime"),
    "in the future": ({"localTime": "2099-01-01 08:20:00"}, 400, "PUNCH_IN_FUTURE", "localTime"),
    "before all clocks": ({"localTime": "1999-01-01 08:20:00"}, 400, "PUNCH_TOO_OLD", "localTime"),
    "unknown field": ({"colour": "red"}, 400, "FIELD_UNKNOWN", "colour"),
    "wrong type": ({"employeeNumber": 1016}, 400, "FIELD_TYPE_WRONG", "employeeNumber"),
    "object for a text": ({"device": {"a": 1}}, 400, "FIELD_TYPE_WRONG", "device"),
    "bad enum": ({"direction": "SIDEWAYS"}, 400, "FIELD_TYPE_WRONG", "direction"),
    "undeclared enum number": ({"direction": 77}, 400, "FIELD_TYPE_WRONG", "direction"),
    "integer beyond all bounds": ({"utcOffsetMinutes": 10**30}, 400, "FIELD_TYPE_WRONG", "utcOffsetMinutes"),
    "fraction": ({"utcOffsetMinutes": 0.5}, 400, "FIELD_TYPE_WRONG", "utcOffsetMinutes"),
    "null character": ({"device": "a\u0000b"}, 400, "FIELD_TYPE_WRONG", "device"),
    "line break": ({"device": "a\nb"}, 400, "FIELD_INVALID", "device"),
    "too long": ({"device": "x" * 5000}, 400, "FIELD_INVALID", "device"),
    "not a name": ({"person": "units/7"}, 400, "FIELD_INVALID", "person"),
}


@pytest.mark.parametrize("case", PUNCHES)
def test_a_punch_that_cannot_be_true_is_refused_and_the_field_is_named(administrator: Client, case: str) -> None:
    flaw, status, reason, field = PUNCHES[case]
    _, told = in_both_languages(
        lambda headers: administrator.http.post("/v1/punches", json=GOOD | flaw, headers=headers), status, reason
    )
    assert named(told) == {field}


BODIES = {
    "a key twice": (b'{"employeeNumber":"1016","employeeNumber":"1014"}', "JSON_KEY_REPEATED"),
    "both spellings of a field": (b'{"employeeNumber":"1016","employee_number":"1014"}', "FIELD_REPEATED"),
    "ten thousand levels": (b"[" * 10_000, "JSON_TOO_DEEP"),
    "two hundred levels": (b'{"a":' * 200 + b"1" + b"}" * 200, "JSON_TOO_DEEP"),
    "cut off": (b'{"employeeNumber":"10', "JSON_MALFORMED"),
    "not UTF-8": (b'{"employeeNumber":"\xff"}', "JSON_MALFORMED"),
    "a lone surrogate": (b'{"employeeNumber":"\\ud800"}', "JSON_MALFORMED"),
    "not a number": (b'{"utcOffsetMinutes":NaN}', "JSON_MALFORMED"),
    "a list": (b"[]", "FIELD_TYPE_WRONG"),
    "an unknown field in a million": (b'{"a1":1' + b',"a":1' * 100_000 + b"}", "JSON_KEY_REPEATED"),
}


@pytest.mark.parametrize("case", BODIES)
def test_a_body_that_is_no_sound_json_is_refused(administrator: Client, case: str) -> None:
    content, reason = BODIES[case]
    in_both_languages(
        lambda headers: administrator.http.post(
            "/v1/punches", content=content, headers={"Content-Type": "application/json", **headers}
        ),
        400,
        reason,
    )


def test_a_body_of_another_kind_is_refused_with_the_kind_it_must_be(administrator: Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", ""):
        answer = administrator.http.post("/v1/punches", content=json.dumps(GOOD), headers={"Content-Type": kind})
        assert problem(answer, 415, "CONTENT_TYPE_UNSUPPORTED")["variables"] == {"expected": "application/json"}
    answer = administrator.http.post(
        "/v1/punches", json=GOOD, headers={"Content-Encoding": "br", "Content-Type": "application/json"}
    )
    problem(answer, 415, "CONTENT_ENCODING_UNSUPPORTED")


def test_a_batch_with_one_faulty_punch_stores_none_and_names_each_fault(administrator: Client) -> None:
    punches = [GOOD, GOOD | {"localTime": "2026-02-30 08:20:00"}, GOOD | {"employeeNumber": "9999"}]
    with nothing_stored(administrator):
        _, told = in_both_languages(
            lambda headers: administrator.http.post(
                "/v1/punches:batchCreate", json={"punches": punches}, headers=headers
            ),
            400,
            "PUNCH_DATE_IMPOSSIBLE",
        )
    assert named(told) == {"punches[1].localTime", "punches[2].employeeNumber"}


def test_no_refused_body_leaves_anything_behind(administrator: Client) -> None:
    unit = administrator.get("/v1/units", code="TECH")["units"][0]
    wishes: list[tuple[str, str, Any]] = [
        ("POST", "/v1/units", {"code": "NEW", "kind": "UNIT_KIND_TEAM", "title": {"zh": "新", "en": "New"}}),
        ("POST", "/v1/positions", {"code": "NEW", "unit": unit["name"]}),
        ("POST", "/v1/sites", {"code": "NEW", "timeZone": "Mars/Olympus", "calendar": "CN"}),
        ("POST", "/v1/people", {"number": "N1", "displayName": "New", "appointment": {"unit": unit["name"]}}),
        ("POST", "/v1/grants", {"person": "people/none", "role": "roles/hr", "scope": "SCOPE_COMPANY"}),
        ("POST", "/v1/patternAssignments", {"shiftPattern": "shiftPatterns/none@1", "startDate": "2027-01-01"}),
        ("POST", f"/v1/{unit['name']}:appointHead", {"head": "people/none", "effectiveDate": "2027-01-01"}),
        ("PATCH", f"/v1/{unit['name']}", {"head": "people/none", "title": {"zh": "改", "en": "Changed"}}),
        ("PATCH", f"/v1/{unit['name']}", {"parent": unit["name"], "effectiveDate": "2027-01-01"}),
    ]
    with nothing_stored(administrator):
        for method, path, body in wishes:
            answer = administrator.http.request(method, path, json=body)
            assert 400 <= answer.status_code < 500, answer.text
            problem(answer, answer.status_code, answer.json()["reason"])
    assert administrator.get(f"/v1/{unit['name']}") == unit


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("path", ["/v1/punchImports?site=HQ", "/v1/punches"])
def test_200_megabytes_are_refused_while_they_arrive_and_the_server_does_not_grow(
    playground: Company, administrator: Client, path: str, *, announced: bool
) -> None:
    def parts() -> Iterator[bytes]:
        part = bytes(65536)
        for _ in range(200 * MEBIBYTE // len(part)):
            yield part

    headers = {"Content-Type": "application/json"} | ({"Content-Length": str(200 * MEBIBYTE)} if announced else {})
    before = playground.memory_bytes()
    answer = administrator.http.post(path, content=parts(), headers=headers)
    problem(answer, 413, "BODY_TOO_LARGE")
    assert playground.memory_bytes() - before < 64 * MEBIBYTE


QUERIES = {
    "a negative page": ("/v1/people", {"pageSize": "-1"}, "FIELD_INVALID", "pageSize"),
    "a page beyond all bounds": ("/v1/people", {"pageSize": str(2**40)}, "FIELD_TYPE_WRONG", "pageSize"),
    "a page of words": ("/v1/units", {"pageSize": "ten"}, "FIELD_TYPE_WRONG", "pageSize"),
    "an order nobody offers": ("/v1/people", {"orderBy": "number; drop table people"}, "FIELD_UNKNOWN", "orderBy"),
    "a filter nobody offers": ("/v1/units", {"filter": "1=1"}, "FIELD_UNKNOWN", "filter"),
    "an impossible date": ("/v1/people", {"asOfDate": "2026-02-30"}, "FIELD_INVALID", "asOfDate"),
    "a date with a time": ("/v1/units", {"asOfDate": "2026-02-03T00:00"}, "FIELD_INVALID", "asOfDate"),
    "a null character": ("/v1/units", {"code": "\u0000"}, "FIELD_TYPE_WRONG", "code"),
    "a name of another kind": ("/v1/people", {"unit": "people/7"}, "FIELD_INVALID", "unit"),
}


@pytest.mark.parametrize("case", QUERIES)
def test_a_query_that_cannot_be_taken_is_refused_and_the_parameter_is_named(administrator: Client, case: str) -> None:
    path, query, reason, field = QUERIES[case]
    _, told = in_both_languages(
        lambda headers: administrator.http.get(path, params=query, headers=headers), 400, reason
    )
    assert named(told) == {field}


@pytest.mark.parametrize("text", ["' or '1'='1", "%", "_", "\\", "*", "TECH' --", "\u202eHCET", "x" * 3000])
def test_signs_that_mean_something_to_a_database_are_only_signs(administrator: Client, text: str) -> None:
    assert administrator.get("/v1/units", code=text)["units"] == []
    assert administrator.get("/v1/people", number=text)["people"] == []


@pytest.mark.parametrize(
    "month", ["2015-13", "2015-00", "2015", "15-03", "2015-3", "0001-01", "9999-12", "２０１５-03", "now"]
)
def test_a_month_that_does_not_exist_is_refused(administrator: Client, month: str) -> None:
    person = administrator.get("/v1/people", number="1004")["people"][0]["name"]
    in_both_languages(
        lambda headers: administrator.http.get(f"/v1/{person}/sheets/{month}", headers=headers), 400, "FIELD_INVALID"
    )


def test_an_address_that_is_none_and_a_verb_it_does_not_take_are_told_apart(administrator: Client) -> None:
    for path in ("/v1/nothing", "/v1/people/a/b", "/v1//people", "/v1/people/%0A/x", "/v2/people", "/v1/../docs/x"):
        in_both_languages(lambda headers, path=path: administrator.http.get(path, headers=headers), 404, "PATH_UNKNOWN")
    answer = administrator.http.delete("/v1/units")
    problem(answer, 405, "METHOD_NOT_ALLOWED")
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_whoever_is_out_of_reach_looks_to_the_byte_like_nobody(administrator: Client, employee: Client) -> None:
    nobody = "01234567-89ab-7cde-8f01-23456789abcd"
    someone = administrator.get("/v1/people", number="1002")["people"][0]["name"].partition("/")[2]
    unit = administrator.get("/v1/units", code="OFFICE")["units"][0]["name"].partition("/")[2]
    paths = {
        someone: ("people/{}", "people/{}/appointments", "people/{}/punches", "people/{}/sheets/2026-11"),
        unit: ("units/{}/sheets?month=2026-11",),
    }
    for known, forms in paths.items():
        for form in forms:
            hidden, absent = (_bare(employee, f"/v1/{form.format(each)}", each) for each in (known, nobody))
            assert hidden == absent
            assert hidden[0] == 404


def _bare(client: Client, path: str, name: str) -> tuple[int, str, dict[str, str]]:
    """An answer without what tells one request from another: the trace, the time and the name that was asked for."""
    answer = client.http.get(path)
    headers = {key: value for key, value in answer.headers.items() if key not in {"x-trace-id", "date"}}
    return answer.status_code, answer.text.replace(answer.headers["X-Trace-Id"], "").replace(name, ""), headers
