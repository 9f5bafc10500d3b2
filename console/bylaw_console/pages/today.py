"""Today: what is planned for me, what I punched, and what waits for me."""

from bylaw.attendance.v1 import sheets_pb2
from bylaw.people.v1 import decisions_pb2, notices_pb2
from flask import Response

from bylaw_console.desk import Desk
from bylaw_console.months import NO_SHEET, marks_of
from bylaw_console.routes import get

SHOWN = 5


def today(desk: Desk) -> Response:
    """The page somebody begins with."""
    now = desk.local_now()
    month = f"{now:%Y-%m}"
    sheet = None
    if desk.may("attendance.sheets.read"):
        wish = sheets_pb2.GetSheetRequest(name=f"{desk.me.person}/sheets/{month}")
        sheet = desk.ask_or(None, wish, *NO_SHEET)
    day = next((day for day in sheet.days if day.work_date == f"{now:%Y-%m-%d}"), None) if sheet else None
    return desk.render(
        "today.html",
        date=f"{now:%Y-%m-%d}",
        day=day,
        marks=marks_of(day, desk) if day else [],
        month=month,
        to_fix=[(one, marks_of(one, desk)) for one in sheet.days if _is_open(one)][:SHOWN] if sheet else [],
        decisions=_waiting(desk),
        notices=desk.ask(
            notices_pb2.ListNoticesRequest(filter=notices_pb2.NOTICE_FILTER_UNREAD, page_size=SHOWN)
        ).notices,
    )


def _is_open(day: sheets_pb2.Day) -> bool:
    points = [point for half in day.halves for point in half.card_points]
    return any(point.finding in {sheets_pb2.FINDING_MISSING_CARD, sheets_pb2.FINDING_ABSENT} for point in points)


def _waiting(desk: Desk) -> list[decisions_pb2.Decision]:
    if not desk.may("people.decisions.read"):
        return []
    wish = decisions_pb2.ListDecisionsRequest(view=decisions_pb2.DECISION_VIEW_WAITING_FOR_ME, page_size=SHOWN)
    return list(desk.ask_or(decisions_pb2.ListDecisionsResponse(), wish).decisions)


ROUTES = (get("/today", today),)
