"""A delivery: counted scan by scan, finished, accepted, accepted in part, or refused with reason and photo (WHS-2)."""

import uuid
from typing import Any

from bylaw.inventory.v1 import codes_pb2, deliveries_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response
from google.api import httpbody_pb2

from bylaw_console.arrivals import drop_scan, drop_unknown, is_stray, keep_scan, keep_unknown, scans_of
from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.pages.receiving import COUNT, show_note
from bylaw_console.routes import get, post
from bylaw_console.shelves import Shelves, answered, cleaned, in_warehouse

NOTHING_HAS_IT = ("CODE_UNKNOWN", "ITEM_NOT_FOUND")
PHOTO_BYTES = 6 * 1024 * 1024
CONDITIONS = {
    "damaged": deliveries_pb2.GOODS_CONDITION_DAMAGED,
    "other": deliveries_pb2.GOODS_CONDITION_OTHER_VARIETY,
}
DECISIONS = {
    "accept": deliveries_pb2.DELIVERY_DECISION_ACCEPTED,
    "part": deliveries_pb2.DELIVERY_DECISION_ACCEPTED_IN_PART,
    "refuse": deliveries_pb2.DELIVERY_DECISION_REFUSED,
}
SAID = {"accept": "receiving.accepted", "part": "receiving.accepted_in_part", "refuse": "receiving.refused"}
OUTCOMES = {
    "open": deliveries_pb2.NOTE_OUTCOME_STAYS_OPEN,
    "closes": deliveries_pb2.NOTE_OUTCOME_CLOSES,
    "back": deliveries_pb2.NOTE_OUTCOME_GOES_BACK,
}


@in_warehouse
def scan(desk: Desk, shelves: Shelves, note: str, delivery: str) -> Response:
    """Count a scan in; a code that nothing has goes into the tray."""
    name, code = f"deliveries/{delivery}", cleaned(desk.form.get("code", ""))
    try:
        found = desk.ask(codes_pb2.ScanCodeRequest(parent=shelves.name, code=code))
        if not found.item:
            return _into_tray(desk, shelves, note, name, found.sscc or code)
        made = desk.ask(_scanned(desk, name, found))
    except Refusal as refusal:
        if refusal.problem.reason in NOTHING_HAS_IT:
            return _into_tray(desk, shelves, note, name, code)
        return show_note(desk, shelves, note, refusal)
    stray = is_stray(made, found.item)
    keep_scan(name, _kept(desk, found), is_stray=stray)
    said = "receiving.scanned_stray" if stray else "receiving.scanned"
    what = f"{found.item_code} {found.display_name}"
    return _told(desk, shelves, note, said, what=what, count=_said_count(desk, found))


def _scanned(desk: Desk, name: str, found: Any) -> Any:
    return deliveries_pb2.AddToCountRequest(
        name=name,
        item=found.item,
        quantity=amount_pb2.Quantity(value=_said_count(desk, found), unit=_unit(desk, found)),
        lot=found.serial or found.lot or desk.field("lot"),
        expiry_date=found.expiry_date or desk.field("expiry_date"),
        condition=CONDITIONS.get(desk.field("condition"), deliveries_pb2.GOODS_CONDITION_FIT),
        request_id=desk.request_id,
    )


def _said_count(desk: Desk, found: Any) -> str:
    return desk.field("quantity") or (str(found.count) if found.count else "1")


def _unit(desk: Desk, found: Any) -> str:
    """A carton's barcode counts cartons; how much was typed is in the item's own unit."""
    return "" if desk.field("quantity") else str(found.unit)


def _kept(desk: Desk, found: Any) -> dict[str, Any]:
    return {
        "key": desk.request_id,
        "item": found.item,
        "code": found.item_code,
        "count": _said_count(desk, found),
        "unit": _unit(desk, found),
        "lot": found.serial or found.lot or desk.field("lot"),
        "condition": desk.field("condition") if desk.field("condition") in CONDITIONS else "fit",
    }


def _into_tray(desk: Desk, shelves: Shelves, note: str, name: str, code: str) -> Response:
    keep_unknown(name, code)
    return _told(desk, shelves, note, "receiving.nothing_has_it", code=code)


def _told(desk: Desk, shelves: Shelves, note: str, said: str, **values: str) -> Response:
    return answered(desk, path_of("receive", note), lambda: show_note(desk, shelves, note), said, **values)


