"""Today: what is planned for me, what I punched, signing in by photo, and what waits for me (ATT-1)."""

from typing import Any

from bylaw.attendance.v1 import photos_pb2, punches_pb2, sheets_pb2
from bylaw.people.v1 import decisions_pb2, duties_pb2, notices_pb2
from flask import Response
from google.api import httpbody_pb2

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.matters import Matter, matter_of
from bylaw_console.months import NO_SHEET, marks_of
from bylaw_console.routes import get, post

SHOWN = 5
OWN_PHOTOS = 40
"""More than a day takes of a person."""

SIGN_IN = ("attendance.photos.create",)
LARGEST_BYTES = 6 * 1024 * 1024
"""A photo of 5 MiB, which attendance takes at most, with the form around it."""

WAYS = {"in": punches_pb2.DIRECTION_IN, "out": punches_pb2.DIRECTION_OUT}
PHOTO_MARKS = {
    photos_pb2.SIGN_IN_PHOTO_STATE_WAITING: "leave",
    photos_pb2.SIGN_IN_PHOTO_STATE_ACCEPTED: "good",
    photos_pb2.SIGN_IN_PHOTO_STATE_REFUSED: "missing",
}


def today(desk: Desk) -> Response:
    """The page somebody begins with."""
    return _show(desk)


def sign_in_by_photo(desk: Desk) -> Response:
    """Sign in, or out, by the photo that was sent; or take one back."""
    try:
        if desk.field("deed") == "withdraw":
            desk.ask(photos_pb2.WithdrawSignInPhotoRequest(name=desk.field("name"), request_id=desk.request_id))
            return desk.go("/today", said="photos.withdrawn")
        way = WAYS.get(desk.field("way"), punches_pb2.DIRECTION_UNSPECIFIED)
        wish = photos_pb2.CreateSignInPhotoRequest(image=_image(desk), direction=way, request_id=desk.request_id)
        desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, refusal)
    return desk.go("/today", said="photos.taken")


def _image(desk: Desk) -> httpbody_pb2.HttpBody:
    sent = desk.file("photo")
    if sent is None:
        return httpbody_pb2.HttpBody()
    sent.stream.seek(0)
    return httpbody_pb2.HttpBody(content_type=sent.mimetype, data=sent.stream.read(LARGEST_BYTES))


def _show(desk: Desk, refusal: Refusal | None = None) -> Response:
    now = desk.local_now()
    month = f"{now:%Y-%m}"
    sheet = None
    if desk.may("attendance.sheets.read"):
        wish = sheets_pb2.GetSheetRequest(name=f"{desk.me.person}/sheets/{month}")
        sheet = desk.ask_or(None, wish, *NO_SHEET)
    day = next((day for day in sheet.days if day.work_date == f"{now:%Y-%m-%d}"), None) if sheet else None
    values: dict[str, Any] = {
        "date": f"{now:%Y-%m-%d}",
        "day": day,
        "marks": marks_of(day, desk) if day else [],
        "month": month,
        "month_is_there": sheet is not None,
        "may_sign_in": desk.may("attendance.photos.create"),
        "photos": _photos(desk, f"{now:%Y-%m-%d}"),
        "has_duties": desk.may("people.duties.read"),
        "due": _due(desk, f"{now:%Y-%m-%d}"),
        "to_fix": [(one, marks_of(one, desk)) for one in sheet.days if _is_open(one)][:SHOWN] if sheet else [],
        "decisions": _waiting(desk),
        "notices": desk.ask(
            notices_pb2.ListNoticesRequest(filter=notices_pb2.NOTICE_FILTER_UNREAD, page_size=SHOWN)
        ).notices,
    }
    return desk.show("today.html", refusal, **values)


def _is_open(day: sheets_pb2.Day) -> bool:
    points = [point for half in day.halves for point in half.card_points]
    return any(point.finding in {sheets_pb2.FINDING_MISSING_CARD, sheets_pb2.FINDING_ABSENT} for point in points)


def _waiting(desk: Desk) -> list[Matter]:
    if not desk.may("people.decisions.read"):
        return []
    wish = decisions_pb2.ListDecisionsRequest(view=decisions_pb2.DECISION_VIEW_WAITING_FOR_ME, page_size=SHOWN)
    return [matter_of(one, desk) for one in desk.ask_or(decisions_pb2.ListDecisionsResponse(), wish).decisions]


def _due(desk: Desk, today: str) -> list[duties_pb2.DutyOccurrence]:
    """My duties that are open and due by the end of today."""
    if not desk.may("people.duties.read"):
        return []
    wish = duties_pb2.ListDutyOccurrencesRequest(
        mine=True, filter=duties_pb2.DUTY_OCCURRENCE_FILTER_OPEN, to_date=today, page_size=SHOWN
    )
    return list(desk.ask_or(duties_pb2.ListDutyOccurrencesResponse(), wish).duty_occurrences)


def _photos(desk: Desk, today: str) -> list[tuple[photos_pb2.SignInPhoto, str]]:
    """My photos of today, each with the mark of where it stands."""
    if not desk.may("attendance.photos.read"):
        return []
    wish = photos_pb2.ListSignInPhotosRequest(parent=desk.me.person, page_size=OWN_PHOTOS)
    found = desk.ask_or(photos_pb2.ListSignInPhotosResponse(), wish, "PERSON_NOT_FOUND").sign_in_photos
    return [(one, PHOTO_MARKS.get(one.state, "plain")) for one in found if one.local_time.startswith(today)]


ROUTES = (
    get("/today", today),
    post("/today", sign_in_by_photo, needs=SIGN_IN, largest_bytes=LARGEST_BYTES),
)
