"""What is held, packed and handed over is typed at a shell, against a small gateway (WHS-3, WHS-8, WHS-12)."""

import json
from typing import Any

import pytest
from click.testing import Result

from tests.cli.going_answers import CHECK, COUNTED, GOING, HELD, ISSUE, ISSUE_TOO, OF_ISSUE, PARCEL
from tests.cli.small_gateway import Asked, Refusal
from tests.cli.stock_answers import W, typed


def said(*words: str, more: Any = None, asked: Asked | None = None, handed: str = "", **told: Any) -> Result:
    return typed(*words, more={**GOING, **(more or {})}, asked=asked, said=handed, **told)


def cells(result: Result) -> list[list[str]]:
    return [[cell.strip() for cell in line.replace("│", "|").split("|")] for line in result.output.splitlines()]


@pytest.mark.clause("WHS-8")
def test_what_is_held_is_listed_with_what_for_and_until_when() -> None:
    assert cells(said("reservations", "list"))[2:] == [
        ["000000a2", "order 7005", "held", "2026-11-27 10:30", "MJ-CUP 4 of 4 piece (1 issued)", ""],
        ["000000a1", "orders/own/7003", "confirmed", "", "MJ-CUP 4 of 4 piece (1 issued)", "order 7004"],
    ]
    assert "预留中" in said("reservations", "list", language="zh").output
    asked: list[dict[str, str]] = []

    def seen(query: Any) -> Any:
        asked.append(query.to_dict())
        return {"stockReservations": [HELD]}

    listing = {("GET", f"{W}/stockReservations"): seen}
    assert json.loads(said("reservations", "list", "--ended", "--json", more=listing).output) == [HELD]
    assert asked == [{"pageSize": "1000", "showEnded": "true"}]


@pytest.mark.parametrize("number", ["7003", "orders/own/7003", "0000a1"])
def test_a_reservation_is_named_by_what_it_is_for_and_shown_with_the_way_round_the_warehouse(number: str) -> None:
    head, *table = said("reservations", "show", number).output.splitlines()
    assert head == "000000a1  orders/own/7003  confirmed  MJ-CUP 4 of 4 piece (1 issued)  order 7004"
    assert [cell.strip() for cell in table[2].replace("│", "|").split("|")] == ["A-01", "MJ-CUP", "L-7", "3", "piece"]
    assert json.loads(said("reservations", "show", number, "--json").output)["pickingList"][0]["placeCode"] == "A-01"


def test_goods_are_held_confirmed_and_released() -> None:
    asked = Asked()
    done = said("reservations", "hold", "mj-cup=4", "--for", "order 7005", "--minutes", "60", "--partial", asked=asked)
    assert done.output.startswith("000000a2  order 7005  held")
    ((_, path, body),) = asked.writes
    assert (path, body.pop("name").partition("/")[0]) == ("/v1/stockReservations", "stockReservations")
    assert body == {
        "warehouse": "warehouses/1",
        "purpose": "order 7005",
        "partial": True,
        "holdMinutes": 60,
        "lines": [{"item": "items/cup", "quantity": {"value": "4"}}],
    }
    asked = Asked()
    assert "confirmed" in said("reservations", "confirm", "7003", asked=asked).output
    assert "released" in said("reservations", "release", "7003", asked=asked).output
    assert [path for _, path, _ in asked.writes] == [f"/v1/{HELD['name']}:confirm", f"/v1/{HELD['name']}:release"]


def test_what_is_short_is_told_by_what_was_typed() -> None:
    short = Refusal("Not so much is free.", "STOCK_SHORT", [{"field": "lines[0]", "detail": "2 free"}])
    done = said("reservations", "hold", "MJ-CUP=4", "--for", "x", more={("POST", "/v1/stockReservations"): short})
    assert (done.exit_code, "MJ-CUP=4: 2 free" in done.output) == (1, True)


@pytest.mark.clause("WHS-3")
def test_a_check_is_begun_of_what_is_held_or_else_of_what_was_issued() -> None:
    asked = Asked()
    head, *table = said("pack", "start", "7003", asked=asked).output.splitlines()
    assert head == "000000c1  000000a1  open  2026-11-27 10:00  钱峰"
    assert [cell.strip() for cell in table[2].replace("│", "|").split("|")] == ["1", "MJ-CUP", "L-7", "2", "4 piece"]
    said("pack", "start", "7002", asked=asked)
    assert [body for _, _, body in asked.writes] == [{"reservation": HELD["name"]}, {"stockMovement": ISSUE["name"]}]
    assert "No reservation or issue of 9999" in said("pack", "start", "9999").output


