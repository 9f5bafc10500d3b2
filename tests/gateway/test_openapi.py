"""The OpenAPI description and its page."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate


@pytest.fixture
def document(client: FlaskClient) -> Any:
    """The description of the test contract."""
    return client.get("/openapi.json").json


def test_the_description_is_valid_openapi(document: Any) -> None:
    validate(document)
    assert document["openapi"] == "3.1.0"


def test_every_call_with_an_http_form_is_described_once_and_no_other(document: Any) -> None:
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(ids) == len(set(ids)) == 13
    assert not any("Hidden" in name for name in ids)


def test_comments_of_the_contract_are_the_descriptions(document: Any) -> None:
    operation = document["paths"]["/v1/people/{person}"]["get"]
    assert operation["summary"] == "Shows a person."
    assert "PERSON_NOT_FOUND" in operation["description"]
    schemas = document["components"]["schemas"]
    assert schemas["gatewaytest.v1.Person"]["description"] == "Somebody."
    assert schemas["gatewaytest.v1.Card"]["properties"]["issueTime"]["description"] == "Local time of issue."
    assert "Red as a stamp." in schemas["gatewaytest.v1.Colour"]["description"]
    assert {"name": "gatewaytest.Desk", "description": "The desk keeps people."} in document["tags"]


def test_the_permission_of_a_call_is_told_and_a_public_call_needs_no_token(document: Any) -> None:
    operation = document["paths"]["/v1/people/{person}"]["get"]
    assert operation["x-bylaw-permission"] == "desk.people.read"
    listing = document["paths"]["/v1/people"]["get"]
    assert (listing["x-bylaw-permission"], listing["security"]) == ("public", [])
    assert "x-bylaw-permission" not in document["paths"]["/v1/echo"]["get"]
    assert document["security"] == [{"bearer": []}]


def test_parameters_are_those_that_the_gateway_reads(document: Any, client: FlaskClient) -> None:
    parameters = document["paths"]["/v1/people"]["get"]["parameters"]
    names = {parameter["name"] for parameter in parameters}
    assert {"pageSize", "filter.since", "filter.weights", "colours", "readMask"} <= names
    for name in names - {"colours"}:
        answer = client.get("/v1/people", query_string={name: "?"})
        assert answer.json.get("reason") != "FIELD_UNKNOWN"


def test_each_segment_of_a_name_is_a_parameter(document: Any) -> None:
    operation = document["paths"]["/v1/people/{person}/sheets/{sheet}"]["get"]
    assert [parameter["name"] for parameter in operation["parameters"]] == ["person", "sheet"]


def test_writes_offer_the_key_and_versions_where_the_call_takes_them(document: Any) -> None:
    def references(path: str, verb: str) -> set[str]:
        parameters = document["paths"][path][verb]["parameters"]
        return {parameter["$ref"].rpartition("/")[2] for parameter in parameters if "$ref" in parameter}

    assert references("/v1/people/{person}:rename", "post") == {"IdempotencyKey", "IfMatch"}
    assert references("/v1/people", "post") == {"IdempotencyKey", "IfMatch"}
    assert references("/v1/people", "get") == set()


def test_wide_numbers_are_texts_and_every_call_may_be_refused_with_a_problem(document: Any) -> None:
    kinds = document["components"]["schemas"]["gatewaytest.v1.Kinds"]["properties"]
    assert kinds["whole64"]["type"] == "string"
    assert kinds["byText"]["additionalProperties"]["format"] == "int64"
    assert kinds["inner"]["$ref"].endswith("gatewaytest.v1.Kinds")
    responses = [operation["responses"] for path in document["paths"].values() for operation in path.values()]
    assert all(response["default"]["$ref"].endswith("/Problem") for response in responses)


def test_uploads_downloads_and_streams_are_described_as_such(document: Any) -> None:
    paths = document["paths"]
    assert "*/*" in paths["/v1/people/{person}/files"]["post"]["requestBody"]["content"]
    assert "application/octet-stream" in paths["/v1/files/{file}"]["get"]["responses"]["200"]["content"]
    assert "text/event-stream" in paths["/v1/events:watch"]["get"]["responses"]["200"]["content"]


def test_the_page_loads_everything_from_this_server_and_nothing_inline(client: FlaskClient) -> None:
    page = client.get("/docs").text
    assert not re.search(r"https?://|<style|style=| on\w+=|<script>", page)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert client.get(address, buffered=True).status_code == 200


def test_the_page_gives_out_no_other_file(client: FlaskClient) -> None:
    for name in ("docs.py", "../app.py", "..%2fapp.py", "index.html"):
        assert client.get(f"/docs/{name}").status_code == 404
