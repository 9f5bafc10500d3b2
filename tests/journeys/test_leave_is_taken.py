"""A clerk asks for leave and for a trip, those whom the policy names decide, balance and sheet follow, plans change."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.department import PASSWORD, Department, eventually, today
from tests.journeys.problems import in_both_languages, problem

FILES = {
    "SITES": "code,title_zh,title_en,time_zone,calendar\nN1HQ,南楼,South house,Asia/Shanghai,NONE\n",
    "UNITS": "code,title_zh,title_en,kind,parent\nN1CO,南方,South,company,\nN1SHOP,南店,South shop,department,N1CO\n",
    "PEOPLE": "number,name,login,unit,position,site,employment_kind,start_date\n"
    "N1-1,高远,n1-head,N1SHOP,,N1HQ,formal,2020-01-01\nN1-2,陆晴,n1-clerk,N1SHOP,,N1HQ,formal,2020-01-01\n"
    "N1-3,温岚,n1-boss,N1CO,,N1HQ,formal,2020-01-01\nN1-4,苏清,n1-hr,N1CO,,N1HQ,formal,2020-01-01\n",
}
WEEK = [f"{day}day" for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")]
FIRST, SECOND, LONG, ELEVENTH = (f"{today() + timedelta(days=days)}" for days in (14, 15, 20, 30))
LOGINS = ("n1-head", "n1-clerk", "n1-boss", "n1-hr")


@pytest.fixture(scope="module")
def made(client: Client) -> Iterator[Department]:
    for kind, text in FILES.items():
        told = {"kind": f"ORGANISATION_FILE_KIND_{kind}", "effectiveDate": "2020-01-01"}
        client.upload("/v1/organisation:import", text.encode(), **told)
    found = Department(client)
    for code in ("N1CO", "N1SHOP"):
        found.units[code] = client.get("/v1/units", code=code)["units"][0]["name"]
    for number, login in enumerate(LOGINS, start=1):
        found.people[login] = client.get("/v1/people", number=f"N1-{number}")["people"][0]["name"]
        client.post(f"/v1/{found.people[login]}:setPassword", {"newPassword": PASSWORD})
    for code, login in (("N1SHOP", "n1-head"), ("N1CO", "n1-boss")):
        head = {"head": found.people[login], "effectiveDate": "2024-01-01"}
        client.post(f"/v1/{found.units[code]}:appointHead", head)
    found.grant("n1-hr", "hr", scope="SCOPE_SUBTREE", unit=found.units["N1CO"])
    pattern = {"shiftPattern": "shiftPatterns/fixed-week@1", "subject": found.units["N1CO"]}
    pattern |= {"hoursSystem": "HOURS_SYSTEM_IRREGULAR", "hoursApproval": "every day of the week"}
    client.post("/v1/patternAssignments", {**pattern, "startDate": "2020-01-01", "parameters": {"working_days": WEEK}})
    yield found
    found.close()


def agreed(clerk: Client, *deciders: Client, **wish: Any) -> Any:
    """What was asked for, as it stands once each of them in turn has agreed."""
    asked = clerk.post("/v1/leaveRequests", wish)
    for decider in deciders:
        assert clerk.get(f"/v1/{asked['name']}")["state"] == "LEAVE_REQUEST_STATE_WAITING"
        step = decider.get(f"/v1/{asked['decision']}")["step"]
        answer = {"step": step, "answer": "ANSWER_KIND_AGREE", "text": "同意"}
        decider.post(f"/v1/{asked['decision']}:answer", answer)
    name = f"/v1/{asked['name']}"
    eventually(lambda: clerk.get(name)["state"] == "LEAVE_REQUEST_STATE_AGREED")
    return clerk.get(name)


def there(client: Client, person: str, day: str) -> Any:
    """What is left of annual leave at the end of a day."""
    balances = client.get(f"/v1/{person}/leaveBalances", date=day)["leaveBalances"]
    return next(one["amount"] for one in balances if one["code"] == "annual")


def excused(client: Client, person: str, day: str) -> Any:
    """What excuses a day of the sheet."""
    sheet = client.get(f"/v1/{person}/sheets/{day[:7]}")
    return next(one.get("leave", []) for one in sheet["days"] if one["workDate"] == day)


@pytest.mark.clause("LVE-1", "LVE-2")
def test_leave_is_previewed_agreed_taken_shortened_and_given_back(made: Department) -> None:
    clerk, head, person = made.sign_in("n1-clerk"), made.sign_in("n1-head"), made.people["n1-clerk"]
    before = there(clerk, person, SECOND)
    preview = clerk.get("/v1/leaveRequests:preview", kind="annual", startDate=FIRST, endDate=SECOND)
    assert (preview["leaveRequest"]["totalDays"], preview.get("objections", [])) == ("2", [])

    taken = agreed(clerk, head, kind="annual", startDate=FIRST, endDate=SECOND, reason="婚礼")

    assert there(clerk, person, SECOND) == preview["left"]
    assert [part["leaveRequest"] for part in excused(head, person, SECOND)] == [taken["name"]]
    shorter = clerk.post(f"/v1/{taken['name']}:shorten", {"endDate": FIRST, "etag": taken["etag"]})
    assert (shorter["totalDays"], excused(head, person, SECOND)) == ("1", [])
    assert clerk.post(f"/v1/{taken['name']}:cancel", {})["state"] == "LEAVE_REQUEST_STATE_CANCELLED"
    assert there(clerk, person, SECOND) == before
    kinds = [one["kind"] for one in clerk.get(f"/v1/{person}/leaveEntries", pageSize=4)["leaveEntries"]]
    assert kinds.count("LEAVE_ENTRY_KIND_GIVE_BACK") == 2


@pytest.mark.clause("LVE-2", "DEC-2")
@pytest.mark.parametrize(
    ("wish", "order"),
    [
        ({"kind": "marriage", "startDate": FIRST, "evidence": "结婚证"}, ("n1-head", "n1-hr")),
        ({"kind": "personal", "startDate": LONG, "endDate": ELEVENTH}, ("n1-head", "n1-boss", "n1-hr")),
    ],
)
def test_whom_the_policy_names_for_kind_and_length_is_asked_in_its_order(
    made: Department, wish: dict[str, str], order: tuple[str, ...]
) -> None:
    clerk = made.sign_in("n1-clerk")
    steps = clerk.get("/v1/leaveRequests:preview", **wish)["steps"]
    foreseen = [{one["person"] for one in step["deciders"]} for step in steps]
    assert [made.people[login] in people for login, people in zip(order, foreseen, strict=True)] == [True] * len(order)
    taken = agreed(clerk, *map(made.sign_in, order), **wish)
    said = clerk.get(f"/v1/{taken['decision']}")["answers"]
    assert [one["person"] for one in said] == [made.people[login] for login in order]
    clerk.post(f"/v1/{taken['name']}:cancel", {})


@pytest.mark.clause("LVE-3")
def test_a_trip_counts_as_worked(made: Department) -> None:
    clerk, head, person = made.sign_in("n1-clerk"), made.sign_in("n1-head"), made.people["n1-clerk"]
    trip = agreed(clerk, head, kind="trip", startDate=FIRST)
    totals = clerk.get(f"/v1/{person}/sheets/{FIRST[:7]}")["totals"]
    assert (trip["countsAsWorked"], totals["outsideMinutes"], totals["excusedMinutes"]) == (True, 450, 0)
    clerk.post(f"/v1/{trip['name']}:cancel", {})


@pytest.mark.clause("LVE-1")
def test_what_speaks_against_it_is_told_in_both_languages_and_nothing_is_kept(made: Department) -> None:
    clerk, head = made.sign_in("n1-clerk"), made.sign_in("n1-head")
    yesterday, person = f"{today() - timedelta(days=1)}", made.people["n1-clerk"]
    listed = list(clerk.all("/v1/leaveRequests", "leaveRequests"))
    for wish, status, reason in (
        ({"kind": "annual", "startDate": yesterday}, 400, "LEAVE_NOT_ADMITTED"),
        ({"kind": "sabbatical", "startDate": FIRST}, 400, "LEAVE_KIND_UNKNOWN"),
        ({"kind": "annual", "startDate": SECOND, "endDate": FIRST}, 400, "FIELD_INVALID"),
        ({"kind": "annual", "startDate": "2019-12-31"}, 400, "PERSON_NOT_EMPLOYED"),
    ):
        in_both_languages(
            lambda headers, wish=wish: clerk.http.post("/v1/leaveRequests", json=wish, headers=headers), status, reason
        )
    assert list(clerk.all("/v1/leaveRequests", "leaveRequests")) == listed
    entry = {"balance": "annual", "date": FIRST, "amount": "1", "reason": "结转"}
    problem(head.http.post(f"/v1/{person}/leaveEntries", json=entry), 403, "PERMISSION_MISSING")
