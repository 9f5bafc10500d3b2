"""Two shops plan a month: a broken cap is refused, a month is copied, and two clerks swap with both heads' consent."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.department import PASSWORD, Department, eventually, today
from tests.journeys.problems import in_both_languages, nothing_stored, problem

FILES = {
    "SITES": "code,title_zh,title_en,time_zone,calendar\nN4HQ,东楼,East house,Asia/Shanghai,NONE\n",
    "UNITS": "code,title_zh,title_en,kind,parent\nN4CO,东方,East,company,\n"
    "N4A,甲店,Shop A,department,N4CO\nN4B,乙店,Shop B,department,N4CO\n",
    "PEOPLE": "number,name,login,unit,position,site,employment_kind,start_date\n"
    "N4-1,方明,n4-head-a,N4A,,N4HQ,formal,2024-01-01\nN4-2,周宁,n4-clerk-a,N4A,,N4HQ,formal,2024-01-01\n"
    "N4-3,高远,n4-head-b,N4B,,N4HQ,formal,2024-01-01\nN4-4,许安,n4-clerk-b,N4B,,N4HQ,formal,2024-01-01\n",
}
HEADS = {"N4A": "n4-head-a", "N4B": "n4-head-b"}


@pytest.fixture(scope="module")
def made(client: Client) -> Iterator[Department]:
    for kind, text in FILES.items():
        told = {"kind": f"ORGANISATION_FILE_KIND_{kind}", "effectiveDate": "2024-01-01"}
        client.upload("/v1/organisation:import", text.encode(), **told)
    found = Department(client)
    for code in ("N4CO", *HEADS):
        found.units[code] = client.get("/v1/units", code=code)["units"][0]["name"]
    for number, login in enumerate(("n4-head-a", "n4-clerk-a", "n4-head-b", "n4-clerk-b"), 1):
        found.people[login] = client.get("/v1/people", number=f"N4-{number}")["people"][0]["name"]
        client.post(f"/v1/{found.people[login]}:setPassword", {"newPassword": PASSWORD})
    for code, login in HEADS.items():
        head = {"head": found.people[login], "effectiveDate": "2024-01-01"}
        client.post(f"/v1/{found.units[code]}:appointHead", head)
    pattern = {"shiftPattern": "shiftPatterns/rest-by-rota@1", "subject": found.units["N4CO"]}
    client.post("/v1/patternAssignments", {**pattern, "startDate": "2026-01-01"})
    yield found
    found.close()


def mondays() -> list[date]:
    """Those of the month after next, so that nothing comes at short notice."""
    first = (today().replace(day=1) + timedelta(62)).replace(day=1)
    monday = first + timedelta(-first.weekday() % 7)
    days = [monday + timedelta(weeks=number) for number in range(5)]
    return [day for day in days if day.month == first.month]


def rest(person: str, *days: date) -> list[dict[str, str]]:
    return [{"person": person, "workDate": f"{day}", "code": "rest"} for day in days]


def told(clerk: Client) -> list[dict[str, Any]]:
    return list(clerk.all("/v1/notices", "notices"))


@pytest.mark.clause("HRS-2", "HRS-7", "ORG-3")
def test_a_month_is_published_copied_on_trial_and_swapped_with_both_heads_consent(made: Department) -> None:
    head_a, head_b = made.sign_in("n4-head-a"), made.sign_in("n4-head-b")
    clerk_a, clerk_b = made.sign_in("n4-clerk-a"), made.sign_in("n4-clerk-b")
    monday = mondays()[0]
    tuesday = monday + timedelta(1)
    path = "/v1/{}/rotaCells:publish"
    cells = rest(made.people["n4-clerk-a"], monday)
    assert head_a.post(path.format(made.units["N4A"]), {"rotaCells": cells})["publishedCount"] == 1
    head_b.post(path.format(made.units["N4B"]), {"rotaCells": rest(made.people["n4-clerk-b"], tuesday)})

    months = {"fromMonth": f"{monday:%Y-%m}", "toMonth": f"{monday + timedelta(35):%Y-%m}", "validateOnly": True}
    tried = head_a.post(f"/v1/{made.units['N4A']}/rotaCells:copy", months)
    assert [len(tried[name]) for name in ("rotaCells", "leftOut", "faults")] == [1, 0, 0]
    wish = {"otherPerson": made.people["n4-clerk-b"], "workDates": [f"{monday}", f"{tuesday}"], "reason": "考试"}
    swap = clerk_a.post("/v1/rotaSwaps", wish)["name"]
    clerk_b.post(f"/v1/{swap}:agree", {})
    assert head_a.post(f"/v1/{swap}:consent", {})["state"] == "ROTA_SWAP_STATE_AGREED"
    assert head_b.post(f"/v1/{swap}:consent", {})["state"] == "ROTA_SWAP_STATE_DONE"

    for clerk, titles in ((clerk_a, ["换班已生效"]), (clerk_b, ["换班已生效", "有人想与您换班"])):
        eventually(lambda clerk=clerk, titles=titles: [one["title"]["zh"] for one in told(clerk)] == titles)
    month = clerk_a.get(f"/v1/{made.people['n4-clerk-a']}/rotaCells", month=f"{monday:%Y-%m}")
    assert [(one["workDate"], one["shortNotice"]) for one in month["rotaCells"]] == [(f"{tuesday}", False)]


@pytest.mark.clause("HRS-7")
def test_a_rota_that_leaves_a_week_without_rest_is_told_in_both_languages_and_nothing_is_stored(
    client: Client, made: Department
) -> None:
    head, clerk = made.sign_in("n4-head-a"), made.sign_in("n4-clerk-a")
    second = mondays()[1]
    crowded = rest(made.people["n4-head-a"], *(second + timedelta(number) for number in range(5)))
    path = f"/v1/{made.units['N4A']}/rotaCells:publish"

    def send(headers: Any) -> Any:
        return head.http.post(path, json={"rotaCells": crowded}, headers=headers)

    with nothing_stored(client):
        zh, en = in_both_languages(send, 400, "ROTA_REFUSED")
    assert {at["reason"] for at in en["errors"]} == {"ROTA_WEEK_WITHOUT_REST"}
    assert "每周至少 1 天" in zh["errors"][0]["detail"]
    refused = (
        (clerk, path, {"rotaCells": crowded}, 403, "PERMISSION_MISSING"),
        (clerk, "/v1/rotaSwaps", {"otherPerson": made.people["n4-clerk-a"], "workDates": ["x"]}, 400, "FIELD_INVALID"),
        (clerk, "/v1/rotaSwaps/018f0000-0000-7000-8000-000000000000:agree", {}, 404, "ROTA_SWAP_NOT_FOUND"),
    )
    for who, where, body, status, reason in refused:
        with nothing_stored(client):
            problem(who.http.post(where, json=body), status, reason)
