"""A company chooses: rest by rota for one unit from a day on, its rota, other hours later; and a plugin in a layer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.department import Department, department_of, eventually
from tests.journeys.layering import Layering
from tests.journeys.problems import in_both_languages, named, nothing_stored, problem
from tests.plugins.authors_machine import ROOT, built

MONTH, SINCE, LATER_HOURS = "2026-03", "2026-03-09", "2026-03-23"
WEEK, BY_ROTA = "shiftPatterns/fixed-week@1", "shiftPatterns/rest-by-rota@1"
SHIPPED = {WEEK, BY_ROTA, "shiftPatterns/crews@1", "shiftPatterns/flexible-hours@1"}
REST = (10, 12, 17, 19, 24, 26)
"""One day more than the five of HRS-2."""
SUNDAY_BEFORE, SUNDAY_AFTER = "2026-03-08", "2026-03-15"
PLUGIN, OWN = ROOT / "docs/how-to/snippets/acme-market-days", "shiftPatterns/acme-market-days@1"


@pytest.fixture(scope="module")
def made(client: Client) -> Iterator[Department]:
    with department_of(client) as department:
        client.post("/v1/patternAssignments", {"shiftPattern": WEEK, "startDate": "2026-01-01"})
        yield department


def assignment(made: Department, since: str, **parameters: Any) -> dict[str, Any]:
    """Customer service under rest by rota from a day on."""
    return {
        "subject": made.units["SERVICE"],
        "shiftPattern": BY_ROTA,
        "startDate": since,
        "parameters": parameters,
    }


def rota(made: Department, *cells: tuple[int, str]) -> dict[str, Any]:
    """Days of the agent and their words."""
    return {
        "rotaCells": [
            {"person": made.people["agent"], "workDate": f"{MONTH}-{day:02}", "code": code} for day, code in cells
        ]
    }


def days(client: Client, made: Department, login: str) -> dict[str, Any]:
    """Somebody's March by day."""
    sheet = client.get(f"/v1/{made.people[login]}/sheets/{MONTH}")
    return {day["workDate"]: day for day in sheet["days"]}


def starts(day: Any) -> list[str]:
    return [half["startTime"][11:] for half in day["halves"]]


def test_every_pattern_is_offered_with_a_schema_from_which_a_form_can_be_drawn(client: Client) -> None:
    offered = {pattern["name"]: pattern for pattern in client.get("/v1/shiftPatterns")["shiftPatterns"]}
    assert offered.keys() >= SHIPPED
    assert {offered[name]["form"] for name in SHIPPED} == {"PATTERN_FORM_EASY", "PATTERN_FORM_BATCH"}
    for name in SHIPPED:
        fields = offered[name]["parametersSchema"]["properties"]
        assert all(field["x-title"]["zh"] and field["x-title"]["en"] for field in fields.values()), name
        asked = sorted((field["x-order"], called) for called, field in fields.items())
        assert [place for place, _ in asked] == list(range(len(fields))), name
        assert [called for _, called in asked[:2]] == ["seconds", "repeat_minutes"], name
    rest_days = offered[BY_ROTA]["parametersSchema"]["properties"]["rest_days"]
    assert (rest_days["type"], rest_days["default"], rest_days["maximum"]) == ("integer", 5, 31)


@pytest.mark.clause("HRS-2")
def test_a_unit_rests_by_its_rota_from_a_day_on_and_by_other_parameters_later(client: Client, made: Department) -> None:
    from_a_day_on_it_rests_by_its_rota(client, made)
    other_parameters_hold_from_their_day_and_the_rota_is_read_and_taken_back(client, made)


