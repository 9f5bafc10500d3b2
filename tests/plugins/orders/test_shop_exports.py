"""Shopify's and Amazon's exports as orders (ORD-1)."""

from collections import Counter
from decimal import Decimal

import pytest
from bylaw_shop_exports import AmazonReport, ShopifyExport

from tests.plugins.orders.tables import read, real, table

pytestmark = pytest.mark.clause("ORD-1")


def test_the_export_of_a_real_store_is_read_whole() -> None:
    orders, faults = read(ShopifyExport(), table(real("exports/shopify_orders_export.csv")))
    assert (len(orders), faults) == (19, [])
    assert Counter(one.state for one in orders) == {"shipped": 14, "shipped_in_part": 2, "paid": 3}
    for one in orders:
        assert sum(line.amount or 0 for line in one.lines) == one.total == one.goods_total
    assert {one.number: one.paid for one in orders if one.paid != one.total} == {
        "#1008": Decimal("189.79"),
        "#1009": Decimal("189.79"),
        "#1013": Decimal("0.00"),
    }


def test_whom_it_goes_to_is_read_and_is_not_shown() -> None:
    orders, _ = read(ShopifyExport(), table(real("exports/shopify_orders_export.csv")))
    to = next(one.recipient for one in orders if one.number == "#1005")
    assert to
    assert (to.region, to.postcode) == ("Ontario", "K2P 2L8")
    assert "O'Connor" in to.address
    assert "O'Connor" not in repr(orders)


@pytest.mark.parametrize(
    ("financial", "fulfilment", "cancelled", "state"),
    [
        ("paid", "", "", "paid"),
        ("partially_refunded", "unfulfilled", "", "paid"),
        ("pending", "", "", "unpaid"),
        ("authorized", "", "", "unpaid"),
        ("refunded", "", "", "closed"),
        ("paid", "", "2025-05-12 10:00:00 -0400", "closed"),
        ("refunded", "fulfilled", "", "shipped"),
        ("paid", "partial", "", "shipped_in_part"),
    ],
)
def test_where_an_order_stands_follows_from_paying_shipping_and_cancelling(
    financial: str, fulfilment: str, cancelled: str, state: str
) -> None:
    heading = (
        "Name,Financial Status,Fulfillment Status,Created at,Total,Lineitem name,Lineitem quantity,Lineitem price,"
        "Lineitem sku,Cancelled at\n"
    )
    line = f"#1,{financial},{fulfilment},2025-05-11 10:00:00 -0400,10,Wax,1,10,W,{cancelled}\n"
    (order,), _ = read(ShopifyExport(), table(heading + line))
    assert order.state == state


def test_taxes_beside_the_prices_are_a_charge() -> None:
    heading = (
        "Name,Financial Status,Fulfillment Status,Created at,Subtotal,Shipping,Taxes,Total,Lineitem name,"
        "Lineitem quantity,Lineitem price,Lineitem sku\n"
    )
    (order,), _ = read(
        ShopifyExport(), table(heading + "#1,paid,,2025-05-11 10:00:00 -0400,10,2,1.90,13.90,Wax,1,10,W\n")
    )
    assert [(line.code, line.kind, line.amount) for line in order.lines] == [
        ("W", "goods", Decimal(10)),
        ("TAX", "charge", Decimal("1.90")),
    ]


def test_a_report_of_amazon_is_read_and_what_amazon_ships_itself_is_not_ours_to_ship() -> None:
    report = real("exports/amazon_orders_sample.tsv")
    (theirs, ours), faults = read(AmazonReport(), table(report.replace("shipped\tAFN", "unshipped\tAFN"), "\t"))
    assert faults == []
    assert (theirs.state, theirs.oddities) == ("blocked", ("fulfilled_by_platform",))
    assert (ours.state, ours.currency, ours.shipping, ours.discount) == ("paid", "EUR", Decimal("5.99"), Decimal(0))
    assert [(line.quantity, line.unit_price, line.amount) for line in ours.lines] == [
        (Decimal(2), Decimal(21), Decimal("42.00")),
        (Decimal(1), Decimal(18), Decimal("16.00")),
    ]


def test_a_state_that_is_not_known_is_refused_rather_than_guessed() -> None:
    report = real("exports/amazon_orders_sample.tsv").replace("\tunshipped\tMFN", "\tteleported\tMFN", 1)
    orders, faults = read(AmazonReport(), table(report, "\t"))
    assert [one.number for one in orders] == ["112-9739103-000001"]
    assert [(one.row, one.column, one.reason) for one in faults] == [
        (3, "order-status", "STATE_UNKNOWN"),
        (4, "", "ORDER_REFUSED"),
    ]
