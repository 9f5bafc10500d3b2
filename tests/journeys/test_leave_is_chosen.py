"""Human resources gives a shop more leave: tried, assigned, and taken back; less than the law is refused (LVE-1)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.department import PASSWORD, Department
from tests.journeys.problems import in_both_languages, nothing_stored, problem

FILES = {
    "SITES": "code,title_zh,title_en,time_zone,calendar\nN2HQ,南楼,South house,Asia/Shanghai,CN\n",
    "UNITS": "code,title_zh,title_en,kind,parent\nN2CO,南方,South,company,\nN2SHOP,南店,South shop,department,N2CO\n",
    "PEOPLE": "number,name,login,unit,position,site,employment_kind,start_date\n"
    "N2-1,林南,n2-clerk,N2SHOP,,N2HQ,formal,2024-01-01\n",
}
STATUTORY, YEAR = "leavePolicies/statutory-leave@1", "2026"
MORE = {"annual_days_from_10_years": 12}


@pytest.fixture(scope="module")
def made(client: Client) -> Iterator[Department]:
    for kind, text in FILES.items():
        told = {"kind": f"ORGANISATION_FILE_KIND_{kind}", "effectiveDate": "2024-01-01"}
        client.upload("/v1/organisation:import", text.encode(), **told)
    found = Department(client)
    found.units["N2SHOP"] = client.get("/v1/units", code="N2SHOP")["units"][0]["name"]
    found.people["n2-clerk"] = client.get("/v1/people", number="N2-1")["people"][0]["name"]
    client.post(f"/v1/{found.people['n2-clerk']}:setPassword", {"newPassword": PASSWORD})
    yield found
    found.close()


def wish(made: Department, **parameters: Any) -> dict[str, Any]:
    told = {"subject": made.units["N2SHOP"], "leavePolicy": STATUTORY, "startDate": f"{YEAR}-01-01"}
    return {**told, "parameters": parameters}


@pytest.mark.clause("LVE-1")
def test_more_leave_is_tried_assigned_and_taken_back(client: Client, made: Department) -> None:
    person = made.people["n2-clerk"]
    client.post(f"/v1/{person}/serviceRecord:set", {"serviceSinceDate": "2014-03-01", "birthday": "02-29"})
    clerk = made.sign_in("n2-clerk")
    assert clerk.get(f"/v1/{person}/serviceRecord")["birthday"] == "02-29"
    asked = {"subject": made.units["N2SHOP"], "leavePolicy": STATUTORY, "startDate": f"{YEAR}-01-01"}

    def effects() -> list[tuple[str, str, str]]:
        answer = client.get("/v1/leaveAssignmentEffects", **asked, parameters='{"annual_days_from_10_years": 12}')
        return [(one["balance"], one["before"], one["after"]) for one in answer.get("effects", [])]

    assert effects() == [("annual", "10", "12")]
    assigned = client.post("/v1/leaveAssignments", wish(made, **MORE))
    assert assigned["parameters"]["marriage_days"] == 3
    listed = client.get("/v1/leaveAssignments", subject=made.units["N2SHOP"])["leaveAssignments"]
    assert [one["name"] for one in listed] == [assigned["name"]]
    client.post(f"/v1/{assigned['name']}:withdraw", {"reason": "meant for another shop"})
    assert effects() == [("annual", "10", "12")]


@pytest.mark.clause("LVE-1")
def test_less_than_the_law_asks_for_is_refused_in_both_languages_and_nothing_is_stored(
    client: Client, made: Department
) -> None:
    def send(headers: Any) -> Any:
        return client.http.post("/v1/leaveAssignments", json=wish(made, marriage_days=1), headers=headers)

    with nothing_stored(client):
        zh, en = in_both_languages(send, 400, "LEAVE_PARAMETERS_INVALID")
    assert [one["field"] for one in zh["errors"]] == ["parameters.marriage_days"]
    assert (zh["clause"], en["clause"]) == ("LVE-1", "LVE-1")
    clerk = made.sign_in("n2-clerk")
    problem(clerk.http.post("/v1/leaveAssignments", json=wish(made)), 403, "PERMISSION_MISSING")
    problem(clerk.http.post(f"/v1/{made.people['n2-clerk']}/serviceRecord:set", json={}), 403, "PERMISSION_MISSING")
