"""Positions as of a day: in which unit, with which duties and work, and what they ask for (POS-1, POS-2)."""

from typing import Any

from bylaw.people.v1 import organisation_pb2
from bylaw.types.v1 import localized_text_pb2
from flask import Response
from google.protobuf import field_mask_pb2

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post

READ, CREATE, CHANGE = ("people.positions.read",), ("people.positions.create",), ("people.positions.update",)
MOST = 1000


def positions(desk: Desk) -> Response:
    """All that the caller may see."""
    on = desk.args.get("on", "")
    wish = organisation_pb2.ListPositionsRequest(
        page_size=desk.rows, page_token=desk.args.get("page", ""), as_of_date=on
    )
    found = desk.ask(wish)
    return desk.render(
        "positions.html",
        positions=found.positions,
        next_page=found.next_page_token,
        units=_titles(desk),
        on=on,
        may_create=desk.may(*CREATE),
    )


def position(desk: Desk, position: str) -> Response:
    """One of them."""
    return _page(desk, f"positions/{position}")


def change(desk: Desk, position: str) -> Response:
    """Word it anew, or put it into another unit, from a day on."""
    name = f"positions/{position}"
    wished = _wished(desk)
    wished.name, wished.etag = name, desk.field("etag")
    mask = field_mask_pb2.FieldMask(paths=["title", "unit", "duties", "work", "effective_date"])
    try:
        desk.ask(organisation_pb2.UpdatePositionRequest(position=wished, update_mask=mask, request_id=desk.request_id))
    except Refusal as refusal:
        return _page(desk, name, refusal)
    return desk.go(path_of("positions", position), said="positions.changed")


def new(desk: Desk) -> Response:
    """The form of a position that is not there yet."""
    return desk.render("position_new.html", units=_titles(desk))


def create(desk: Desk) -> Response:
    """Make it."""
    wished = _wished(desk)
    wished.code = desk.field("code")
    try:
        made = desk.ask(organisation_pb2.CreatePositionRequest(position=wished, request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("position_new.html", refusal, units=_titles(desk))
    return desk.go(path_of("positions", made.name), said="positions.made", code=made.code)


def _page(desk: Desk, name: str, refusal: Refusal | None = None) -> Response:
    found = desk.ask(organisation_pb2.GetPositionRequest(name=name, as_of_date=desk.args.get("on", "")))
    versions = desk.ask(organisation_pb2.ListPositionVersionsRequest(parent=name)).versions
    given: dict[str, Any] = {
        "position": found,
        "versions": versions,
        "units": _titles(desk),
        "may_change": desk.may(*CHANGE),
    }
    return desk.show("position.html", refusal, **given)


def _wished(desk: Desk) -> organisation_pb2.Position:
    return organisation_pb2.Position(
        title=_both(desk, "title"),
        unit=desk.field("unit"),
        duties=_both(desk, "duties"),
        work=_both(desk, "work"),
        effective_date=desk.field("effective_date"),
    )


def _titles(desk: Desk) -> dict[str, str]:
    found = desk.ask(organisation_pb2.ListUnitsRequest(page_size=MOST)).units
    return {one.name: desk.text(one.title) for one in found}


def _both(desk: Desk, field: str) -> localized_text_pb2.LocalizedText:
    return localized_text_pb2.LocalizedText(zh=desk.field(f"{field}_zh"), en=desk.field(f"{field}_en"))


ROUTES = (
    get("/positions", positions, needs=READ),
    get("/positions/new", new, needs=CREATE),
    post("/positions/new", create, needs=CREATE),
    get("/positions/<position>", position, needs=READ),
    post("/positions/<position>", change, needs=CHANGE),
)
