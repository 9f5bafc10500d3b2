"""A department at work over REST: it asks, decides, tells and does; what somebody may do ends everywhere at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.journeys.client import Client
from tests.journeys.department import Department, department_of, eventually, today
from tests.journeys.installed import Installation
from tests.journeys.problems import in_both_languages, problem

WORDS = {"zh": "谁能看什么，由公司说了算。", "en": "Who sees what is for the company to say."}
WAITING, ASKED = "DECISION_VIEW_WAITING_FOR_ME", "DECISION_VIEW_ASKED_BY_ME"


@pytest.fixture(scope="module")
def department(client: Client) -> Iterator[Department]:
    with department_of(client) as made:
        yield made


def inbox(client: Client, view: str = WAITING) -> list[str]:
    return [decision["name"] for decision in client.all("/v1/decisions", "decisions", view=view)]


def answer(client: Client, name: str, kind: str, text: str = "") -> Any:
    step = client.get(f"/v1/{name}")["step"]
    return client.post(f"/v1/{name}:answer", {"step": step, "answer": f"ANSWER_KIND_{kind}", "text": text})


def ended(send: Any) -> httpx.Response | None:
    """The refusal of a token that ended, once it comes."""
    found: httpx.Response = send()
    return found if found.status_code == 401 else None


def set_process(department: Department, kind: str) -> None:
    """The head, then customer service's opinion, then the next head up."""
    steps = [{"kind": "STEP_KIND_HEAD"}, {"kind": "STEP_KIND_OPINION"}, {"kind": "STEP_KIND_HEAD", "levelsUp": 1}]
    related = [department.units["SERVICE"]]
    process = {"kind": kind, "weight": "WEIGHT_ORDINARY", "steps": steps, "relatedUnits": related}
    department.administrator.post("/v1/processes", process)


@pytest.mark.clause("DEC-1", "DEC-2", "DEC-3")
def test_what_an_employee_asks_is_answered_by_those_it_concerns_and_dissent_stays(department: Department) -> None:
    set_process(department, "shop-event")
    asker, head, related, director, member = (
        department.sign_in(login) for login in ("designer", "marketing", "service", "director", "agent")
    )
    wish = {"kind": "shop-event", "text": "周末直播", "subjects": ["products/lamp-7"]}
    name = asker.post("/v1/decisions", wish)["name"]

    assert (name in inbox(head), name in inbox(related), name in inbox(asker, ASKED)) == (True, False, True)
    told = problem(
        asker.http.post(f"/v1/{name}:answer", json={"step": 1, "answer": "ANSWER_KIND_AGREE"}), 403, "DECISION_OWN"
    )
    assert told["clause"].startswith("DEC-")
    answer(head, name, "AGREE")
    assert (name in inbox(head), name in inbox(related)) == (False, True)
    answer(related, name, "AGREE", "晚间需加一席")
    member.post(f"/v1/{name}:addStatement", {"kind": "ANSWER_KIND_DISSENT", "text": "一席不够"})
    answer(director, name, "AGREE")

    seen = asker.get(f"/v1/{name}")
    assert (seen["state"], seen["decidedBy"]) == ("DECISION_STATE_AGREED", department.people["director"])
    said = [(one["person"], one["kind"].removeprefix("ANSWER_KIND_")) for one in seen["answers"]]
    kinds = {"marketing": "AGREE", "service": "AGREE", "agent": "DISSENT", "director": "AGREE"}
    assert said == [(department.people[login], kind) for login, kind in kinds.items()]
    assert [one["text"] for one in seen["answers"] if one["kind"] == "ANSWER_KIND_DISSENT"] == ["一席不够"]
    late = member.post(f"/v1/{name}:addStatement", {"kind": "ANSWER_KIND_DISSENT", "text": "仍不够"})
    assert late["state"] == "DECISION_STATE_AGREED"


