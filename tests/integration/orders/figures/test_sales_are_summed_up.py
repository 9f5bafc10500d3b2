"""Sales by day, channel, product, region and promotion, each figure with exactly its records (ANA-1, MKT-3)."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import customers_pb2, figures_pb2, orders_pb2
from bylaw_orders.rules.figures.sales import counts
from bylaw_orders.rules.orders.order import OrderKind, SourceState
from bylaw_orders.rules.orders.standing import Fulfilment, Payment
from bylaw_orders.store.figure_facts import COUNTS
from bylaw_orders.store.tables import orders as table

from tests.builders.access import refusal
from tests.builders.figures import (
    ADJUSTMENT,
    CHANNEL,
    CREDIT,
    DAY,
    DIFFERENCE,
    DIMENSIONS,
    DISCOUNT,
    GOODS,
    PRODUCT,
    PROMOTION,
    REGION,
    SHIPPING,
    Seller,
    assert_records_make_up,
)
from tests.builders.orders import ordered

pytestmark = [pytest.mark.clause("ANA-1"), pytest.mark.clause("MKT-3")]


def a_week_of(seller: Seller) -> None:
    """Two sales of yesterday, one of today by a promotion, a credit and an adjustment of the books."""
    tea, cup = ordered("tea", "2", "1000"), ordered("CUP", "1", "500")
    seller.sell("1", tea, cup, days=-1, region="浙江省", shipping=800, discount=300, paid=3000)
    seller.sell("2", ordered("TEA", "1", "1000"), days=-1, region="上海市", total=990, paid=990)
    seller.sell("3", cup, promotion="SPRING", region="浙江省", refunded=100)
    seller.sell("C3", ordered("CUP", "-1", "500"), kind=CREDIT, promotion="SPRING", region="浙江省")
    seller.sell("A1", ordered("BAD-DEBT", "1", "-77"), kind=ADJUSTMENT, days=-1, recipient=None)


def shown(figures: list[figures_pb2.SalesFigure]) -> list[tuple[object, ...]]:
    """Of each key and part: how many sales, lines, units, what sales, credits and adjustments come to, and all."""
    return [
        (one.key, one.part, one.order_count, one.line_count, one.unit_count, one.sales, one.credits, one.adjustments)
        for one in figures
    ]


def test_sales_are_summed_up_by_each_thing(past: Seller) -> None:
    a_week_of(past)
    yesterday, today = (f"{past.orders.clock() + timedelta(days=days):%Y-%m-%d}" for days in (-1, 0))
    assert shown(past.figures(DAY)) == [
        (yesterday, 0, 2, 3, "4", 3990, 0, -77),
        (today, 0, 1, 1, "1", 500, -500, 0),
    ]
    assert shown(past.figures(CHANNEL)) == [(past.channel.name, 0, 3, 4, "5", 4490, -500, -77)]
    assert shown(past.figures(REGION)) == [
        ("", 0, 0, 0, "0", 0, 0, -77),
        ("上海", 0, 1, 1, "1", 990, 0, 0),
        ("浙江", 0, 2, 3, "4", 3500, -500, 0),
    ]
    assert shown(past.figures(PROMOTION)) == [
        ("", 0, 2, 3, "4", 3990, 0, -77),
        ("SPRING", 0, 1, 1, "1", 500, -500, 0),
    ]
    assert [one.title.en for one in past.figures(PROMOTION)] == ["(without a promotion)", "SPRING"]


def test_by_product_codes_are_one_whatever_their_case_and_the_rest_of_orders_stands_beside(past: Seller) -> None:
    a_week_of(past)
    assert shown(past.figures(PRODUCT)) == [
        ("BAD-DEBT", GOODS, 0, 0, "0", 0, 0, -77),
        ("CUP", GOODS, 2, 2, "2", 1000, -500, 0),
        ("TEA", GOODS, 2, 2, "3", 3000, 0, 0),
        ("", SHIPPING, 1, 0, "0", 800, 0, 0),
        ("", DISCOUNT, 1, 0, "0", -300, 0, 0),
        ("", DIFFERENCE, 1, 0, "0", -10, 0, 0),
    ]


def test_each_figure_links_to_exactly_its_records(past: Seller) -> None:
    a_week_of(past)
    for dimension in DIMENSIONS:
        for figure in past.figures(dimension):
            assert_records_make_up(past, figure)
            assert figure.total == figure.sales + figure.credits + figure.adjustments
    (spring,) = (one for one in past.figures(PROMOTION) if one.key == "SPRING")
    assert [one.number for one in past.records(spring.records)] in (["3", "C3"], ["C3", "3"])


def test_every_record_of_a_report_is_listed_without_a_key(past: Seller) -> None:
    a_week_of(past)
    request = figures_pb2.ListSalesRecordsRequest(dimension=PRODUCT, channel=past.channel.name, **past.days)
    found = past.orders.figures.ListSalesRecords(request, metadata=past.orders.everything).sales_records
    assert sum(one.amount for one in found) == 4490 - 500 - 77
    request.dimension = DAY
    found = past.orders.figures.ListSalesRecords(request, metadata=past.orders.everything).sales_records
    assert [one.number for one in found][:2] in (["3", "C3"], ["C3", "3"])
    assert len(found) == 5


def test_what_was_called_off_or_waits_for_its_payment_is_no_sale(seller: Seller) -> None:
    kept = seller.sell("1", ordered("TEA"))
    off = seller.sell("2", ordered("TEA"))
    seller.sell("3", ordered("TEA"), paid=0, source_state=orders_pb2.SOURCE_STATE_UNPAID)
    seller.sell("4", ordered("TEA"), source_state=orders_pb2.SOURCE_STATE_CLOSED)
    assert shown(seller.figures(CHANNEL))[0][2] == 2
    seller.orders.cancel(off.name)
    seller.orders.cancel(seller.sell("C", ordered("TEA", "-1"), kind=CREDIT).name)
    (figure,) = seller.figures(CHANNEL)
    assert [one.order for one in seller.records(figure.records)] == [kept.name]
    assert (figure.sales, figure.credit_count) == (1000, 0)


def test_which_orders_count_is_said_to_the_database_as_by_the_rule(seller: Seller) -> None:
    cases = list(product(OrderKind, SourceState, Payment, Fulfilment, (None, seller.orders.clock())))
    names = "kind", "source_state", "payment", "fulfilment"
    columns = *(sa.column(name, sa.SmallInteger) for name in names), sa.column("cancelled_at", sa.DateTime(True))
    rows = sa.values(*columns, name="orders").data([(*map(int, case[:4]), case[4]) for case in cases])
    query = sa.select(*rows.c).where(_of(rows))
    with seller.orders.service.database.engine.connect() as connection:
        counted = {tuple(row) for row in connection.execute(query)}
    expected = (case for case in cases if counts(*case[:4], cancelled=bool(case[4])))
    assert counted == {(*map(int, case[:4]), case[4]) for case in expected}


def _of(rows: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether a row counts, by the condition of the store's."""
    return sa.sql.visitors.replacement_traverse(
        COUNTS, {}, lambda element, **_: rows.c[element.name] if getattr(element, "table", None) is table else None
    )


