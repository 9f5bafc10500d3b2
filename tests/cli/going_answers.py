"""What a small gateway answers of goods that are held, packed, handed over and sent back, for the commands on them."""

from typing import Any

from tests.cli.stock_answers import CUP, W, pieces

HELD = {
    "name": "stockReservations/00000000-0000-0000-0000-0000000000a1",
    "purpose": "orders/own/7003",
    "state": "STOCK_RESERVATION_STATE_CONFIRMED",
    "lines": [{"item": "items/cup", "quantity": pieces("4"), "reserved": pieces("4"), "issued": pieces("1")}],
    "packedWith": "order 7004",
}
HELD_TOO = {
    **HELD,
    "name": "stockReservations/00000000-0000-0000-0000-0000000000a2",
    "purpose": "order 7005",
    "state": "STOCK_RESERVATION_STATE_HELD",
    "expireTime": "2026-11-27T02:30:00Z",
    "packedWith": "",
}
ISSUE = {
    "name": "stockMovements/00000000-0000-0000-0000-0000000000b1",
    "papers": [{"kind": "PAPER_KIND_SALES_ORDER", "number": "7002"}],
}
ISSUE_TOO = {
    "name": "stockMovements/00000000-0000-0000-0000-0000000000b2",
    "papers": [{"kind": "PAPER_KIND_SALES_ORDER", "number": "7001"}],
}
FETCHED = {
    "placeCode": "A-01",
    "itemCode": "MJ-CUP",
    "lot": "L-7",
    "expiryDate": "",
    "quantity": pieces("3"),
}
CHECK = {
    "name": "packChecks/00000000-0000-0000-0000-0000000000c1",
    "reservation": HELD["name"],
    "stockMovement": "",
    "state": "PACK_CHECK_STATE_OPEN",
    "lines": [{"number": 1, "itemCode": "MJ-CUP", "lot": "L-7", "packed": pieces("2"), "wanted": pieces("4")}],
    "startTime": "2026-11-27T02:00:00Z",
    "startedBy": "people/q",
    "reason": "",
}
OF_ISSUE = {
    **CHECK,
    "name": "packChecks/00000000-0000-0000-0000-0000000000c2",
    "reservation": "",
    "stockMovement": ISSUE["name"],
    "startedBy": "",
}
COUNTED = {"code": "MJ-CUP", "reason": ""}
REFUSED = {"code": "X-1", "reason": "PACK_WRONG_ITEM", "messageEn": "It is of no line.", "messageZh": "不在应装之列。"}
PARCEL = {
    "name": "parcels/00000000-0000-0000-0000-0000000000d1",
    "carrier": "SF",
    "number": "SF-77121",
    "stockMovement": ISSUE["name"],
    "moreStockMovements": [ISSUE_TOO["name"]],
    "handOverTime": "2026-11-27T02:00:00Z",
    "handedOverBy": "people/q",
    "receipt": "",
}
OPEN = {
    "stage": "HAND_OVER_STAGE_ISSUED",
    "sinceTime": "2026-11-27T02:00:00Z",
    "stockMovement": ISSUE["name"],
    "carrier": "",
    "reference": "7002",
}
BACK = {
    "stockMovement": "stockMovements/00000000-0000-0000-0000-0000000000e1",
    "slips": ["TH-9001"],
    "waitingDays": 3,
    "lines": [
        {
            "item": "items/cup",
            "itemCode": "MJ-CUP",
            "lot": "",
            "place": "places/d",
            "returned": pieces("5"),
            "waiting": pieces("2"),
        }
    ],
}
DECIDED = {
    "name": "returnDecisions/00000000-0000-0000-0000-0000000000f1",
    "decideTime": "2026-11-27T02:00:00Z",
    "decidedBy": "people/q",
    "supplierSlip": "",
    "scrapState": "RETURN_SCRAP_STATE_WAITING",
    "decision": "decisions/9",
    "lines": [
        {
            "item": "items/cup",
            "lot": "",
            "quantity": pieces("2"),
            "outcome": "RETURN_OUTCOME_SCRAP",
            "cause": "broken",
        }
    ],
}
GOING: dict[tuple[str, str], Any] = {
    ("GET", "/v1/items/cup"): CUP,
    ("GET", f"{W}/stockReservations"): {"stockReservations": [HELD_TOO, HELD]},
    ("GET", f"/v1/{HELD['name']}/pickingList"): {"lines": [FETCHED]},
    ("POST", "/v1/stockReservations"): HELD_TOO,
    ("POST", f"/v1/{HELD['name']}:confirm"): HELD,
    ("POST", f"/v1/{HELD['name']}:release"): {**HELD, "state": "STOCK_RESERVATION_STATE_RELEASED"},
    ("GET", f"{W}/stockMovements"): {"stockMovements": [ISSUE, ISSUE_TOO]},
    ("GET", f"{W}/packChecks"): {"packChecks": [OF_ISSUE, CHECK]},
    ("GET", f"/v1/{CHECK['name']}"): CHECK,
    ("GET", f"/v1/{CHECK['name']}/packScans"): {"packScans": [REFUSED]},
    ("GET", f"/v1/{OF_ISSUE['name']}/packScans"): {"packScans": []},
    ("POST", f"{W}/packChecks:start"): CHECK,
    ("POST", f"/v1/{CHECK['name']}:batchScan"): {"packScans": [COUNTED, REFUSED]},
    ("POST", f"/v1/{CHECK['name']}:close"): {**CHECK, "state": "PACK_CHECK_STATE_SHORT", "reason": "one broke"},
    ("POST", f"/v1/{CHECK['name']}:callOff"): {**CHECK, "state": "PACK_CHECK_STATE_CALLED_OFF"},
    ("GET", f"{W}/parcels"): {"parcels": [PARCEL]},
    ("GET", f"{W}/openHandOvers"): {"openHandOvers": [OPEN]},
    ("POST", f"{W}/parcels:handOver"): {"parcels": [PARCEL]},
    ("POST", f"/v1/{PARCEL['name']}:acknowledge"): {**PARCEL, "receipt": "R-1"},
    ("GET", f"{W}/waitingReturns"): {"waitingReturns": [BACK]},
    ("GET", f"{W}/returnDecisions"): {"returnDecisions": [DECIDED]},
    ("POST", f"/v1/{BACK['stockMovement']}:decideReturn"): DECIDED,
    ("POST", f"/v1/{BACK['stockMovement']}/returnPhotos"): {
        "name": "returnPhotos/00000000-0000-0000-0000-0000000000f9"
    },
    ("POST", f"/v1/{DECIDED['name']}:withdraw"): {**DECIDED, "scrapState": "RETURN_SCRAP_STATE_WITHDRAWN"},
}
