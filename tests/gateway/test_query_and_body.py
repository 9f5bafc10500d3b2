"""What query, body and headers become in the request message, and what is refused there."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient


def asked(client: FlaskClient, query: str) -> Any:
    return client.get(f"/v1/people?{query}").json["asked"]


def fault(answer: Any) -> tuple[int, str, str]:
    return answer.status_code, answer.json["reason"], answer.json["errors"][0]["field"]


def test_the_query_fills_plain_fields_in_both_spellings(client: FlaskClient) -> None:
    assert asked(client, "pageSize=5&page_token=abc")["pageSize"] == 5
    assert asked(client, "page_size=5&pageToken=abc")["pageToken"] == "abc"


def test_the_query_fills_nested_and_repeated_fields(client: FlaskClient) -> None:
    got = asked(client, "filter.unit=units/3&filter.weights=1&filter.weights=2.5&tags=a&tags=b&filter.cardNumber=7")
    assert got["filter"]["unit"] == "units/3"
    assert got["filter"]["weights"] == [1.0, 2.5]
    assert got["tags"] == ["a", "b"]
    assert got["filter"]["cardNumber"] == "7"


def test_the_query_takes_enums_by_name_and_switches_as_words(client: FlaskClient) -> None:
    got = asked(client, "colours=COLOUR_RED&colours=5&filter.active=true")
    assert got["colours"] == ["COLOUR_RED", "COLOUR_GREEN"]
    assert got["filter"]["active"] is True


def test_the_query_takes_well_known_types(client: FlaskClient) -> None:
    got = asked(
        client,
        "filter.since=2015-03-02T08:25:00%2B08:00&filter.window=90s&filter.grade=0&readMask=name,displayName&salt=AQ",
    )
    assert got["filter"]["since"] == "2015-03-02T00:25:00Z"
    assert got["filter"]["window"] == "90s"
    assert got["filter"]["grade"] == 0
    assert (got["readMask"], got["salt"]) == ("name,displayName", "AQ==")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page_size=ten", "page_size"),
        ("pageSize=1.5", "pageSize"),
        ("pageSize=99999999999", "pageSize"),
        ("filter.active=yes", "filter.active"),
        ("filter.since=yesterday", "filter.since"),
        ("colours=BLUE", "colours"),
        ("tags=a%00b", "tags"),
        ("tags=%FF", "query"),
        ("salt=*", "salt"),
    ],
)
def test_a_query_value_of_the_wrong_form_names_its_parameter(client: FlaskClient, query: str, field: str) -> None:
    assert fault(client.get(f"/v1/people?{query}")) == (400, "FIELD_TYPE_WRONG", field)


@pytest.mark.parametrize(
    "query", ["pagesize=5", "filter=1", "filter.nothing=1", "asked.page_size=1", "filter.unit.x=1"]
)
def test_an_unknown_parameter_is_refused(client: FlaskClient, query: str) -> None:
    assert fault(client.get(f"/v1/people?{query}")) == (400, "FIELD_UNKNOWN", query.split("=", maxsplit=1)[0])


def test_a_parameter_given_twice_is_refused(client: FlaskClient) -> None:
    assert fault(client.get("/v1/people?pageSize=5&page_size=6")) == (400, "FIELD_REPEATED", "page_size")


def test_ten_thousand_parameters_are_refused(client: FlaskClient) -> None:
    assert client.get("/v1/people?" + "&".join(["tags=a"] * 4000)).status_code == 400


def test_a_body_field_takes_the_body_and_the_query_the_rest(client: FlaskClient) -> None:
    answer = client.post(
        "/v1/people?validateOnly=true", json={"displayName": "韩梅梅", "cards": [{"number": "9007199254740993"}]}
    )
    assert (answer.status_code, answer.json["displayName"]) == (200, "韩梅梅")
    assert answer.json["cards"] == [{"number": "9007199254740993"}]


def test_where_the_body_takes_all_the_query_takes_nothing(client: FlaskClient) -> None:
    assert client.post("/v1/people/7:rename?displayName=a", json={}).json["reason"] == "FIELD_UNKNOWN"


def test_a_body_that_contradicts_the_path_is_refused(client: FlaskClient) -> None:
    assert client.post("/v1/people/7:rename", json={"name": "people/7"}).status_code == 200
    assert fault(client.post("/v1/people/7:rename", json={"name": "people/8"})) == (400, "FIELD_INVALID", "name")


def test_a_change_without_a_mask_means_the_fields_it_mentions(client: FlaskClient) -> None:
    answer = client.patch("/v1/people/7", json={"active": False, "displayName": "a"})
    assert answer.json["updateMask"] == "active,displayName"
    assert answer.json["person"]["name"] == "people/7"


def test_a_change_to_null_clears_the_field(client: FlaskClient) -> None:
    answer = client.patch("/v1/people/7", json={"display_name": None, "name": "people/7", "etag": "v7"})
    assert (answer.json["updateMask"], answer.json["person"]["displayName"]) == ("displayName", "")


def test_a_change_with_a_mask_keeps_it(client: FlaskClient) -> None:
    answer = client.patch("/v1/people/7?updateMask=displayName", json={"displayName": "a", "active": True})
    assert answer.json["updateMask"] == "displayName"


def test_a_body_where_none_belongs_is_refused(client: FlaskClient) -> None:
    assert client.get("/v1/people/7", data=b"{}").json["reason"] == "BODY_UNEXPECTED"


def test_a_wrong_field_deep_in_a_body_is_named_in_both_languages(client: FlaskClient) -> None:
    body = {"cards": [{}, {}, {}, {"issueTime": "noon"}]}
    english = client.post("/v1/people", json=body)
    chinese = client.post("/v1/people", json=body, headers={"Accept-Language": "zh-CN,en;q=0.5"})
    assert fault(english) == (400, "FIELD_TYPE_WRONG", "cards[3].issueTime")
    assert english.json["detail"].startswith("cards[3].issueTime: expected an instant")
    assert "cards[3].issueTime" in chinese.json["detail"]
    assert "须为时刻" in chinese.json["detail"]


@pytest.mark.parametrize(
    "body", ["", "{", '{"a":1,}', "{'a':1}", '{"wide": NaN}', "\ufeff{}", '{"a":"\\ud800"}', "[1] 2"]
)
def test_json_that_is_no_json_names_line_and_column(client: FlaskClient, body: str) -> None:
    answer = client.post("/v1/mirror", data=body.encode() or b" ", content_type="application/json")
    assert (answer.status_code, answer.json["reason"]) == (400, "JSON_MALFORMED")
    assert set(answer.json["variables"]) == {"line", "column"}


@pytest.mark.parametrize("body", ["[]", "1", '"a"', "null"])
def test_json_that_is_no_object_is_refused(client: FlaskClient, body: str) -> None:
    answer = client.post("/v1/mirror", data=body, content_type="application/json")
    assert fault(answer) == (400, "FIELD_TYPE_WRONG", "body")


def test_a_million_fields_are_refused_at_the_size_limit(client: FlaskClient) -> None:
    body = json.dumps({f"f{number}": 1 for number in range(100_000)})
    answer = client.post("/v1/mirror", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["reason"]) == (413, "BODY_TOO_LARGE")


@pytest.mark.parametrize("key", ["k", "!" * 128])
def test_an_idempotency_key_becomes_the_request_id(client: FlaskClient, key: str) -> None:
    answer = client.post("/v1/people", json={}, headers={"Idempotency-Key": key})
    assert answer.json["name"] == f"people/{key}"


@pytest.mark.parametrize("key", ["", "a b", "é", "k" * 129])
def test_an_idempotency_key_of_another_form_is_refused(client: FlaskClient, key: str) -> None:
    answer = client.post("/v1/people", json={}, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json["reason"]) == (400, "IDEMPOTENCY_KEY_INVALID")


def test_a_call_that_cannot_keep_a_key_says_so(client: FlaskClient) -> None:
    answer = client.get("/v1/people/7", headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json["reason"]) == (400, "IDEMPOTENCY_KEY_UNSUPPORTED")


def test_a_key_in_the_header_that_differs_from_the_body_is_refused(client: FlaskClient) -> None:
    body = {"displayName": "a", "requestId": "one"}
    answer = client.post("/v1/people/7:rename", json=body, headers={"Idempotency-Key": "two"})
    assert fault(answer) == (400, "FIELD_INVALID", "request_id")