def from_a_day_on_it_rests_by_its_rota(client: Client, made: Department) -> None:
    with nothing_stored(client):
        wrong = client.http.post("/v1/patternAssignments", json=assignment(made, SINCE, rest_days=32))
        assert "parameters.rest_days" in named(problem(wrong, 400, "POLICY_PARAMETERS_INVALID"))
    client.post("/v1/patternAssignments", assignment(made, SINCE))

    publish = f"/v1/{made.units['SERVICE']}/rotaCells:publish"
    faulty = client.http.post(publish, json=rota(made, (10, "rest"), (11, "holiday"), (3, "rest")))
    told = problem(faulty, 400, "ROTA_REFUSED")
    assert named(told) == {"rotaCells[1].code", "rotaCells[2].code"}
    assert {at["reason"] for at in told["errors"]} == {"ROTA_WORD_UNKNOWN"}
    beyond = client.http.post(publish, json=rota(made, *((day, "rest") for day in REST)))
    (told,) = problem(beyond, 400, "ROTA_REFUSED")["errors"]
    assert (told["field"], told["reason"]) == ("rotaCells[5].code", "ROTA_REST_NOT_GRANTED")
    assert f"{MONTH}: 6, of which rest-by-rota@1 grants 5 by HRS-2; {MONTH}-{REST[5]} would be worked" in str(told)
    done = client.post(publish, rota(made, *((day, "rest") for day in REST[:5])))
    assert (done["publishedCount"], done["unchangedCount"]) == (5, 0)

    worked = [day for day in range(1, 32) if day not in REST[:5]]
    times = ("08:20:00", "12:03:00", "13:50:00", "18:01:00")
    rows = [f"5,{MONTH}-{day:02} {time}" for day in worked for time in times]
    content = "\n".join(["employee_number,local_time", *rows, ""]).encode()
    assert client.import_punches(content, site="HQ", completeUntilDate="2026-04-01")["state"] == "IMPORT_STATE_DONE"

    agent, designer = days(client, made, "agent"), days(client, made, "designer")
    resting = [day for day, found in agent.items() if day >= SINCE and not found["halves"]]
    assert resting == [f"{MONTH}-{day:02}" for day in REST[:5]]
    assert {agent[day]["clause"] for day in resting} == {"HRS-2"}
    assert [half["verdict"] for half in agent[SUNDAY_AFTER]["halves"]] == ["FINDING_ON_TIME"] * 2
    assert (agent[SUNDAY_BEFORE]["shiftPattern"], agent[SUNDAY_BEFORE]["clause"]) == (WEEK, "HRS-1")
    assert {found["shiftPattern"] for day, found in agent.items() if day >= SINCE} == {BY_ROTA}
    assert {found["shiftPattern"] for day, found in designer.items() if day < LATER_HOURS} == {WEEK}


def other_parameters_hold_from_their_day_and_the_rota_is_read_and_taken_back(client: Client, made: Department) -> None:
    before = days(client, made, "agent")
    client.post("/v1/patternAssignments", assignment(made, LATER_HOURS, hours=["10:00-13:00", "14:00-18:30"]))
    taken = client.http.delete(f"/v1/{made.people['agent']}/rotaCells/{MONTH}-12")
    assert (taken.status_code, taken.json()["code"]) == (200, "rest")
    again = client.post(f"/v1/{made.units['SERVICE']}/rotaCells:publish", rota(made, (REST[5], "rest")))
    assert again["publishedCount"] == 1, "within the quota now"

    after = days(client, made, "agent")

    assert starts(after["2026-03-20"]) == starts(before["2026-03-20"]) == ["08:30", "14:00"]
    assert starts(after["2026-03-25"]) == ["10:00", "14:00"]
    assert after["2026-03-12"]["halves"]
    assert not after["2026-03-26"]["halves"]
    listed = client.get(f"/v1/{made.units['SERVICE']}/rotaCells", month=MONTH)["rotaCells"]
    assert [cell["workDate"] for cell in listed] == [f"{MONTH}-{day}" for day in REST if day != 12]
    events = client.get("/v1/feeds/attendance/events", pageSize=1000)["events"]
    revisions = [event["rotaChanged"]["months"][0]["revision"] for event in events if "rotaChanged" in event]
    assert revisions == ["1", "2", "3"], "published, taken back, published again; the refused ones told nothing"
    made_to = client.all("/v1/patternAssignments", "patternAssignments")
    held = [found for found in made_to if found["subject"] == made.units["SERVICE"]]
    assert [(found["startDate"], found["endDate"]) for found in held] == [(LATER_HOURS, ""), (SINCE, "2026-03-22")]


