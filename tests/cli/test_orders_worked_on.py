"""What a clerk does with orders at a shell, against a small gateway: lists, looks, releases, cancels, places."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.order_answers import FAULT, ORDER, OWN, listed, typed
from tests.cli.small_gateway import Asked, Refusal


def cells(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.replace("│", "|").split("|")] for line in text.splitlines()]


@pytest.mark.clause("ORD-1")
def test_orders_are_listed_with_how_far_they_are_and_what_they_wait_for() -> None:
    rows = cells(typed("list", "--held").output)
    assert [(row[0], row[1], *row[3:]) for row in rows[2:]] == [
        ("A-1", "own", "387.00 CNY", "paid", "waits", "PRICE_OFF_LIST"),
        ("A-2", "own", "387.00 CNY", "paid", "waits", "PRICE_OFF_LIST, GOODS_UNKNOWN"),
    ]
    assert "待预留" in typed("list", language="zh").output
    assert len(json.loads(typed("list", "--json").output)) == 4


def test_what_is_asked_for_is_what_was_typed() -> None:
    asked: list[dict[str, str]] = []

    def seen(query: Any) -> Any:
        asked.append(query.to_dict())
        return listed(query)

    words = ("list", "--channel", "OWN", "--goods", "reserved-in-part", "--payment", "paid")
    typed(*words, more={("GET", "/v1/orders"): seen})
    assert asked == [
        {
            "pageSize": "1000",
            "channel": "channels/1",
            "fulfilmentState": "FULFILMENT_STATE_RESERVED_IN_PART",
            "paymentState": "PAYMENT_STATE_PAID",
        }
    ]


@pytest.mark.clause("ORD-1", "CUS-1")
def test_an_order_is_shown_with_its_lines_its_holds_what_is_masked_and_what_happened() -> None:
    head, name, promises, amount, goods, to, hold, taken, released = typed("show", "A-1").output.splitlines()
    assert head.startswith("A-1  own  placed ")
    assert head.endswith("paid  waits")
    assert name == "  orders/1"
    assert ("ship by" in promises, "arrive by" in promises) == (True, True)
    assert amount == "  comes to 387.00 CNY, paid 387.00"
    assert goods == "  1.  MJ-CUP  手冲杯  3 × 129.00 = 387.00  reserved 3"
    assert to == "  to  李**  138****5678  浙江省  文三路***  wrote a remark"
    assert hold == "  held for PRICE_OFF_LIST  line 1  The price of line 1 is 100.00 CNY. [ORD-1]"
    assert taken.endswith("The order was taken in  冯雪")
    assert released.endswith("A person released it  冯雪  展会价")
    assert typed("show", "orders/1").output == typed("show", "A-1").output
    assert "单价不符 [ORD-1]" in typed("show", "A-1", language="zh").output
    assert json.loads(typed("show", "A-1", "--json").output)["orderEvents"][1]["reason"] == "展会价"


@pytest.mark.clause("ORD-2")
def test_who_carries_it_is_shown_as_the_platform_says_it() -> None:
    carried = {("GET", "/v1/orders/1"): {**ORDER, "courier": "顺丰速运", "waybill": "SF100, SF101"}}
    said = typed("show", "orders/1", more=carried).output.splitlines()
    assert "  carried by 顺丰速运 SF100, SF101, as the platform says" in said
    assert (
        "  平台称由 顺丰速运 SF100, SF101 承运"
        in typed("show", "orders/1", more=carried, language="zh").output.splitlines()
    )


@pytest.mark.clause("ORD-1")
def test_what_waits_is_shown_by_reason_the_longest_waiting_first() -> None:
    lines = typed("held").output.splitlines()
    assert lines[0] == "GOODS_UNKNOWN [ORD-1]  1"
    assert lines[2] == "PRICE_OFF_LIST [ORD-1]  2"
    assert [line.split()[0] for line in lines[3:]] == ["A-1", "A-2"]
    assert lines[3].endswith("The price of line 1 is 100.00 CNY.")
    only = json.loads(typed("held", "--check", "goods-unknown", "--json").output)
    assert only == {"GOODS_UNKNOWN": ["orders/2"]}
    assert typed("held", "--check", "PHONE_INVALID").output == "There is nothing.\n"


@pytest.mark.clause("ORD-1")
def test_several_are_released_at_once_and_one_that_was_not_held_is_named() -> None:
    asked = Asked()
    done = typed("release", "A-1", "A-9", "--channel", "own", "--reason", "展会价", asked=asked)
    assert asked.writes == [
        ("POST", "/v1/orders:batchRelease", {"names": ["orders/1", "orders/9"], "reason": "展会价"})
    ]
    first, second = done.output.splitlines()
    assert first.endswith("paid  reserved")
    assert second == "A-9  A-9 is not held. (ORDER_NOT_HELD)"
    assert done.exit_code == 1
    assert "Missing option '--reason'" in typed("release", "A-1").output


@pytest.mark.clause("ORD-1")
def test_an_order_is_cancelled_with_a_reason() -> None:
    asked = Asked()
    assert typed("cancel", "A-1", "--reason", "不想要了", asked=asked).output.endswith("paid  cancelled\n")
    assert asked.writes == [("POST", "/v1/orders/1:cancel", {"reason": "不想要了"})]
    shipped = {("POST", "/v1/orders/1:cancel"): Refusal("All of it has left.", "ORDER_SHIPPED")}
    assert "(ORDER_SHIPPED)" in typed("cancel", "A-1", "--reason", "x", more=shipped).output


@pytest.mark.clause("ORD-1", "CUS-1")
def test_an_order_that_is_typed_is_worth_what_its_lines_come_to_and_to_whom_it_goes_is_in_a_file(
    tmp_path: Path,
) -> None:
    asked, to = Asked(), tmp_path / "to.json"
    to.write_text('{"displayName": "李小明", "phone": "13812345678", "address": "文三路 100 号"}')
    words = ("place", "--channel", "own", "--number", "A-1", "--item", "MJ-CUP=3@129", "--item", "MJ-CLAY=0.25@0.9")
    done = typed(*words, "--shipping", "8.5", "--to", str(to), asked=asked)
    assert done.output.endswith("paid  reserved\n")
    ((_, path, body),) = asked.writes
    assert path == "/v1/orders"
    assert body["lines"] == [
        {"code": "MJ-CUP", "quantity": "3", "unitPrice": "12900"},
        {"code": "MJ-CLAY", "quantity": "0.25", "unitPrice": "90"},
    ]
    assert (body["shipping"], body["paid"]) == ("850", str(38700 + 22 + 850))
    assert body["recipient"]["phone"] == "13812345678"
    assert (body["channel"], body["number"]) == ("channels/1", "A-1")
    typed(*words, "--unpaid", asked=asked)
    unpaid = asked.writes[-1][2]
    assert (unpaid["sourceState"], "paid" in unpaid) == ("SOURCE_STATE_UNPAID", False)
    refused = typed(*words, more={("POST", "/v1/orders"): FAULT}).output
    assert "MJ-CUP=3@129: more than nothing" in refused


def test_orders_of_a_file_are_sent_at_once_and_each_is_answered(tmp_path: Path) -> None:
    asked, file = Asked(), tmp_path / "orders.json"
    file.write_text(json.dumps([{"number": "A-1", "placeTime": "2026-11-27T01:00:00Z"}, {"number": "A-2"}]))
    done = typed("place", str(file), "--channel", "own", asked=asked)
    assert done.output.splitlines() == ["A-1  taken, and held", "A-2  refused  It has no lines. (LINES_REFUSED)"]
    assert done.exit_code == 1
    ((_, _, body),) = asked.writes
    assert body["orders"][0] == {"number": "A-1", "placeTime": "2026-11-27T01:00:00Z", "channel": "channels/1"}
    file.write_text(json.dumps({"number": "A-1", "channel": "own"}))
    assert typed("place", str(file), asked=asked).output.startswith("A-1  own  placed")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "--channel", "nope"), "There is no channel nope within your reach."),
        (("show", "Z-1"), "There is no order Z-1 within your reach."),
        (("show", "A-9"), "Say which A-9: --channel, one of own, past."),
        (("place",), "Give FILE, or --channel, --number and at least one --item."),
        (("place", "--number", "A-1", "--item", "MJ-CUP=1"), "Give FILE, or --channel"),
        (("place", "--channel", "own", "--number", "A-1", "--item", "MJ-CUP"), "MJ-CUP is none of CODE=QTY"),
        (("place", "--channel", "own", "--number", "A-1", "--item", "MJ-CUP=x@1"), "MJ-CUP=x@1 is no amount."),
        (("place", "--channel", "own", "--number", "A-1", "--item", "MJ-CUP=nan@1"), "MJ-CUP=nan@1 is no amount."),
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_is_sent(words: tuple[str, ...], said: str) -> None:
    asked = Asked()
    done = typed(*words, asked=asked)
    assert said in done.output
    assert (done.exit_code, asked.writes) == (1, [])


def test_a_file_that_is_no_order_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "order.json"
    for text, said in (
        ("number,code\n", "order.json is neither an order nor a list of orders in JSON."),
        ("[]", "order.json is neither an order"),
        ("[1]", "order.json is neither an order"),
        ('{"number": "A-1"}', "order.json names no channel; say which: --channel."),
    ):
        file.write_text(text)
        assert said in typed("place", str(file)).output
    file.write_text("[]")
    words = ("place", "--channel", "own", "--number", "A-1", "--item", "MJ-CUP=1")
    assert "order.json is no recipient in JSON." in typed(*words, "--to", str(file)).output


@pytest.mark.clause("ORD-1", "WHS-3")
def test_what_orders_claim_is_compared_with_the_warehouse_and_what_disagrees_is_named() -> None:
    compared, one = typed("reconcile").output.splitlines()
    assert compared.endswith("7 reservations, 8 claims, 1 disagree")
    assert one.startswith("wanted, and not held  A-1  since ")
    assert typed("disagreements").output.splitlines() == [one]
    nothing: dict[tuple[str, str], Any] = {("GET", "/v1/stockDisagreements"): {"stockDisagreements": []}}
    assert typed("disagreements", more=nothing).output == "There is nothing.\n"
    assert "订单缺少预留" in typed("disagreements", language="zh").output


def test_channels_are_listed_with_what_they_promise() -> None:
    own, past = typed("channels").output.splitlines()
    assert own == "own  Own shop  own mj  CNY  short: waits  ships in 48 h, arrives in 120 h"
    assert past.endswith("records of the past")
    itself = {("GET", "/v1/channels"): {"channels": [{**OWN, "warehouse": ""}]}}
    assert "ships by itself" in typed("channels", more=itself).output


def test_warehouses_are_listed_with_the_channels_that_are_shipped_from_them() -> None:
    house = {"warehouse": "warehouses/1", "code": "CENTRAL", "channels": ["channels/1", "channels/2"]}
    answers = {("GET", "/v1/channelWarehouses"): {"channelWarehouses": [house]}}
    assert typed("warehouses", more=answers).output == "CENTRAL  warehouses/1  own  past\n"
    nothing: Any = {("GET", "/v1/channelWarehouses"): {"channelWarehouses": []}}
    assert typed("warehouses", more=nothing).output == "There is nothing.\n"


def test_a_currency_without_fractions_is_shown_without_them() -> None:
    yen = {**ORDER, "currency": "JPY", "total": "387"}
    assert "387 JPY" in typed("list", more={("GET", "/v1/orders"): {"orders": [yen]}}).output
