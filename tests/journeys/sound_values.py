"""What a careful client would put into a field of this name, out of what is on record."""

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.builders.images import png
from tests.journeys import sound_orders
from tests.journeys.client import Client
from tests.journeys.company import LOGINS, PASSWORD

COLLECTIONS = {
    "person": "people",
    "unit": "units",
    "site": "sites",
    "position": "positions",
    "grant": "grants",
    "role": "roles",
    "clock": "clocks",
    "shiftPattern": "shiftPatterns",
    "patternAssignment": "patternAssignments",
    "leaveAssignment": "leaveAssignments",
    "leavePolicy": "leavePolicies",
    "hoursNotice": "hoursNotices",
    "companyDay": "companyDays",
    "overtimeRequest": "overtimeRequests",
    "rotaSwap": "rotaSwaps",
    "punchCorrection": "punchCorrections",
    "signInPhoto": "signInPhotos",
    "leaveRequest": "leaveRequests",
    "objection": "objections",
    "punchImport": "punchImports",
    "decision": "decisions",
    "delegation": "delegations",
    "process": "processes",
    "duty": "duties",
    "dutyOccurrence": "dutyOccurrences",
    "notice": "notices",
    "outsideAccess": "outsideAccesses",
    "accessToken": "accessTokens",
    "serviceAccount": "serviceAccounts",
    "session": "sessions",
    "item": "items",
    "warehouse": "warehouses",
    "place": "places",
    "stockMovement": "stockMovements",
    "stockBalance": "stockBalances",
    "stockReservation": "stockReservations",
    "deliveryNote": "deliveryNotes",
    "delivery": "deliveries",
    "stocktake": "stocktakes",
    "parcel": "parcels",
    "packCheck": "packChecks",
    "returnDecision": "returnDecisions",
    "visit": "visits",
    "houseRound": "houseRounds",
    "itemSheet": "itemSheets",
    "itemPicture": "itemPictures",
    "priceChange": "priceChanges",
    "goodsReview": "goodsReviews",
    **sound_orders.COLLECTIONS,
}
"""The collections whose things the description's path parameters name."""

IN_A_WAREHOUSE = {
    *("place", "stockMovement", "stockBalance", "stockReservation", "deliveryNote", "stocktake"),
    *("visit", "houseRound", "parcel", "packCheck", "returnDecision"),
}
"""What is listed under a warehouse alone."""

OURS = "SOUND"
"""The code of the warehouse and the item that are made here."""

KEPT_BY_THE_SERVICE = {
    *("name", "etag", "head", "instant", "utcOffsetMinutes", "source", "receiveTime", "requestId"),
    *("withdrawPresent", "recording", "versions", "oneTimeCode", "plan", "parent"),
}
"""Members that a body may show but that nobody writes."""