def test_a_wrong_assignment_is_withdrawn_and_the_right_one_made_from_the_same_first_day(
    client: Client, made: Department
) -> None:
    before, place = days(client, made, "designer"), "/v1/patternAssignments"
    wish = {"subject": made.people["designer"], "shiftPattern": WEEK, "startDate": SINCE, "endDate": "2026-03-13"}
    own = client.get(place, subject=wish["subject"])["patternAssignments"]
    hours = [{"segments": [{"hours": told}]} for told in ("06:00-14:00", "16:00-22:00")]
    wrong = client.post(place, wish | {"parameters": hours[0]})
    assert starts(days(client, made, "designer")[SINCE]) == ["06:00"]

    right = wish | {"parameters": hours[1]}
    zh, en = in_both_languages(
        lambda headers: client.http.post(place, json=right, headers=headers), 400, "ASSIGNMENT_OVERLAPS"
    )
    assert all(part in told["detail"] for told in (zh, en) for part in (wrong["name"], SINCE, "2026-03-13", WEEK[14:]))
    seen = {"If-Match": f'"{wrong["etag"]}"', "Idempotency-Key": "withdraw-once"}
    taken = [
        client.http.post(f"/v1/{wrong['name']}:withdraw", json={"reason": "another shop's hours"}, headers=seen).json()
        for _ in range(2)
    ]
    corrected = client.post(place, right)

    assert taken[0] == taken[1]
    assert taken[0]["withdrawTime"]
    assert starts(days(client, made, "designer")[SINCE]) == ["16:00"]
    listed = client.get(place, subject=wish["subject"], runningOnDate=SINCE, showWithdrawn="true")
    assert listed["patternAssignments"] == [corrected, taken[0]]
    client.post(f"/v1/{corrected['name']}:withdraw", {"reason": "the designer works as everybody does"})
    assert days(client, made, "designer") == before
    assert client.get(place, subject=wish["subject"])["patternAssignments"] == own


def test_no_pattern_failed_over_anybody(client: Client, made: Department) -> None:
    list(client.all(f"/v1/{made.units['CO']}/sheets", "sheets", month=MONTH))
    assert client.get("/v1/policyHealth", showEnded="true")["entries"] == []


def test_a_plugin_in_a_layer_above_the_image_is_offered_and_judges_in_a_worker_without_root(
    client: Client, made: Department, layering: Layering, tmp_path: Path
) -> None:
    before = days(client, made, "designer")
    layering.add(built(PLUGIN, tmp_path))

    offered = eventually(lambda: own_pattern(client), within_seconds=60)

    assert offered["distribution"] == "acme-market-days 1.0.0"
    wish = {"subject": made.people["designer"], "shiftPattern": OWN, "startDate": LATER_HOURS}
    client.post("/v1/patternAssignments", wish)
    judged = days(client, made, "designer")
    assert [starts(judged[f"{MONTH}-{day}"]) for day in (24, 25, 28)] == [[], ["05:00"], ["05:00"]]
    assert all(judged[day] == before[day] for day in judged if day < LATER_HOURS)
    workers = [process for process in layering.processes() if "bylaw_plugin_host.worker" in process.command]
    assert workers
    assert {(worker.user, "acme-market-days" in worker.command) for worker in workers} == {(10001, True)}
    assert client.get("/v1/policyHealth")["entries"] == []


def own_pattern(client: Client) -> Any:
    """The plugin's pattern, once attendance is back."""
    answer = client.http.get("/v1/shiftPatterns")
    listed = answer.json()["shiftPatterns"] if answer.is_success else []
    return next((pattern for pattern in listed if pattern["name"] == OWN), None)