def test_what_was_cancelled_of_an_order_is_off_and_what_came_late_is_in(past: Seller) -> None:
    made = past.sell("1", ordered("TEA", "3", "333.5"), ordered("CUP", "1", "500"))
    engine = past.orders.service.database.engine
    with engine.begin() as connection:
        connection.execute(
            sa.text("update order_lines set cancelled = 1 where of_order = :order"), {"order": made.name[7:]}
        )
    (figure,) = past.figures(CHANNEL)
    assert (figure.sales, figure.line_count, figure.unit_count) == (1500 - 333 - 500, 1, "2")
    assert shown(past.figures(PRODUCT)) == [("TEA", GOODS, 1, 1, "2", 667, 0, 0)]
    past.sell("late", ordered("TEA", "1", "1"), days=-30)
    assert past.figures(CHANNEL)[0].sales == 668


def test_days_are_those_of_the_zone_asked_for(past: Seller) -> None:
    past.orders.clock.now = past.orders.clock.now.replace(hour=20)  # four in the morning of the next day in Shanghai
    past.sell("1", ordered("TEA"))
    day, next_day = (f"{past.orders.clock() + timedelta(days=days):%Y-%m-%d}" for days in (0, 1))
    assert [one.key for one in past.figures(DAY)] == [next_day]
    assert [one.key for one in past.figures(DAY, time_zone="Europe/London")] == [day]
    assert past.figures(DAY, first_date=day, last_date=day) == []
    (figure,) = past.figures(DAY, first_date=day, last_date=day, time_zone="Europe/London")
    assert_records_make_up(past, figure)


def test_without_days_it_is_the_last_thirty(past: Seller) -> None:
    for number, days in (("in", -29), ("out", -31)):
        past.sell(number, ordered("TEA"), days=days)
    (figure,) = past.figures(CHANNEL, first_date="", last_date="")
    assert [one.number for one in past.records(figure.records)] == ["in"]


