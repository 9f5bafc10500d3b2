"""A clerk asks for overtime, the head agrees, the company gives the day off, and the head confirms what it is now."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.department import PASSWORD, Department, eventually, today
from tests.journeys.problems import in_both_languages, nothing_stored, problem

FILES = {
    "SITES": "code,title_zh,title_en,time_zone,calendar\nN3HQ,北楼,North house,Asia/Shanghai,NONE\n",
    "UNITS": "code,title_zh,title_en,kind,parent\nN3CO,北方,North,company,\nN3SHOP,北店,North shop,department,N3CO\n",
    "PEOPLE": "number,name,login,unit,position,site,employment_kind,start_date\n"
    "N3-1,方明,n3-head,N3SHOP,,N3HQ,formal,2024-01-01\nN3-2,周宁,n3-clerk,N3SHOP,,N3HQ,formal,2024-01-01\n",
}
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@pytest.fixture(scope="module")
def made(client: Client) -> Iterator[Department]:
    for kind, text in FILES.items():
        told = {"kind": f"ORGANISATION_FILE_KIND_{kind}", "effectiveDate": "2024-01-01"}
        client.upload("/v1/organisation:import", text.encode(), **told)
    found = Department(client)
    for code in ("N3CO", "N3SHOP"):
        found.units[code] = client.get("/v1/units", code=code)["units"][0]["name"]
    for number, login in (("N3-1", "n3-head"), ("N3-2", "n3-clerk")):
        found.people[login] = client.get("/v1/people", number=number)["people"][0]["name"]
        client.post(f"/v1/{found.people[login]}:setPassword", {"newPassword": PASSWORD})
    head = {"head": found.people["n3-head"], "effectiveDate": "2024-01-01"}
    client.post(f"/v1/{found.units['N3SHOP']}:appointHead", head)
    pattern = {"shiftPattern": "shiftPatterns/fixed-week@1", "subject": found.units["N3CO"]}
    pattern |= {"hoursSystem": "HOURS_SYSTEM_IRREGULAR", "hoursApproval": "every day of the week"}
    client.post("/v1/patternAssignments", {**pattern, "startDate": "2026-01-01", "parameters": {"working_days": WEEK}})
    yield found
    found.close()


def wish(**more: Any) -> dict[str, Any]:
    told = {"workDate": f"{today() + timedelta(days=1)}", "hours": "18:00-20:30", "reason": "盘点"}
    return {**told, "compensation": "OVERTIME_COMPENSATION_TIME_OFF", **more}


@pytest.mark.clause("HRS-7")
@pytest.mark.clause("HRS-3")
def test_overtime_is_agreed_and_falls_back_when_the_company_gives_the_day_off(client: Client, made: Department) -> None:
    clerk, head = made.sign_in("n3-clerk"), made.sign_in("n3-head")
    asked = clerk.post("/v1/overtimeRequests", wish())
    assert (asked["state"], asked["percent"], asked["askedMinutes"]) == ("OVERTIME_STATE_WAITING", 150, 150)
    step = head.get(f"/v1/{asked['decision']}")["step"]
    head.post(f"/v1/{asked['decision']}:answer", {"step": step, "answer": "ANSWER_KIND_AGREE", "text": "同意"})
    eventually(lambda: clerk.get(f"/v1/{asked['name']}")["state"] == "OVERTIME_STATE_AGREED")

    wording = {"zh": "放假一天", "en": "A day off"}
    off = client.post(
        "/v1/companyDays", {"subject": made.units["N3SHOP"], "startDate": wish()["workDate"], "wording": wording}
    )

    days = clerk.get("/v1/calendarDays", site="N3HQ", unit=made.units["N3SHOP"], startDate=wish()["workDate"])
    (day,) = days["calendarDays"]
    assert (day["kind"], day["companyDay"]) == ("CALENDAR_DAY_KIND_COMPANY_OFF", off["name"])
    assert clerk.get(f"/v1/{asked['name']}")["dayChanged"]
    confirmed = head.post(f"/v1/{asked['name']}:confirm", {})
    assert (confirmed["dayChanged"], confirmed["percent"]) == (False, 200)
    month = wish()["workDate"][:7]
    hours = head.get(f"/v1/{made.units['N3SHOP']}/workHours", month=month)["workHours"]
    assert [one["employeeNumber"] for one in hours] == ["N3-1", "N3-2"]
    client.post(f"/v1/{off['name']}:withdraw", {"reason": "the wrong day"})


@pytest.mark.clause("HRS-7")
def test_a_broken_cap_is_told_in_both_languages_and_nothing_is_stored(client: Client, made: Department) -> None:
    clerk, head = made.sign_in("n3-clerk"), made.sign_in("n3-head")
    long = wish(workDate=f"{today() + timedelta(days=2)}", hours="18:00-21:01")

    def send(headers: Any) -> Any:
        return clerk.http.post("/v1/overtimeRequests", json=long, headers=headers)

    with nothing_stored(client):
        zh, en = in_both_languages(send, 400, "OVERTIME_DAY_CAP")
    assert "180" in zh["detail"]
    assert "daily cap of 180 minutes" in en["detail"]
    refused = (
        (clerk, "/v1/overtimeRequests", wish(workDate="2026-01-05"), 400, "OVERTIME_TOO_LATE"),
        (clerk, "/v1/overtimeRequests", wish(hours="6pm"), 400, "FIELD_INVALID"),
        (head, "/v1/companyDays", {"startDate": "2026-12-24"}, 403, "PERMISSION_MISSING"),
    )
    for who, path, body, status, reason in refused:
        with nothing_stored(client):
            problem(who.http.post(path, json=body), status, reason)
