"""From files to findings over REST alone: people and punches of 2015 in, every month's sheets out, under two policies.

The same file runs against `bylaw up` and against the containers. Every fifth person's year is looked at day by day, and
with BYLAW_PROVE=long everybody's; tests/integration/attendance/test_real_year.py judges all of them each time.
"""

import os
from datetime import date, datetime, time

import pytest

from tests.journeys import records
from tests.journeys.client import Client

pytestmark = pytest.mark.timeout(900)
"""The first test of the containers builds their images."""

EVERY = {"short": 5, "long": 1}[os.environ.get("BYLAW_PROVE", "short")]
MONTHS = [f"2015-{month:02d}" for month in range(1, 13)]
FITTING = {
    "working_days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
    "segments": [{"hours": "10:00-18:00"}],
    "sign_in_lead_minutes": 0,
}


@pytest.fixture(scope="module")
def year(client: Client) -> Client:
    """An installation that has taken the real files in."""
    client.upload("/v1/organisation:import", SITES, kind="ORGANISATION_FILE_KIND_SITES")
    client.upload("/v1/organisation:import", UNITS, kind="ORGANISATION_FILE_KIND_UNITS", effectiveDate="2015-01-01")
    client.upload(
        "/v1/organisation:import",
        records.file("people/general_data_odd.csv.gz"),
        kind="ORGANISATION_FILE_KIND_PEOPLE",
        site="PUNE",
        parentUnit="ODD",
        effectiveDate="2015-01-01",
    )
    week = next(p["name"] for p in client.get("/v1/shiftPatterns")["shiftPatterns"] if "fixed-week" in p["name"])
    client.post("/v1/patternAssignments", {"shiftPattern": week, "startDate": "2015-01-01"}, key="journey-week")
    for side in ("in", "out"):
        done = client.import_punches(
            records.file(f"attendance/{side}_time_2015_odd.csv.gz"),
            format=f"PUNCH_FILE_FORMAT_WIDE_{side.upper()}",
            site="PUNE",
            fileName=f"{side}_time_2015_odd.csv.gz",
        )
        assert (done["state"], done["refusedCount"]) == ("IMPORT_STATE_DONE", 0)
        assert done["takenCount"] + done["repeatedCount"] == 5901
    return client


SITES = b"code,title_zh,title_en,time_zone,calendar\nPUNE,\xe6\xb5\xa6\xe9\x82\xa3,Pune,Asia/Kolkata,NONE\n"
UNITS = b"code,title_zh,title_en,kind,parent\nODD,\xe5\xa5\x87\xe6\x95\xb0,Odd,company,\n"


def unit(client: Client, code: str) -> str:
    """The resource name of a unit."""
    (found,) = client.get("/v1/units", code=code)["units"]
    return str(found["name"])


def recorded() -> list[str]:
    """The numbers of those who are looked at."""
    return sorted({number for number, _ in records.stamps("in")})[::EVERY]


def punching(client: Client, month: str) -> list[dict]:
    """The sheets of a month, of every fifth or of all of the 25 people whose times were recorded."""
    numbers = recorded()
    people = [client.get("/v1/people", number=number)["people"][0]["name"] for number in numbers]
    sheets = [client.get(f"/v1/{person}/sheets/{month}") for person in people]
    for sheet in sheets:
        sheet.pop("organisationAgeSeconds")  # how old the knowledge of the organisation is: grows by the second
    return sheets


@pytest.mark.clause("HRS-1", "HRS-4", "HRS-5", "ATT-2", "ATT-3", "ATT-4", "SHT-1")
def test_every_month_is_judged_under_the_rulebooks_week_and_then_under_one_that_fits(year: Client) -> None:
    for month in MONTHS:
        under_the_rulebooks_week(year, month)
    week = next(p["name"] for p in year.get("/v1/shiftPatterns")["shiftPatterns"] if "fixed-week" in p["name"])
    assignment = {"subject": unit(year, "ODD"), "shiftPattern": week, "parameters": FITTING}
    dates = {"startDate": "2015-01-01", "endDate": "2015-12-31"}
    year.post("/v1/patternAssignments", {**assignment, **dates}, key="journey-fitting")
    for month in MONTHS:
        under_a_week_that_fits(year, month)


