"""Orders, tickets and reviews that are on record for a careful client, and what they would put into fields of those."""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.client import Client

OURS = "SOUND"
"""The code of the shop that the warehouse ships for; the other one's, which ships by itself, has an S more."""
COLLECTIONS = {
    "channel": "channels",
    "order": "orders",
    "orderImport": "orderImports",
    "customer": "customers",
    "ticket": "tickets",
    "ticketAction": "ticketActions",
    "review": "reviews",
}
"""Those that paths name."""
NOT_LISTED = {"customer"}
"""What is shown one by one alone."""
FILES = (
    b"order number,sku,rating,review,date\n,MJ-CUP,5,Fine.,2026-11-20\n",
    b"amazon-order-id,purchase-date,product-name,sku,quantity,item-price\nA-1,2026-03-01T10:00:00Z,x,MJ-CUP,1,100\n",
)
NUMBERS = ("S-1", "S-2", "S-3")
GENEROUS = 10_000_000
"""Money below which no decision is asked for."""


def fields(named: Callable[[str], str], dice: random.Random) -> Mapping[str, Callable[[], str]]:
    """What goes into fields that only orders has, or that orders means otherwise than others do."""
    past = (datetime.now(UTC) - timedelta(days=2)).isoformat(timespec="seconds")
    return {
        "channel": lambda: dice.choice(["tmall", named("channel")]),
        "names": lambda: named(dice.choice(["stockReservation", "order"])),
        "confirmation": lambda: named("customer"),
        "quantity": lambda: "1",
        "quantityLimit": lambda: "100",
        "off": lambda: "GOODS_UNKNOWN",
        "digits": lambda: "1234",
        "phone": lambda: "19900001234",
        "email": lambda: "trial@example.invalid",
        "platform": lambda: "own",
        "shop": lambda: f"shop-{dice.randint(1, 10**6)}",
        "carrier": lambda: "SF",
        "waybill": lambda: f"SF{dice.randint(1, 10**9)}",
        **dict.fromkeys(("explanation", "comment"), lambda: "测试 trial"),
        "assignee": lambda: named("person"),
        **dict.fromkeys(("placeTime", "payTime", "handOverTime", "occurTime", "sourceUpdateTime"), lambda: past),
        **dict.fromkeys(("unitPrice", "amount", "total", "refundLimit"), lambda: "100"),
        **dict.fromkeys(("shipping", "discount", "paid", "refunded"), lambda: "0"),
        **dict.fromkeys(("priceTolerancePercent", "discountPercent", "promotionPercent"), lambda: "10"),
    }


def of_ours(client: Client, warehouse: str, item: str) -> dict[str, list[str]]:
    """Two shops with orders of an item, parcels, customers, tickets, what they move, and reviews; ids by kind."""
    shops = [_shop(client, OURS, warehouse), _shop(client, f"{OURS}S", "")]
    orders = [_order(client, shop, number, item) for shop in shops for number in NUMBERS]
    mine = [order for order in orders if order["channel"] == shops[1]]
    parcels = [_parcel(client, order, number) for order, number in zip(mine, NUMBERS, strict=True)]
    tickets = [_ticket(client, order["name"]) for order in orders]
    wish = {"kind": "TICKET_ACTION_KIND_REFUND", "amount": "1", "reason": "测试"}
    actions = [client.post(f"/v1/{ticket}/actions", {"ticketAction": wish})["name"] for ticket in tickets]
    reviews = [_review(client, shop, number) for shop in shops for number in NUMBERS]
    shown = (client.get(f"/v1/{order['name']}") for order in orders)
    customers = {order["recipient"]["customer"] for order in shown}
    names = {"channel": shops, "order": [order["name"] for order in orders], "parcel": parcels, "ticket": tickets}
    handed_in = [client.upload(f"/v1/{shop}/orderImports", FILES[1])["name"] for shop in shops]
    names |= {"ticketAction": actions, "review": reviews, "customer": sorted(customers), "orderImport": handed_in}
    return {kind: [name.rpartition("/")[2] for name in found] for kind, found in names.items()}


def _shop(client: Client, code: str, warehouse: str) -> str:
    unit = client.get("/v1/units")["units"][0]["name"]
    wish = {"code": code, "title": {"zh": "测试", "en": "Trial"}, "platform": "own", "shop": code, "unit": unit}
    name: str = client.post("/v1/channels", {**wish, "currency": "CNY", "warehouse": warehouse})["name"]
    asked = client.http.patch(f"/v1/{name}/servicePolicy", json={"refundLimit": str(GENEROUS)})
    assert asked.is_success, asked.text
    client.post(f"/v1/{name}/channelChecks", {"off": ["REMARK_NEEDS_PERSON"], "reason": "测试"})
    return name


def _order(client: Client, channel: str, number: str, item: str) -> Any:
    """One that is paid for, of two pieces."""
    placed = datetime.now(UTC).isoformat(timespec="seconds")
    line = {"code": item, "title": "测试", "quantity": "2", "unitPrice": "100"}
    to = {"displayName": "叶小舟", "phone": f"1990000{number[-1]}234", "region": "浙江省", "address": "文三路 1 号"}
    paid = {"sourceState": "SOURCE_STATE_PAID", "placeTime": placed, "payTime": placed, "paid": "200"}
    return client.post("/v1/orders", {"channel": channel, "number": number, **paid, "lines": [line], "recipient": to})


def _parcel(client: Client, order: Any, number: str) -> str:
    wish = {"carrier": "SF", "waybill": f"SF00000{number[-1]}"}
    return str(client.post(f"/v1/{order['name']}/parcels", wish)["name"])


def _ticket(client: Client, order: str) -> str:
    wish = {"order": order, "kind": "TICKET_KIND_REFUND"}
    return str(client.post("/v1/tickets", {"ticket": wish, "text": "测试"})["name"])


def _review(client: Client, channel: str, number: str) -> str:
    placed = datetime.now(UTC).isoformat(timespec="seconds")
    wish = {"number": number, "code": "MJ-CUP", "stars": 4, "text": "测试", "placeTime": placed}
    (taken,) = client.post(f"/v1/{channel}/reviews:batchCreate", {"reviews": [wish]})["takenReviews"]
    return str(taken["review"])
