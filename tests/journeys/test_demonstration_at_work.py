"""The demonstration company at work: what waits and was decided, roles, notices, duties, its own words."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from decimal import Decimal
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
    assert states == {"WAITING": 5, "AGREED": 6, "REFUSED": 2, "SENT_BACK": 2}
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
    assert "GDS-3" in {found["clause"] for found in late}
    known = list(director.all("/v1/dutyOccurrences", "dutyOccurrences"))
    (done,) = [found for found in known if found["state"] == "DUTY_OCCURRENCE_STATE_DONE"]
    assert done["proof"]["text"]
    assert any(found["clause"] == "WHS-3" and not found["overdue"] for found in known)
    assert any(found["clause"] == "SHT-1" for found in director.all("/v1/duties", "duties"))


@pytest.mark.clause("LVE-1", "LVE-2", "LVE-3")
def test_leave_is_agreed_and_waits_by_cumulative_service_and_a_policy_of_the_warehouse(
    clients: dict[str, Client],
) -> None:
    hr = clients["hr"]
    asked = {found["kind"]: found for found in hr.all("/v1/leaveRequests", "leaveRequests")}
    states = {kind: found["state"].removeprefix("LEAVE_REQUEST_STATE_") for kind, found in asked.items()}
    assert states == {"annual": "AGREED", "personal": "WAITING", "trip": "AGREED"}
    analyst, (first, last) = asked["trip"]["person"], (asked["trip"]["startDate"], asked["trip"]["endDate"])
    days = {day["workDate"]: day for day in hr.get(f"/v1/{analyst}/sheets/{first[:7]}")["days"]}
    assert days[first]["leave"]
    assert not [punch for punch in hr.all(f"/v1/{analyst}/punches", "punches") if first <= punch["localTime"] <= last]
    clerk, keeper = person(hr, "1010")["name"], person(hr, "1022")["name"]
    entries = hr.all(f"/v1/{clerk}/leaveEntries", "leaveEntries")
    january = f"{today().year}-01-01"
    given = [int(entry["amount"]) for entry in entries if (entry["balance"], entry["date"]) == ("annual", january)]
    assert sum(given) == 7, "the warehouse has two days more than the law"
    assert hr.get(f"/v1/{keeper}/serviceRecord")["serviceSinceDate"] == "2008-10-08"


@pytest.mark.clause("HRS-1", "HRS-2", "HRS-6", "HRS-7")
def test_a_floating_day_a_swap_other_hours_and_overtime_that_was_found(clients: dict[str, Client]) -> None:
    director = clients["director"]
    (swap,) = director.all("/v1/rotaSwaps", "rotaSwaps")
    assert (swap["state"], len(swap["workDates"])) == ("ROTA_SWAP_STATE_DONE", 2)
    causes = {found["cause"] for found in director.all("/v1/hoursNotices", "hoursNotices")}
    assert causes == {"HOURS_CAUSE_POWER_FAILURE", "HOURS_CAUSE_BUSINESS_NEED"}
    overtime = list(director.all("/v1/overtimeRequests", "overtimeRequests"))
    assert Counter(found["state"].removeprefix("OVERTIME_STATE_") for found in overtime) == {"AGREED": 2, "WAITING": 1}
    assert [found["foundMinutes"] for found in overtime if found["settled"]] == [120]
    designer = person(director, "1004")["name"]
    months = {f"{today() + timedelta(days=days):%Y-%m}" for days in (10, 20, 45)}
    cells = [cell for month in months for cell in director.all(f"/v1/{designer}/rotaCells", "rotaCells", month=month)]
    assert [cell["code"] for cell in cells] == ["floating"]


@pytest.mark.clause("ATT-1")
def test_a_photo_and_a_missed_punch_wait_and_one_was_refused(clients: dict[str, Client]) -> None:
    (photo,) = clients["head"].all("/v1/signInPhotos", "signInPhotos")
    assert (photo["state"], photo["employeeNumber"]) == ("SIGN_IN_PHOTO_STATE_WAITING", "1008")
    image = clients["head"].http.get(f"/v1/{photo['name']}/image")
    assert image.content.startswith(b"\xff\xd8")
    corrections = clients["hr"].all("/v1/punchCorrections", "punchCorrections")
    states = {found["employeeNumber"]: found["state"] for found in corrections}
    assert states == {"1020": "PUNCH_CORRECTION_STATE_WAITING", "1008": "PUNCH_CORRECTION_STATE_REFUSED"}


@pytest.mark.clause("SHT-1", "SHT-2", "SHT-3")
def test_a_month_was_handed_over_objected_to_and_closed_and_put_right_on_record(clients: dict[str, Client]) -> None:
    hr = clients["hr"]
    (objection,) = hr.all("/v1/objections", "objections")
    sheet, month = objection["sheet"], objection["sheet"][-7:]
    assert (objection["state"], bool(objection["answer"])) == ("OBJECTION_STATE_DISMISSED", True)
    (unit,) = hr.get("/v1/units", code="TECH")["units"]
    closed = hr.get(f"/v1/{unit['name']}/months/{month}")
    assert (closed["state"], closed["peopleCount"], closed["closedCount"]) == ("UNIT_MONTH_STATE_CLOSED", 2, 2)
    assert objection["createTime"][:10] <= closed["objectionDate"]
    assert closed["handOverTime"][:10] <= closed["handOverDate"]
    causes = [version["cause"] for version in hr.all(f"/v1/{sheet}/versions", "versions")]
    assert causes == ["SHEET_VERSION_CAUSE_CLOSED", "SHEET_VERSION_CAUSE_CORRECTED"]
    after = date.fromisoformat(f"{month}-01") + timedelta(days=31)
    (adjustment,) = hr.all(f"/v1/{unit['name']}/adjustments", "adjustments", month=f"{after:%Y-%m}")
    assert (adjustment["difference"]["lateCount"], adjustment["countedMonth"]) == (-1, f"{after:%Y-%m}")
    others = hr.all(f"/v1/{unit['name']}/months", "unitMonths", month=f"{today():%Y-%m}")
    assert {found["state"] for found in others} == {"UNIT_MONTH_STATE_OPEN"}


@pytest.fixture(scope="module")
def keeper(company: Company) -> Iterator[Client]:
    with company.signed_in("keeper") as client:
        yield client


@pytest.fixture(scope="module")
def warehouse(keeper: Client) -> str:
    (found,) = keeper.all("/v1/warehouses", "warehouses")
    return str(found["name"])


@pytest.mark.clause("WHS-3", "WHS-4", "WHS-5", "WHS-8")
def test_its_warehouse_has_kept_its_books_for_half_a_year(keeper: Client, warehouse: str) -> None:
    days = keeper.get(f"/v1/{warehouse}/bookDays")["bookDays"]
    assert days[0]["name"].endswith(f"{today() - timedelta(days=1)}")
    assert {day["state"] for day in days} == {"BOOK_DAY_STATE_CLOSED"}
    assert [bool(day["disagreements"]) for day in days if day["explanation"]] == [True]
    last_month = today().replace(day=1) - timedelta(days=1)
    (handed,) = keeper.get(f"/v1/{warehouse}/stockMonths/{last_month:%Y-%m}")["handOvers"]
    assert (handed["lastDate"], handed["outdated"]) == (last_month.isoformat(), False)
    rows = list(keeper.all(f"/v1/{warehouse}/stockBalances", "stockBalances", showBeyondTheDoor="true"))
    assert sum(Decimal(row["onHand"]["value"]) for row in rows) == 0
    assert len(list(keeper.all("/v1/items", "items"))) == len({row["item"] for row in rows}) == 12


@pytest.mark.clause("WHS-1", "WHS-2", "WHS-6", "WHS-12")
def test_deliveries_a_stocktake_and_a_receipt_wait_in_its_warehouse(
    clients: dict[str, Client], keeper: Client, warehouse: str
) -> None:
    notes = {note["number"]: note for note in keeper.all(f"/v1/{warehouse}/deliveryNotes", "deliveryNotes")}
    came = {number: keeper.get(f"/v1/{note['name']}/deliveries")["deliveries"] for number, note in notes.items()}
    assert {number: [one["decision"] for one in found] for number, found in came.items()} == {
        "CH-3107": ["DELIVERY_DECISION_ACCEPTED_IN_PART"],
        "QY-0552": ["DELIVERY_DECISION_UNSPECIFIED"],
        "GY-88": [],
    }
    assert came["CH-3107"][0]["photos"]
    (waiting,) = keeper.get(f"/v1/{warehouse}/putAways")["putAways"]
    assert waiting["quantity"]["value"] == "56"
    (lacking,) = keeper.get(f"/v1/{warehouse}/parcels", lackingReceipt="true")["parcels"]
    assert lacking["number"] == "SF-660118"
    (stocktake,) = keeper.get(f"/v1/{warehouse}/stocktakes")["stocktakes"]
    assert stocktake["state"] == "STOCKTAKE_STATE_SUBMITTED"
    asked = clients["director"].all("/v1/decisions", "decisions", view="DECISION_VIEW_WAITING_FOR_ME")
    assert stocktake["decision"] in {one["name"] for one in asked}
    told = "\n".join(one["title"]["zh"] for one in clients["director"].all("/v1/notices", "notices"))
    assert all(words in told for words in ("CH-3107", "QY-0552", "仓库异常", "进销存报表"))


@pytest.mark.clause("GDS-1", "GDS-2", "WHS-7", "WHS-9", "WHS-10", "WHS-11")
def test_its_goods_are_offered_at_decided_prices_and_its_house_is_kept(keeper: Client, warehouse: str) -> None:
    proposals = keeper.get(f"/v1/{warehouse}/stockProposals")["stockProposals"]
    kinds = {one["level"]["code"]: one["kind"].removeprefix("STOCK_PROPOSAL_KIND_") for one in proposals}
    assert kinds == {"MJ-COASTER": "REORDER", "MJ-HONEY": "EXPIRING", "MJ-LANTERN": "SLOW", "MJ-VASE": "DEAD"}
    items = {item["code"]: item for item in keeper.all("/v1/items", "items")}
    assert items["MJ-CANDLE"]["specialMark"]["warning"]["zh"] == "易燃，远离火源。"
    listed = {one["item"] for one in keeper.all("/v1/listings", "listings", channel="tmall")}
    assert listed == {items[code]["name"] for code in ("MJ-CUP", "MJ-PLATE")}
    priced = {one["item"] for one in keeper.all("/v1/prices", "prices") if one["decision"]}
    assert priced > listed
    (inside,) = keeper.get(f"/v1/{warehouse}/visits", insideNow="true")["visits"]
    assert inside["visitorName"] == "许岩"
    (unusual,) = keeper.get(f"/v1/{warehouse}/houseRounds", unusual="true")["houseRounds"]
    assert HAN.search(unusual["locks"]["words"])
