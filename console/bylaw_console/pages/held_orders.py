"""Held orders: by reason, each with the fact that differs; mended beside the list, released one or many (ORD-1)."""

from typing import Any
from urllib.parse import urlencode

from bylaw.orders.v1 import orders_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling import mending
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.gathering import shown_of
from bylaw_console.selling.held import (
    ADDRESS,
    CODE,
    PHONE,
    PRICE,
    QUANTITY,
    QUICK,
    Row,
    held_orders,
    reasons_of,
    rows_of,
    word_of,
)
from bylaw_console.selling.money import money, plain
from bylaw_console.selling.releasing import Releasing, plan_of, results_of
from bylaw_console.selling.showing import axes, id_of

NEEDS = ("orders.orders.read",)
MOST_AT_ONCE, MOST_EVENTS = 500, 1000


def held(desk: Desk) -> Response:
    """The queue, with one order open beside it."""
    return desk.render("held.html", **_queue(desk))


def mend(desk: Desk) -> Response:
    """Mend or release the order that is open; it is checked anew."""
    order = desk.ask(orders_pb2.GetOrderRequest(name=f"orders/{desk.args.get('order', '')}"))
    try:
        result = _release_one(desk, order) if desk.field("deed") == "release" else _mend_one(desk, order)
    except Refusal as refusal:
        return desk.render_again("held.html", refusal, **_queue(desk))
    if result.holds:
        return desk.go(desk.here(), said="held.still", number=result.number)
    return desk.go(desk.here(order=None), said="held.free", number=result.number)


def preview(desk: Desk) -> Response:
    """What a release of many would do: which go, and which cannot."""
    plan = _plan(desk, desk.args.getlist("order"))
    if not plan.wished:
        return desk.go("/held")
    return desk.render("held_release.html", plan=plan, word_of=lambda check: word_of(desk, check))


def release(desk: Desk) -> Response:
    """Release them, and tell of each what became of it."""
    plan = _plan(desk, desk.form.getlist("order"))
    wish = orders_pb2.BatchReleaseOrdersRequest(
        names=[f"orders/{one}" for one in plan.wished],
        check=plan.check,
        reason=desk.field("reason"),
        request_id=desk.request_id,
    )
    try:
        results = results_of(desk, plan, desk.ask(wish))
    except Refusal as refusal:
        return desk.render_again("held_release.html", refusal, plan=plan, word_of=lambda check: word_of(desk, check))
    return desk.render("held_released.html", results=results, check=plan.check, went=sum(one.went for one in results))


def _queue(desk: Desk) -> dict[str, Any]:
    check, channel = desk.args.get("check", ""), desk.args.get("channel", "")
    channels, orders = Channels(desk), held_orders(desk, channel)
    rows = rows_of(desk, orders, check)
    shown, following = shown_of(desk, rows)
    return {
        "reasons": reasons_of(desk, orders),
        "rows": shown,
        "following": following,
        "count": len(rows),
        "all_count": len(orders),
        "check": check,
        "whole": f"/held/release?{urlencode({'all': '1', 'check': check, 'channel': channel})}",
        "channel": channel,
        "channels": channels,
        "word_of": lambda wanted: word_of(desk, wanted),
        "money": money,
        "open": _open(desk, rows),
    }


def _open(desk: Desk, rows: list[Row]) -> dict[str, Any] | None:
    wished = desk.args.get("order", "")
    row = next((one for one in rows if one.id == wished), None)
    if row is None:
        return None
    order = row.order
    events = desk.ask(orders_pb2.ListOrderEventsRequest(parent=order.name, page_size=MOST_EVENTS)).order_events
    last = next((event for event in reversed(events) if event.actor), None)
    quick = next((hold for hold in order.holds if hold.check in QUICK), None)
    return {
        "order": order,
        "id": id_of(order.name),
        "axes": axes(desk, order),
        "last": last,
        "who": desk.who(last.actor) if last else {},
        "quick": quick,
        "what": QUICK[quick.check] if quick else "",
        "value": _present(order, quick) if quick else "",
    }


def _present(order: orders_pb2.Order, hold: orders_pb2.OrderHold) -> str:
    """What stands there now, of what is typed anew; of a recipient nothing, for that is masked."""
    what = QUICK[hold.check]
    if not hold.line or hold.line > len(order.lines) or what in {ADDRESS, PHONE}:
        return ""
    line = order.lines[hold.line - 1]
    return {
        CODE: line.code,
        QUANTITY: line.quantity,
        PRICE: plain(line.unit_price, order.currency),
    }[what]


def _mend_one(desk: Desk, order: orders_pb2.Order) -> orders_pb2.Order:
    mended: orders_pb2.Order = desk.ask(mending.quick(desk, order))
    return mended


def _release_one(desk: Desk, order: orders_pb2.Order) -> orders_pb2.Order:
    wish = orders_pb2.BatchReleaseOrdersRequest(
        names=[order.name], reason=desk.field("reason"), request_id=desk.request_id
    )
    (result,) = desk.ask(wish).released_orders
    if result.WhichOneof("result") == "order":
        freed: orders_pb2.Order = result.order
        return freed
    raise Releasing(desk).refusal(result.refusal)


def _plan(desk: Desk, chosen: list[str]) -> Any:
    check, channel = desk.args.get("check", ""), desk.args.get("channel", "")
    rows = rows_of(desk, held_orders(desk, channel), check)
    if desk.args.get("all"):
        chosen = [row.id for row in rows]
    return plan_of(rows, chosen[:MOST_AT_ONCE], check)


ROUTES = (
    get("/held", held, needs=NEEDS),
    post("/held", mend, needs=("orders.orders.update", "orders.holds.release")),
    get("/held/release", preview, needs=("orders.holds.release",)),
    post("/held/release", release, needs=("orders.holds.release",)),
)
