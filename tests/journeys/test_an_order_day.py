"""A day of orders: held, mended, released, shipped and signed for; cancelled; short; revealed to whom, for a reason."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.journeys.client import Client
from tests.journeys.department import Department, department_of, eventually
from tests.journeys.installed import Installation
from tests.journeys.problems import problem
from tests.journeys.warehouse import Warehouse, paper

TRADE = {
    "clerk": "order-clerk",
    "designer": "customer-service",
    "director": "operations-director",
    "herald": "shop-manager",
}
"""Who holds what for the whole company; the agent keeps the warehouse of customer service."""
SHOPIFY = (
    "Name,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Total,Discount Amount,Created at,"
    "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Street,Shipping Phone\n"
    "#7002,paid,,CNY,250.00,0.00,250.00,0.00,{placed},10,Cup,25.00,ORD-CUP,罗一鸣,杭州市文三路 9 号,13912345678\n"
)
TO = {"displayName": "李小明", "phone": "13812345678", "region": "浙江省", "address": "杭州市文三路 100 号 3 幢 502 室"}
STEPS = (
    *("TAKEN", "HELD", "MENDED", "HELD", "HOLD_RELEASED", "STOCK_RESERVED", "STOCK_ISSUED"),
    *("PARCEL_HANDED_OVER", "PARCEL_SIGNED"),
)
"""What happens to the first order: held for its price, and mended for what was paid."""
PRICE, WRONG, PHONE = "2500", "2000", "1391234"
WITHIN_SECONDS = 30.0


class Shop:
    """A channel with the warehouse that ships for it, and those who work with it."""

    def __init__(self, department: Department, warehouse: Warehouse) -> None:
        self.warehouse, self.keeper = warehouse, warehouse.keeper
        self.clerk, self.manager = department.sign_in("clerk"), department.sign_in("herald")
        wish = {
            "code": "day",
            "title": {"zh": "一日店", "en": "Of a day"},
            "platform": "own",
            "shop": "day",
            "unit": department.units["SERVICE"],
            "currency": "CNY",
            "warehouse": warehouse.name,
            "salesChannel": "day",
        }
        problem(self.clerk.http.post("/v1/channels", json=wish), 403, "PERMISSION_MISSING")
        self.name = self.manager.post("/v1/channels", wish)["name"]
        setting = {"off": ["GOODS_NOT_LISTED"], "reason": "一日店不设商品页"}
        self.manager.post(f"/v1/{self.name}/channelChecks", setting)

    def place(self, number: str, quantity: str, price: str = PRICE, **to: str) -> Any:
        """So many cups at a price, paid as they were sold, to somebody."""
        worth = int(quantity) * int(price)
        lines = [{"code": "ORD-CUP", "quantity": quantity, "unitPrice": price}]
        now = datetime.now(UTC).isoformat()
        wish = {"channel": self.name, "number": number, "placeTime": now, "lines": lines, "paid": worth}
        return self.clerk.post("/v1/orders", {**wish, "recipient": {**TO, **to}})

    def order(self, name: str) -> Any:
        """As it stands."""
        return self.clerk.get(f"/v1/{name}")

    def comes_to(self, name: str, state: str) -> Any:
        """The order as soon as its goods are so far."""
        wanted = f"FULFILMENT_STATE_{state}"
        self.waits(lambda: self.order(name)["fulfilmentState"] == wanted)
        return self.order(name)

    def told(self, name: str) -> list[str]:
        """The kinds of its timeline."""
        return [event["kind"] for event in self.clerk.all(f"/v1/{name}/events", "orderEvents")]

    def free(self) -> int:
        """How many cups nobody holds."""
        (row,) = [
            row
            for row in self.keeper.all(f"/v1/{self.warehouse.name}/stockBalances", "stockBalances")
            if row["item"] == self.warehouse.items["ORD-CUP"]
        ]
        return int(row["onHand"]["value"]) - int(row["reserved"]["value"])

    @staticmethod
    def waits(ask: Callable[[], Any]) -> Any:
        """The first answer that counts: inventory, orders and carriers work behind the answers."""
        return eventually(ask, within_seconds=WITHIN_SECONDS)


@pytest.fixture(scope="module")
def department(client: Client) -> Iterator[Department]:
    """A department in which each of them holds their role."""
    with department_of(client) as made:
        made.grant("agent", "warehouse-keeper", scope="SCOPE_SUBTREE", unit=made.units["SERVICE"])
        for login, role in TRADE.items():
            made.grant(login, role)
        yield made


@pytest.fixture(scope="module")
def shop(department: Department) -> Shop:
    """Forty cups, whose price on the channel was decided."""
    warehouse = Warehouse(department.sign_in("agent"), department.units["SERVICE"], "ORD")
    warehouse.put_on_record(department.administrator)
    opening = warehouse.movement("ORD-CUP", "SUPPLIER", "A-01", "40", papers=[paper("DELIVERY_NOTE", "OPENING")])
    warehouse.keeper.post("/v1/stockMovements", opening)
    made = Shop(department, warehouse)
    kept = {"channel": "day", "unit": department.units["SERVICE"]}
    department.sign_in("director").post("/v1/salesChannels", kept)
    money = {"minorUnits": PRICE, "currency": "CNY"}
    price = {"item": warehouse.items["ORD-CUP"], "channel": "day", "price": money}
    change = made.manager.post("/v1/priceChanges", {"lines": [price], "reason": "首次定价"})
    decide(department, change["decision"])
    made.waits(lambda: list(made.manager.all("/v1/prices", "prices", channel="day")))
    return made


def decide(department: Department, decision: str) -> None:
    """Whoever is asked agrees, step by step."""
    for login in ("service", "director"):
        head = department.sign_in(login)
        waiting = head.all("/v1/decisions", "decisions", view="DECISION_VIEW_WAITING_FOR_ME")
        if decision in {one["name"] for one in waiting}:
            step = head.get(f"/v1/{decision}")["step"]
            head.post(f"/v1/{decision}:answer", {"step": step, "answer": "ANSWER_KIND_AGREE", "text": ""})


@pytest.mark.clause("ORD-1", "ORD-2", "CUS-1", "WHS-3")
def test_orders_are_held_mended_shipped_cancelled_and_wait_for_goods_and_reveals_are_on_record(
    installation: Installation, department: Department, shop: Shop
) -> None:
    shipped = _mend_and_release(shop)
    _ship(shop, shipped)
    _cancel(shop)
    _wait_for_goods(shop)
    _reveal(department, shop, shipped)
    compared = department.administrator.post("/v1/stockClaims:reconcile", {})
    assert (compared["reservationCount"], compared["disagreementCount"]) == (1, 0)
    audit = "/v1/audit/orders/head"
    eventually(lambda: department.administrator.get(audit)["unsealedCount"] in (0, "0"), within_seconds=WITHIN_SECONDS)
    done = installation.bylaw("doctor")
    assert done.returncode == 0, done.stdout + done.stderr


def _mend_and_release(shop: Shop) -> str:
    """At a price that is not the list's it is held; mended it is paid too little, and goes with a reason."""
    placed: list[Any] = []

    def held_for_its_price() -> bool:
        """Orders hears of prices in inventory's feed; what came before that, from others, had another reason."""
        number = len(placed)
        placed.append(shop.place(f"7001-{number}", "2", WRONG, phone=f"{PHONE}{number:04}"))
        return [hold["check"] for hold in placed[-1]["holds"]] == ["PRICE_OFF_LIST"]

    shop.waits(held_for_its_price)
    *early, order = placed
    for one in early:
        shop.clerk.post(f"/v1/{one['name']}:cancel", {"reason": "价格未到"})
    (hold,) = order["holds"]
    assert hold["clause"] == "ORD-1"
    assert "25.00" in hold["message"]["en"]
    assert "25.00" in hold["message"]["zh"]
    waiting = shop.clerk.all("/v1/orders", "orders", held="true")
    assert [one["name"] for one in waiting] == [order["name"]]
    assert order["fulfilmentState"] == "FULFILMENT_STATE_WAITING"

    lines = [{"code": "ORD-CUP", "quantity": "2", "unitPrice": PRICE}]
    wish = {"lines": lines, "total": "5000", "etag": order["etag"]}
    mended = shop.clerk.http.patch(f"/v1/{order['name']}", params={"updateMask": "lines,total"}, json=wish)
    assert [one["check"] for one in mended.json()["holds"]] == ["PAID_LESS"], mended.text
    problem(shop.clerk.http.post("/v1/orders:batchRelease", json={"names": [order["name"]]}), 400, "FIELD_INVALID")
    release = {"names": [order["name"]], "reason": "差额由店铺承担"}
    (released,) = shop.clerk.post("/v1/orders:batchRelease", release)["releasedOrders"]
    assert released["order"]["holds"] == []
    reserved = shop.comes_to(order["name"], "RESERVED")
    assert [line["reserved"] for line in reserved["lines"]] == ["2"]
    assert shop.free() == 38
    name: str = order["name"]
    return name


