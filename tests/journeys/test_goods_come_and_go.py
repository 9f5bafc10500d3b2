"""A keeper opens bins, takes goods in, holds some and issues them; what lacks its papers stays where it is."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.client import Client
from tests.journeys.department import Department, department_of, eventually
from tests.journeys.installed import Installation
from tests.journeys.problems import in_both_languages, problem

NOTE = {"kind": "PAPER_KIND_DELIVERY_NOTE", "number": "DN-20417"}
ORDER = {"kind": "PAPER_KIND_SALES_ORDER", "number": "7001"}


@pytest.fixture(scope="module")
def department(client: Client) -> Iterator[Department]:
    """A department whose agent keeps a warehouse of customer service, and whose designer one of marketing."""
    with department_of(client) as made:
        for login, code in (("agent", "SERVICE"), ("designer", "MARKET")):
            made.grant(login, "warehouse-keeper", scope="SCOPE_SUBTREE", unit=made.units[code])
        yield made


class Warehouse:
    """A warehouse as its keeper works in it, with one item."""

    def __init__(self, keeper: Client, unit: str, item: str, code: str = "MAIN") -> None:
        self.keeper, self.item = keeper, item
        wish = {"code": code, "title": {"zh": "仓库", "en": "Warehouse"}, "site": "HQ", "unit": unit}
        self.name = keeper.post("/v1/warehouses", wish)["name"]
        for label, kind in (("A-01", "BIN"), ("PACK", "PACKING")):
            keeper.post(f"/v1/{self.name}/places", {"code": label, "kind": f"PLACE_KIND_{kind}"})
        listed = keeper.all(f"/v1/{self.name}/places", "places")
        self.places = {place["code"]: place["name"] for place in listed}

    def movement(self, origin: str, target: str, value: str, *papers: Any, **more: str) -> dict[str, Any]:
        """What moves so much of the item from one place to another."""
        places = {"fromPlace": self.places[origin], "toPlace": self.places[target]}
        line = {"item": self.item, "quantity": {"value": value}, **places}
        return {"warehouse": self.name, "lines": [line], "papers": papers, **more}

    def post(self, *movement: Any, **more: str) -> Any:
        """Posts it."""
        return self.keeper.post("/v1/stockMovements", self.movement(*movement, **more))

    def on_hand(self) -> dict[str, tuple[str, str]]:
        """On hand and reserved, by the label of the place."""
        labels = {name: code for code, name in self.places.items()}
        rows = self.keeper.all(f"/v1/{self.name}/stockBalances", "stockBalances")
        return {labels[row["place"]]: (row["onHand"]["value"], row["reserved"]["value"]) for row in rows}

    def hold(self, name: str, value: str) -> Any:
        """Reserves so much under an id that the keeper made."""
        wanted = [{"item": self.item, "quantity": {"value": value}}]
        wish = {"name": name, "warehouse": self.name, "purpose": "order 7001", "lines": wanted}
        return self.keeper.post("/v1/stockReservations", wish)


@pytest.fixture(scope="module")
def warehouse(department: Department) -> Warehouse:
    """Kept by customer service; the item is the whole organisation's."""
    wish = {"code": "MUG-01", "displayName": "马克杯", "unit": "piece", "barcodes": ["6901234567892"]}
    item = department.administrator.post("/v1/items", wish)["name"]
    return Warehouse(department.sign_in("agent"), department.units["SERVICE"], item)


