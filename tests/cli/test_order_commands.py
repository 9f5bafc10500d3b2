"""Orders by commands, against a small gateway: what is late and why, and where a parcel is."""

from typing import Any

import pytest
from bylaw_cli.wording import Language
from click.testing import Result

from tests.cli.small_gateway import Asked, served

PROMISE = {
    "order": "orders/1",
    "number": "2026-1",
    "channel": "channels/1",
    "status": "PROMISE_STATUS_OVERDUE",
    "reason": "PROMISE_REASON_NOT_SHIPPED",
    "explanation": {"zh": "至今未交承运商", "en": "no carrier has it yet"},
    "clause": "ORD-3",
    "sinceTime": "2026-11-27T01:00:00Z",
    "shipByTime": "2026-11-27T01:00:00Z",
    "deliverByTime": "2026-11-29T01:00:00Z",
}
RISK = {**PROMISE, "number": "2026-2", "status": "PROMISE_STATUS_AT_RISK"}
PARCEL = {
    "name": "orders/1/parcels/9",
    "carrier": "SF",
    "courier": "sf",
    "waybill": "SF1029384756",
    "state": "PARCEL_STATE_IN_LOCKER",
}
EVENTS = {"trackEvents": [{"occurTime": "2026-11-27T01:10:00Z", "text": "已投柜"}]}


def promises(asked: Any) -> Any:
    late = asked.get("status") == "PROMISE_STATUS_OVERDUE"
    return {"orderPromises": [PROMISE] if late else [PROMISE, RISK]}


def parcels(asked: Any) -> Any:
    return {"orderParcels": [PARCEL] if asked.get("waybill") == PARCEL["waybill"] else []}


ANSWERS = {
    ("GET", "/v1/orderPromises"): promises,
    ("GET", "/v1/orderParcels"): parcels,
    ("GET", "/v1/orders/1/parcels/9/events"): EVENTS,
}


def typed(*words: str, language: Language = "en") -> Result:
    with served(ANSWERS, Asked()) as type_in:
        return type_in("orders", *words, language=language)


@pytest.mark.clause("ORD-3")
def test_what_is_late_is_listed_with_why_and_by_which_clause() -> None:
    lines = typed("late").output.splitlines()
    assert [line.split("  ")[:2] for line in lines] == [["2026-1", "overdue"], ["2026-2", "at risk"]]
    assert lines[0].endswith("no carrier has it yet  ORD-3")
    assert typed("late", "--overdue").output.splitlines() == lines[:1]
    assert "超期" in typed("late", "--overdue", language="zh").output
    assert '"number": "2026-1"' in typed("late", "--json").output


@pytest.mark.clause("ORD-2")
def test_a_parcel_is_shown_by_its_waybill_with_what_happened_to_it() -> None:
    head, event = typed("parcel", "SF1029384756").output.splitlines()
    assert head == "SF1029384756  SF  in a locker or at a station  orders/1"
    assert event.endswith("已投柜")
    assert "快递柜" in typed("parcel", "SF1029384756", language="zh").output
    assert typed("parcel", "SF0000000000").output == typed("parcel", "SF0000000001").output
