"""What a small gateway answers of orders, for the commands on them."""

from typing import Any

from bylaw_cli.wording import Language
from click.testing import Result

from tests.cli.small_gateway import Asked, Refusal, served

OWN = {
    "name": "channels/1",
    "code": "own",
    "title": {"zh": "自营店", "en": "Own shop"},
    "platform": "own",
    "shop": "mj",
    "currency": "CNY",
    "warehouse": "warehouses/1",
    "shortagePolicy": "SHORTAGE_POLICY_WAIT",
    "shipHours": 48,
    "deliverHours": 120,
    "history": False,
}
PAST = {**OWN, "name": "channels/2", "code": "past", "shop": "past", "history": True}
HOLD = {
    "name": "orders/1/holds/1",
    "check": "PRICE_OFF_LIST",
    "clause": "ORD-1",
    "line": 1,
    "message": {"zh": "单价不符", "en": "The price of line 1 is 100.00 CNY."},
    "holdTime": "2026-11-27T02:00:00Z",
}
LINE = {
    "code": "MJ-CUP",
    "title": "手冲杯",
    "quantity": "3",
    "unitPrice": "12900",
    "amount": "38700",
    "kind": "ORDER_LINE_KIND_GOODS",
    "item": "items/cup",
    "cancelled": "0",
    "reserved": "3",
    "issued": "0",
    "returned": "0",
}
TO = {
    "displayName": "李**",
    "phone": "138****5678",
    "address": "文三路***",
    "region": "浙江省",
    "nick": "",
    "erased": False,
    "hasRemark": True,
}
ORDER = {
    "name": "orders/1",
    "channel": "channels/1",
    "number": "A-1",
    "placeTime": "2026-11-27T01:00:00Z",
    "lines": [LINE],
    "total": "38700",
    "paid": "38700",
    "refunded": "0",
    "currency": "CNY",
    "recipient": TO,
    "paymentState": "PAYMENT_STATE_PAID",
    "fulfilmentState": "FULFILMENT_STATE_RESERVED",
    "afterSalesState": "AFTER_SALES_STATE_NONE",
    "holds": [],
    "shippedWith": [],
    "courier": "",
    "waybill": "",
    "shipByTime": "2026-11-29T01:00:00Z",
    "deliverByTime": "2026-12-02T01:00:00Z",
}
HELD = {**ORDER, "fulfilmentState": "FULFILMENT_STATE_WAITING", "holds": [HOLD]}
LATER = {**HOLD, "holdTime": "2026-11-27T03:00:00Z"}
UNKNOWN = {**LATER, "check": "GOODS_UNKNOWN", "message": {"zh": "编码未知", "en": "None of our goods."}}
SECOND = {**HELD, "name": "orders/2", "number": "A-2", "holds": [LATER, UNKNOWN]}
EVENTS = [
    {
        "occurTime": "2026-11-27T01:00:00Z",
        "kind": "TAKEN",
        "message": {"zh": "订单已受理", "en": "The order was taken in"},
        "actor": "people/f",
        "reason": "",
    },
    {
        "occurTime": "2026-11-27T04:00:00Z",
        "kind": "HOLD_RELEASED",
        "message": {"zh": "人工放行", "en": "A person released it"},
        "actor": "people/f",
        "reason": "展会价",
    },
]
DISAGREEMENT = {
    "name": "stockDisagreements/1",
    "kind": "STOCK_DISAGREEMENT_KIND_NOT_HELD",
    "stockReservation": "stockReservations/1",
    "order": "orders/1",
    "message": {"zh": "缺少预留", "en": "It is not held."},
    "findTime": "2026-11-27T02:00:00Z",
}
REFUSAL = {"reason": "ORDER_NOT_HELD", "message": {"zh": "订单未在待处理中", "en": "A-9 is not held."}}


def listed(query: Any) -> Any:
    """The orders that are so: of two channels one has the same number."""
    every = [HELD, SECOND, {**ORDER, "number": "A-9", "name": "orders/9"}]
    every.append({**ORDER, "number": "A-9", "name": "orders/8", "channel": "channels/2"})
    for name in ("number", "channel"):
        every = [one for one in every if query.get(name, one[name]) == one[name]]
    return {"orders": [one for one in every if one["holds"] or not query.get("held")]}


ANSWERS = {
    ("GET", "/v1/channels"): {"channels": [OWN, PAST]},
    ("GET", "/v1/orders"): listed,
    ("GET", "/v1/orders/1"): HELD,
    ("GET", "/v1/orders/1/events"): {"orderEvents": EVENTS},
    ("GET", "/v1/people/f"): {"displayName": "冯雪"},
    ("GET", "/v1/stockDisagreements"): {"stockDisagreements": [DISAGREEMENT]},
    ("POST", "/v1/stockClaims:reconcile"): {
        "reconcileTime": "2026-11-27T02:00:00Z",
        "reservationCount": 7,
        "claimCount": 8,
        "disagreementCount": 1,
    },
    ("POST", "/v1/orders:batchRelease"): {"releasedOrders": [{"order": ORDER}, {"refusal": REFUSAL}]},
    ("POST", "/v1/orders/1:cancel"): {**ORDER, "fulfilmentState": "FULFILMENT_STATE_CANCELLED"},
    ("POST", "/v1/orders"): ORDER,
    ("POST", "/v1/channels/1/orders:batchCreate"): {
        "takenOrders": [
            {"number": "A-1", "outcome": "TAKING_OUTCOME_HELD", "order": "orders/1"},
            {
                "number": "A-2",
                "outcome": "TAKING_OUTCOME_REFUSED",
                "refusal": {"reason": "LINES_REFUSED", "message": {"zh": "有误", "en": "It has no lines."}},
            },
        ]
    },
}
FAULT = Refusal(
    "One field is at fault.", "LINES_REFUSED", [{"field": "order.lines[0].quantity", "detail": "more than nothing"}]
)


def typed(
    *words: str, language: Language = "en", more: Any = None, asked: Asked | None = None, handed: str = ""
) -> Result:
    """What `bylaw orders` says to these answers and more; `handed` is standard input."""
    with served({**ANSWERS, **(more or {})}, asked or Asked()) as bylaw:
        return bylaw("orders", *words, language=language, typed=handed)
