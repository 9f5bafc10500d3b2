"""The house: who comes in and leaves, and the three checks on arriving and leaving (WHS-10, WHS-11)."""

import uuid
from datetime import timedelta
from typing import Any

from bylaw.inventory.v1 import house_rounds_pb2, visits_pb2
from flask import Response
from google.api import httpbody_pb2

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.shelves import Shelves, in_warehouse

ANY = ("inventory.visits.read", "inventory.rounds.read")
RECORD = ("inventory.visits.record",)
HAND_IN = ("inventory.rounds.hand_in",)
PHOTO_BYTES = 20 * 1024 * 1024
DAYS_BACK, SHOWN = 7, 20
SIDES: dict[str, Any] = {
    "arriving": house_rounds_pb2.ROUND_SIDE_ARRIVING,
    "leaving": house_rounds_pb2.ROUND_SIDE_LEAVING,
}
CHECKS: dict[str, Any] = {
    "locks": house_rounds_pb2.ROUND_CHECK_KIND_LOCKS,
    "goods": house_rounds_pb2.ROUND_CHECK_KIND_GOODS,
    "surroundings": house_rounds_pb2.ROUND_CHECK_KIND_SURROUNDINGS,
}
FINDINGS: dict[str, Any] = {
    "fine": house_rounds_pb2.ROUND_FINDING_FINE,
    "unusual": house_rounds_pb2.ROUND_FINDING_UNUSUAL,
}


@in_warehouse
def house(desk: Desk, shelves: Shelves) -> Response:
    """Who is inside, who came on a day, the rounds of late, and those that nobody handed in."""
    return _show(desk, shelves)


def _show(desk: Desk, shelves: Shelves, refusal: Refusal | None = None) -> Response:
    day = desk.args.get("on", "") or shelves.today
    inside = _visits(desk, shelves, inside_now=True)
    visits = _visits(desk, shelves, visit_date=day)
    rounds = _rounds(desk, shelves)
    values: dict[str, Any] = {
        "shelves": shelves,
        "day": day,
        "inside": inside,
        "visits": visits,
        "rounds": rounds,
        "missing": _missing(desk, shelves),
        "own": {one.side for one in rounds if one.keeper == desk.me.person and one.round_date == shelves.today},
        "sides": SIDES,
        "checks": CHECKS,
        "unusual": house_rounds_pb2.ROUND_FINDING_UNUSUAL,
        "people": desk.who(
            *(one.keeper for one in rounds),
            *(name for one in [*inside, *visits] for name in (one.person, one.host)),
        ),
    }
    return desk.show("house.html", refusal, **values)


def _visits(desk: Desk, shelves: Shelves, **which: Any) -> list[Any]:
    if not desk.may("inventory.visits.read"):
        return []
    wish = visits_pb2.ListVisitsRequest(parent=shelves.name, page_size=desk.rows, **which)
    return list(desk.ask_or(visits_pb2.ListVisitsResponse(), wish).visits)


def _rounds(desk: Desk, shelves: Shelves) -> list[Any]:
    if not desk.may("inventory.rounds.read"):
        return []
    wish = house_rounds_pb2.ListHouseRoundsRequest(
        parent=shelves.name, page_size=SHOWN, unusual=bool(desk.args.get("unusual"))
    )
    return list(desk.ask(wish).house_rounds)


def _missing(desk: Desk, shelves: Shelves) -> list[Any]:
    if not desk.may("inventory.rounds.read"):
        return []
    first = (shelves.now - timedelta(days=DAYS_BACK)).date().isoformat()
    wish = house_rounds_pb2.GetMissingRoundsRequest(parent=shelves.name, first_date=first, last_date=shelves.today)
    return list(desk.ask(wish).missing_rounds)


@in_warehouse
def sign_in(desk: Desk, shelves: Shelves) -> Response:
    """Somebody came in."""
    wish = visits_pb2.SignVisitorInRequest(
        parent=shelves.name,
        visitor_name=desk.field("visitor_name"),
        company=desk.field("company"),
        purpose=desk.field("purpose"),
        request_id=desk.request_id,
    )
    return _done(desk, shelves, wish, "house.signed_in")


@in_warehouse
def sign_out(desk: Desk, shelves: Shelves, visit: str) -> Response:
    """They left."""
    wish = visits_pb2.SignVisitorOutRequest(name=f"visits/{visit}", request_id=desk.request_id)
    return _done(desk, shelves, wish, "house.signed_out")


@in_warehouse
def strike_out(desk: Desk, shelves: Shelves, visit: str) -> Response:
    """An entry was a mistake; the entry out goes before the entry in."""
    side = visits_pb2.VISIT_SIDE_OUT if desk.field("side") == "out" else visits_pb2.VISIT_SIDE_IN
    wish = visits_pb2.StrikeVisitEntryRequest(
        name=f"visits/{visit}", side=side, reason=desk.field("reason"), request_id=desk.request_id
    )
    return _done(desk, shelves, wish, "house.struck_out")


@in_warehouse
def hand_in(desk: Desk, shelves: Shelves) -> Response:
    """Hand the three checks in, with a photo of what is unusual."""
    wish = house_rounds_pb2.HandInRoundRequest(
        parent=shelves.name,
        side=SIDES.get(desk.field("side"), house_rounds_pb2.ROUND_SIDE_UNSPECIFIED),
        locks=_check(desk, "locks"),
        goods=_check(desk, "goods"),
        surroundings=_check(desk, "surroundings"),
        request_id=desk.request_id,
    )
    try:
        made = desk.ask(wish)
        for name, kind in CHECKS.items():
            _keep_photo(desk, made.name, name, kind)
    except Refusal as refusal:
        return _show(desk, shelves, refusal)
    return desk.go("/house", said="house.handed_in")


def _check(desk: Desk, name: str) -> Any:
    finding = FINDINGS.get(desk.field(f"{name}_finding"), house_rounds_pb2.ROUND_FINDING_UNSPECIFIED)
    return house_rounds_pb2.RoundCheck(finding=finding, words=desk.field(f"{name}_words"))


def _keep_photo(desk: Desk, made: str, name: str, kind: Any) -> None:
    sent = desk.file(f"{name}_photo")
    if sent is None:
        return
    wish = house_rounds_pb2.AddRoundPhotoRequest(
        parent=made,
        check=kind,
        image=httpbody_pb2.HttpBody(content_type=sent.mimetype, data=sent.read()),
        request_id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name}:{desk.request_id}")),
    )
    desk.ask(wish)


def photo(desk: Desk, photo: str) -> Response:
    """A photo of what was unusual."""
    found = desk.ask(house_rounds_pb2.GetRoundPhotoImageRequest(name=f"roundPhotos/{photo}"))
    return Response(found.data, content_type=found.content_type)


def _done(desk: Desk, shelves: Shelves, wish: Any, said: str) -> Response:
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, shelves, refusal)
    return desk.go("/house", said=said)


ROUTES = (
    get("/house", house, needs=ANY),
    post("/house/visits", sign_in, needs=RECORD),
    post("/house/visits/<visit>/out", sign_out, needs=RECORD),
    post("/house/visits/<visit>/strike", strike_out, needs=RECORD),
    post("/house/rounds", hand_in, needs=HAND_IN, largest_bytes=PHOTO_BYTES),
    get("/house/photos/<photo>", photo, needs=("inventory.rounds.read",)),
)
