"""Put away: what waits in inspection goes to its fixed place, or elsewhere for a reason (WHS-8)."""

from bylaw.inventory.v1 import put_away_pb2
from bylaw.types.v1 import amount_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.shelves import Shelves, in_warehouse

PATH = "/put-away"


@in_warehouse
def put_aways(desk: Desk, shelves: Shelves) -> Response:
    """What waits, with the place that each goes to."""
    return _show(desk, shelves)


def _show(desk: Desk, shelves: Shelves, refusal: Refusal | None = None) -> Response:
    wish = put_away_pb2.ListPutAwaysRequest(
        parent=shelves.name, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    found = desk.ask(wish)
    shelves.learn(one.item for one in found.put_aways)
    values = {"shelves": shelves, "waiting": found.put_aways, "token": found.next_page_token}
    return desk.show("put_away.html", refusal, **values)


@in_warehouse
def put(desk: Desk, shelves: Shelves) -> Response:
    """Move what was ticked; a place that was typed is where it goes."""
    lines = [
        put_away_pb2.PutAwayLine(
            item=desk.field(f"item{row}"),
            from_place=desk.field(f"from{row}"),
            to_place=desk.field(f"to{row}"),
            quantity=amount_pb2.Quantity(value=desk.field(f"quantity{row}")),
            lot=desk.field(f"lot{row}"),
        )
        for row in desk.form.getlist("row")
    ]
    wish = put_away_pb2.PutGoodsAwayRequest(
        parent=shelves.name, lines=lines, reason=desk.field("reason"), request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, refusal)
    return desk.go(PATH, said="put_away.done", count=len(lines))


@in_warehouse
def fixed_places(desk: Desk, shelves: Shelves) -> Response:
    """Where each item has its fixed place."""
    return _fixed(desk, shelves)


def _fixed(desk: Desk, shelves: Shelves, refusal: Refusal | None = None) -> Response:
    wish = put_away_pb2.ListFixedPlacesRequest(
        parent=shelves.name, page_size=desk.rows, page_token=desk.args.get("page", "")
    )
    found = desk.ask(wish)
    shelves.learn(one.item for one in found.fixed_places)
    values = {"shelves": shelves, "fixed": found.fixed_places, "token": found.next_page_token}
    return desk.show("fixed_places.html", refusal, **values)


@in_warehouse
def fix(desk: Desk, shelves: Shelves) -> Response:
    """Set an item's fixed place, or take it away."""
    item = shelves.find_item(desk.field("item"))
    wish = put_away_pb2.SetFixedPlaceRequest(
        parent=shelves.name,
        item=item.name if item is not None else desk.field("item"),
        place=desk.field("place"),
        request_id=desk.request_id,
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _fixed(desk, shelves, refusal)
    return desk.go(f"{PATH}/places", said="put_away.fixed", code=desk.field("item"))


SETS = ("inventory.fixed_places.set",)
ROUTES = (
    get(PATH, put_aways, needs=("inventory.put_aways.read",)),
    post(PATH, put, needs=("inventory.put_aways.create",)),
    get(f"{PATH}/places", fixed_places, needs=("inventory.fixed_places.read",)),
    post(f"{PATH}/places", fix, needs=SETS),
)
