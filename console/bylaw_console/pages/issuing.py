"""Issue: what is held for orders, picked place by place and issued against its papers (WHS-3, WHS-8)."""

from typing import Any

from bylaw.inventory.v1 import pack_checks_pb2, papers_pb2, picking_pb2, reservations_pb2, stock_pb2, warehouses_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post
from bylaw_console.shelves import PAGE, Shelves, cleaned, every, in_warehouse, one_of, tail

READ = ("inventory.reservations.read",)
POSTS = ("inventory.stock.post",)
ROWS = 6
PAPERS = ("PAPER_KIND_SALES_ORDER", "PAPER_KIND_REQUISITION", "PAPER_KIND_CARRIER_RECEIPT", "PAPER_KIND_RETURN_SLIP")
OUT = (warehouses_pb2.PLACE_KIND_CARRIER, warehouses_pb2.PLACE_KIND_CUSTOMER)


@in_warehouse
def issuing(desk: Desk, shelves: Shelves) -> Response:
    """What is held, newest first, and the checks that are open; a number that is one order's opens it."""
    wish = reservations_pb2.ListStockReservationsRequest(
        parent=shelves.name, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    wished, token = cleaned(desk.args.get("q", "")).casefold(), ""
    if wished:
        wish.page_size, wish.page_token = PAGE, ""
        held = [one for one in every(desk, wish, "stock_reservations") if wished in one.purpose.casefold()]
        exact = [one for one in held if tail(one.purpose).casefold() == wished]
        if len(exact) == 1:
            return desk.go(path_of("issue", exact[0].name))
    else:
        found = desk.ask(wish)
        held, token = list(found.stock_reservations), found.next_page_token
    checks = desk.ask_or(
        pack_checks_pb2.ListPackChecksResponse(),
        pack_checks_pb2.ListPackChecksRequest(
            parent=shelves.name, state=pack_checks_pb2.PACK_CHECK_STATE_OPEN, page_size=desk.rows
        ),
    ).pack_checks
    shelves.learn(line.item for one in held for line in one.lines)
    return desk.render("issuing.html", shelves=shelves, held=held, token=token, checks=checks)


@in_warehouse
def reservation(desk: Desk, shelves: Shelves, reservation: str) -> Response:
    """What one holds, in the order in which it is fetched."""
    return _show(desk, shelves, reservation)


def _show(desk: Desk, shelves: Shelves, reservation: str, refusal: Refusal | None = None) -> Response:
    name = f"stockReservations/{reservation}"
    held = desk.ask(reservations_pb2.GetStockReservationRequest(name=name))
    picked = desk.ask(picking_pb2.GetPickingListRequest(name=f"{name}/pickingList"))
    shelves.learn(line.item for line in held.lines)
    values = {
        "shelves": shelves,
        "held": held,
        "picking": picked,
        "papers": paper_choices(desk),
        "ways": ways_out(desk, shelves),
        "order": tail(held.purpose),
    }
    return desk.show("reservation.html", refusal, **values)


def paper_choices(desk: Desk) -> list[tuple[str, str]]:
    """Kinds of papers to choose from."""
    return [("", desk.t("issuing.no_paper")), *((kind, desk.t(f"PaperKind.{kind}")) for kind in PAPERS)]


def ways_out(desk: Desk, shelves: Shelves) -> list[tuple[str, str]]:
    """Places beyond the door to which goods are issued."""
    return [(one.name, desk.named(one, "kind")) for one in shelves.places.values() if one.kind in OUT]


def papers_typed(desk: Desk) -> list[Any]:
    """The papers that a form names; a kind without a number is sent as it is, and refused by its clause."""
    kinds, numbers = desk.form.getlist("paper"), desk.form.getlist("paper_number")
    return [
        stock_pb2.Paper(kind=one_of(kind, PAPERS), number=cleaned(number))
        for kind, number in zip(kinds, numbers, strict=False)
        if one_of(kind, PAPERS) and cleaned(number)
    ]


@in_warehouse
def issue(desk: Desk, shelves: Shelves, reservation: str) -> Response:
    """Issue all that a reservation still holds, from the places of its picking list."""
    name = f"stockReservations/{reservation}"
    picked = desk.ask(picking_pb2.GetPickingListRequest(name=f"{name}/pickingList"))
    lines = [
        stock_pb2.StockMovementLine(
            item=line.item, from_place=line.place, to_place=desk.field("to"), quantity=line.quantity, lot=line.lot
        )
        for line in picked.lines
    ]
    try:
        made = _post(desk, shelves, lines, name)
    except Refusal as refusal:
        return _show(desk, shelves, reservation, refusal)
    return _issued(desk, made)


def _post(desk: Desk, shelves: Shelves, lines: list[Any], reservation: str = "") -> Any:
    movement = stock_pb2.StockMovement(
        warehouse=shelves.name,
        lines=lines,
        papers=papers_typed(desk),
        reservation=reservation,
        reason=desk.field("reason"),
    )
    return desk.ask(stock_pb2.PostStockMovementRequest(stock_movement=movement, request_id=desk.request_id))


def _issued(desk: Desk, made: Any) -> Response:
    if made.kind == stock_pb2.STOCK_MOVEMENT_KIND_ISSUE:
        return desk.go(f"/parcels?issue={tail(made.name)}", said="issuing.issued")
    return desk.go(path_of("stock", "movements", made.name), said="issuing.moved")


@in_warehouse
def release(desk: Desk, shelves: Shelves, reservation: str) -> Response:
    """What it holds is free again."""
    wish = reservations_pb2.ReleaseStockReservationRequest(
        name=f"stockReservations/{reservation}", warehouse=shelves.name, request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, reservation, refusal)
    return desk.go("/issue", said="issuing.released")


@in_warehouse
def move_form(desk: Desk, shelves: Shelves) -> Response:
    """Issue or move goods that nothing holds."""
    return _move_form(desk, shelves)


def _move_form(desk: Desk, shelves: Shelves, refusal: Refusal | None = None, unknown: str = "") -> Response:
    values = {
        "shelves": shelves,
        "papers": paper_choices(desk),
        "ways": ways_out(desk, shelves),
        "rows": ROWS,
        "unknown": unknown,
    }
    if refusal is not None:
        return desk.render_again("move.html", refusal, **values)
    return desk.render("move.html", 422 if unknown else 200, **values)


@in_warehouse
def move(desk: Desk, shelves: Shelves) -> Response:
    """Post it; without an order or a requisition nothing is issued (WHS-3)."""
    lines = []
    for row in range(ROWS):
        typed = desk.field(f"item{row}")
        if not typed:
            continue
        item = shelves.find_item(typed)
        if item is None:
            return _move_form(desk, shelves, unknown=typed)
        lines.append(
            stock_pb2.StockMovementLine(
                item=item.name,
                from_place=desk.field(f"from{row}"),
                to_place=desk.field("to"),
                quantity=amount_pb2.Quantity(value=desk.field(f"quantity{row}") or "1"),
                lot=desk.field(f"lot{row}"),
            )
        )
    try:
        made = _post(desk, shelves, lines)
    except Refusal as refusal:
        return _move_form(desk, shelves, refusal)
    return _issued(desk, made)


@in_warehouse
def refused(desk: Desk, shelves: Shelves) -> Response:
    """Movements that were refused for lack of papers, and who tried."""
    wish = papers_pb2.ListRefusedMovementsRequest(
        parent=shelves.name, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    found = desk.ask(wish)
    shelves.learn(line.item for one in found.refused_movements for line in one.lines)
    lacking = {
        one.name: [
            [desk.t(f"PaperKind.{stock_pb2.PaperKind.Name(kind)}") for kind in need.one_of] for need in one.missing
        ]
        for one in found.refused_movements
    }
    return desk.render(
        "refused_movements.html",
        shelves=shelves,
        refused=found.refused_movements,
        lacking=lacking,
        token=found.next_page_token,
        people=desk.who(*(one.tried_by for one in found.refused_movements)),
    )


ROUTES = (
    get("/issue", issuing, needs=READ),
    get("/issue/new", move_form, needs=POSTS),
    post("/issue/new", move, needs=POSTS),
    get("/issue/refused", refused, needs=("inventory.refused_movements.read",)),
    get("/issue/<reservation>", reservation, needs=READ),
    post("/issue/<reservation>/post", issue, needs=POSTS),
    post("/issue/<reservation>/release", release, needs=("inventory.reservations.create",)),
)
