"""What a small gateway answers of a warehouse, for the commands on stock."""

from typing import Any

from bylaw_cli.wording import Language
from click.testing import Result

from tests.cli.small_gateway import Asked, Refusal, served

MJ = {"name": "warehouses/1", "code": "MJ", "title": {"zh": "总仓", "en": "Main"}, "site": "sites/w"}
HZ = {**MJ, "name": "warehouses/2", "code": "HZ"}
PLACES = [
    {"name": "places/a", "code": "A-01", "kind": "PLACE_KIND_BIN"},
    {"name": "places/d", "code": "DOCK", "kind": "PLACE_KIND_INSPECTION"},
    {"name": "places/c", "code": "CARRIER", "kind": "PLACE_KIND_CARRIER"},
]
CUP = {"name": "items/cup", "code": "MJ-CUP", "displayName": "手冲杯"}
VASE = {"name": "items/vase", "code": "MJ-VASE", "displayName": "花瓶"}
WARNED = {"warning": {"zh": "易燃", "en": "burns"}}


def pieces(value: str) -> dict[str, str]:
    return {"value": value, "unit": "piece"}


def balance(place: str, on_hand: str, reserved: str = "0", **more: str) -> dict[str, Any]:
    row = {
        "name": f"stockBalances/{place}",
        "item": "items/cup",
        "place": f"places/{place}",
        "lot": "",
        "expiryDate": "",
    }
    return {**row, "onHand": pieces(on_hand), "reserved": pieces(reserved), **more}


def items(query: Any) -> Any:
    wanted = query.get("code", query.get("barcode", "")).lower()
    known = {"mj-cup": CUP, "mj-vase": VASE, "6970812300015": CUP}
    return {"items": [known[wanted]] if wanted in known else []}


def entry(number: int, change: str, on_hand: str, *, movement: str = "", held: str = "") -> dict[str, Any]:
    cause = {"stockMovement": movement, "stockReservation": held}
    counts = {
        "onHandDifference": change,
        "onHand": on_hand,
        "reservedDifference": "4" if held else "0",
        "reserved": "0",
    }
    return {"number": str(number), "bookDate": "2026-11-27", **cause, **counts}


MOVED = {"kind": "STOCK_MOVEMENT_KIND_ISSUE", "postedBy": "people/q", "reason": ""}
ORDER = {"kind": "PAPER_KIND_SALES_ORDER", "number": "7001"}
DAY = {
    "name": "warehouses/1/bookDays/2026-11-27",
    "state": "BOOK_DAY_STATE_OPEN",
    "firstDate": "2026-11-26",
    "movementCount": "3",
    "entryCount": "14",
    "spotCountCount": "0",
    "explanation": "",
    "closedBy": "",
    "disagreements": [
        {"kind": "BOOK_DISAGREEMENT_KIND_NOTHING_COUNTED", "subject": "", "text": {"zh": "未抽点", "en": "goods moved"}}
    ],
}
MONTH = {
    "name": "warehouses/1/stockMonths/2026-11",
    "lastDate": "2026-11-27",
    "final": False,
    "lineCount": 1,
    "handOvers": [
        {
            "handOverTime": "2026-11-26T18:00:00Z",
            "lastDate": "2026-11-26",
            "handedOverBy": "people/q",
            "outdated": True,
        }
    ],
}
LINE = {
    "itemCode": "MJ-CUP",
    "itemDisplayName": "手冲杯",
    "placeCode": "",
    "opening": pieces("10"),
    "came": [{"kind": "STOCK_MOVEMENT_KIND_RECEIPT", "quantity": "56"}],
    "went": [],
    "closing": pieces("66"),
}
PROPOSAL = {
    "kind": "STOCK_PROPOSAL_KIND_REORDER",
    "quantity": pieces("182"),
    "level": {
        "item": "items/cup",
        "code": "MJ-CUP",
        "onHand": pieces("51"),
        "reorderPoint": pieces("109"),
        "dailyDemand": "6.03",
        "daysOfCover": "8.4",
        "turnover": "1.25",
        "lastIssueDate": "2026-11-27",
    },
}
W = "/v1/warehouses/1"
ANSWERS = {
    ("GET", "/v1/warehouses"): {"warehouses": [MJ]},
    ("GET", f"{W}/places"): {"places": PLACES},
    ("GET", "/v1/items"): items,
    ("GET", "/v1/items/cup"): CUP,
    ("GET", "/v1/items/vase"): VASE,
    ("GET", "/v1/people/q"): {"displayName": "钱峰"},
    ("GET", "/v1/sites/w"): {"timeZone": "Asia/Shanghai"},
    ("GET", f"{W}/stockBalances"): {"stockBalances": [balance("d", "56"), balance("a", "112", "4")]},
    ("GET", "/v1/stockBalances/d/cardEntries"): {"cardEntries": [entry(1, "56", "56", movement="stockMovements/1")]},
    ("GET", "/v1/stockBalances/a/cardEntries"): {
        "cardEntries": [entry(number, "-2", "114", movement="stockMovements/1") for number in range(1, 3)]
        + [entry(3, "0", "112", held="stockReservations/1")]
    },
    ("GET", "/v1/stockMovements/1"): {**MOVED, "papers": [ORDER]},
    ("GET", "/v1/stockReservations/1"): {"purpose": "order 7002"},
    ("GET", f"{W}/bookDays"): {"bookDays": [{**DAY, "state": "BOOK_DAY_STATE_CLOSED", "closedBy": "people/q"}]},
    ("GET", f"{W}/bookDays/2026-11-27"): DAY,
    ("POST", f"{W}/bookDays/2026-11-27:close"): Refusal("Not everything agrees.", "DAY_DISAGREES"),
    ("POST", f"{W}/bookDays/2026-11-26:close"): {**DAY, "state": "BOOK_DAY_STATE_CLOSED", "disagreements": []},
    ("POST", f"{W}/spotCounts"): {
        "item": "items/cup",
        "counted": pieces("111"),
        "onLedger": pieces("112"),
        "difference": "-1",
    },
    ("GET", f"{W}/stockMonths/2026-11"): MONTH,
    ("GET", f"{W}/stockMonths/2026-11/lines"): {"lines": [LINE]},
    ("POST", f"{W}/stockMonths/2026-11:handOver"): MONTH,
    ("GET", f"{W}/stockProposals"): {"stockProposals": [PROPOSAL]},
    ("GET", f"{W}/stockLevels"): {"stockLevels": [PROPOSAL["level"]]},
    ("POST", f"{W}/stockProposals:recordOutcome"): {"item": "items/cup", "quietUntilDate": "2026-12-28"},
}


def typed(
    *words: str, language: Language = "en", more: Any = None, asked: Asked | None = None, said: str = ""
) -> Result:
    """What a command says to these answers and more; `said`: what is typed when it asks."""
    with served({**ANSWERS, **(more or {})}, asked or Asked()) as bylaw:
        return bylaw(*words, language=language, typed=said)