def _ship(shop: Shop, name: str) -> None:
    """Picked by place, issued with the reservation and its papers, handed over by its waybill, signed for."""
    order, warehouse = shop.order(name), shop.warehouse
    (held,) = order["stockReservations"]
    shop.waits(lambda: shop.keeper.get(f"/v1/{held}")["state"] == "STOCK_RESERVATION_STATE_CONFIRMED")
    picked = shop.keeper.get(f"/v1/{held}/pickingList")["lines"]
    assert [(one["placeCode"], one["quantity"]["value"]) for one in picked] == [("A-01", "2")]
    issue = warehouse.movement("ORD-CUP", "A-01", "CARRIER", "2", reservation=held)
    problem(shop.keeper.http.post("/v1/stockMovements", json=issue), 400, "PAPERS_MISSING")
    papers = [paper("SALES_ORDER", order["number"])]
    issued = shop.keeper.post("/v1/stockMovements", {**issue, "papers": papers})["name"]
    assert [line["issued"] for line in shop.comes_to(name, "ISSUED")["lines"]] == ["2"]
    refused = shop.clerk.http.post(f"/v1/{name}:cancel", json={"reason": "太晚"})
    problem(refused, 400, "ORDER_SHIPPED")

    parcels = {"carrier": "SF", "lines": [{"number": "SF-7001", "stockMovement": issued, "receipt": "R-7001"}]}
    shop.keeper.post(f"/v1/{warehouse.name}/parcels:handOver", parcels)
    shop.comes_to(name, "HANDED_OVER")
    (parcel,) = shop.clerk.get("/v1/orderParcels", waybill="SF-7001")["orderParcels"]
    assert parcel["name"].startswith(f"{name}/parcels/")
    signed = {"state": "PARCEL_STATE_SIGNED", "occurTime": datetime.now(UTC).isoformat(), "text": "本人签收"}
    shop.clerk.post(f"/v1/{parcel['name']}/events:report", {**signed, "reason": "致电承运商"})
    shop.comes_to(name, "SIGNED")
    told = [kind for kind in shop.told(name) if kind in STEPS]
    assert told == list(STEPS)