@pytest.mark.clause("PLN-2")
def test_a_notice_reaches_a_unit_and_its_sender_sees_who_has_read_it(department: Department) -> None:
    director, reader = department.sign_in("director"), department.sign_in("agent")
    text = {"title": {"zh": "盘点", "en": "Stock count"}, "body": {"zh": "周五盘点。", "en": "We count on Friday."}}
    to = {"unit": department.units["SERVICE"]}
    name = director.post("/v1/notices", {**text, "to": to})["name"]

    (received,) = [one for one in reader.all("/v1/notices", "notices") if one["name"] == name]
    assert received["body"] == text["body"]
    reader.post(f"/v1/{name}:markRead", {})
    receipts = director.get(f"/v1/{name}/receipts")
    assert (receipts["addresseeCount"], receipts["readCount"]) == (2, 1)
    read = {one["person"]: "readTime" in one for one in receipts["receipts"]}
    assert read == {department.people["agent"]: True, department.people["service"]: False}
    problem(department.sign_in("designer").http.get(f"/v1/{name}"), 404, "NOTICE_NOT_FOUND")


def test_a_duty_is_done_by_whose_it_is_and_with_proof(department: Department) -> None:
    head, agent = department.sign_in("service"), department.sign_in("agent")
    once = {"rhythm": "DUTY_RHYTHM_ONCE", "date": (today() + timedelta(days=1)).isoformat(), "time": "18:00"}
    duty = {
        "title": {"zh": "整理反馈", "en": "Sort the feedback"},
        "person": department.people["agent"],
        "schedule": once,
        "proof": "DUTY_PROOF_KIND_TEXT",
    }
    given = head.post("/v1/duties", duty)["name"]
    (due,) = agent.all("/v1/dutyOccurrences", "dutyOccurrences", mine="true", duty=given)

    proved = {"proof": {"text": "共 31 条"}}
    problem(agent.http.post(f"/v1/{due['name']}:complete", json={}), 400, "DUTY_PROOF_MISSING")
    problem(head.http.post(f"/v1/{due['name']}:complete", json=proved), 404, "DUTY_OCCURRENCE_NOT_FOUND")
    agent.post(f"/v1/{due['name']}:complete", proved)

    (seen,) = head.all("/v1/dutyOccurrences", "dutyOccurrences", duty=given)
    assert (seen["state"], seen["proof"]["text"]) == ("DUTY_OCCURRENCE_STATE_DONE", "共 31 条")
    assert seen["closedBy"] == department.people["agent"]


@pytest.mark.clause("SEC-1", "SEC-3")
def test_a_role_that_is_revoked_ends_in_every_service_within_seconds(department: Department) -> None:
    grant = department.grant("clerk", "hr")["name"]
    clerk = department.sign_in("clerk")
    places = (f"/v1/{department.people['agent']}", f"/v1/{department.people['agent']}/punches")
    for place in places:
        eventually(lambda place=place: clerk.http.get(place).is_success)

    department.administrator.post(f"/v1/{grant}:revoke", {})

    for place in places:
        problem(eventually(lambda place=place: ended(lambda: clerk.http.get(place))), 401, "TOKEN_ENDED")
    clerk.enter(clerk.post("/v1/sessions:refresh", {"refreshToken": clerk.refresh_token}))
    assert clerk.get("/v1/self")["person"]["name"] == department.people["clerk"]
    for place in places:
        problem(clerk.http.get(place), 404, "PERSON_NOT_FOUND")


def test_signing_out_everywhere_ends_every_session(department: Department) -> None:
    here, there = department.sign_in("designer"), department.sign_in("designer")
    own = f"/v1/{department.people['designer']}/punches"
    eventually(lambda: there.http.get(own).is_success)

    assert here.post("/v1/self:endSessions", {})["endedCount"] >= 2

    for client in (here, there):
        for place in ("/v1/self", own):
            problem(eventually(lambda c=client, p=place: ended(lambda: c.http.get(p))), 401, "TOKEN_ENDED")
        refused = client.http.post("/v1/sessions:refresh", json={"refreshToken": client.refresh_token})
        problem(refused, 401, "SESSION_ENDED")
    assert department.sign_in("designer").get("/v1/self")["person"]["name"] == department.people["designer"]


def test_an_access_token_does_what_it_names_and_dies_when_it_is_revoked(department: Department) -> None:
    owner = department.sign_in("agent")
    wish = {
        "title": "own punches",
        "permissions": ["attendance.punches.read"],
        "endDate": (today() + timedelta(days=30)).isoformat(),
    }
    made = owner.post("/v1/accessTokens", wish)
    with httpx.Client(
        base_url=owner.address, timeout=60, headers={"Authorization": f"Bearer {made['secret']}"}
    ) as program:
        punches, person = (f"/v1/{department.people['agent']}{rest}" for rest in ("/punches", ""))
        assert eventually(lambda: program.get(punches).is_success)
        problem(program.get(person), 403, "PERMISSION_MISSING")
        assert all("secret" not in one or not one["secret"] for one in owner.get("/v1/accessTokens")["accessTokens"])

        owner.post(f"/v1/{made['name']}:revoke", {})

        refused = eventually(lambda: ended(lambda: program.get(punches)))
        assert refused.json()["reason"] in {"TOKEN_INVALID", "TOKEN_ENDED"}


