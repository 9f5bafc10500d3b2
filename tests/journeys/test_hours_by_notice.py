"""The power fails in customer service: its head says so in writing, and an absence turns into nothing (HRS-6)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.department import Department, department_of
from tests.journeys.problems import named, nothing_stored, problem

MONTH, CUT, AFTER = "2026-03", "2026-03-11", "2026-03-12"
WEEK = "shiftPatterns/fixed-week@1"
TIMES = ("08:20:00", "12:03:00", "13:50:00", "18:01:00")


@pytest.fixture(scope="module")
def made(client: Client) -> Iterator[Department]:
    with department_of(client) as department:
        client.post("/v1/patternAssignments", {"shiftPattern": WEEK, "startDate": "2026-01-01"})
        rows = [f"{number},{AFTER} {time}" for number in (4, 5) for time in TIMES]
        content = "\n".join(["employee_number,local_time", *rows, ""]).encode()
        client.import_punches(content, site="HQ", completeUntilDate="2026-04-01")
        yield department


def notice(subject: str, **more: Any) -> dict[str, Any]:
    return {
        "subject": subject,
        "startDate": CUT,
        "dayOff": True,
        "cause": "HOURS_CAUSE_POWER_FAILURE",
        "wording": {"zh": "停电一天，全组休息。", "en": "No power for a day: the team is off."},
        **more,
    }


def days(client: Client, made: Department, login: str) -> dict[str, Any]:
    """Somebody's March by day."""
    sheet = client.get(f"/v1/{made.people[login]}/sheets/{MONTH}")
    return {day["workDate"]: day for day in sheet["days"]}


def verdicts(day: Any) -> list[str]:
    return [half["verdict"] for half in day["halves"]]


@pytest.mark.clause("HRS-6")
def test_a_notice_after_a_power_cut_turns_an_absence_into_nothing(client: Client, made: Department) -> None:
    head, agent = made.sign_in("service"), made.sign_in("agent")
    assert verdicts(days(agent, made, "agent")[CUT]) == ["FINDING_ABSENT"] * 2

    published = head.post("/v1/hoursNotices", notice(made.units["SERVICE"]))

    day = days(agent, made, "agent")[CUT]
    assert (day["halves"], day["clause"], day["hoursNotice"]) == ([], "HRS-6", published["name"])
    assert agent.get(f"/v1/{day['hoursNotice']}")["wording"]["en"] == "No power for a day: the team is off."
    assert verdicts(days(agent, made, "agent")[AFTER]) == ["FINDING_ON_TIME"] * 2
    assert verdicts(days(client, made, "designer")[CUT]) == ["FINDING_ABSENT"] * 2, "the designer had power"

    taken = head.post(f"/v1/{published['name']}:withdraw", {"reason": "the wrong team", "etag": published["etag"]})
    assert taken["withdrawReason"] == "the wrong team"
    assert verdicts(days(agent, made, "agent")[CUT]) == ["FINDING_ABSENT"] * 2


@pytest.mark.clause("HRS-6")
def test_who_may_not_or_comes_too_late_is_told_so_and_nothing_is_stored(client: Client, made: Department) -> None:
    head, agent = made.sign_in("service"), made.sign_in("agent")
    refused = (
        (agent, notice(made.units["SERVICE"]), 403, "PERMISSION_MISSING"),
        (head, notice(""), 403, "PERMISSION_MISSING"),
        (head, notice(made.units["MARKET"]), 404, "UNIT_NOT_FOUND"),
        (head, notice(made.units["SERVICE"], cause="HOURS_CAUSE_BUSINESS_NEED"), 400, "HOURS_NOTICE_TOO_LATE"),
        (head, notice(made.units["SERVICE"], hours=["09:00-12:00"]), 400, "FIELD_INVALID"),
    )
    for who, body, status, reason in refused:
        with nothing_stored(client):
            told = problem(who.http.post("/v1/hoursNotices", json=body), status, reason)
    assert named(told) == {"hours"}
