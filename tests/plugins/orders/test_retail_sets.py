"""The real retail and Tmall sets as orders: reconciled to what was published, every kind of oddity counted (ORD-1)."""

from collections import Counter
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from bylaw_hooks.orders import ReadOrder
from bylaw_retail_sets import OnlineRetail, TmallReport

from tests.plugins.orders.tables import BRITAIN, read, real, table

pytestmark = pytest.mark.clause("ORD-1")
HEADING = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
PENNY = Decimal("0.01")


@pytest.fixture(scope="module")
def invoices() -> list[ReadOrder]:
    """All nine months."""
    orders, faults = read(OnlineRetail(), table(real("orders/online_retail_2010-12_2011-08.csv.gz")), shop=BRITAIN)
    assert faults == []
    return orders


def test_every_invoice_is_read_and_together_they_come_to_the_published_total(invoices: list[ReadOrder]) -> None:
    assert (len(invoices), sum(len(one.rows) for one in invoices)) == (16_459, 320_705)
    amounts = (line.quantity * (line.unit_price or 0) for one in invoices for line in one.lines)
    assert sum(one.quantize(PENNY, ROUND_HALF_EVEN) for one in amounts) == Decimal("5761931.38")


def test_credits_adjustments_and_corrections_are_what_they_are(invoices: list[ReadOrder]) -> None:
    assert Counter(one.kind for one in invoices) == {"sale": 12_503, "credit": 2_554, "adjustment": 1_402}
    assert {one.kind for one in invoices if one.number.startswith("C")} == {"credit"}
    assert [one.number for one in invoices if one.number.startswith("A")] == ["A563185", "A563186", "A563187"]
    kinds = Counter(line.kind for one in invoices for line in one.lines)
    assert (kinds["charge"], kinds["correction"]) == (1_949, 1_769)
    corrected = [line for one in invoices for line in one.lines if line.kind == "correction"]
    assert {line.unit_price for line in corrected} == {Decimal("0.0")}


def test_each_kind_of_oddity_is_counted_line_by_line(invoices: list[ReadOrder]) -> None:
    assert Counter(word for one in invoices for word in one.oddities) == {
        "no_customer": 88_652,
        "line_repeated": 2_483,
        "stock_correction": 1_769,
        "code_in_lower_case": 1_394,
        "postage": 1_306,
        "no_description": 1_161,
        "manual_entry": 367,
        "carriage": 84,
        "samples": 55,
        "discount": 54,
        "several_times": 38,
        "voucher": 31,
        "free_of_charge": 28,
        "marketplace_fee": 25,
        "bank_charges": 23,
        "bad_debt": 3,
        "price_below_zero": 2,
        "commission": 1,
        "rows_apart": 1,
    }


def test_codes_are_compared_without_their_case_and_customers_lose_their_point(invoices: list[ReadOrder]) -> None:
    assert len({line.code for one in invoices for line in one.lines}) == 3_680
    assert len({one.customer for one in invoices} - {""}) == 3_360
    assert all(one.customer.isdigit() or not one.customer for one in invoices)


def test_an_invoice_of_two_minutes_was_placed_in_the_first_and_keeps_its_lines_in_order() -> None:
    text = (
        HEADING
        + "1,A,a,1,2010-12-01 08:28:00,1.00,,UK\n2,B,b,1,2010-12-01 08:00:00,1.00,,UK\n"
        + "1,C,c,2,2010-12-01 08:27:00,1.00,,UK\n1,A,a,1,2010-12-01 08:28:00,1.00,,UK\n"
    )
    (first, _), faults = read(OnlineRetail(), table(text), shop=BRITAIN)
    assert faults == []
    assert (first.placed_at.strftime("%H:%M"), first.rows) == ("08:27", (2, 4, 5))
    assert [line.code for line in first.lines] == ["A", "C", "A"]
    assert Counter(first.oddities) == {"no_customer": 3, "rows_apart": 1, "line_repeated": 1, "several_times": 1}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1,A,a,many,2010-12-01 08:28:00,1.00,,UK", ("Quantity", "NUMBER_UNREADABLE")),
        ("1,A,a,1,2010-12-01 08:28:00,,,UK", ("UnitPrice", "CELL_EMPTY")),
        ("1,A,a,1,12/1/2010 8:28,1.00,,UK", ("InvoiceDate", "TIME_UNREADABLE")),
        ("1,A,a,1,,1.00,,UK", ("InvoiceDate", "CELL_EMPTY")),
        ("1,A,a,1,2010-12-01 08:28:00,1.00,1.2E+17,UK", ("CustomerID", "ORDER_NUMBER_ROUNDED")),
        ("1,A,a, b,1,2010-12-01 08:28:00,1.00,,UK", ("", "ROW_SHIFTED")),
        ("1,A", ("Quantity", "CELL_EMPTY")),
    ],
)
def test_a_faulty_line_refuses_its_invoice_and_no_other(line: str, fault: tuple[str, str]) -> None:
    text = f"{HEADING}{line}\n1,B,b,1,2010-12-01 08:28:00,1.00,,UK\n2,B,b,1,2010-12-01 08:28:00,1.00,,UK\n"
    (kept,), faults = read(OnlineRetail(), table(text), shop=BRITAIN)
    assert kept.number == "2"
    assert [(one.row, one.column, one.reason) for one in faults if one.row == 2] == [(2, *fault)]
    assert {one.row for one in faults} == {2, 3}


def test_an_order_of_the_tmall_report_was_paid_what_is_left_and_what_was_paid_back() -> None:
    orders, faults = read(TmallReport(), table(real("orders/tmall_orders_2020-02-01_24.csv.gz")))
    assert faults == []
    assert Counter(one.state for one in orders) == {"paid": 9_617, "closed": 2_692, "unpaid": 2_047}
    assert all(one.paid == one.total for one in orders if one.paid_at)
    assert max(one.total or 0 for one in orders) == 188_320
    assert Counter(word for one in orders for word in one.oddities) == {"no_goods": 14_356, "refunded_in_full": 2_692}


def test_an_order_that_is_twice_in_the_report_is_refused_with_both_lines() -> None:
    heading = "订单编号,总金额,买家实际支付金额,收货地址 ,订单创建时间,订单付款时间 ,退款金额\n"
    line = "1,21.0,21.0,上海,2020-02-20 23:59:54,2020-02-21 00:00:02,0.0\n"
    orders, faults = read(TmallReport(), table(heading + line * 2))
    assert (orders, [one.reason for one in faults]) == ([], ["ORDER_TWICE", "ORDER_REFUSED"])
