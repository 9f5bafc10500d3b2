"""A closed sheet corrected on record: its versions, and what is put right with a reason (SHT-3)."""

from typing import Any

from bylaw.attendance.v1 import closing_pb2, punches_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post

READ, CORRECT = ("attendance.months.read",), ("attendance.sheets.correct",)
KINDS = ("ORDINARY", "OFF", "WORKED")
MOST = 100


def versions(desk: Desk, person: str, month: str) -> Response:
    """What was closed, and each correction with who, what and why."""
    return _show(desk, person, month)


def correct(desk: Desk, person: str, month: str) -> Response:
    """Put something right: a punch that was missing, a day that was another, or what came late."""
    wish = closing_pb2.CorrectClosedSheetRequest(
        name=f"people/{person}/sheets/{month}",
        reason=desk.field("reason"),
        punches=_punches(desk),
        days=_days(desk),
        etag=desk.field("etag"),
        request_id=desk.request_id,
    )
    try:
        made = desk.ask(wish)
    except Refusal as refusal:
        return _show(desk, person, month, refusal)
    return desk.go(path_of("people", person, "sheets", month), said="on_record.corrected", version=made.version)


def _punches(desk: Desk) -> list[Any]:
    day, time = desk.field("punch_day"), desk.field("punch_time")
    if not (day or time):
        return []
    going = {"in": punches_pb2.DIRECTION_IN, "out": punches_pb2.DIRECTION_OUT}
    way = going.get(desk.field("direction"), punches_pb2.DIRECTION_UNSPECIFIED)
    return [closing_pb2.MissingPunch(local_time=f"{day} {time}".strip(), direction=way)]


def _days(desk: Desk) -> list[Any]:
    day, kind = desk.field("work_date"), desk.field("kind")
    if not day:
        return []
    named = closing_pb2.CorrectedDayKind.Value(f"CORRECTED_DAY_KIND_{kind if kind in KINDS else 'UNSPECIFIED'}")
    made = closing_pb2.CorrectedDay(work_date=day, kind=named, hours=desk.field("hours").split())
    if desk.field("rota_word"):
        made.rota_word = desk.field("rota_word")
    return [made]


def _show(desk: Desk, person: str, month: str, refusal: Refusal | None = None) -> Response:
    wish = closing_pb2.ListSheetVersionsRequest(parent=f"people/{person}/sheets/{month}", page_size=MOST)
    found = desk.ask(wish).versions
    values: dict[str, Any] = {
        "versions": found,
        "person": person,
        "month": month,
        "who": desk.who(f"people/{person}", *(one.created_by for one in found)),
        "may_correct": desk.may(*CORRECT) and f"people/{person}" != desk.me.person,
        "kinds": [("", desk.t("CorrectedDayKind.CORRECTED_DAY_KIND_UNSPECIFIED"))]
        + [(one, desk.t(f"CorrectedDayKind.CORRECTED_DAY_KIND_{one}")) for one in KINDS],
        "ways": [("", desk.t("Direction.DIRECTION_UNSPECIFIED"))]
        + [(way, desk.t(f"Direction.DIRECTION_{way.upper()}")) for way in ("in", "out")],
    }
    return desk.show("on_record.html", refusal, **values)


ROUTES = (
    get("/people/<person>/sheets/<month>", versions, needs=READ),
    post("/people/<person>/sheets/<month>", correct, needs=CORRECT),
)
