"""Receive: which goods are announced, and one note with its deliveries up to the decision (WHS-1, WHS-2)."""

from typing import Any

from bylaw.inventory.v1 import deliveries_pb2, delivery_notes_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response

from bylaw_console.arrivals import arrived_lines, scans_of
from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post
from bylaw_console.shelves import PAGE, Shelves, cleaned, every, in_warehouse

READ = ("inventory.delivery_notes.read",)
COUNT = ("inventory.deliveries.count",)
OPEN_STATES = (deliveries_pb2.DELIVERY_STATE_COUNTING, deliveries_pb2.DELIVERY_STATE_COUNTED)


@in_warehouse
def receiving(desk: Desk, shelves: Shelves) -> Response:
    """The notes: those whose goods are expected, or all; a number that is one note's opens it."""
    state = delivery_notes_pb2.DELIVERY_NOTE_STATE_OPEN
    if desk.args.get("all"):
        state = delivery_notes_pb2.DELIVERY_NOTE_STATE_UNSPECIFIED
    wish = delivery_notes_pb2.ListDeliveryNotesRequest(
        parent=shelves.name, state=state, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    wished = cleaned(desk.args.get("q", ""))
    if not wished:
        found = desk.ask(wish)
        return desk.render("receiving.html", shelves=shelves, notes=found.delivery_notes, token=found.next_page_token)
    wish.page_size, wish.page_token = PAGE, ""
    notes = [one for one in every(desk, wish, "delivery_notes") if _is_like(one, wished)]
    exact = [one for one in notes if one.number.casefold() == wished.casefold()]
    if len(exact) == 1:
        return desk.go(path_of("receive", exact[0].name))
    return desk.render("receiving.html", shelves=shelves, notes=notes, token="")


def _is_like(note: Any, wished: str) -> bool:
    return wished.casefold() in f"{note.number} {note.supplier}".casefold()


@in_warehouse
def note(desk: Desk, shelves: Shelves, note: str) -> Response:
    """One note: what is announced, the delivery that is counted or waits for its decision, and those before."""
    return show_note(desk, shelves, note)


def show_note(desk: Desk, shelves: Shelves, note: str, refusal: Refusal | None = None) -> Response:
    """The page of a note, again where a deed on it was refused."""
    found = desk.ask(delivery_notes_pb2.GetDeliveryNoteRequest(name=f"deliveryNotes/{note}"))
    wish = deliveries_pb2.ListDeliveriesRequest(parent=found.name, page_size=PAGE)
    deliveries = list(desk.ask(wish).deliveries)
    present: Any = next((one for one in reversed(deliveries) if one.state in OPEN_STATES), None)
    counting = present is not None and present.state == deliveries_pb2.DELIVERY_STATE_COUNTING
    scans = scans_of(present.name if counting else "")
    shelves.learn([line.item for line in found.lines] + [line.item for one in deliveries for line in one.lines])
    values = {
        "shelves": shelves,
        "note": found,
        "present": present,
        "counting": counting,
        "lines": list(arrived_lines(desk, shelves, present, scans.newest.get("item", ""))) if present else [],
        "scans": scans,
        "past": [one for one in deliveries if present is None or one.name != present.name],
        "compared": {one.name: list(arrived_lines(desk, shelves, one, "")) for one in deliveries},
        "is_open": found.state == delivery_notes_pb2.DELIVERY_NOTE_STATE_OPEN,
        "is_called_off": deliveries_pb2.DELIVERY_STATE_CALLED_OFF,
        "people": desk.who(*(one.ended_by for one in deliveries), *(one.counted_by for one in deliveries)),
    }
    return desk.show("note.html", refusal, **values)


@in_warehouse
def announce_form(desk: Desk, shelves: Shelves) -> Response:
    """A form to put a note on record."""
    return desk.render("announce.html", shelves=shelves)


@in_warehouse
def announce(desk: Desk, shelves: Shelves) -> Response:
    """Put a note on record ahead of its goods: a line an item, its code or barcode, a blank, how much."""
    lines, unknown = _lines(shelves, desk.form.get("lines", ""))
    if unknown:
        return desk.render("announce.html", 422, shelves=shelves, unknown=unknown)
    wished = delivery_notes_pb2.DeliveryNote(
        warehouse=shelves.name,
        supplier=desk.field("supplier"),
        number=desk.field("number"),
        expected_date=desk.field("expected_date"),
        blind=bool(desk.field("blind")),
        lines=lines,
    )
    try:
        made = desk.ask(delivery_notes_pb2.CreateDeliveryNoteRequest(delivery_note=wished, request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("announce.html", refusal, shelves=shelves)
    return desk.go(path_of("receive", made.name), said="receiving.announced_now", number=made.number)


def _lines(shelves: Shelves, typed: str) -> tuple[list[Any], list[str]]:
    lines, unknown = [], []
    for row in filter(None, (cleaned(row) for row in typed.replace("\t", " ").replace(",", " ").splitlines())):
        code, _, quantity = row.rpartition(" ")
        item = shelves.find_item(code.strip())
        if item is None:
            unknown.append(row)
            continue
        lines.append(delivery_notes_pb2.DeliveryNoteLine(item=item.name, quantity=amount_pb2.Quantity(value=quantity)))
    return lines, unknown


@in_warehouse
def start(desk: Desk, shelves: Shelves, note: str) -> Response:
    """Begin to count a delivery."""
    wish = deliveries_pb2.StartDeliveryRequest(
        parent=f"deliveryNotes/{note}",
        reference=desk.field("reference"),
        partial=bool(desk.field("partial")),
        request_id=desk.request_id,
    )
    return _done(desk, shelves, note, wish, "receiving.started")


@in_warehouse
def call_off_note(desk: Desk, shelves: Shelves, note: str) -> Response:
    """The supplier will not deliver."""
    wish = delivery_notes_pb2.CallOffDeliveryNoteRequest(
        name=f"deliveryNotes/{note}", reason=desk.field("reason"), request_id=desk.request_id
    )
    return _done(desk, shelves, note, wish, "receiving.called_off_now")


@in_warehouse
def close_note(desk: Desk, shelves: Shelves, note: str) -> Response:
    """The rest will not come."""
    wish = delivery_notes_pb2.CloseDeliveryNoteRequest(
        name=f"deliveryNotes/{note}", reason=desk.field("reason"), request_id=desk.request_id
    )
    return _done(desk, shelves, note, wish, "receiving.closed_now")


@in_warehouse
def reopen_note(desk: Desk, shelves: Shelves, note: str) -> Response:
    """More of it may come after all."""
    wish = delivery_notes_pb2.ReopenDeliveryNoteRequest(
        name=f"deliveryNotes/{note}", reason=desk.field("reason"), request_id=desk.request_id
    )
    return _done(desk, shelves, note, wish, "receiving.reopened")


def _done(desk: Desk, shelves: Shelves, note: str, wish: Any, said: str) -> Response:
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return show_note(desk, shelves, note, refusal)
    return desk.go(path_of("receive", note), said=said)


ENDS = ("inventory.delivery_notes.end",)
ROUTES = (
    get("/receive", receiving, needs=READ),
    get("/receive/new", announce_form, needs=("inventory.delivery_notes.create",)),
    post("/receive/new", announce, needs=("inventory.delivery_notes.create",)),
    get("/receive/<note>", note, needs=READ),
    post("/receive/<note>/start", start, needs=COUNT),
    post("/receive/<note>/call-off", call_off_note, needs=ENDS),
    post("/receive/<note>/close", close_note, needs=ENDS),
    post("/receive/<note>/reopen", reopen_note, needs=ENDS),
)