@pytest.mark.clause("SEC-3")
def test_why_access_explains_a_refusal_and_what_gives_a_right(department: Department) -> None:
    head, employee = department.sign_in("service"), department.sign_in("designer")
    agent = department.people["agent"]
    problem(employee.http.get(f"/v1/{agent}/punches"), 404, "PERSON_NOT_FOUND")

    why = employee.get("/v1/accessAnswer", permission="attendance.punches.read", target=agent)
    assert (why["allowed"], why["gap"], why["clause"]) == (False, "ACCESS_GAP_OUT_OF_REACH", "SEC-1")
    assert "roles/employee" in why["sentence"]["en"]
    why = head.get("/v1/accessAnswer", method="bylaw.attendance.v1.Punches.ListPunches", target=agent)
    assert (why["allowed"], why["clause"]) == (True, "ORG-3")
    assert [one["source"] for one in why["standings"] if one["reaches"]] == ["roles/unit-head"]


@pytest.mark.clause("SEC-1")
def test_a_clause_that_is_reworded_from_today_is_read_in_every_service_s_refusals(department: Department) -> None:
    employee = department.sign_in("designer")
    body = {"wording": WORDS, "reason": "resolved in a journey"}
    department.administrator.post("/v1/clauses/SEC-1:revise", body)

    for place in ("/v1/people", "/v1/patternAssignments"):

        def reworded(place: str = place) -> bool:
            told = employee.http.post(place, json={}).json()
            return bool(told["clauseWording"] == WORDS)

        eventually(reworded, within_seconds=10)
        zh, en = in_both_languages(
            lambda headers, place=place: employee.http.post(place, json={}, headers=headers), 403, "PERMISSION_MISSING"
        )
        assert (zh["clause"], en["clauseWording"]) == ("SEC-1", WORDS)


@pytest.mark.clause("SEC-3")
def test_the_audit_trail_says_who_did_what_under_which_grant(department: Department) -> None:
    grant = department.grant("herald", "operations-director", reason="in a journey")["name"]
    sender, auditor = department.sign_in("herald"), department.administrator
    text = {"title": {"zh": "例会", "en": "Meeting"}, "body": {"zh": "周一十点。", "en": "Monday at ten."}}
    sent = sender.http.post("/v1/notices", json={**text, "to": {"people": [department.people["agent"]]}})
    notice = sent.json()["name"]

    (entry,) = auditor.get("/v1/audit/people/entries", target=notice, actor=department.people["herald"])["auditEntries"]
    assert entry["method"] == "bylaw.people.v1.Notices/SendNotice"
    assert (entry["grants"], entry["scopes"], entry["outcome"]) == ([grant], ["company"], "AUDIT_OUTCOME_DONE")
    assert entry["traceId"] == sent.headers["X-Trace-Id"]
    refused = department.sign_in("agent").http.post("/v1/people", json={})
    trail = auditor.get("/v1/audit/people/entries", outcome="AUDIT_OUTCOME_REFUSED", clause="SEC-1", pageSize=1000)
    found = {one["traceId"]: one["reason"] for one in trail["auditEntries"]}
    assert found[refused.headers["X-Trace-Id"]] == "PERMISSION_MISSING"
    text_of_trail = auditor.http.get("/v1/audit/people/entries", params={"pageSize": 1000}).text
    assert all(word not in text_of_trail for word in ("赵一帆", "周一十点", "in a journey", "agent@"))


def test_the_doctor_is_content(installation: Installation, department: Department) -> None:
    department.grant("agent", "customer-service")
    for service in ("people", "attendance", "inventory", "orders"):
        head = f"/v1/audit/{service}/head"
        eventually(lambda head=head: department.administrator.get(head)["unsealedCount"] in (0, "0"), within_seconds=10)
    done = installation.bylaw("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "audit chain" in done.stdout
    assert "is ready" in done.stdout
