"""Orders: found and exported; each with how it stands and why, its timeline, and what is done with it (ORD-1..3)."""

from collections.abc import Callable, Mapping
from typing import Any

from bylaw.orders.v1 import customers_pb2, order_merges_pb2, orders_pb2, parcels_pb2, stock_claims_pb2, tickets_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.faults import renamed
from bylaw_console.selling.gathering import gather
from bylaw_console.selling.held import word_of
from bylaw_console.selling.money import money
from bylaw_console.selling.rows_file import rows_file
from bylaw_console.selling.showing import age, axes, id_of, is_open
from bylaw_console.selling.typed import Typed, chosen, day_starts

READ = ("orders.orders.read",)
MOST_EXPORTED = 10_000
MOST_EVENTS = 200
FILTERS = {"fulfilment": "FulfilmentState", "payment": "PaymentState"}


def orders(desk: Desk) -> Response:
    """The orders that the address asks for, the newest placed first."""
    wish, channels = _wish(desk), Channels(desk)
    wish.page_size, wish.page_token = desk.rows, desk.args.get("page", "")
    found = desk.ask(wish)
    return desk.render(
        "orders.html",
        rows=[(order, id_of(order.name), axes(desk, order)) for order in found.orders],
        following=found.next_page_token,
        channels=channels,
        states={name: _options(desk, kind) for name, kind in FILTERS.items()},
        money=money,
        filtered=any(desk.args.get(name) for name in (*FILTERS, "number", "channel", "held", "from", "to")),
    )


def orders_file(desk: Desk) -> Response:
    """The same orders as a file, of customers what is masked."""
    channels = Channels(desk)
    found = gather(desk, _wish(desk), "orders", MOST_EXPORTED)
    heading = [desk.t(f"order.{name}") for name in ("number", "channel", "placed", "payment", "fulfilment", "after")]
    heading += [desk.t(f"order.{name}") for name in ("total", "paid", "refunded", "currency", "to", "held_for")]
    return rows_file(f"{desk.t('order.list')}.csv", heading, (_file_row(desk, channels, one) for one in found))


def order(desk: Desk, order: str) -> Response:
    """One order, with everything known of it."""
    return desk.render("order.html", **_page(desk, f"orders/{order}"))


def act(desk: Desk, order: str) -> Response:
    """Do one of the things that are done from its page."""
    deed = DEEDS.get(desk.field("deed"))
    if deed is None:
        return desk.render("not_there.html", 404)
    name = f"orders/{order}"
    try:
        said = deed(desk, name)
    except Refusal as refusal:
        named = renamed(refusal, {"reason": f"{desk.field('deed')}_reason"})
        return desk.render_again("order.html", named, **_page(desk, name))
    return desk.go(f"/orders/{order}", said=said)


def _hold(desk: Desk, name: str) -> str:
    desk.ask(orders_pb2.HoldOrderRequest(name=name, reason=desk.field("hold_reason"), request_id=desk.request_id))
    return "order.said_held"


def _release(desk: Desk, name: str) -> str:
    reason, check = desk.field("release_reason"), desk.field("check")
    wish = orders_pb2.BatchReleaseOrdersRequest(names=[name], check=check, reason=reason, request_id=desk.request_id)
    (one,) = desk.ask(wish).released_orders
    if one.WhichOneof("result") == "refusal":
        return "order.said_not_held"
    return "order.said_held_still" if one.order.holds else "order.said_released"


def _pay(desk: Desk, name: str) -> str:
    typed = Typed(desk)
    amount = typed.amount("amount", desk.field("currency"))
    typed.needs("amount")
    typed.check()
    wish = orders_pb2.RecordPaymentRequest(
        name=name, amount=amount, reference=desk.field("reference"), request_id=desk.request_id
    )
    desk.ask(wish)
    return "order.said_paid"


def _part(desk: Desk, name: str) -> str:
    wish = order_merges_pb2.UnmergeOrderRequest(
        name=name, reason=desk.field("unmerge_reason"), request_id=desk.request_id
    )
    desk.ask(wish)
    return "order.said_unmerged"


def _add_parcel(desk: Desk, name: str) -> str:
    typed = Typed(desk)
    parcel = parcels_pb2.OrderParcel(carrier=desk.field("carrier"), waybill=desk.field("waybill"))
    if (when := typed.instant("hand_over_time")) is not None:
        parcel.hand_over_time.CopyFrom(when)
    typed.check()
    desk.ask(parcels_pb2.AddOrderParcelRequest(parent=name, parcel=parcel, request_id=desk.request_id))
    return "order.said_parcel"