def test_currencies_are_never_added_up(past: Seller) -> None:
    pounds = past.orders.open_channel(past.unit, f"GBP-{past.channel.code}", currency="GBP", history=True)
    past.sell("1", ordered("TEA"))
    Seller(past.orders, past.unit, pounds).sell("1", ordered("TEA"))
    reader = past.orders.caller(past.unit, frozenset({"orders.figures.read"}))
    for dimension in DIMENSIONS:
        found = past.figures(dimension, reader, channel="")
        assert [(one.currency, one.sales) for one in found] == [("CNY", 1000), ("GBP", 1000)]
        assert [one.currency for one in past.figures(dimension, reader, channel="", currency="GBP")] == ["GBP"]


@pytest.mark.clause("SEC-1")
def test_what_is_out_of_reach_is_not_counted(past: Seller) -> None:
    past.sell("1", ordered("TEA"))
    other = past.orders.people.unit(f"ELSEWHERE-{uuid4().hex[:8]}").name
    past.orders.follow_people()
    stranger = past.orders.caller(other)
    assert [past.figures(one, stranger, channel="") for one in DIMENSIONS] == [[]] * 5
    assert past.how_it_went(stranger, channel="") == []
    (figure,) = past.figures(CHANNEL)
    assert refusal(lambda: past.records(figure.records, stranger)) == "CHANNEL_NOT_FOUND"
    for ask in (
        lambda: past.figures(DAY, stranger),
        lambda: past.how_it_went(stranger),
        lambda: past.export(stranger),
        lambda: past.records(past.how_it_went()[0].counts[0].records, stranger),
    ):
        assert refusal(ask) == "CHANNEL_NOT_FOUND"
    clerk = past.orders.caller(past.unit, frozenset({"orders.orders.read"}))
    assert refusal(lambda: past.figures(DAY, clerk)) == "PERMISSION_MISSING"


@pytest.mark.clause("CUS-1")
def test_erasing_a_customer_changes_no_figure(past: Seller) -> None:
    a_week_of(past)
    made = past.sell("5", ordered("TEA"), region="浙江省")
    before = [past.figures(one) for one in DIMENSIONS], past.how_it_went()
    customer = made.recipient.customer
    request = customers_pb2.EraseCustomerRequest(
        name=customer, confirmation=customer, explanation="as asked", reason=1, request_id=str(uuid4())
    )
    past.orders.customers.EraseCustomer(request, metadata=past.orders.everything)
    assert ([past.figures(one) for one in DIMENSIONS], past.how_it_went()) == before


def test_what_is_asked_for_wrongly_is_refused(past: Seller) -> None:
    for wrong in (
        {"first_date": "2026-02-30"},
        {"first_date": "2026-03-02", "last_date": "2026-03-01"},
        {"first_date": "2010-01-01", "last_date": "2020-12-31"},
        {"last_date": "0001-01-01"},
        {"time_zone": "Nowhere/Land"},
        {"currency": "yuan"},
        {"channel": "orders/1"},
        {"page_size": -1},
    ):
        assert refusal(lambda wrong=wrong: past.figures(DAY, **wrong)) == "FIELD_INVALID"
    assert refusal(lambda: past.figures(9)) == "FIELD_INVALID"
    for told in ("kind=KEY_FIGURE_KIND_ORDERS", "kind=KEY_FIGURE_KIND_UNSPECIFIED&currency=CNY"):
        assert refusal(lambda told=told: past.records(f"/v1/keyFigureRecords?{told}")) == "FIELD_INVALID"
    for told in ("part=SALES_PART_GOODS", "dimension=SALES_DIMENSION_CHANNEL&key=x", f"key={'x' * 101}"):
        assert refusal(lambda told=told: past.records(f"/v1/salesRecords?{told}")) == "FIELD_INVALID"


def test_a_sum_that_cannot_be_told_is_refused(past: Seller) -> None:
    with past.orders.service.database.engine.begin() as connection:
        for number in ("1", "2"):
            order = past.sell(number, ordered("TEA")).name[7:]
            connection.execute(sa.text("update orders set total = 9e18 where id = :order"), {"order": order})
    assert refusal(lambda: past.figures(DAY)) == "FIGURE_TOO_LARGE"
    assert refusal(past.how_it_went) == "FIGURE_TOO_LARGE"
    assert refusal(past.export) == "FIGURE_TOO_LARGE"
