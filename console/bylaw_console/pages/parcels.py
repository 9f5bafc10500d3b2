"""Parcels: what is on its way to a carrier, handed over, and acknowledged by its receipt (WHS-12)."""

from typing import Any

from bylaw.inventory.v1 import parcels_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.shelves import Shelves, cleaned, in_warehouse, tail

READ = ("inventory.parcels.read",)
HAND_OVER = ("inventory.parcels.hand_over",)
STAGES = ("HAND_OVER_STAGE_PACKED", "HAND_OVER_STAGE_ISSUED", "HAND_OVER_STAGE_RECEIPT_LACKING")


@in_warehouse
def parcels(desk: Desk, shelves: Shelves) -> Response:
    """What is not done, the oldest first; or all parcels that were handed over."""
    return _show(desk, shelves)


def _show(desk: Desk, shelves: Shelves, refusal: Refusal | None = None) -> Response:
    stage = desk.args.get("stage", "")
    page: dict[str, Any] = {"parent": shelves.name, "page_size": desk.rows, "page_token": desk.args.get("page", "")}
    is_all = bool(desk.args.get("all"))
    if is_all:
        found = desk.ask(parcels_pb2.ListParcelsRequest(**page))
        waiting, handed = [], list(found.parcels)
    else:
        wished: Any = stage if stage in STAGES else STAGES[1] if desk.args.get("issue") else None
        found = desk.ask(parcels_pb2.ListOpenHandOversRequest(stage=wished, **page))
        waiting, handed = list(found.open_hand_overs), []
    values = {
        "shelves": shelves,
        "waiting": _first(waiting, desk.args.get("issue", "")),
        "handed": handed,
        "is_all": is_all,
        "token": found.next_page_token,
        "stages": [("", desk.t("parcels.any")), *((one, desk.t(f"HandOverStage.{one}")) for one in STAGES)],
        "issued": parcels_pb2.HAND_OVER_STAGE_ISSUED,
        "lacking": parcels_pb2.HAND_OVER_STAGE_RECEIPT_LACKING,
        "people": desk.who(*(one.handed_over_by for one in handed)),
    }
    return desk.show("parcels.html", refusal, **values)


def _first(waiting: list[Any], issue: str) -> list[Any]:
    """What was issued just now comes first, and alone where it is on this page."""
    own = [one for one in waiting if issue and tail(one.stock_movement) == issue]
    return own or waiting


@in_warehouse
def hand_over(desk: Desk, shelves: Shelves) -> Response:
    """Hand over the parcels whose numbers were typed or scanned."""
    lines = _lines(desk)
    wish = parcels_pb2.HandOverParcelsRequest(
        parent=shelves.name, carrier=desk.field("carrier"), lines=lines, request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, refusal)
    return desk.go("/parcels", said="parcels.handed_over", count=len(lines))


def _lines(desk: Desk) -> list[Any]:
    """A parcel for each number; rows with the same one were packed together."""
    rows = zip(desk.form.getlist("issue"), desk.form.getlist("number"), desk.form.getlist("receipt"), strict=False)
    found: dict[str, Any] = {}
    for issue, typed, receipt in rows:
        number = cleaned(typed)
        if number in found:
            found[number].more_stock_movements.append(issue)
        elif number:
            found[number] = parcels_pb2.ParcelLine(number=number, stock_movement=issue, receipt=cleaned(receipt))
    return list(found.values())


@in_warehouse
def acknowledge(desk: Desk, shelves: Shelves, parcel: str) -> Response:
    """Put the carrier's receipt on record."""
    wish = parcels_pb2.AcknowledgeParcelRequest(
        name=f"parcels/{parcel}", receipt=cleaned(desk.field("receipt")), request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, refusal)
    return desk.go("/parcels", said="parcels.acknowledged")


ROUTES = (
    get("/parcels", parcels, needs=READ),
    post("/parcels", hand_over, needs=HAND_OVER),
    post("/parcels/<parcel>/receipt", acknowledge, needs=HAND_OVER),
)
