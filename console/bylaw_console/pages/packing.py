"""Pack check: what goes into a parcel, scan by scan, against what must go in (WHS-3, WHS-12)."""

from typing import Any

from bylaw.inventory.v1 import pack_checks_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post
from bylaw_console.shelves import Shelves, answered, cleaned, in_warehouse

READ = ("inventory.pack_checks.read",)
CHECK = ("inventory.pack_checks.check",)
SHOWN = 200


@in_warehouse
def start(desk: Desk, shelves: Shelves) -> Response:
    """Begin to check a reservation or an issue; whoever begins it again goes on with the one that is open."""
    wish = pack_checks_pb2.StartPackCheckRequest(
        parent=shelves.name,
        reservation=desk.field("reservation"),
        stock_movement=desk.field("stock_movement"),
        request_id=desk.request_id,
    )
    return desk.go(path_of("pack", desk.ask(wish).name))


@in_warehouse
def check(desk: Desk, shelves: Shelves, check: str) -> Response:
    """One check: what must go in, what is, and the scans that were refused."""
    return _show(desk, shelves, check)


def _show(desk: Desk, shelves: Shelves, check: str, refusal: Refusal | None = None) -> Response:
    name = f"packChecks/{check}"
    found = desk.ask(pack_checks_pb2.GetPackCheckRequest(name=name))
    scans = desk.ask(pack_checks_pb2.ListPackScansRequest(parent=name, page_size=SHOWN)).pack_scans
    shelves.learn(line.item for line in found.lines)
    values = {
        "shelves": shelves,
        "check": found,
        "is_open": found.state == pack_checks_pb2.PACK_CHECK_STATE_OPEN,
        "scans": list(reversed(scans)),
        "lit": scans[-1].line if scans else 0,
        "people": desk.who(found.started_by, found.ended_by),
    }
    return desk.show("pack.html", refusal, **values)


@in_warehouse
def scan(desk: Desk, shelves: Shelves, check: str) -> Response:
    """Check one scan in, or take the piece out again."""
    quantity = desk.field("quantity")
    piece = pack_checks_pb2.ScannedPiece(
        code=cleaned(desk.form.get("code", "")),
        quantity=amount_pb2.Quantity(value=quantity) if quantity else None,
        lot=desk.field("lot"),
        out=bool(desk.field("out")),
    )
    wish = pack_checks_pb2.CheckPackScanRequest(name=f"packChecks/{check}", piece=piece, request_id=desk.request_id)
    said = "packing.taken_out" if piece.out else "packing.in"
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, check, refusal)
    return answered(desk, path_of("pack", check), lambda: _show(desk, shelves, check), said, code=piece.code)


@in_warehouse
def close(desk: Desk, shelves: Shelves, check: str) -> Response:
    """Close it: complete, or short with the reason."""
    wish = pack_checks_pb2.ClosePackCheckRequest(
        name=f"packChecks/{check}", reason=desk.field("reason"), request_id=desk.request_id
    )
    return _done(desk, shelves, check, wish, "packing.closed")


@in_warehouse
def call_off(desk: Desk, shelves: Shelves, check: str) -> Response:
    """Nothing was packed by it."""
    wish = pack_checks_pb2.CallOffPackCheckRequest(
        name=f"packChecks/{check}", reason=desk.field("reason"), request_id=desk.request_id
    )
    return _done(desk, shelves, check, wish, "packing.called_off")


def _done(desk: Desk, shelves: Shelves, check: str, wish: Any, said: str) -> Response:
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, check, refusal)
    return desk.go(path_of("pack", check), said=said)


ROUTES = (
    post("/pack", start, needs=CHECK),
    get("/pack/<check>", check, needs=READ),
    post("/pack/<check>/scan", scan, needs=CHECK),
    post("/pack/<check>/close", close, needs=CHECK),
    post("/pack/<check>/call-off", call_off, needs=CHECK),
)
