"""Stocktakes: opened by the keeper, joined by finance, counted blind place by place, also while offline (WHS-6)."""

from typing import Any

from bylaw.inventory.v1 import stocktakes_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response, jsonify
from google.protobuf import timestamp_pb2

from bylaw_console.calls import Refusal
from bylaw_console.counting_lines import counting_lines, counting_places
from bylaw_console.desk import Desk, path_of
from bylaw_console.pages.stocktake_results import show_result
from bylaw_console.routes import get, post
from bylaw_console.shelves import Shelves, cleaned, in_warehouse

READ = ("inventory.stocktakes.read",)
COUNT = ("inventory.stocktakes.count",)
OPENS = ("inventory.stocktakes.create",)
COUNTED = (stocktakes_pb2.STOCKTAKE_STATE_OPENED, stocktakes_pb2.STOCKTAKE_STATE_COUNTING)
LONGEST_MS = 14
PASSING, LATER = (429, 500, 502, 503, 504), ("UNAUTHENTICATED", "REQUEST_IN_PROGRESS")
"""What says nothing of the count itself: it stays on the device and is sent again."""

EXPLAINED = stocktakes_pb2.STOCKTAKE_STATE_EXPLAINING


@in_warehouse
def stocktakes(desk: Desk, shelves: Shelves) -> Response:
    """All of them, newest first, and a form to open one."""
    return _list(desk, shelves)


