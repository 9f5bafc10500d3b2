"""A month is reviewed, handed over and closed; a late file becomes an adjustment, and payroll gets its export."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.department import PASSWORD, Department, eventually, today
from tests.journeys.problems import in_both_languages, problem

FILES = {
    "SITES": "code,title_zh,title_en,time_zone,calendar\nN5HQ,南楼,South house,Asia/Shanghai,NONE\n",
    "UNITS": "code,title_zh,title_en,kind,parent\nN5CO,南方,South,company,\nN5SHOP,南店,South shop,department,N5CO\n",
    "PEOPLE": "number,name,login,unit,position,site,employment_kind,start_date\n"
    "N5-1,方远,n5-head,N5SHOP,,N5HQ,formal,2024-01-01\nN5-2,周舟,n5-clerk,N5SHOP,,N5HQ,formal,2024-01-01\n",
}
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


MONTH = month_before(month_before(today()))
"""The month before last: the 5th of the one behind it is over on any day."""


@pytest.fixture(scope="module")
def made(client: Client) -> Iterator[Department]:
    for kind, text in FILES.items():
        told = {"kind": f"ORGANISATION_FILE_KIND_{kind}", "effectiveDate": "2024-01-01"}
        client.upload("/v1/organisation:import", text.encode(), **told)
    found = Department(client)
    found.units["N5SHOP"] = client.get("/v1/units", code="N5SHOP")["units"][0]["name"]
    for number, login in (("N5-1", "n5-head"), ("N5-2", "n5-clerk")):
        found.people[login] = client.get("/v1/people", number=number)["people"][0]["name"]
        client.post(f"/v1/{found.people[login]}:setPassword", {"newPassword": PASSWORD})
    head = {"head": found.people["n5-head"], "effectiveDate": "2024-01-01"}
    client.post(f"/v1/{found.units['N5SHOP']}:appointHead", head)
    pattern = {"shiftPattern": "shiftPatterns/fixed-week@1", "subject": found.units["N5SHOP"]}
    pattern |= {"hoursSystem": "HOURS_SYSTEM_IRREGULAR", "hoursApproval": "every day of the week"}
    client.post("/v1/patternAssignments", {**pattern, "startDate": "2024-01-01", "parameters": {"working_days": WEEK}})
    own = found.sign_in("n5-head")
    eventually(lambda: own.http.get(f"/v1/{found.units['N5SHOP']}/months/{MONTH:%Y-%m}").is_success, within_seconds=30)
    yield found
    found.close()


def hand_in(client: Client, *punches: str) -> None:
    """A file of the site's clock, which has nothing more of the days up to yesterday."""
    rows = "".join(f"N5-2,{MONTH:%Y-%m}-{punch}\n" for punch in punches)
    content = f"employee_number,local_time\n{rows}".encode()
    client.import_punches(content, site="N5HQ", completeUntilDate=f"{today() - timedelta(days=1)}")


def kept_of(client: Client, sheet: str) -> Any:
    """A sheet but for how old the knowledge of the organisation is, which grows by the second."""
    return {name: value for name, value in client.get(f"/v1/{sheet}").items() if name != "organisationAgeSeconds"}


def review(client: Client, name: str, *logins: str) -> Any:
    """Reviews the sheets of these people as they are."""
    wanted = {f"N5-{1 if login == 'n5-head' else 2}" for login in logins}
    sheets = [one for one in client.get(f"/v1/{name}")["sheets"] if one["employeeNumber"] in wanted]
    reviews = [{"person": one["sheet"].partition("/sheets/")[0], "inputsDigest": one["inputsDigest"]} for one in sheets]
    return client.http.post(f"/v1/{name}:review", json={"reviews": reviews})


@pytest.mark.clause("SHT-1")
@pytest.mark.clause("SHT-2")
@pytest.mark.clause("SHT-3")
def test_a_month_from_its_review_to_its_correction_and_export(client: Client, made: Department) -> None:
    head, clerk = made.sign_in("n5-head"), made.sign_in("n5-clerk")
    month, name = f"{MONTH:%Y-%m}", f"{made.units['N5SHOP']}/months/{MONTH:%Y-%m}"
    sheet = f"{made.people['n5-clerk']}/sheets/{month}"
    hand_in(client, "10 08:21:00", "10 12:01:00")
    problem(head.http.post(f"/v1/{name}:handOver", json={}), 400, "SHEETS_NOT_REVIEWED")
    problem(review(head, name, "n5-head"), 403, "SHEET_OWN")
    assert review(head, name, "n5-clerk").json() == {"reviewedCount": 1}
    assert review(client, name, "n5-head").is_success
    assert head.post(f"/v1/{name}:handOver", {"remark": "已核对"})["state"] == "UNIT_MONTH_STATE_HANDED_OVER"
    problem(head.http.post(f"/v1/{name}:close", json={}), 403, "PERMISSION_MISSING")
    late = {"sheet": sheet, "text": "当日考勤机故障"}
    objecting = partial(clerk.http.post, "/v1/objections", json=late)
    in_both_languages(lambda language: objecting(headers=language), 400, "OBJECTION_TOO_LATE")
    closed = client.post(f"/v1/{name}:close", {}, key="n5-close")
    assert client.post(f"/v1/{name}:close", {}, key="n5-close") == closed
    assert {one["agreement"] for one in closed["sheets"]} == {"SHEET_AGREEMENT_SILENT"}

    before = kept_of(clerk, sheet)
    hand_in(client, "11 08:21:00", "11 12:01:00")
    assert kept_of(clerk, sheet) == before, "a late file changes nothing by itself"
    corrected = client.post(f"/v1/{sheet}:correct", {"reason": "考勤机补传", "etag": "1"})

    assert (corrected["version"], corrected["difference"]["workedHalves"]) == (2, 1)
    assert clerk.get(f"/v1/{sheet}")["version"] == 2
    counted = corrected["countedMonth"]
    adjusted = head.get(f"/v1/{made.units['N5SHOP']}/adjustments", month=counted)["adjustments"]
    assert [one["employeeNumber"] for one in adjusted] == ["N5-2"]
    file = head.http.get(f"/v1/{made.units['N5SHOP']}/months/{counted}:export")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    *_, last = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
    assert (last["row"], last["sheet_month"], last["worked_halves"]) == ("adjustment", month, "1")
    (shipped,) = (one for one in head.get("/v1/exportLayouts")["exportLayouts"] if "sheets" in one["name"])
    assert (last["layout"], last["version"], last["state"]) == (shipped["name"].rpartition("/")[2], "2", "closed")
    whole = head.http.get(f"/v1/{name}:export", params={"format": "EXPORT_FORMAT_ZIP", "layout": shipped["name"]})
    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        assert archive.namelist() == ["sheets.csv", "leave.csv", "overtime.csv", "versions.csv"]