@pytest.mark.clause("ATT-1", "ATT-2", "ATT-3", "ATT-4", "HRS-4", "HRS-5")
def test_every_day_of_a_month_is_explained_as_its_sheet_shows_it(year: Client) -> None:
    sheet = punching(year, "2015-03")[0]
    person = sheet["name"].partition("/sheets/")[0]
    for day in sheet["days"]:
        why = year.get(f"/v1/{person}/days/{day['workDate']}:explain")
        assert why["inputsDigest"] == sheet["inputsDigest"]
        shown = [half["cardPoints"] for half in day["halves"]]
        assert [[card["cardPoint"] for card in half["cardPoints"]] for half in why["halves"]] == shown
        bound = [punch["localTime"] for punch in why["punches"] if punch["outcome"] == "PUNCH_OUTCOME_BOUND"]
        assert bound == [card["punchTime"] for half in shown for card in half if card["punchTime"]]
        assert [why["plan"]["explanation"][language] != "" for language in ("zh", "en")] == [True, True]
        assert why["plan"]["gone"] is False


def under_the_rulebooks_week(year: Client, month: str) -> None:
    """These people come at ten: every morning calls for leave, and the sheet says so by its clause, readably."""
    arrivals, sheets = records.stamps("in"), punching(year, month)
    clauses = {clause["name"] for clause in year.get("/v1/clauses", asOfDate=f"{month}-01")["clauses"]}
    assert {f"clauses/{day['clause']}" for sheet in sheets for day in sheet["days"]} <= clauses
    assert len(sheets) == 25 // EVERY
    for number, day in [(sheet["employeeNumber"], day) for sheet in sheets for day in sheet["days"]]:
        came = arrivals.get((number, date.fromisoformat(day["workDate"])))
        if day["kind"] == "DAY_KIND_WORK" and came:
            morning = day["halves"][0]["cardPoints"][0]
            assert morning["punchTime"] == f"{came:%Y-%m-%d %H:%M:%S}"
            assert morning["minutes"] == minutes(came, time(8, 25))
            assert morning["clause"] == "ATT-2"
            assert morning["explanation"]["zh"]
            assert morning["explanation"]["en"]


def under_a_week_that_fits(year: Client, month: str) -> None:
    """The totals are those that the raw files come to."""
    arrivals, departures = records.stamps("in"), records.stamps("out")
    for sheet in punching(year, month):
        number, totals = sheet["employeeNumber"], sheet["totals"]
        worked = {day for who, day in arrivals if who == number and f"{day:%Y-%m}" == month}
        planned = [day for day in sheet["days"] if day["kind"] == "DAY_KIND_WORK"]
        late = [minutes(arrivals[number, day], time(10)) for day in worked]
        early = [-minutes(departures[number, day], time(18)) for day in worked]
        assert totals["plannedDays"] == len(planned)
        assert totals["lateCount"] == sum(0 < m <= 15 for m in late)
        assert totals["lateMinutes"] == sum(m for m in late if 0 < m <= 15)
        assert totals["earlyCount"] == sum(0 < m <= 5 for m in early)
        required = [(a > 15 or b > 5) for a, b in zip(late, early, strict=True)]
        assert totals["absentHalves"] == len(planned) - len(worked) + sum(required)
        assert totals["pendingCount"] == 0


def test_the_same_files_again_change_nothing(year: Client) -> None:
    before = punching(year, "2015-06")
    again = year.import_punches(
        records.file("attendance/in_time_2015_odd.csv.gz"),
        format="PUNCH_FILE_FORMAT_WIDE_IN",
        site="PUNE",
        fileName="again.csv.gz",
    )
    assert (again["takenCount"], again["repeatedCount"]) == (0, 5901)
    assert punching(year, "2015-06") == before


def minutes(stamp: datetime, due: time) -> int:
    """Whole minutes from a time of the day to a stamp."""
    return int((stamp - datetime.combine(stamp.date(), due)).total_seconds()) // 60
