"""Promises at risk and overdue, with why and since when; and each parcel with all that couriers told (ORD-2, ORD-3)."""

from typing import Any

from bylaw.orders.v1 import orders_pb2, parcels_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.showing import age, id_of
from bylaw_console.selling.typed import Typed, chosen, stamp

READ = ("orders.parcels.read",)
LAST_EVENTS, MOST = 1000, 1000
STATUSES = {"at_risk": parcels_pb2.PROMISE_STATUS_AT_RISK, "overdue": parcels_pb2.PROMISE_STATUS_OVERDUE}


def at_risk(desk: Desk) -> Response:
    """The promises that are not on time, those that have been so longest first."""
    wish = parcels_pb2.ListOrderPromisesRequest(
        status=STATUSES.get(desk.args.get("status", ""), parcels_pb2.PROMISE_STATUS_UNSPECIFIED),
        channel=desk.args.get("channel", ""),
        page_size=desk.rows,
        page_token=desk.args.get("page", ""),
    )
    found = desk.ask(wish)
    return desk.render(
        "at_risk.html",
        rows=[
            (one, id_of(one.order), one.status == parcels_pb2.PROMISE_STATUS_OVERDUE) for one in found.order_promises
        ],
        following=found.next_page_token,
        channels=Channels(desk),
        age=lambda when: age(desk, when),
        open=_open(desk, [one.order for one in found.order_promises]),
    )


def find_parcel(desk: Desk) -> Response:
    """The parcels with a waybill; the only one is opened at once."""
    wish = parcels_pb2.FindOrderParcelsRequest(waybill=desk.args.get("waybill", "").strip(), page_size=desk.rows)
    found = desk.ask(wish).order_parcels if wish.waybill else []
    if len(found) == 1:
        return desk.go(_address(found[0].name))
    return desk.render("waybills.html", parcels=[(one, _address(one.name)) for one in found], waybill=wish.waybill)


def parcel(desk: Desk, order: str, parcel: str) -> Response:
    """Where a parcel is, and what was told of it."""
    return desk.render("parcel.html", **_parcel(desk, order, parcel))


def report(desk: Desk, order: str, parcel: str) -> Response:
    """Record what a courier said otherwise, with how it is known."""
    typed = Typed(desk)
    wish = parcels_pb2.ReportTrackRequest(
        parent=f"orders/{order}/parcels/{parcel}",
        text=desk.field("text"),
        reason=desk.field("reason"),
        request_id=desk.request_id,
    )
    wish.occur_time.CopyFrom(typed.instant("occur_time") or stamp(desk.local_now()))
    wish.state = chosen(parcels_pb2.ParcelState, desk.field("state"))
    wish.signer = chosen(parcels_pb2.ParcelSigner, desk.field("signer"))
    try:
        typed.check()
        desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("parcel.html", refusal, **_parcel(desk, order, parcel))
    return desk.go(f"/orders/{order}/parcels/{parcel}", said="parcel.said")


def _open(desk: Desk, listed: list[str]) -> dict[str, Any] | None:
    """The order that is open beside the list: its parcels, and what was last done about it."""
    name = f"orders/{desk.args.get('order', '')}"
    if name not in listed:
        return None
    events = desk.ask(orders_pb2.ListOrderEventsRequest(parent=name, page_size=LAST_EVENTS)).order_events
    parcels = desk.ask(parcels_pb2.ListOrderParcelsRequest(parent=name, page_size=MOST)).order_parcels
    last = list(reversed(events))[:5]
    by_people = next((event for event in reversed(events) if event.actor), None)
    return {
        "id": id_of(name),
        "last": last,
        "acted": by_people,
        "parcels": [(one, _address(one.name)) for one in parcels],
        "who": desk.who(*(event.actor for event in (*last, *([by_people] if by_people else ())))),
    }


def _parcel(desk: Desk, order: str, parcel: str) -> dict[str, Any]:
    name = f"orders/{order}/parcels/{parcel}"
    found = desk.ask(parcels_pb2.GetOrderParcelRequest(name=name))
    events = desk.ask(
        parcels_pb2.ListTrackEventsRequest(parent=name, page_size=desk.rows, page_token=desk.args.get("page", ""))
    )
    return {
        "parcel": found,
        "order": desk.ask_or(None, orders_pb2.GetOrderRequest(name=f"orders/{order}")),
        "order_id": order,
        "events": events.track_events,
        "following": events.next_page_token,
        "who": desk.who(*(event.actor for event in events.track_events)),
        "states": _options(desk, "ParcelState"),
        "signers": _options(desk, "ParcelSigner"),
    }


def _options(desk: Desk, kind: str) -> list[tuple[str, str]]:
    names = list(getattr(parcels_pb2, kind).keys())
    return [(name, desk.t(f"{kind}.{name}")) for name in names]


def _address(name: str) -> str:
    _, order, _, parcel = name.split("/")
    return f"/orders/{order}/parcels/{parcel}"


ROUTES = (
    get("/at-risk", at_risk, needs=READ),
    get("/waybills", find_parcel, needs=READ),
    get("/orders/<order>/parcels/<parcel>", parcel, needs=READ),
    post("/orders/<order>/parcels/<parcel>", report, needs=("orders.parcels.report",)),
)
