"""What waits for a head besides: missed punches, photos, overtime of changed days, leave given back (ATT-1)."""

from collections.abc import Callable
from typing import Any

from bylaw.attendance.v1 import corrections_pb2, leave_pb2, overtime_pb2, photos_pb2
from flask import Response

from bylaw_console.bulk import Outcome, Picked, decide, picked
from bylaw_console.calls import Refusal
from bylaw_console.desk import MOST_ROWS, Desk
from bylaw_console.routes import get, post

NEEDS = ("attendance.corrections.decide", "attendance.photos.decide", "attendance.overtime.confirm")
GIVE_BACK = ("attendance.leave.give_back",)
PAGE = "/team/waiting"


def waiting(desk: Desk) -> Response:
    """All of it within the caller's reach, without their own."""
    return _show(desk)


def corrections(desk: Desk) -> Response:
    """Accept or refuse missed punches, as many as were picked."""
    text = desk.field("text")

    def wish(one: Picked) -> Any:
        given = {"name": one.name, "etag": one.etag, "text": text, "request_id": one.key(desk)}
        if desk.field("deed") == "refuse":
            return corrections_pb2.RefusePunchCorrectionRequest(**given)
        return corrections_pb2.AcceptPunchCorrectionRequest(**given)

    return _decided(desk, wish)


def photos(desk: Desk) -> Response:
    """Accept or refuse sign-in photos, as many as were picked."""
    text = desk.field("text")

    def wish(one: Picked) -> Any:
        given = {"name": one.name, "text": text, "request_id": one.key(desk)}
        if desk.field("deed") == "refuse":
            return photos_pb2.RefuseSignInPhotoRequest(**given)
        return photos_pb2.AcceptSignInPhotoRequest(**given)

    return _decided(desk, wish)


def overtime(desk: Desk) -> Response:
    """Confirm agreed overtime whose day has changed, as much as was picked."""

    def wish(one: Picked) -> Any:
        return overtime_pb2.ConfirmOvertimeRequestRequest(name=one.name, etag=one.etag, request_id=one.key(desk))

    return _decided(desk, wish)


def give_back(desk: Desk) -> Response:
    """Give days of somebody's leave back."""
    name, _, etag = desk.field("leave").partition(" ")
    wish = leave_pb2.GiveBackLeaveRequest(
        name=name, etag=etag, start_date=desk.field("start_date"), text=desk.field("text"), request_id=desk.request_id
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, refusal=refusal)
    return desk.go(PAGE, said="to_settle.given_back")


def photo_image(desk: Desk, photo: str) -> Response:
    """The image of a photo; the audit trail says who looked."""
    body = desk.ask(photos_pb2.GetSignInPhotoImageRequest(name=f"signInPhotos/{photo}"))
    return Response(body.data, mimetype=body.content_type)


def _decided(desk: Desk, wish: Callable[[Picked], Any]) -> Response:
    outcome = decide(desk, picked(desk), wish)
    if outcome.refused:
        return _show(desk, outcome)
    return desk.go(PAGE, said="to_settle.decided", count=outcome.done)


def _show(desk: Desk, outcome: Outcome | None = None, refusal: Refusal | None = None) -> Response:
    mine = desk.me.person
    values: dict[str, Any] = {
        "corrections": [one for one in _corrections(desk) if one.person != mine],
        "photos": [one for one in _photos(desk) if one.person != mine],
        "overtime": [one for one in _overtime(desk) if one.person != mine and one.day_changed],
        "leave": [one for one in _leave(desk) if one.person != mine],
        "outcome": outcome or Outcome(),
        "month": f"{desk.local_now():%Y-%m}",
    }
    people = {one.person for kind in ("corrections", "photos", "overtime", "leave") for one in values[kind]}
    values["who"] = desk.who(*people)
    if refusal is not None:
        return desk.render_again("waiting.html", refusal, **values)
    return desk.render("waiting.html", 422 if values["outcome"].refused else 200, **values)


def _corrections(desk: Desk) -> list[Any]:
    state = corrections_pb2.PUNCH_CORRECTION_STATE_WAITING
    wish = corrections_pb2.ListPunchCorrectionsRequest(state=state, page_size=MOST_ROWS)
    return list(desk.ask_or(corrections_pb2.ListPunchCorrectionsResponse(), wish).punch_corrections)


def _photos(desk: Desk) -> list[Any]:
    wish = photos_pb2.ListSignInPhotosRequest(state=photos_pb2.SIGN_IN_PHOTO_STATE_WAITING, page_size=MOST_ROWS)
    return list(desk.ask_or(photos_pb2.ListSignInPhotosResponse(), wish).sign_in_photos)


def _overtime(desk: Desk) -> list[Any]:
    wish = overtime_pb2.ListOvertimeRequestsRequest(state=overtime_pb2.OVERTIME_STATE_AGREED, page_size=MOST_ROWS)
    return list(desk.ask_or(overtime_pb2.ListOvertimeRequestsResponse(), wish).overtime_requests)


def _leave(desk: Desk) -> list[Any]:
    """Agreed leave with a day from the first of this month on."""
    wish = leave_pb2.ListLeaveRequestsRequest(
        state=leave_pb2.LEAVE_REQUEST_STATE_AGREED, start_date=f"{desk.local_now():%Y-%m}-01", page_size=MOST_ROWS
    )
    return list(desk.ask_or(leave_pb2.ListLeaveRequestsResponse(), wish).leave_requests)


ROUTES = (
    get(PAGE, waiting, needs=NEEDS),
    post(f"{PAGE}/corrections", corrections, needs=NEEDS),
    post(f"{PAGE}/photos", photos, needs=NEEDS),
    post(f"{PAGE}/overtime", overtime, needs=NEEDS),
    post(f"{PAGE}/leave", give_back, needs=GIVE_BACK),
    get(f"{PAGE}/photos/<photo>", photo_image, needs=NEEDS),
)
