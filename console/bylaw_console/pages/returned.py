"""Returned goods: what waits in inspection, and what becomes of it: sold again, scrapped, or back (WHS-3, WHS-6)."""

import uuid
from typing import Any

from bylaw.inventory.v1 import returns_pb2
from bylaw.people.v1 import staff_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response
from google.api import httpbody_pb2

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.shelves import PAGE, Shelves, every, in_warehouse, one_of

READ = ("inventory.returns.read",)
DECIDE = ("inventory.returns.decide",)
PHOTO_BYTES = 6 * 1024 * 1024
OUTCOMES = tuple(
    name for name in returns_pb2.ReturnOutcome.DESCRIPTOR.values_by_name if not name.endswith("UNSPECIFIED")
)


@in_warehouse
def returned(desk: Desk, shelves: Shelves) -> Response:
    """What waits, the longest first."""
    wish = returns_pb2.ListWaitingReturnsRequest(
        parent=shelves.name, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    found = desk.ask(wish)
    decided = desk.ask(returns_pb2.ListReturnDecisionsRequest(parent=shelves.name, page_size=desk.rows))
    shelves.learn(line.item for one in decided.return_decisions for line in one.lines)
    return desk.render(
        "returned.html",
        shelves=shelves,
        waiting=found.waiting_returns,
        token=found.next_page_token,
        decided=decided.return_decisions,
        waits=returns_pb2.RETURN_SCRAP_STATE_WAITING,
        people=desk.who(*(one.decided_by for one in decided.return_decisions)),
    )


@in_warehouse
def inspect(desk: Desk, shelves: Shelves, movement: str) -> Response:
    """One return, line by line."""
    return _show(desk, shelves, movement)


def _show(desk: Desk, shelves: Shelves, movement: str, refusal: Refusal | None = None) -> Response:
    name = f"stockMovements/{movement}"
    waiting = every(desk, returns_pb2.ListWaitingReturnsRequest(parent=shelves.name, page_size=PAGE), "waiting_returns")
    found = next((one for one in waiting if one.stock_movement == name), None)
    if found is None:
        return desk.go("/returns", said="returned.nothing_waits")
    shelves.learn(line.item for line in found.lines)
    people = desk.ask_or(staff_pb2.ListPeopleResponse(), staff_pb2.ListPeopleRequest(page_size=200)).people
    values = {
        "shelves": shelves,
        "one": found,
        "id": movement,
        "outcomes": [(outcome, desk.t(f"ReturnOutcome.{outcome}")) for outcome in OUTCOMES],
        "responsible": [("", desk.t("returned.nobody")), *((who.name, who.display_name) for who in people)],
    }
    return desk.show("return.html", refusal, **values)


@in_warehouse
def decide(desk: Desk, shelves: Shelves, movement: str) -> Response:
    """Decide on the lines with a quantity; a photo that was chosen is kept first."""
    lines = [
        returns_pb2.ReturnDecisionLine(
            item=item,
            lot=desk.field(f"lot{row}"),
            quantity=amount_pb2.Quantity(value=desk.field(f"quantity{row}")),
            outcome=one_of(desk.field(f"outcome{row}"), OUTCOMES),
            to_place=desk.field(f"to{row}"),
            cause=desk.field(f"cause{row}"),
            responsible=desk.field(f"responsible{row}"),
        )
        for row, item in enumerate(desk.form.getlist("item"))
        if desk.field(f"quantity{row}") not in {"", "0"}
    ]
    wish = returns_pb2.DecideReturnRequest(
        name=f"stockMovements/{movement}",
        lines=lines,
        supplier_slip=desk.field("supplier_slip"),
        request_id=desk.request_id,
    )
    try:
        _keep_photo(desk, movement)
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, movement, refusal)
    return desk.go("/returns", said="returned.decided_now")


def _keep_photo(desk: Desk, movement: str) -> None:
    sent = desk.file("photo")
    if sent is None:
        return
    wish: Any = returns_pb2.AddReturnPhotoRequest(
        parent=f"stockMovements/{movement}",
        image=httpbody_pb2.HttpBody(content_type=sent.mimetype, data=sent.read()),
        request_id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"photo:{desk.request_id}")),
    )
    desk.ask(wish)


@in_warehouse
def withdraw(desk: Desk, shelves: Shelves, decision: str) -> Response:
    """Take scrap back that waits for its decision."""
    del shelves
    desk.ask(returns_pb2.WithdrawReturnDecisionRequest(name=f"returnDecisions/{decision}", request_id=desk.request_id))
    return desk.go("/returns", said="returned.withdrawn")


ROUTES = (
    get("/returns", returned, needs=READ),
    get("/returns/<movement>", inspect, needs=READ),
    post("/returns/<movement>", decide, needs=DECIDE, largest_bytes=PHOTO_BYTES),
    post("/returns/decisions/<decision>/withdraw", withdraw, needs=DECIDE),
)