DEEDS: Mapping[str, Callable[[Desk, str], str]] = {
    "hold": _hold,
    "release": _release,
    "pay": _pay,
    "unmerge": _part,
    "parcel": _add_parcel,
}


def _page(desk: Desk, name: str) -> dict[str, Any]:
    found = desk.ask(orders_pb2.GetOrderRequest(name=name))
    wish = orders_pb2.ListOrderEventsRequest(parent=name, page_size=MOST_EVENTS, page_token=desk.args.get("page", ""))
    events = desk.ask(wish)
    channels, codes = Channels(desk), {line.item: line.code for line in found.lines if line.item}
    return {
        "order": found,
        "id": id_of(name),
        "axes": axes(desk, found),
        "events": events.order_events,
        "following": events.next_page_token,
        "who": desk.who(*(event.actor for event in events.order_events)),
        "channels": channels,
        "codes": codes,
        "money": money,
        "age": lambda stamp: age(desk, stamp),
        "word_of": lambda check: word_of(desk, check),
        "id_of": id_of,
        "is_open": is_open(found),
        "ships_itself": not _warehouse(channels, found.channel),
        "together": [_number(desk, other) for other in found.shipped_with],
        **_around(desk, name),
    }


def _around(desk: Desk, name: str) -> dict[str, Any]:
    """What belongs to it elsewhere: parcels, claims on stock, tickets, who had its customer revealed."""
    parcels = desk.ask_or(
        parcels_pb2.ListOrderParcelsResponse(), parcels_pb2.ListOrderParcelsRequest(parent=name, page_size=MOST_EVENTS)
    ).order_parcels
    claims = desk.ask_or(
        stock_claims_pb2.ListStockClaimsResponse(),
        stock_claims_pb2.ListStockClaimsRequest(parent=name, page_size=MOST_EVENTS),
    ).stock_claims
    tickets = desk.ask_or(
        tickets_pb2.ListTicketsResponse(), tickets_pb2.ListTicketsRequest(order=name, page_size=MOST_EVENTS)
    ).tickets
    reveals = list[customers_pb2.Reveal]()
    if desk.may("orders.reveals.read"):
        wish = customers_pb2.ListRevealsRequest(order=name, page_size=MOST_EVENTS)
        reveals = list(desk.ask_or(customers_pb2.ListRevealsResponse(), wish).reveals)
    return {"parcels": parcels, "claims": claims, "tickets": tickets, "reveals": reveals}


def _number(desk: Desk, name: str) -> tuple[str, str]:
    """The number and the id of an order that goes in the same parcel: there are two or three."""
    found = desk.ask_or(None, orders_pb2.GetOrderRequest(name=name), "ORDER_NOT_FOUND")
    return (found.number if found else id_of(name)[-6:]), id_of(name)


def _warehouse(channels: Channels, name: str) -> str:
    found = channels.by_name.get(name)
    return found.warehouse if found else ""


def _wish(desk: Desk) -> orders_pb2.ListOrdersRequest:
    wish = orders_pb2.ListOrdersRequest(
        channel=desk.args.get("channel", ""),
        number=desk.args.get("number", "").strip(),
        held=bool(desk.args.get("held")),
    )
    wish.fulfilment_state = chosen(orders_pb2.FulfilmentState, desk.args.get("fulfilment", ""))
    wish.payment_state = chosen(orders_pb2.PaymentState, desk.args.get("payment", ""))
    if (start := day_starts(desk, desk.args.get("from", ""))) is not None:
        wish.start_time.CopyFrom(start)
    if (end := day_starts(desk, desk.args.get("to", ""), days=1)) is not None:
        wish.end_time.CopyFrom(end)
    return wish


def _options(desk: Desk, kind: str) -> list[tuple[str, str]]:
    names = getattr(orders_pb2, kind).keys()
    return [("", desk.t("order.any")), *((name, desk.t(f"{kind}.{name}")) for name in list(names)[1:])]


def _file_row(desk: Desk, channels: Channels, one: orders_pb2.Order) -> list[str]:
    amounts = [money(amount, one.currency).replace(",", "") for amount in (one.total, one.paid, one.refunded)]
    to = " ".join(filter(None, (one.recipient.display_name, one.recipient.region)))
    waits = " ".join(dict.fromkeys(word_of(desk, hold.check) for hold in one.holds))
    stands = [axis.word for axis in axes(desk, one)]
    return [
        one.number,
        channels.title(one.channel),
        desk.instant(one.place_time),
        *stands,
        *amounts,
        one.currency,
        to,
        waits,
    ]


ROUTES = (
    get("/orders", orders, needs=READ),
    get("/orders.csv", orders_file, needs=READ),
    get("/orders/<order>", order, needs=READ),
    post("/orders/<order>", act, needs=READ),
)
