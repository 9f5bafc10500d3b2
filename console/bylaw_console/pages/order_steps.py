"""Steps that take a page of their own: place an order, mend it, split it, cancel it, ship orders together (ORD-1)."""

from typing import Any

from bylaw.orders.v1 import order_merges_pb2, orders_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling import mending
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.faults import in_parts, in_rows
from bylaw_console.selling.money import money, plain
from bylaw_console.selling.showing import id_of
from bylaw_console.selling.typed import Typed, stamp

FIRST_LINES, MORE_LINES, MOST_LINES = 5, 5, 500
UPDATE, CREATE = ("orders.orders.update",), ("orders.orders.create",)


def new(desk: Desk) -> Response:
    """The form of an order that came by telephone or over the counter."""
    return desk.render("order_new.html", channels=Channels(desk), lines=FIRST_LINES)


def place(desk: Desk) -> Response:
    """Place it: it is checked like any other."""
    channels = Channels(desk)
    lines = min(Typed(desk).whole("lines") or FIRST_LINES, MOST_LINES)
    if "more" in desk.form:
        return desk.render("order_new.html", channels=channels, lines=lines + MORE_LINES)
    try:
        made = desk.ask(orders_pb2.CreateOrderRequest(order=_typed(desk, channels), request_id=desk.request_id))
    except Refusal as refusal:
        in_rows(refusal, mending.rows_typed(desk))
        return desk.render_again("order_new.html", refusal, channels=channels, lines=lines)
    return desk.go(f"/orders/{id_of(made.name)}", said="order.said_placed_held" if made.holds else "order.said_placed")


def mend(desk: Desk, order: str) -> Response:
    """The form that mends an order."""
    return desk.render("order_mend.html", **_mending(desk, order))


def mended(desk: Desk, order: str) -> Response:
    """Mend it; it is checked anew."""
    found = _mending(desk, order)
    try:
        made = desk.ask(mending.whole(desk, found["order"]))
    except Refusal as refusal:
        return desk.render_again("order_mend.html", in_rows(refusal, mending.rows_typed(desk)), **found)
    return desk.go(f"/orders/{order}", said="order.said_held_still" if made.holds else "order.said_mended")


def split(desk: Desk, order: str) -> Response:
    """How much of each line goes ahead."""
    return desk.render("order_split.html", order=_order(desk, order), id=order)


def splitted(desk: Desk, order: str) -> Response:
    """Split it: what no part names is a part too."""
    found = _order(desk, order)
    wish = orders_pb2.SplitOrderRequest(name=found.name, reason=desk.field("reason"), request_id=desk.request_id)
    parts = [(part, _rows(desk, part, len(found.lines))) for part in ("first", "second")]
    parts = [(part, rows) for part, rows in parts if rows]
    for part, rows in parts:
        wish.parts.add(lines=[orders_pb2.OrderPartLine(line=row, quantity=desk.field(f"{part}_{row}")) for row in rows])
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("order_split.html", in_parts(refusal, parts), order=found, id=order)
    return desk.go(f"/orders/{order}", said="order.said_split")


def cancel(desk: Desk, order: str) -> Response:
    """What a cancellation would do, and the question."""
    return desk.render("order_cancel.html", order=_order(desk, order), id=order, money=money)


def cancelled(desk: Desk, order: str) -> Response:
    """Cancel what of it has not left."""
    found = _order(desk, order)
    wish = orders_pb2.CancelOrderRequest(name=found.name, reason=desk.field("reason"), request_id=desk.request_id)
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("order_cancel.html", refusal, order=found, id=order, money=money)
    return desk.go(f"/orders/{order}", said="order.said_cancelled", number=found.number)


def merges(desk: Desk) -> Response:
    """Orders of one customer that could go in one parcel."""
    return desk.render("merges.html", **_candidates(desk))


def merge(desk: Desk) -> Response:
    """Ship those that were chosen together."""
    names = [f"orders/{one}" for one in desk.form.getlist("order")]
    wish = order_merges_pb2.MergeOrdersRequest(names=names, reason=desk.field("reason"), request_id=desk.request_id)
    try:
        made = desk.ask(wish).orders
    except Refusal as refusal:
        return desk.render_again("merges.html", refusal, **_candidates(desk))
    return desk.go("/merges", said="merges.said", numbers="、".join(one.number for one in made))


def _rows(desk: Desk, part: str, count: int) -> list[int]:
    """The rows of a part of which something was typed."""
    return [row for row in range(1, count + 1) if desk.field(f"{part}_{row}")]


def _order(desk: Desk, order: str) -> orders_pb2.Order:
    found: orders_pb2.Order = desk.ask(orders_pb2.GetOrderRequest(name=f"orders/{order}"))
    return found


def _mending(desk: Desk, order: str) -> dict[str, Any]:
    found = _order(desk, order)
    lines = Typed(desk).whole("lines") or len(found.lines) + mending.BLANK_LINES
    return {"order": found, "id": order, "lines": min(lines, MOST_LINES), "plain": plain, "money": money}


def _typed(desk: Desk, channels: Channels) -> orders_pb2.Order:
    typed, channel = Typed(desk), desk.field("channel")
    currency = channels.currency(channel)
    made = orders_pb2.Order(channel=channel, number=desk.field("number"), currency=currency)
    made.lines.extend(mending.lines_typed(desk, typed, made))
    made.shipping, made.discount = typed.amount("shipping", currency), typed.amount("discount", currency)
    made.paid = typed.amount("paid", currency)
    made.promotion = desk.field("promotion")
    if not made.paid:
        made.source_state = orders_pb2.SOURCE_STATE_UNPAID
    made.place_time.CopyFrom(typed.instant("place_time") or stamp(desk.local_now()))
    for name in (*mending.RECIPIENT, "remark", "nick"):
        if text := desk.field(name):
            setattr(made.recipient, name, text)
    typed.check()
    return made


def _candidates(desk: Desk) -> dict[str, Any]:
    channel = desk.args.get("channel", "")
    wish = order_merges_pb2.ListMergeCandidatesRequest(
        channel=channel, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    found = desk.ask(wish)
    return {
        "candidates": found.merge_candidates,
        "following": found.next_page_token,
        "channels": Channels(desk),
        "money": money,
        "id_of": id_of,
    }


ROUTES = (
    get("/orders/new", new, needs=CREATE),
    post("/orders/new", place, needs=CREATE),
    get("/orders/<order>/mend", mend, needs=UPDATE),
    post("/orders/<order>/mend", mended, needs=UPDATE),
    get("/orders/<order>/split", split, needs=UPDATE),
    post("/orders/<order>/split", splitted, needs=UPDATE),
    get("/orders/<order>/cancel", cancel, needs=("orders.orders.cancel",)),
    post("/orders/<order>/cancel", cancelled, needs=("orders.orders.cancel",)),
    get("/merges", merges, needs=("orders.orders.read",)),
    post("/merges", merge, needs=UPDATE),
)
