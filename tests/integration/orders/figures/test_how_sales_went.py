"""Baskets, customers who come again, refunds, complaints, promises and answers, each with its records (ANA-1)."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from bylaw.orders.v1 import figures_pb2, orders_pb2, parcels_pb2, tickets_pb2, tickets_pb2_grpc

from tests.builders.figures import CREDIT, Seller
from tests.builders.orders import ordered, somebody

pytestmark = pytest.mark.clause("ANA-1")
COMPLAINT, INQUIRY = 2, 1
SIGNED = 10


def counts(figure: figures_pb2.KeyFigure) -> dict[str, int]:
    """By the short names of the counts, those that are not nothing."""
    prefix = len("KEY_FIGURE_KIND_")
    return {figures_pb2.KeyFigureKind.Name(one.kind)[prefix:]: one.count for one in figure.counts if one.count}


def records(seller: Seller, figure: figures_pb2.KeyFigure, name: str) -> list[Any]:
    """Those of a count."""
    kind = figures_pb2.KeyFigureKind.Value(f"KEY_FIGURE_KIND_{name}")
    return seller.records(next(one.records for one in figure.counts if one.kind == kind))


def assert_each_count_has_its_records(seller: Seller, *figures: figures_pb2.KeyFigure) -> None:
    """As many as it counts, each once."""
    for figure in figures:
        for one in figure.counts:
            found = [record.record for record in seller.records(one.records)]
            assert len(found) == len(set(found)) == one.count, figures_pb2.KeyFigureKind.Name(one.kind)


def ticket(seller: Seller, kind: int, order: str = "") -> str:
    """A ticket is taken."""
    stub = tickets_pb2_grpc.TicketsStub(seller.orders.channel)
    made = tickets_pb2.Ticket(channel="" if order else seller.channel.name, order=order, kind=kind)
    request = tickets_pb2.CreateTicketRequest(ticket=made, text="x", request_id=str(uuid4()))
    return stub.CreateTicket(request, metadata=seller.orders.everything).name


def answer(seller: Seller, name: str) -> None:
    """It is answered."""
    stub = tickets_pb2_grpc.TicketsStub(seller.orders.channel)
    request = tickets_pb2.AnswerTicketRequest(name=name, text="x", request_id=str(uuid4()))
    stub.AnswerTicket(request, metadata=seller.orders.everything)


def shipped(seller: Seller, order: orders_pb2.Order) -> str:
    """A parcel of an order is handed over."""
    made = parcels_pb2.OrderParcel(carrier="SF", waybill=f"SF{order.number:0>9}")
    request = parcels_pb2.AddOrderParcelRequest(parent=order.name, parcel=made, request_id=str(uuid4()))
    return seller.orders.parcels.AddOrderParcel(request, metadata=seller.orders.everything).name


def signed(seller: Seller, parcel: str) -> None:
    """The customer has it."""
    request = parcels_pb2.ReportTrackRequest(parent=parcel, state=SIGNED, text="signed", reason="told by telephone")
    request.request_id = str(uuid4())
    request.occur_time.FromDatetime(seller.orders.clock())
    seller.orders.parcels.ReportTrack(request, metadata=seller.orders.everything)


def test_baskets_are_means_of_sales(past: Seller) -> None:
    past.sell("1", ordered("TEA", "2", "1000"), ordered("CUP", "1", "501"))
    past.sell("2", ordered("TEA", "2", "250"))
    past.sell("C", ordered("TEA", "-1", "250"), kind=CREDIT)
    whole, own = past.how_it_went()
    assert (whole.channel, own.channel, whole.title.en) == ("", past.channel.name, "all channels")
    for figure in (whole, own):
        assert counts(figure) == {"ORDERS": 2}
        means = figure.mean_sale, figure.mean_lines, figure.mean_units
        assert (figure.sales, means) == (3001, ("1500.50", "1.50", "2.50"))
        assert (figure.refund_rate, figure.ship_in_time_rate, figure.mean_answer_hours) == ("0.0000", "", "")
    assert_each_count_has_its_records(past, whole, own)


def test_who_buys_again_is_counted_in_a_channel_and_over_all_of_them(past: Seller, seller: Seller) -> None:
    for number, nick in (("1", "a"), ("2", "a"), ("3", "b"), ("4", "c")):
        past.sell(number, ordered("TEA"), recipient=somebody(f"{past.channel.code}-{nick}"))
    seller.sell("5", ordered("TEA"), recipient=somebody(f"{past.channel.code}-b"))
    seller.sell("6", ordered("TEA"), recipient=None)
    reader = past.orders.caller(past.unit, frozenset({"orders.figures.read"}))
    whole, *each = past.how_it_went(reader, channel="")
    own = next(one for one in each if one.channel == past.channel.name)
    assert (own.customer_count, own.repeat_customer_count, own.repeat_rate) == (3, 1, "0.3333")
    assert (whole.customer_count, whole.repeat_customer_count, whole.repeat_rate) == (3, 2, "0.6667")
    assert counts(own)["REPEAT_ORDERS"] == 2
    assert counts(whole)["REPEAT_ORDERS"] == 4
    again = [one for figure in (own, whole) for one in _records_of(past, figure, "REPEAT_ORDERS", reader)]
    assert sorted(one.number for one in again) == ["1", "1", "2", "2", "3", "5"]
    assert len({one.customer for one in again}) == 2
    (none,) = [one for one in _records_of(past, whole, "ORDERS", reader) if one.number == "6"]
    assert none.customer == ""


def _records_of(seller: Seller, figure: figures_pb2.KeyFigure, name: str, reader: Any) -> list[Any]:
    kind = figures_pb2.KeyFigureKind.Value(f"KEY_FIGURE_KIND_{name}")
    return seller.records(next(one.records for one in figure.counts if one.kind == kind), reader)


def test_refunds_and_complaints_are_rates_of_sales(past: Seller) -> None:
    made = [past.sell(str(number), ordered("TEA"), refunded=refunded) for number, refunded in enumerate((0, 400, 0, 0))]
    ticket(past, COMPLAINT, made[0].name)
    ticket(past, COMPLAINT, made[0].name)
    ticket(past, COMPLAINT)
    ticket(past, INQUIRY, made[2].name)
    _, own = past.how_it_went()
    assert counts(own) == {"ORDERS": 4, "REFUNDED": 1, "COMPLAINED": 1, "TICKETS": 4, "COMPLAINTS": 3}
    assert (own.refund_rate, own.complaint_rate, own.refunded) == ("0.2500", "0.2500", 400)
    (refunded,) = records(past, own, "REFUNDED")
    assert (refunded.record, refunded.amount) == (made[1].name, 400)
    assert_each_count_has_its_records(past, *past.how_it_went())


@pytest.mark.clause("ORD-3")
def test_promises_are_kept_or_not_once_their_time_has_come(seller: Seller) -> None:
    in_time, late, never, waits = (seller.sell(f"1{seller.channel.code[7:]}{at}", ordered("TEA")) for at in range(4))
    signed(seller, shipped(seller, in_time))
    seller.orders.clock.pass_time(hours=49)
    parcel = shipped(seller, late)
    soon = seller.sell(f"1{seller.channel.code[7:]}9", ordered("TEA"))
    _, own = seller.how_it_went()
    assert counts(own) == {"ORDERS": 5, "SHIPPED_IN_TIME": 1, "SHIPPED_LATE": 3, "DELIVERED_IN_TIME": 1}
    assert (own.ship_in_time_rate, own.deliver_in_time_rate) == ("0.2500", "1.0000")
    overdue = {one.record for one in records(seller, own, "SHIPPED_LATE")}
    assert overdue == {late.name, never.name, waits.name}
    assert soon.name not in overdue
    seller.orders.clock.pass_time(hours=72)
    signed(seller, parcel)
    _, own = seller.how_it_went()
    assert counts(own)["DELIVERED_LATE"] == 3
    assert own.deliver_in_time_rate == "0.2500"
    assert_each_count_has_its_records(seller, *seller.how_it_went())


@pytest.mark.clause("ORD-3")
def test_what_the_platform_alone_says_was_shipped_is_neither_in_time_nor_late(seller: Seller) -> None:
    seller.sell("1", ordered("TEA"), source_state=orders_pb2.SOURCE_STATE_SHIPPED)
    seller.orders.clock.pass_time(hours=60)
    _, own = seller.how_it_went()
    assert counts(own) == {"ORDERS": 1}


@pytest.mark.clause("CUS-2")
def test_how_long_an_answer_took_is_a_mean_and_a_median(seller: Seller) -> None:
    quick, slow, late, _ = (ticket(seller, INQUIRY) for _ in range(4))
    for hours, name in ((1, quick), (1, slow), (23, late)):
        seller.orders.clock.pass_time(hours=hours)
        answer(seller, name)
    whole, own = seller.how_it_went()
    for figure in (whole, own):
        assert counts(figure) == {"TICKETS": 4, "ANSWERED": 3, "ANSWERED_IN_TIME": 2}
        assert (figure.mean_answer_hours, figure.median_answer_hours, figure.answer_in_time_rate) == (
            "9.33",
            "2.00",
            "0.6667",
        )
    assert [(one.record, one.answer_hours) for one in records(seller, own, "ANSWERED")] == [
        (late, "25.00"),
        (slow, "2.00"),
        (quick, "1.00"),
    ]
    assert_each_count_has_its_records(seller, whole, own)


@pytest.mark.clause("MKT-3")
def test_each_report_is_one_statement(past: Seller) -> None:
    past.sell("1", ordered("TEA"), ordered("CUP"))
    engine, seen = past.orders.service.database.engine, list[str]()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "sum(" in statement:
            seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        for dimension in range(1, 6):
            past.figures(dimension, page_size=1000)
        past.how_it_went(page_size=1000)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len(seen) == 6