@pytest.mark.clause("WHS-3")
def test_scans_count_each_under_a_key_and_what_is_refused_is_told_with_exit_code_1() -> None:
    asked = Asked()
    done = said("pack", "scan", "7003", "MJ-CUP", "X-1", "--lot", "L-7", "--quantity", "2", asked=asked)
    assert (done.exit_code, done.output.splitlines()[-1]) == (1, "X-1: It is of no line. (PACK_WRONG_ITEM)")
    ((_, path, body),) = asked.writes
    pieces_sent = body["pieces"]
    assert (path, len({piece.pop("key") for piece in pieces_sent})) == (f"/v1/{CHECK['name']}:batchScan", 2)
    assert pieces_sent == [{"code": code, "lot": "L-7", "quantity": {"value": "2"}} for code in ("MJ-CUP", "X-1")]
    fine = {("POST", f"/v1/{CHECK['name']}:batchScan"): {"packScans": [COUNTED]}}
    asked = Asked()
    done = said("pack", "scan", "0000c1", "--out", more=fine, asked=asked, handed="MJ-CUP\r\n\n6970812300015\n")
    assert done.exit_code == 0
    assert [(one["code"], one["out"]) for one in asked.writes[0][2]["pieces"]] == [
        ("MJ-CUP", True),
        ("6970812300015", True),
    ]
    assert json.loads(said("pack", "scan", "7003", "MJ-CUP", "--json", more=fine).output)["packScans"] == [COUNTED]


def test_a_check_is_listed_shown_closed_and_called_off() -> None:
    listed = said("pack", "list", "--state", "called-off").output.splitlines()
    assert listed == ["000000c2  000000b1  open  2026-11-27 10:00", "000000c1  000000a1  open  2026-11-27 10:00  钱峰"]
    assert said("pack", "list", more={("GET", f"{W}/packChecks"): {"packChecks": []}}).output == "There is nothing.\n"
    assert said("pack", "show", "7003").output.splitlines()[-1] == "  X-1: It is of no line. (PACK_WRONG_ITEM)"
    assert (
        said("pack", "show", "7003", language="zh")
        .output.splitlines()[-1]
        .endswith("不在应装之列。（PACK_WRONG_ITEM）")
    )
    assert json.loads(said("pack", "show", "7002", "--json").output)["name"] == OF_ISSUE["name"]
    asked = Asked()
    assert "short" in said("pack", "close", "7003", "--reason", "one broke", asked=asked).output
    assert "called off" in said("pack", "call-off", "7003", "--reason", "wrong", asked=asked).output
    assert [(path.rpartition(":")[2], body) for _, path, body in asked.writes] == [
        ("close", {"reason": "one broke"}),
        ("callOff", {"reason": "wrong"}),
    ]
    assert said("pack", "call-off", "7003").exit_code == 2
    assert "No open check of 7001" in said("pack", "close", "7001").output


@pytest.mark.clause("WHS-12")
def test_parcels_are_handed_over_with_all_their_issues_and_get_their_receipt() -> None:
    asked = Asked()
    done = said("parcels", "hand-over", "SF-77121=7002,0000b2", "--carrier", "SF", asked=asked)
    row = ["SF-77121", "SF", "2026-11-27 10:00", "钱峰", "000000b1 000000b2"]
    assert cells(done)[2] == row
    line = {"number": "SF-77121", "stockMovement": ISSUE["name"], "moreStockMovements": [ISSUE_TOO["name"]]}
    assert asked.writes == [("POST", f"{W}/parcels:handOver", {"carrier": "SF", "lines": [line]})]
    asked = Asked()
    assert "R-1" in said("parcels", "receipt", "sf-77121", "R-1", asked=asked).output
    assert asked.writes == [("POST", f"/v1/{PARCEL['name']}:acknowledge", {"receipt": "R-1"})]
    assert cells(said("parcels", "list", "--lacking-receipt"))[2] == row
    assert json.loads(said("parcels", "list", "--json").output) == [PARCEL]


@pytest.mark.clause("WHS-12")
def test_what_is_not_wholly_handed_over_is_listed_by_how_far_it_is() -> None:
    asked: list[dict[str, str]] = []

    def seen(query: Any) -> Any:
        asked.append(query.to_dict())
        return GOING[("GET", f"{W}/openHandOvers")]

    words = ("parcels", "open", "--stage", "receipt-lacking", "--since", "2026-11-27")
    done = said(*words, more={("GET", f"{W}/openHandOvers"): seen})
    assert cells(done)[2] == ["issued, in no parcel", "2026-11-27 10:00", "7002", "000000b1"]
    narrowed = {"stage": "HAND_OVER_STAGE_RECEIPT_LACKING", "startDate": "2026-11-27"}
    assert asked == [{"pageSize": "1000", **narrowed}]


def test_what_cannot_be_meant_is_said_before_anything_is_sent() -> None:
    asked = Asked()
    for words, told in (
        (("parcels", "hand-over", "SF-1", "--carrier", "SF"), "SF-1 is not WAYBILL=ISSUE."),
        (("parcels", "hand-over", "SF-1=70", "--carrier", "SF"), "No movement of 70"),
        (("parcels", "receipt", "SF-9", "R-1"), "No parcel of SF-9"),
        (("reservations", "hold", "MJ-CUP", "--for", "x"), "MJ-CUP is not ITEM=QTY."),
        (("reservations", "release", "0000"), "No reservation of 0000"),
        (("reservations", "release", ""), "No reservation of "),
    ):
        assert told in said(*words, asked=asked).output, words
    both = {("GET", f"{W}/stockReservations"): {"stockReservations": [HELD, {**HELD, "name": "stockReservations/2"}]}}
    assert "2 are of 7003" in said("reservations", "release", "7003", more=both, asked=asked).output
    assert asked.writes == []