_ALSO_CALLED = {
    **dict.fromkeys(("subject", "head", "deputy", "delegate", "owner", "people"), "person"),
    **dict.fromkeys(("parent", "headOf", "relatedUnits"), "unit"),
    **dict.fromkeys(("fromPlace", "toPlace"), "place"),
    **dict.fromkeys(("items", "variantOf", "replacement"), "item"),
    "reservation": "stockReservation",
}
LAST_DATE = (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
_DAYS = ("2026-11-02", "2026-10-15", "2026-09-01", "2027-01-01")


class SoundValues:
    """Picks values by the name of the field they are for."""

    def __init__(self, names: Mapping[str, Sequence[str]], dice: random.Random) -> None:
        self._names, self._dice = names, dice
        self._by_name: Mapping[str, Callable[[], str]] = {
            "code": self._code,
            "number": self._code,
            "login": self._code,
            "zh": lambda: "测试",
            "en": lambda: "Trial",
            "displayName": lambda: "王小明",
            "timeZone": lambda: "Asia/Shanghai",
            "calendar": lambda: dice.choice(["CN", "NONE"]),
            "employeeNumber": lambda: dice.choice(["1016", "1004", "1014"]),
            "localTime": lambda: f"{dice.choice(_DAYS[:3])} 1{dice.randint(0, 9)}:{dice.randint(10, 59)}:00",
            "newPassword": lambda: f"long enough {dice.randint(1, 10**9)}",
            "month": lambda: dice.choice(["2026-11", "2026-10", "2015-02"]),
            "startMonth": lambda: "2026-10",
            "endMonth": lambda: "2026-11",
            "permission": lambda: "people.staff.read",
            "permissions": lambda: dice.choice(["people.units.read", "people.sites.read"]),
            "target": lambda: self._named("person"),
            "roleId": self._slug,
            "clauseId": lambda: f"TRIAL-{dice.randint(1, 10**6)}",
            "kind": lambda: "ordinary-matter",
            "time": lambda: "18:00",
            "currency": lambda: "CNY",
            "value": lambda: "1",
            "minorUnits": lambda: "100",
            "receipt": self._code,
            **dict.fromkeys(("outTime", "countTime", "effectiveTime"), lambda: f"{LAST_DATE}T08:00:00+08:00"),
            "language": lambda: "zh",
            "supplier": lambda: "测试",
            **dict.fromkeys(("reason", "text", "excuse"), lambda: "测试 trial"),
            **dict.fromkeys(("endDate", "lastDate", "readByDate"), lambda: LAST_DATE),
            **sound_orders.fields(self._named, dice),
        }

    def of(self, field: str) -> str:
        """A text for a field; something harmless where its name says nothing."""
        if field in self._by_name:
            return self._by_name[field]()
        if field.lower().endswith("date"):
            return self._dice.choice(_DAYS)
        return self._named(_ALSO_CALLED.get(field, field))

    def segment(self, parameter: str) -> str:
        """A segment of a path; one that nothing has where nothing of the kind is on record."""
        return self._dice.choice(self._names.get(parameter) or ["none"])

    def _named(self, kind: str) -> str:
        """The resource name of something of this kind; nothing where none is on record."""
        if self._names.get(kind) and kind in COLLECTIONS:
            return f"{COLLECTIONS[kind]}/{self._dice.choice(self._names[kind])}"
        return ""

    def _slug(self) -> str:
        return f"t{self._dice.randint(1, 10**9)}"

    def _code(self) -> str:
        return f"T{self._dice.randint(1, 10**9)}"


def known_names(client: Client) -> dict[str, list[str]]:
    """The ids that are on record, by what the description calls them; makes one of what the company has none of yet.

    Whoever asks keeps account and session: they go on asking.
    """
    own = client.get("/v1/self")
    _make_what_is_missing(client, own["person"]["name"])
    kinds = {
        collection: kind
        for kind, collection in COLLECTIONS.items()
        if kind not in {"punchImport", "delivery", "itemPicture", *IN_A_WAREHOUSE, *sound_orders.NOT_LISTED}
    }
    spared = {own["person"]["name"], own["session"]}
    found = {
        kind: [
            row["name"].partition("/")[2]
            for row in client.get(f"/v1/{collection}")[collection]
            if row["name"] not in spared
        ]
        for collection, kind in kinds.items()
    }
    handed_in = client.import_punches(b"employee_number,local_time\n1016,2026-09-01 08:21:00\n", site="HQ")
    found["punchImport"] = [handed_in["name"].partition("/")[2]]
    found |= _of_ours(client)
    for kind in IN_A_WAREHOUSE:
        collection = COLLECTIONS[kind]
        rows = client.get(f"/v1/warehouses/{found['warehouse'][0]}/{collection}")[collection]
        found[kind] = [row["name"].partition("/")[2] for row in rows]
    arrived = client.get(f"/v1/deliveryNotes/{found['deliveryNote'][0]}/deliveries")["deliveries"]
    found["delivery"] = [row["name"].partition("/")[2] for row in arrived]
    shown = [picture for sheet in client.get("/v1/itemSheets")["itemSheets"] for picture in sheet.get("pictures", [])]
    found["itemPicture"] = [picture["name"].partition("/")[2] for picture in shown]
    sold = sound_orders.of_ours(client, f"warehouses/{found['warehouse'][0]}", OURS)
    found |= {kind: [*(found[kind] if kind == "parcel" else ()), *names] for kind, names in sold.items()}
    months, days = ["2026-11", "2026-10", "2015-01"], ["2026-11-02", "2026-10-15"]
    found |= {"bookDay": days, "stockMonth": months}
    return {**found, "sheet": months, "month": months, "day": days, "clause": ["ATT-1", "SEC-1"]}


def _of_ours(client: Client) -> dict[str, list[str]]:
    """The goods that were made here: of those that the company has, most is closed, held or kept by somebody."""
    (item,) = client.get("/v1/items", code=OURS)["items"]
    (warehouse,) = (one for one in client.get("/v1/warehouses")["warehouses"] if one["code"] == OURS)
    number = item["name"].partition("/")[2]
    return {"item": [number], "itemSheet": [number], "warehouse": [warehouse["name"].partition("/")[2]]}


def _make_what_is_missing(client: Client, owner: str) -> None:
    """A service account, an access token, another session of whoever asks; goods; corrections and photos that wait."""
    _take_goods_in(client)
    _offer(client)
    account = {"code": "sound-values", "title": {"zh": "测试", "en": "Trial"}, "owner": owner, "endDate": LAST_DATE}
    client.post("/v1/serviceAccounts", account)
    token = {"title": "sound values", "permissions": ["people.units.read"], "endDate": LAST_DATE}
    client.post("/v1/accessTokens", token)
    Client(client.address, client.login, client.password).http.close()
    with closing(Client(client.address, LOGINS["employee"], PASSWORD).http) as employee:
        for days in (2, 3, 4):
            day = datetime.now(UTC).date() - timedelta(days=days)
            wish = {"localTime": f"{day} 23:10", "direction": "DIRECTION_OUT", "reason": "测试"}
            assert employee.post("/v1/punchCorrections", json=wish).is_success
            image = {"Content-Type": "image/png"}
            assert employee.post("/v1/signInPhotos", content=png(shade=days), headers=image).is_success


def _offer(client: Client) -> None:
    """A picture of an item, the item listed on a channel by a rule that asks for little, and a review of that."""
    item = client.get("/v1/items", code=OURS)["items"][0]["name"]
    image = {"Content-Type": "image/png"}
    sheet = item.replace("items/", "itemSheets/")
    assert client.http.post(f"/v1/{sheet}/itemPictures", content=png(shade=9), headers=image).is_success
    client.post("/v1/categoryRules", {"category": "", "requiredParts": ["SHEET_PART_NAME"]})
    client.post("/v1/listings", {"channel": "shop", "items": [item]})
    client.post("/v1/goodsReviews", {"channel": "shop"})


def _take_back(client: Client, warehouse: str, line: dict[str, object], shelf: str) -> None:
    """A piece that came back, and was put to sale again."""
    look = client.post(f"/v1/{warehouse}/places", {"code": "LOOK", "kind": "PLACE_KIND_INSPECTION"})["name"]
    slip = {"kind": "PAPER_KIND_RETURN_SLIP", "number": "R-1"}
    came = {"warehouse": warehouse, "lines": [{**line, "toPlace": look}], "papers": [slip]}
    back = client.post("/v1/stockMovements", came)["name"]
    sold = {"item": line["item"], "quantity": {"value": "1"}, "outcome": "RETURN_OUTCOME_SALE", "cause": "测试"}
    client.post(f"/v1/{back}:decideReturn", {"lines": [{**sold, "toPlace": shelf}]})


def _take_goods_in(client: Client) -> None:
    """A warehouse with some of an item in its bin, one of it reserved, one sent off, and one more on its way."""
    unit, site = (client.get(f"/v1/{where}")[where][0]["name"] for where in ("units", "sites"))
    item = client.post("/v1/items", {"code": OURS, "displayName": "测试", "unit": "piece"})["name"]
    kept = {"code": OURS, "title": {"zh": "测试", "en": "Trial"}, "site": site, "unit": unit}
    warehouse = client.post("/v1/warehouses", kept)["name"]
    shelf = client.post(f"/v1/{warehouse}/places", {"code": "A-01", "kind": "PLACE_KIND_BIN"})["name"]
    places = {place["code"]: place["name"] for place in client.get(f"/v1/{warehouse}/places")["places"]}
    line = {"item": item, "fromPlace": places["SUPPLIER"], "toPlace": shelf, "quantity": {"value": "1000"}}
    note = {"kind": "PAPER_KIND_DELIVERY_NOTE", "number": "N-1"}
    client.post("/v1/stockMovements", {"warehouse": warehouse, "lines": [line], "papers": [note]})
    out = {"item": item, "fromPlace": shelf, "toPlace": places["CARRIER"], "quantity": {"value": "1"}}
    slip = {"kind": "PAPER_KIND_REQUISITION", "number": "Q-1"}
    sent = client.post("/v1/stockMovements", {"warehouse": warehouse, "lines": [out], "papers": [slip]})["name"]
    parcel = {"number": "P-1", "stockMovement": sent}
    client.post(f"/v1/{warehouse}/parcels:handOver", {"carrier": "测试", "lines": [parcel]})
    wanted = [{"item": item, "quantity": {"value": "1"}}]
    held = {"name": f"stockReservations/{uuid4()}", "warehouse": warehouse, "lines": wanted}
    client.post("/v1/stockReservations", held)
    client.post(f"/v1/{warehouse}/packChecks:start", {"reservation": held["name"]})
    _take_back(client, warehouse, {**wanted[0], "fromPlace": places["CUSTOMER"]}, shelf)
    announced = {"warehouse": warehouse, "supplier": "测试", "number": "LS-1", "lines": wanted}
    expected = client.post("/v1/deliveryNotes", announced)["name"]
    client.post(f"/v1/{expected}/deliveries:start", {})
    client.post("/v1/stocktakes", {"warehouse": warehouse})
    client.post(f"/v1/{warehouse}/visits:signIn", {"visitorName": "测试", "purpose": "测试"})
    checks = {part: {"finding": "ROUND_FINDING_FINE"} for part in ("locks", "goods", "surroundings")}
    client.post(f"/v1/{warehouse}/houseRounds:handIn", {"side": "ROUND_SIDE_ARRIVING", **checks})
