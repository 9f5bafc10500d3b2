"""The demonstration company: a current month with every kind of finding, and each person sees what is theirs."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.running import ROOT, free_port
from tests.journeys.client import Client
from tests.journeys.company import PASSWORD, Company
from tests.journeys.problems import HAN, problem

FEW_DAYS = 9
"""Until so many working days are over, not every weekday may have been worked: last month counts too."""

EVERY_FINDING = {
    f"FINDING_{name}" for name in ("ON_TIME", "LATE", "EARLY", "LEAVE_REQUIRED", "MISSING_CARD", "ABSENT", "PENDING")
}


@pytest.fixture(scope="module")
def director(company: Company) -> Iterator[Client]:
    with company.signed_in("director") as client:
        yield client


@pytest.fixture(scope="module")
def head(company: Company) -> Iterator[Client]:
    with company.signed_in("head") as client:
        yield client


@pytest.fixture(scope="module")
def employee(company: Company) -> Iterator[Client]:
    with company.signed_in("employee") as client:
        yield client


def today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()


def this_month() -> str:
    return f"{today():%Y-%m}"


def months(client: Client) -> list[str]:
    """The current month, and the one before while the current one is young."""
    someone = next(client.all("/v1/people", "people", number="1004"))["name"]
    days = client.get(f"/v1/{someone}/sheets/{this_month()}")["days"]
    over = [day for day in days if {point["finding"] for point in points([{"days": [day]}])} - {"FINDING_PENDING"}]
    last = today().replace(day=1) - timedelta(days=1)
    return [this_month()] if len(over) > FEW_DAYS else [this_month(), f"{last:%Y-%m}"]


def units(client: Client) -> dict[str, str]:
    return {unit["code"]: unit["name"] for unit in client.all("/v1/units", "units")}


def sheets(client: Client) -> list[dict[str, Any]]:
    top = units(client)["MUJIN"]
    return [sheet for month in months(client) for sheet in client.all(f"/v1/{top}/sheets", "sheets", month=month)]


def points(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [point for sheet in found for day in sheet["days"] for half in day["halves"] for point in half["cardPoints"]]


@pytest.mark.clause("ATT-1", "ATT-2", "ATT-3", "ATT-4")
def test_the_current_month_shows_every_kind_of_finding(director: Client) -> None:
    found = sheets(director)
    assert {point["finding"] for point in points(found)} == EVERY_FINDING
    verdicts = {half["verdict"] for sheet in found for day in sheet["days"] for half in day["halves"]}
    assert verdicts == EVERY_FINDING
    totals = [sheet["totals"] for sheet in found]
    for name in (
        "lateMinutes",
        "earlyMinutes",
        "leaveRequiredCount",
        "missingCardCount",
        "absentHalves",
        "pendingCount",
    ):
        assert sum(total[name] for total in totals) > 0, name


@pytest.mark.clause("SHT-1")
def test_every_mark_names_a_clause_that_can_be_read_in_both_languages(director: Client, employee: Client) -> None:
    clauses = set()
    for sheet in sheets(director):
        for day in sheet["days"]:
            clauses |= {day["clause"], *(half["clause"] for half in day["halves"])}
            for point in points([{"days": [day]}]):
                clauses.add(point["clause"])
                assert point["clause"] in point["explanation"]["zh"]
                assert point["clause"] in point["explanation"]["en"]
    assert {"ATT-1", "ATT-2", "ATT-3", "ATT-4", "HRS-1"} <= clauses
    for clause in clauses:
        wording = employee.get(f"/v1/clauses/{clause}")["wording"]
        assert HAN.search(wording["zh"])
        assert re.search(r"[a-z]{4}", wording["en"])


def test_nothing_that_is_still_to_come_is_decided(director: Client) -> None:
    for sheet in sheets(director):
        for day in sheet["days"]:
            if day["workDate"] > f"{today()}":
                assert all(point["finding"] == "FINDING_PENDING" for point in points([{"days": [day]}]))


def test_an_employee_sees_their_own_month_alone(director: Client, employee: Client) -> None:
    me = employee.get("/v1/self")["person"]
    assert employee.get(f"/v1/{me['name']}/sheets/{this_month()}")["employeeNumber"] == me["number"] == "1004"
    assert [person["number"] for person in employee.all("/v1/people", "people")] == ["1004"]
    others = [person["name"] for person in director.all("/v1/people", "people") if person["name"] != me["name"]]
    assert len(others) == 12
    for other in others:
        for place in (other, f"{other}/appointments", f"{other}/punches", f"{other}/sheets/{this_month()}"):
            problem(employee.http.get(f"/v1/{place}"), 404, "PERSON_NOT_FOUND")
    for unit in units(employee).values():
        problem(employee.http.get(f"/v1/{unit}/sheets", params={"month": this_month()}), 404, "UNIT_NOT_FOUND")


@pytest.mark.clause("ORG-3")
def test_the_head_of_customer_service_sees_their_unit_and_nothing_above_or_beside(head: Client) -> None:
    tree = units(head)
    mine = list(head.all(f"/v1/{tree['SERVICE']}/sheets", "sheets", month=this_month()))
    assert [sheet["employeeNumber"] for sheet in mine] == ["1008", "1020"]
    assert [person["number"] for person in head.all("/v1/people", "people")] == ["1008", "1020"]
    for code in tree.keys() - {"SERVICE"}:
        answer = head.http.get(f"/v1/{tree[code]}/sheets", params={"month": this_month()})
        problem(answer, 404, "UNIT_NOT_FOUND")
    assert list(head.all("/v1/people", "people", unit=tree["MGMT"])) == list(head.all("/v1/people", "people"))


def test_the_director_sees_everybody_and_changes_nothing(director: Client) -> None:
    assert len({sheet["employeeNumber"] for sheet in sheets(director)}) == 12
    someone = next(director.all("/v1/people", "people"))["name"]
    problem(director.http.post(f"/v1/{someone}:setPassword", json={}), 403, "PERMISSION_MISSING")


def test_it_does_not_show_itself_to_a_network(folder: Path) -> None:
    command = [sys.executable, "-m", "bylaw_cli", "up", "--data", str(folder / "data"), "--port", str(free_port())]
    wish = [*command, "--host", "0.0.0.0"]  # noqa: S104 - that is what is refused
    ended = subprocess.run(wish, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "not shown to a network" in ended.stdout + ended.stderr
    assert PASSWORD not in ended.stdout + ended.stderr