@in_warehouse
def undo(desk: Desk, shelves: Shelves, note: str, delivery: str) -> Response:
    """Take one of the last scans off the count again."""
    name, key = f"deliveries/{delivery}", desk.field("key")
    if desk.field("unknown"):
        drop_unknown(name, desk.field("unknown"))
        return desk.go(path_of("receive", note), said="receiving.tray_emptied", code=desk.field("unknown"))
    wish = deliveries_pb2.AddToCountRequest(
        name=name,
        item=desk.field("item"),
        quantity=amount_pb2.Quantity(value=desk.field("count"), unit=desk.field("unit")),
        lot=desk.field("lot"),
        condition=CONDITIONS.get(desk.field("condition"), deliveries_pb2.GOODS_CONDITION_FIT),
        take_off=True,
        request_id=desk.request_id,
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return show_note(desk, shelves, note, refusal)
    drop_scan(name, key)
    return desk.go(path_of("receive", note), said="receiving.undone", what=desk.field("code"))


@in_warehouse
def finish(desk: Desk, shelves: Shelves, note: str, delivery: str) -> Response:
    """Finish the count; what differs is told to the operations director and the shop managers by inventory."""
    name, said = f"deliveries/{delivery}", desk.field("remark")
    unsaid = [code for code in scans_of(name).unknown if code not in said]
    if unsaid:
        said = f"{said} {desk.t('receiving.remark_unknown', codes=' '.join(unsaid))}".strip()
    wish = deliveries_pb2.FinishCountRequest(name=name, remark=said, request_id=desk.request_id)
    return _done(desk, shelves, note, wish, "receiving.finished")


@in_warehouse
def call_off(desk: Desk, shelves: Shelves, note: str, delivery: str) -> Response:
    """It was begun by mistake."""
    wish = deliveries_pb2.CallOffDeliveryRequest(
        name=f"deliveries/{delivery}", reason=desk.field("reason"), request_id=desk.request_id
    )
    return _done(desk, shelves, note, wish, "receiving.delivery_called_off")


@in_warehouse
def keep_photo(desk: Desk, shelves: Shelves, note: str, delivery: str) -> Response:
    """Keep a photo of what arrived."""
    try:
        _keep_photo(desk, delivery)
    except Refusal as refusal:
        return show_note(desk, shelves, note, refusal)
    return desk.go(path_of("receive", note), said="receiving.photo_kept")


@in_warehouse
def decide(desk: Desk, shelves: Shelves, note: str, delivery: str) -> Response:
    """Accept, accept in part or refuse; a photo that was chosen is kept first."""
    wished = desk.field("decision")
    wish = deliveries_pb2.DecideDeliveryRequest(
        name=f"deliveries/{delivery}",
        decision=DECISIONS.get(wished, deliveries_pb2.DELIVERY_DECISION_UNSPECIFIED),
        lines=_accepted(desk) if wished == "part" else [],
        reason=desk.field("reason"),
        over_reason=desk.field("over_reason"),
        note_outcome=OUTCOMES.get(desk.field("note_outcome"), deliveries_pb2.NOTE_OUTCOME_UNSPECIFIED),
        put_away=bool(desk.field("put_away")),
        request_id=desk.request_id,
    )
    try:
        if desk.file("photo"):
            _keep_photo(desk, delivery)
    except Refusal as refusal:
        return show_note(desk, shelves, note, refusal)
    return _done(desk, shelves, note, wish, SAID.get(wished, "receiving.accepted"))


def _accepted(desk: Desk) -> list[Any]:
    rows = zip(
        desk.form.getlist("line_item"), desk.form.getlist("line_lot"), desk.form.getlist("line_quantity"), strict=False
    )
    return [
        deliveries_pb2.AcceptedLine(item=item, lot=lot, quantity=amount_pb2.Quantity(value=quantity.strip()))
        for item, lot, quantity in rows
        if quantity.strip() not in {"", "0"}
    ]


def _keep_photo(desk: Desk, delivery: str) -> None:
    sent = desk.file("photo") or desk.file("another")
    image = httpbody_pb2.HttpBody(content_type=sent.mimetype, data=sent.read()) if sent else None
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"photo:{desk.request_id}"))
    desk.ask(deliveries_pb2.AddDeliveryPhotoRequest(parent=f"deliveries/{delivery}", image=image, request_id=key))


def photo(desk: Desk, photo: str) -> Response:
    """The image itself."""
    found = desk.ask(deliveries_pb2.GetDeliveryPhotoImageRequest(name=f"deliveryPhotos/{photo}"))
    return Response(found.data, content_type=found.content_type)


def _done(desk: Desk, shelves: Shelves, note: str, wish: Any, said: str) -> Response:
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return show_note(desk, shelves, note, refusal)
    return desk.go(path_of("receive", note), said=said)


OF = "/receive/<note>/deliveries/<delivery>"
ROUTES = (
    post(f"{OF}/scan", scan, needs=COUNT),
    post(f"{OF}/undo", undo, needs=COUNT),
    post(f"{OF}/finish", finish, needs=COUNT),
    post(f"{OF}/call-off", call_off, needs=COUNT),
    post(f"{OF}/photo", keep_photo, needs=COUNT, largest_bytes=PHOTO_BYTES),
    post(f"{OF}/decide", decide, needs=("inventory.deliveries.decide",), largest_bytes=PHOTO_BYTES),
    get("/receive/photos/<photo>", photo, needs=("inventory.deliveries.read",)),
)
