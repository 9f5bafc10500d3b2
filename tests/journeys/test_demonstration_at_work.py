"""The demonstration company at work: what waits and was decided, roles, notices, duties, its own words."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.company import Company
from tests.journeys.department import eventually, today
from tests.journeys.problems import HAN

OVERDUE_SECONDS = 120.0
"""The company's overdue duty is due a minute or so after the first start."""
SHIPPED_AND_GIVEN = {
    *("hr", "warehouse-keeper", "finance", "order-clerk", "customer-service"),
    *("operations-director", "shop-manager", "auditor", "administrator"),
}


@pytest.fixture(scope="module")
def clients(company: Company) -> Iterator[dict[str, Client]]:
    with ExitStack() as opened:
        wanted = ("administrator", "director", "head", "hr", "employee", "outsider")
        yield {who: opened.enter_context(company.signed_in(who)) for who in wanted}


def person(client: Client, number: str) -> Any:
    (found,) = client.get("/v1/people", number=number)["people"]
    return found


@pytest.mark.clause("DEC-1", "DEC-2", "DEC-3")
def test_the_head_finds_what_waits_and_every_outcome_can_be_read(clients: dict[str, Client]) -> None:
    waiting = list(clients["head"].all("/v1/decisions", "decisions", view="DECISION_VIEW_WAITING_FOR_ME"))
    assert sorted(found["kind"] for found in waiting) == ["leave", "ordinary-matter", "promotion-budget"]
    everything = list(clients["director"].all("/v1/decisions", "decisions"))
    states = Counter(found["state"].removeprefix("DECISION_STATE_") for found in everything)
    assert states == {"WAITING": 3, "AGREED": 2, "REFUSED": 2, "SENT_BACK": 2}
    full = [clients["director"].get(f"/v1/{found['name']}") for found in everything]
    dissent = [
        said for found in full for said in found["answers"] if said["kind"] == "ANSWER_KIND_DISSENT" and said["text"]
    ]
    assert len(dissent) == 1
    (delegation,) = clients["director"].all("/v1/delegations", "delegations")
    assert delegation["kinds"] == ["ordinary-matter"]


@pytest.mark.clause("SEC-1", "SEC-3")
def test_every_role_is_held_by_somebody_and_one_by_a_position(clients: dict[str, Client]) -> None:
    grants = list(clients["administrator"].all("/v1/grants", "grants"))
    assert {grant["role"].removeprefix("roles/") for grant in grants} == SHIPPED_AND_GIVEN
    assert [grant["role"] for grant in grants if grant["position"]] == ["roles/warehouse-keeper"]
    keeper = person(clients["administrator"], "1022")["name"]
    holdings = clients["administrator"].get(f"/v1/{keeper}/holdings")
    assert {standing["role"] for standing in holdings["standings"]} >= {"roles/warehouse-keeper", "roles/unit-head"}


@pytest.mark.clause("SEC-2")
def test_the_outsider_is_there_by_a_head_s_permission_and_for_a_time(clients: dict[str, Client]) -> None:
    me = clients["outsider"].get("/v1/self")["person"]["name"]
    (access,) = clients["director"].all("/v1/outsideAccesses", "outsideAccesses", person=me)
    assert access["permittedBy"] == clients["director"].get("/v1/self")["person"]["name"]
    assert 0 < (date.fromisoformat(access["endDate"]) - today()).days < 90
    assert access["reason"]


@pytest.mark.clause("POS-2", "ORG-3")
def test_positions_ask_for_skills_and_who_lacks_one_was_appointed_with_a_reason(clients: dict[str, Client]) -> None:
    hr = clients["hr"]
    positions = {position["code"]: position for position in hr.all("/v1/positions", "positions")}
    asked = {code for code, position in positions.items() if position["requirements"]}
    assert len(asked) >= 6
    clerk = person(hr, "1010")
    assert positions["ORDERS"]["name"] == clerk["appointment"]["position"]
    assert HAN.search(clerk["appointment"]["reason"])
    assert not hr.get(f"/v1/{clerk['name']}/qualifications")["qualifications"]
    assert hr.get(f"/v1/{person(hr, '1016')['name']}/qualifications")["qualifications"]
    units = {unit["code"]: unit for unit in hr.all("/v1/units", "units")}
    assert units["LOGISTICS"]["deputy"] == clerk["name"]


@pytest.mark.clause("PLN-2")
def test_notices_were_read_by_some_and_the_company_has_its_own_words_for_that(clients: dict[str, Client]) -> None:
    (notice,) = clients["director"].all("/v1/notices", "notices", filter="NOTICE_FILTER_SENT")
    receipts = clients["director"].get(f"/v1/{notice['name']}/receipts")
    assert 0 < receipts["readCount"] < receipts["addresseeCount"] == 11
    assert clients["employee"].get("/v1/notices", filter="NOTICE_FILTER_UNACKNOWLEDGED")["notices"]
    clause = clients["employee"].get("/v1/clauses/PLN-2")
    assert (clause["origin"], clause["effectiveDate"]) == ("CLAUSE_ORIGIN_COMPANY", today().isoformat())
    assert all(clause["wording"][language] != clause["shippedWording"][language] for language in ("zh", "en"))


def test_something_is_overdue_something_due_and_something_done_with_proof(clients: dict[str, Client]) -> None:
    director = clients["director"]
    overdue = {"filter": "DUTY_OCCURRENCE_FILTER_OVERDUE"}
    late = eventually(
        lambda: director.get("/v1/dutyOccurrences", **overdue)["dutyOccurrences"], within_seconds=OVERDUE_SECONDS
    )
    assert [found["clause"] for found in late] == ["GDS-3"]
    known = list(director.all("/v1/dutyOccurrences", "dutyOccurrences"))
    (done,) = [found for found in known if found["state"] == "DUTY_OCCURRENCE_STATE_DONE"]
    assert done["proof"]["text"]
    assert any(found["clause"] == "WHS-11" and not found["overdue"] for found in known)
    assert any(found["clause"] == "SHT-1" for found in director.all("/v1/duties", "duties"))
