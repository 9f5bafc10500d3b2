"""A day of a warehouse: goods come damaged, are put away, held, issued, handed over, counted; its books are closed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.builders.images import png
from tests.journeys.client import Client
from tests.journeys.department import Department, department_of, eventually, today
from tests.journeys.installed import Installation
from tests.journeys.problems import problem
from tests.journeys.warehouse import Warehouse, paper

SERVICE_KEEPS = {
    "agent": "warehouse-keeper",
    "clerk": "finance",
    "director": "operations-director",
    "herald": "shop-manager",
}
"""Who holds what: the agent keeps the warehouse of customer service, the others are there for the whole company."""
YESTERDAY, TODAY = (f"{today() - timedelta(days=1)}", f"{today()}")


@pytest.fixture(scope="module")
def department(client: Client) -> Iterator[Department]:
    """A department in which each of them holds their role."""
    with department_of(client) as made:
        for login, role in SERVICE_KEEPS.items():
            within = {"scope": "SCOPE_SUBTREE", "unit": made.units["SERVICE"]} if login == "agent" else {}
            made.grant(login, role, **within)
        yield made


@pytest.fixture(scope="module")
def warehouse(department: Department) -> Warehouse:
    """What was there before: 40 of each, booked into yesterday."""
    made = Warehouse(department.sign_in("agent"), department.units["SERVICE"])
    made.put_on_record(department.administrator)
    for code, place in (("DAY-CUP", "A-01"), ("DAY-PLATE", "A-02")):
        opening = made.movement(code, "SUPPLIER", place, "40", papers=[paper("DELIVERY_NOTE", "OPENING")])
        made.keeper.post("/v1/stockMovements", {**opening, "bookDate": YESTERDAY})
    return made


@pytest.mark.clause("WHS-1", "WHS-2", "WHS-3", "WHS-4", "WHS-5", "WHS-6", "WHS-8", "WHS-12")
def test_goods_come_in_go_out_and_are_counted_and_the_books_are_closed_over_them(
    installation: Installation, department: Department, warehouse: Warehouse
) -> None:
    _receive(department, warehouse)
    _issue(warehouse)
    _count(department, warehouse)
    _close(warehouse)
    audit = "/v1/audit/inventory/head"
    eventually(lambda: department.administrator.get(audit)["unsealedCount"] in (0, "0"), within_seconds=10)
    done = installation.bylaw("doctor")
    assert done.returncode == 0, done.stdout + done.stderr


def _receive(department: Department, warehouse: Warehouse) -> None:
    """Goods that differ from their note are refused in part, and both roles hear of it."""
    keeper, line = warehouse.keeper, warehouse.line
    announced = [line("DAY-CUP", "60"), line("DAY-PLATE", "30")]
    wish = {"warehouse": warehouse.name, "supplier": "晨晖", "number": "N-1", "lines": announced}
    note = keeper.post("/v1/deliveryNotes", wish)["name"]
    problem(keeper.http.post("/v1/deliveryNotes", json=wish), 409, "DELIVERY_NOTE_EXISTS")
    delivery = keeper.post(f"/v1/{note}/deliveries:start", {"reference": "SF-1"})["name"]
    for code, value, condition in (("DAY-CUP", "56", "FIT"), ("DAY-CUP", "4", "DAMAGED"), ("DAY-PLATE", "29", "FIT")):
        keeper.post(f"/v1/{delivery}:addToCount", {**line(code, value), "condition": f"GOODS_CONDITION_{condition}"})
    finished = keeper.post(f"/v1/{delivery}:finishCount", {})
    differences = [one["differences"] for one in finished["comparedLines"]]
    assert differences == [["DELIVERY_DIFFERENCE_DAMAGED"], ["DELIVERY_DIFFERENCE_SHORT"]]

    decision = {
        "decision": "DELIVERY_DECISION_ACCEPTED_IN_PART",
        "lines": [line("DAY-CUP", "56"), line("DAY-PLATE", "29")],
        "reason": "四只破损",
    }
    problem(keeper.http.post(f"/v1/{delivery}:decide", json=decision), 400, "REFUSAL_UNPROVEN")
    image = {"content": png(), "headers": {"Content-Type": "image/png"}}
    assert keeper.http.post(f"/v1/{delivery}/deliveryPhotos", **image).is_success
    decided = keeper.post(f"/v1/{delivery}:decide", decision)
    receipt = keeper.get(f"/v1/{decided['stockMovement']}")
    assert receipt["papers"] == [paper("DELIVERY_NOTE", "N-1")]
    assert warehouse.on_hand()["DOCK", "DAY-CUP"] == "56"

    def told(login: str) -> Callable[[], bool]:
        reader = department.sign_in(login)
        return lambda: sum("N-1" in one["title"]["zh"] for one in reader.all("/v1/notices", "notices")) == 2

    for login in ("director", "herald"):
        assert eventually(told(login), within_seconds=15)


def _issue(warehouse: Warehouse) -> None:
    """What was accepted is put away, held, picked, issued by its papers and handed over."""
    keeper, line = warehouse.keeper, warehouse.line
    waiting = keeper.get(f"/v1/{warehouse.name}/putAways")["putAways"]
    lines = [{name: one[name] for name in ("item", "fromPlace", "quantity")} for one in waiting]
    keeper.post(f"/v1/{warehouse.name}/putAways", {"lines": lines})
    assert warehouse.on_hand() == {("A-01", "DAY-CUP"): "96", ("A-02", "DAY-PLATE"): "69"}

    held = f"stockReservations/{uuid4()}"
    wanted = [line("DAY-PLATE", "2"), line("DAY-CUP", "6")]
    keeper.post(
        "/v1/stockReservations", {"name": held, "warehouse": warehouse.name, "purpose": "7001", "lines": wanted}
    )
    keeper.post(f"/v1/{held}:confirm", {})
    picked = keeper.get(f"/v1/{held}/pickingList")["lines"]
    assert [(one["placeCode"], one["quantity"]["value"]) for one in picked] == [("A-01", "6"), ("A-02", "2")]

    issue = warehouse.movement("DAY-CUP", "A-01", "CARRIER", "6", reservation=held)
    issue["lines"] += warehouse.movement("DAY-PLATE", "A-02", "CARRIER", "2")["lines"]
    refused = problem(keeper.http.post("/v1/stockMovements", json=issue), 400, "PAPERS_MISSING")
    assert refused["clause"] == "WHS-3"
    issued = keeper.post("/v1/stockMovements", {**issue, "papers": [paper("SALES_ORDER", "7001")]})["name"]
    assert keeper.get(f"/v1/{held}")["state"] == "STOCK_RESERVATION_STATE_USED"
    (tried,) = keeper.get(f"/v1/{warehouse.name}/refusedMovements")["refusedMovements"]
    assert tried["missing"]

    parcels = {"carrier": "SF", "lines": [{"number": "SF-7001", "stockMovement": issued}]}
    (parcel,) = keeper.post(f"/v1/{warehouse.name}/parcels:handOver", parcels)["parcels"]
    assert [one["name"] for one in keeper.get(f"/v1/{warehouse.name}/parcels", lackingReceipt="true")["parcels"]] == [
        parcel["name"]
    ]
    keeper.post(f"/v1/{parcel['name']}:acknowledge", {"receipt": "R-7001"})
    arrived = warehouse.movement("DAY-CUP", "CARRIER", "CUSTOMER", "6", papers=[paper("CARRIER_RECEIPT", "R-7001")])
    assert keeper.post("/v1/stockMovements", arrived)["kind"] == "STOCK_MOVEMENT_KIND_DELIVERY"


def _count(department: Department, warehouse: Warehouse) -> None:
    """A stocktake that differs is decided, and booked."""
    keeper, finance = warehouse.keeper, department.sign_in("clerk")
    wish = {"warehouse": warehouse.name, "places": [warehouse.places["A-01"]]}
    stocktake = keeper.post("/v1/stocktakes", wish)["name"]
    finance.post(f"/v1/{stocktake}:join", {})
    cups = {"place": warehouse.places["A-01"], "item": warehouse.items["DAY-CUP"], "damaged": {"value": "1"}}
    counts = {"counts": [{**cups, "quantity": {"value": "87"}}]}
    keeper.post(f"/v1/{stocktake}/counts:record", counts)
    problem(keeper.http.post(f"/v1/{stocktake}:endCounting", json={}), 400, "STOCKTAKE_RECOUNT_NEEDED")
    finance.post(f"/v1/{stocktake}/counts:record", counts)
    responsible = keeper.post(f"/v1/{stocktake}:endCounting", {})["keeper"]
    differences = keeper.get(f"/v1/{stocktake}/differences")["differences"]
    kinds = {one["kind"].removeprefix("STOCKTAKE_DIFFERENCE_KIND_"): one["quantity"]["value"] for one in differences}
    assert kinds == {"SHORTAGE": "2", "DAMAGE": "1"}
    said = {"cause": "未登记", "responsible": responsible, "proposal": "STOCKTAKE_PROPOSAL_ADJUST"}
    explanations = [{"difference": one["name"], **said} for one in differences]
    keeper.post(f"/v1/{stocktake}:explain", {"explanations": explanations, "report": "一日盘点"})
    for signatory in (keeper, finance):
        signatory.post(f"/v1/{stocktake}:sign", {})
    decision = keeper.post(f"/v1/{stocktake}:submit", {})["decision"]
    assert warehouse.on_hand()["A-01", "DAY-CUP"] == "90"
    _agree(department, decision)
    done = eventually(
        lambda: next((one for one in [keeper.get(f"/v1/{stocktake}")] if one["state"] == "STOCKTAKE_STATE_DONE"), None),
        within_seconds=15,
    )
    assert done["movements"]
    assert warehouse.on_hand()["A-01", "DAY-CUP"] == "87"


def _agree(department: Department, decision: str) -> None:
    """Whoever is asked, step by step: the head, and the next head."""
    for login in ("service", "director"):
        head = department.sign_in(login)
        waiting = head.all("/v1/decisions", "decisions", view="DECISION_VIEW_WAITING_FOR_ME")
        if decision in {one["name"] for one in waiting}:
            step = head.get(f"/v1/{decision}")["step"]
            head.post(f"/v1/{decision}:answer", {"step": step, "answer": "ANSWER_KIND_AGREE", "text": ""})


def _close(warehouse: Warehouse) -> None:
    """The day before is closed, and the month says what lies there."""
    keeper = warehouse.keeper
    day = f"/v1/{warehouse.name}/bookDays/{YESTERDAY}"
    disagreed = problem(keeper.http.post(f"{day}:close", json={}), 400, "DAY_DISAGREES")
    assert disagreed["clause"] == "WHS-4"
    assert keeper.post(f"{day}:close", {"explanation": "开仓第一日，尚未抽点"})["state"] == "BOOK_DAY_STATE_CLOSED"
    late = warehouse.movement("DAY-CUP", "SUPPLIER", "A-01", "1", papers=[paper("DELIVERY_NOTE", "LATE")])
    problem(keeper.http.post("/v1/stockMovements", json={**late, "bookDate": YESTERDAY}), 400, "DAY_CLOSED")
    counted = {"item": warehouse.items["DAY-CUP"], "place": warehouse.places["A-01"], "counted": {"value": "87"}}
    assert keeper.post(f"/v1/{warehouse.name}/spotCounts", counted)["difference"] == "0"
    assert keeper.get(f"/v1/{warehouse.name}/bookDays/{TODAY}")["disagreements"] == []

    month = f"/v1/{warehouse.name}/stockMonths/{TODAY[:7]}"
    by_place = {
        (line["placeCode"], line["itemCode"]): Decimal(line["closing"]["value"])
        for line in keeper.all(f"{month}/lines", "lines")
    }
    on_hand = {where: Decimal(value) for where, value in warehouse.on_hand().items()}
    assert {where: value for where, value in by_place.items() if value} == on_hand
    for line in keeper.all(f"{month}/lines", "lines", byItem="true"):
        came, went = (sum(Decimal(one["quantity"]) for one in line[side]) for side in ("came", "went"))
        assert Decimal(line["opening"]["value"]) + came - went == Decimal(line["closing"]["value"])
    (handed,) = keeper.post(f"{month}:handOver", {"remark": "齐"})["handOvers"]
    assert (handed["lastDate"], handed["outdated"]) == (TODAY, False)