def _list(desk: Desk, shelves: Shelves, refusal: Refusal | None = None) -> Response:
    wish = stocktakes_pb2.ListStocktakesRequest(
        parent=shelves.name, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    found = desk.ask(wish)
    values = {
        "shelves": shelves,
        "stocktakes": found.stocktakes,
        "token": found.next_page_token,
        "people": desk.who(*(name for one in found.stocktakes for name in (one.keeper, one.finance))),
    }
    return desk.show("stocktakes.html", refusal, **values)


@in_warehouse
def create(desk: Desk, shelves: Shelves) -> Response:
    """Open one, of the whole warehouse or of the places chosen."""
    percent = desk.field("percent")
    wished = stocktakes_pb2.Stocktake(
        warehouse=shelves.name,
        places=desk.form.getlist("place"),
        tolerance=stocktakes_pb2.StocktakeTolerance(percent=percent) if percent else None,
        freeze=bool(desk.field("freeze")),
    )
    try:
        made = desk.ask(stocktakes_pb2.CreateStocktakeRequest(stocktake=wished, request_id=desk.request_id))
    except Refusal as refusal:
        return _list(desk, shelves, refusal)
    return desk.go(path_of("stocktakes", made.name), said="counting.opened")


@in_warehouse
def stocktake(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """One stocktake, where it stands."""
    return _show(desk, shelves, stocktake)


def _show(desk: Desk, shelves: Shelves, stocktake: str, refusal: Refusal | None = None) -> Response:
    found = desk.ask(stocktakes_pb2.GetStocktakeRequest(name=f"stocktakes/{stocktake}"))
    counts_again = found.state == EXPLAINED and bool(desk.args.get("again"))
    if found.state not in COUNTED and not counts_again:
        return show_result(desk, shelves, found, refusal)
    lines, places = [], []
    if found.state != stocktakes_pb2.STOCKTAKE_STATE_OPENED:
        lines = counting_lines(desk, shelves, found)
        places = counting_places(shelves, found, lines)
    wished = desk.args.get("place", "")
    present = next((one for one in places if wished in {one.name, one.label}), places[0] if places else None)
    values = {
        "shelves": shelves,
        "stocktake": found,
        "id": stocktake,
        "is_opened": found.state == stocktakes_pb2.STOCKTAKE_STATE_OPENED,
        "lines": lines,
        "told": [one.told() for one in lines],
        "places": places,
        "present": present,
        "recounts": [one for one in lines if one.is_recount],
        "counted": sum(one.is_counted for one in lines),
        "now_ms": int(desk.tools.clock().timestamp() * 1000),
        "people": desk.who(found.keeper, found.finance),
    }
    return desk.show("stocktake.html", refusal, **values)


@in_warehouse
def join(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """Join it as finance."""
    wish = stocktakes_pb2.JoinStocktakeRequest(name=f"stocktakes/{stocktake}", request_id=desk.request_id)
    return _done(desk, shelves, stocktake, wish, "counting.joined")


@in_warehouse
def cancel(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """Give it up."""
    wish = stocktakes_pb2.CancelStocktakeRequest(
        name=f"stocktakes/{stocktake}", reason=desk.field("reason"), request_id=desk.request_id
    )
    return _done(desk, shelves, stocktake, wish, "counting.given_up")


@in_warehouse
def end(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """End counting; what differs is explained next."""
    wish = stocktakes_pb2.EndStocktakeCountingRequest(name=f"stocktakes/{stocktake}", request_id=desk.request_id)
    return _done(desk, shelves, stocktake, wish, "counting.ended")


def _done(desk: Desk, shelves: Shelves, stocktake: str, wish: Any, said: str) -> Response:
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, stocktake, refusal)
    return desk.go(path_of("stocktakes", stocktake), said=said)


@in_warehouse
def count(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """Record one count; a script that sends what it kept is answered in JSON, a form with its page."""
    item = desk.field("item") or _item_typed(desk, shelves)
    wants_json = desk.request.accept_mimetypes.best == "application/json"
    if not item:
        words = desk.t("issuing.no_item", code=desk.field("code"))
        if wants_json:
            return _json(422, refused=words)
        return desk.go(f"{path_of('stocktakes', stocktake)}?place={desk.field('place')}", said="counting.no_item")
    wish = stocktakes_pb2.RecordStocktakeCountsRequest(
        parent=f"stocktakes/{stocktake}", counts=[_counted(desk, item)], request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        if not wants_json:
            return _show(desk, shelves, stocktake, refusal)
        if refusal.problem.status in PASSING or refusal.problem.reason in LATER:
            raise
        return _json(422, refused=_why(refusal))
    if wants_json:
        return _json(200, stored=True)
    place = desk.field("place")
    return desk.go(f"{path_of('stocktakes', stocktake)}?place={place}", said="counting.kept", code=shelves.code(item))


def _item_typed(desk: Desk, shelves: Shelves) -> str:
    found = shelves.find_item(desk.field("code"))
    return str(found.name) if found is not None else ""


def _counted(desk: Desk, item: str) -> Any:
    damaged = desk.field("damaged")
    return stocktakes_pb2.StocktakeCount(
        place=desk.field("place"),
        item=item,
        lot=desk.field("lot"),
        quantity=amount_pb2.Quantity(value=cleaned(desk.field("quantity"))),
        damaged=amount_pb2.Quantity(value=cleaned(damaged)) if damaged else None,
        count_time=_when(desk),
    )


def _when(desk: Desk) -> Any:
    """When it was counted, by the clock of the service as the device knew it; nothing where it is now."""
    counted = desk.field("counted_ms")
    if not counted.isdecimal() or len(counted) > LONGEST_MS:
        return None
    stamp = timestamp_pb2.Timestamp()
    stamp.FromMilliseconds(int(counted))
    return stamp


def _why(refusal: Refusal) -> str:
    faults = " ".join(one["detail"] for one in refusal.problem.errors)
    return faults or refusal.problem.detail


def _json(status: int, **told: Any) -> Response:
    response = jsonify(told)
    response.status_code = status
    return response


OF = "/stocktakes/<stocktake>"
ROUTES = (
    get("/stocktakes", stocktakes, needs=READ),
    post("/stocktakes", create, needs=OPENS),
    get(OF, stocktake, needs=READ),
    post(f"{OF}/join", join, needs=("inventory.stocktakes.join",)),
    post(f"{OF}/cancel", cancel, needs=OPENS),
    post(f"{OF}/counts", count, needs=COUNT),
    post(f"{OF}/end", end, needs=("inventory.stocktakes.settle",)),
)