@pytest.mark.clause("WHS-1", "WHS-3", "WHS-4", "GDS-1")
def test_goods_come_in_by_their_note_are_held_leave_by_an_order_and_a_mistake_is_reversed(warehouse: Warehouse) -> None:
    keeper = warehouse.keeper
    received = keeper.http.post("/v1/stockMovements", json=warehouse.movement("SUPPLIER", "A-01", "100"))
    assert problem(received, 400, "PAPERS_MISSING")["clause"] == "WHS-1"
    assert warehouse.on_hand() == {}
    assert warehouse.post("SUPPLIER", "A-01", "100", NOTE)["kind"] == "STOCK_MOVEMENT_KIND_RECEIPT"

    held = f"stockReservations/{uuid4()}"
    assert [warehouse.hold(held, "4")["state"] for _ in range(2)] == ["STOCK_RESERVATION_STATE_HELD"] * 2
    assert keeper.post(f"/v1/{held}:confirm", {})["state"] == "STOCK_RESERVATION_STATE_CONFIRMED"
    too_much = keeper.http.post("/v1/stockMovements", json=warehouse.movement("A-01", "CARRIER", "97", ORDER))
    problem(too_much, 400, "STOCK_SHORT")

    issue = warehouse.movement("A-01", "CARRIER", "4", reservation=held)
    zh, en = in_both_languages(
        lambda language: keeper.http.post("/v1/stockMovements", json=issue, headers=language), 400, "PAPERS_MISSING"
    )
    assert zh["clause"] == en["clause"] == "WHS-3"
    assert warehouse.on_hand() == {"A-01": ("100", "4")}
    warehouse.post("A-01", "CARRIER", "4", ORDER, reservation=held)
    assert keeper.get(f"/v1/{held}")["state"] == "STOCK_RESERVATION_STATE_USED"
    assert warehouse.on_hand() == {"A-01": ("96", "0")}

    wrong = warehouse.post("A-01", "PACK", "12")["name"]
    back = keeper.post(f"/v1/{wrong}:reverse", {"reason": "它是另一层的"})
    assert (back["kind"], back["reverses"]) == ("STOCK_MOVEMENT_KIND_REVERSAL", wrong)
    assert keeper.get(f"/v1/{wrong}")["reversedBy"] == back["name"]
    problem(keeper.http.post(f"/v1/{wrong}:reverse", json={"reason": "x"}), 400, "STOCK_MOVEMENT_REVERSED")
    (balance,) = keeper.get(f"/v1/{warehouse.name}/stockBalances")["stockBalances"]
    card = list(keeper.all(f"/v1/{balance['name']}/cardEntries", "cardEntries", pageSize=2))
    assert [entry["onHand"] for entry in card if entry["onHandDifference"] != "0"] == ["100", "96", "84", "96"]


@pytest.mark.clause("SEC-1")
def test_to_the_keeper_of_another_unit_the_warehouse_is_not_there(department: Department, warehouse: Warehouse) -> None:
    other = department.sign_in("designer")
    assert other.get("/v1/warehouses")["warehouses"] == []
    nothing = f"warehouses/{uuid4()}"
    told = [
        problem(other.http.get(f"/v1/{name}/stockBalances"), 404, "WAREHOUSE_NOT_FOUND")["detail"]
        for name in (warehouse.name, nothing)
    ]
    assert told[0] == told[1]
    problem(department.sign_in("marketing").http.get("/v1/items"), 403, "PERMISSION_MISSING")


@pytest.mark.clause("WHS-4")
def test_what_moved_is_told_and_the_doctor_is_content(
    installation: Installation, department: Department, warehouse: Warehouse
) -> None:
    administrator = department.administrator
    second = Warehouse(warehouse.keeper, department.units["SERVICE"], warehouse.item, code="SECOND")
    second.post("SUPPLIER", "A-01", "1", NOTE)
    second.hold(f"stockReservations/{uuid4()}", "1")
    told = {"itemChanged", "warehouseChanged", "stockMoved", "reservationChanged"}
    feed = "/v1/feeds/inventory/events"
    eventually(lambda: told <= {kind for one in administrator.get(feed, pageSize=1000)["events"] for kind in one})
    eventually(lambda: administrator.get("/v1/audit/inventory/head")["unsealedCount"] in (0, "0"), within_seconds=10)
    done = installation.bylaw("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    for check in ("cards", "sums", "reserved", "organisation"):
        assert any("inventory" in line and check in line for line in done.stdout.splitlines()), check
