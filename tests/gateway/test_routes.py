"""Which call a path means, and what its segments, query and body become."""

import pytest
from bylaw_gateway.contract import bindings_of
from bylaw_gateway.routes import RouteConflict, RouteTable
from bylaw_gateway.templates import parse
from flask.testing import FlaskClient

from tests.gateway.contract.compiled import module


def test_a_path_names_the_person_it_asks_for(client: FlaskClient) -> None:
    assert client.get("/v1/people/7").json["name"] == "people/7"


def test_a_person_is_also_found_by_the_other_form_of_the_call(client: FlaskClient) -> None:
    assert client.get("/v1/staff/0042").json["name"] == "people/by-number-0042"


def test_two_services_share_a_prefix_and_each_gets_its_own_paths(client: FlaskClient) -> None:
    assert client.get("/v1/people/7").json["displayName"] == "王芳"
    assert client.get("/v1/people/7/sheets/2015-03").json["name"] == "people/7/sheets/2015-03"


def test_a_path_in_chinese_arrives_as_written(client: FlaskClient) -> None:
    assert client.get("/v1/people/王芳").json["name"] == "people/王芳"


def test_two_stars_take_the_rest_of_the_path(client: FlaskClient) -> None:
    assert client.get("/v1/files/2015/03/a.csv").status_code == 200


def test_a_verb_after_a_colon_is_a_call_of_its_own(client: FlaskClient) -> None:
    answer = client.post("/v1/people/7:rename", json={"displayName": "李雷"})
    assert (answer.json["name"], answer.json["displayName"]) == ("people/7", "李雷")


def test_a_colon_that_is_no_verb_belongs_to_the_name(client: FlaskClient) -> None:
    assert client.get("/v1/people/a:b").json["name"] == "people/a:b"


def test_a_call_without_an_http_form_has_no_path(client: FlaskClient) -> None:
    for path in ("/v1/hidden", "/gatewaytest.v1.Desk/Hidden", "/v1/gatewaytest.v1.Desk/Hidden"):
        assert client.post(path, json={}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/", "/v1/nothing", "/v1//people/7", "/v1/people//", "/v1/people/..", "/v1/files/a/../b"]
)
def test_an_unknown_path_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json["reason"]) == (404, "PATH_UNKNOWN")


def test_a_line_break_in_a_path_belongs_to_the_name(client: FlaskClient) -> None:
    assert client.get("/v1/people/a%0Ab").json["name"] == "people/a\nb"


def test_outside_the_calls_too_nothing_is_a_problem_and_no_page(client: FlaskClient) -> None:
    answer = client.get("/nothing", headers={"Accept-Language": "zh"})
    assert (answer.content_type, answer.json["reason"]) == ("application/problem+json", "PATH_UNKNOWN")
    assert answer.json["traceId"] == answer.headers["X-Trace-Id"]
    posted = client.post("/healthz")
    assert (posted.json["reason"], posted.headers["Allow"]) == ("METHOD_NOT_ALLOWED", "GET, HEAD, OPTIONS")


def test_a_known_path_with_another_verb_says_which_it_takes(client: FlaskClient) -> None:
    answer = client.delete("/v1/people/7")
    assert (answer.status_code, answer.json["reason"]) == (405, "METHOD_NOT_ALLOWED")
    assert answer.headers["Allow"] == "GET, HEAD, PATCH"


def test_head_answers_like_get_without_a_body(client: FlaskClient) -> None:
    answer = client.head("/v1/people/7")
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (200, b"", '"v7"')


def test_two_identical_templates_stop_the_start_and_both_calls_are_named() -> None:
    module("desk_pb2")
    bindings = list(bindings_of(["gatewaytest.v1.Desk"]))
    with pytest.raises(RouteConflict, match=r"(?s)GetPerson.*GetPerson"):
        RouteTable([*bindings, bindings[0]])


def test_a_template_is_taken_apart_into_segments_variables_and_verb() -> None:
    template = parse("/v1/{name=people/*/sheets/**}:judge")
    assert template.segments == ("v1", "people", "*", "sheets", "**")
    assert template.verb == "judge"
    assert template.variables[0].text(["v1", "people", "7", "sheets", "a", "b"]) == "people/7/sheets/a/b"


@pytest.mark.parametrize(
    "text", ["v1/a", "/v1//a", "/v1/{name=**}/a", "/v1/{Name}", "/v1/a{b}", "/v1/{a=b/{c}}", "/v1/{name=a b}", "/v1/{a"]
)
def test_a_template_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="template"):
        parse(text)


def test_a_service_that_nobody_generated_stops_the_start() -> None:
    with pytest.raises(LookupError, match=r"bylaw\.nowhere\.v1\.Nobody"):
        list(bindings_of(["bylaw.nowhere.v1.Nobody"]))
