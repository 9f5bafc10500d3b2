"""Every call of the contract, asked by everybody: what the contract permits is let in, and nothing else."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.journeys.client import Client
from tests.journeys.company import Company
from tests.journeys.problems import problem

POSTS = {
    "employee": {"employee"},
    "head": {"employee", "unit-head"},
    "hr": {"employee", "unit-head", "hr"},
    "director": {"employee", "unit-head", "operations-director"},
    "administrator": {"administrator"},
}
"""Which roles the people of the demonstration company hold, by grant or by post."""

OPEN = {
    "people.SignIn.CreateSession",
    "people.SignIn.ExchangeAccessToken",
    "people.SignIn.FinishOidcSignIn",
    "people.SignIn.GetKeySet",
    "people.SignIn.RefreshSession",
    "people.SignIn.StartOidcSignIn",
}
"""All that is open to whoever is not signed in."""

SIGNS_OUT = "people.SignIn.EndAllSessions"
"""Would end the sessions of this very test; the tests of sessions prove it."""


@pytest.fixture(scope="module")
def clients(company: Company) -> Iterator[dict[str, Client]]:
    with ExitStack() as opened:
        yield {who: opened.enter_context(company.signed_in(who)) for who in POSTS}


@pytest.fixture(scope="module")
def calls(clients: dict[str, Client]) -> dict[str, tuple[str, str, str]]:
    """Verb, harmless path and permission of each call: a path of nothing, for an empty body."""
    document = clients["administrator"].get("/openapi.json")
    return {
        operation["operationId"]: (verb, re.sub(r"\{\w+\}", str(uuid4()), path), operation["x-bylaw-permission"])
        for path, verbs in document["paths"].items()
        for verb, operation in verbs.items()
    }


def asked(http: httpx.Client, verb: str, path: str) -> httpx.Response:
    """A request that changes nothing: an empty body, and a stream that ends at once."""
    headers = {"X-Deadline-Ms": "200"} if ":stream" in path or ":watch" in path else {}
    if verb in {"get", "delete"}:
        return http.request(verb, path, headers=headers)
    return http.request(verb, path, content=b"{}", headers={**headers, "Content-Type": "application/json"})


def test_without_a_token_only_the_open_calls_answer(company: Company, calls: dict[str, tuple[str, str, str]]) -> None:
    answered = set()
    with httpx.Client(base_url=company.address) as nobody:
        for call, (verb, path, _) in calls.items():
            answer = asked(nobody, verb, path)
            if answer.status_code == 401 and answer.json()["reason"] == "SIGN_IN_REQUIRED":
                problem(answer, 401, "SIGN_IN_REQUIRED")
                assert answer.headers["WWW-Authenticate"] == "Bearer"
            else:
                answered.add(call)
    assert answered == OPEN == {call for call, (_, _, permission) in calls.items() if permission == "public"}


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize("who", POSTS)
def test_everybody_holds_what_their_roles_say_and_no_more(clients: dict[str, Client], who: str) -> None:
    roles = {role["name"].partition("/")[2]: role for role in clients["administrator"].get("/v1/roles")["roles"]}
    expected = {permission for role in POSTS[who] for permission in roles[role]["permissions"]}
    assert set(clients[who].get("/v1/self")["permissions"]) == expected


@pytest.mark.clause("SEC-1")
@pytest.mark.parametrize("who", POSTS)
def test_a_call_is_let_in_exactly_where_the_contract_permits_it(
    clients: dict[str, Client], calls: dict[str, tuple[str, str, str]], who: str
) -> None:
    held = {"public", "self", *clients[who].get("/v1/self")["permissions"]}
    for call, (verb, path, permission) in calls.items():
        if call == SIGNS_OUT:
            continue
        answer = asked(clients[who].http, verb, path)
        assert answer.status_code < 500, (call, answer.text)
        if permission in held:
            refused: Any = {} if answer.is_success else answer.json()
            assert refused.get("reason") not in {"PERMISSION_MISSING", "SIGN_IN_REQUIRED"}, (call, refused)
            assert answer.status_code != 403, (call, refused)
        else:
            told = problem(answer, 403, "PERMISSION_MISSING")
            assert (told["clause"], told["variables"]["permission"]) == ("SEC-1", permission)


def test_nobody_but_the_administrator_gives_roles_and_nobody_gives_them_to_themselves(
    clients: dict[str, Client],
) -> None:
    for who, client in clients.items():
        me = client.get("/v1/self")["person"]["name"]
        grant = {"person": me, "role": "roles/administrator", "scope": "SCOPE_COMPANY", "startDate": "2099-01-01"}
        answer = client.http.post("/v1/grants", json=grant)
        problem(answer, 403, "GRANT_TO_SELF" if who == "administrator" else "PERMISSION_MISSING")


def test_who_may_set_passwords_cannot_so_become_somebody_who_may_more(clients: dict[str, Client]) -> None:
    administrator = clients["administrator"].get("/v1/self")["person"]["name"]
    answer = clients["hr"].http.post(f"/v1/{administrator}:setPassword", json={"newPassword": "long enough 2026"})
    problem(answer, 403, "GRANT_BEYOND_OWN")


@pytest.mark.clause("ORG-3")
def test_a_head_appoints_nobody_out_of_the_unit_and_nobody_into_it(clients: dict[str, Client]) -> None:
    administrator, head = clients["administrator"], clients["head"]
    people = {person["number"]: person["name"] for person in administrator.all("/v1/people", "people")}
    units = {unit["code"]: unit["name"] for unit in administrator.all("/v1/units", "units")}
    site = administrator.get("/v1/sites")["sites"][0]["name"]
    wishes = {
        ("1008", "MGMT"): "UNIT_NOT_FOUND",
        ("1020", "MGMT"): "UNIT_NOT_FOUND",
        ("1004", "SERVICE"): "PERSON_NOT_FOUND",
    }
    for (number, unit), reason in wishes.items():
        wanted = {
            "unit": units[unit],
            "site": site,
            "employmentKind": "EMPLOYMENT_KIND_FORMAL",
            "startDate": "2099-01-01",
        }
        answer = head.http.post(f"/v1/{people[number]}:appoint", json={"appointment": wanted})
        problem(answer, 404, reason)