def _cancel(shop: Shop) -> None:
    """One that came in a file is cancelled, and its goods are free again."""
    placed = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S +0000")
    handed_in = shop.clerk.upload(f"/v1/{shop.name}/orderImports", SHOPIFY.format(placed=placed).encode())
    done = shop.waits(lambda: _ended(shop, handed_in["name"]))
    assert done["state"] == "ORDER_IMPORT_STATE_DONE", done
    (order,) = shop.clerk.get("/v1/orders", number="#7002")["orders"]
    assert order["holds"] == []
    shop.comes_to(order["name"], "RESERVED")
    assert shop.free() == 28
    problem(shop.clerk.http.post(f"/v1/{order['name']}:cancel", json={}), 400, "FIELD_INVALID")
    shop.clerk.post(f"/v1/{order['name']}:cancel", {"reason": "买家改了主意"})
    shop.waits(lambda: shop.free() == 38)
    assert shop.told(order["name"])[-2:] == ["CANCELLED", "STOCK_RELEASED"]


def _ended(shop: Shop, name: str) -> Any:
    found = shop.clerk.get(f"/v1/{name}")
    return found if found["state"].removeprefix("ORDER_IMPORT_STATE_") in {"DONE", "FAILED", "REFUSED"} else None


def _wait_for_goods(shop: Shop) -> None:
    """What is short waits, and goes as soon as its goods arrive."""
    order = shop.place("7003", "60")
    shop.waits(lambda: "STOCK_SHORT" in shop.told(order["name"]))
    assert shop.order(order["name"])["fulfilmentState"] == "FULFILMENT_STATE_WAITING"
    papers = [paper("DELIVERY_NOTE", "DN-7003")]
    came = shop.warehouse.movement("ORD-CUP", "SUPPLIER", "A-01", "40", papers=papers)
    shop.keeper.post("/v1/stockMovements", came)
    shop.comes_to(order["name"], "RESERVED")
    assert shop.free() == 18


def _reveal(department: Department, shop: Shop, name: str) -> None:
    """What everybody sees is masked; customer service sees more for a reason, and that they did is on record."""
    masked = str(shop.order(name)["recipient"])
    assert all(word not in masked for word in ("李小明", PHONE, "502"))
    why = {"reason": "REVEAL_REASON_DELIVERY_PROBLEM", "explanation": "快递员问门牌号"}
    problem(shop.clerk.http.post(f"/v1/{name}:reveal", json=why), 403, "PERMISSION_MISSING")
    agent = department.sign_in("designer")
    problem(agent.http.post(f"/v1/{name}:reveal", json={"explanation": "想看看"}), 400, "FIELD_INVALID")
    revealed = agent.http.post(f"/v1/{name}:reveal", json=why)
    assert revealed.json()["recipient"]["phone"].startswith(PHONE), revealed.text
    (logged,) = shop.manager.get("/v1/reveals", order=name)["reveals"]
    assert logged["revealedBy"] == department.people["designer"]
    assert logged["explanation"] == why["explanation"]
    assert shop.told(name)[-1] == "RECIPIENT_REVEALED"
