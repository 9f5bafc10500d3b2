"""How a month of the demonstration's technology group ended: handed over, objected to, closed, put right (SHT-1..3)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from bylaw.attendance.v1 import (
    closing_pb2,
    closing_pb2_grpc,
    objections_pb2,
    objections_pb2_grpc,
    punches_pb2,
    sheets_pb2,
    sheets_pb2_grpc,
)

from bylaw_cli.demonstration.absences import HR
from bylaw_cli.demonstration.asking import ZONE, Asking
from bylaw_cli.demonstration.deciding import DESIGNER, DIRECTOR, ENGINEER
from bylaw_cli.demonstration.planned import first_month, month_after

HAND_OVER, OBJECTION, ANSWER, CLOSING = (3, time(16, 30)), (4, time(9, 40)), (5, time(14, 10)), (6, time(10, 5))
LOOKED_AT = "逐日核对，无缺漏。/ Looked at day by day, nothing is missing."
OBJECTED = "{day} 我 {due} 前已到，前台考勤机排队。/ I was there before {due}; there was a queue at the clock."
ANSWERED = "考勤机日志显示 {time} 打卡，暂无其他证据。/ The clock's log says {time}, and nothing else speaks for it."
PUT_RIGHT = "门禁记录：{at} 进门。/ The door's log: in at {at}."
BEFORE_DUE = timedelta(minutes=4)


def close(asking: Asking) -> None:
    """The first month: the group's head reviews it and hands it over, answers an objection; human resources closes it.

    Later the door's log shows that the objection was right: the closed sheet is corrected on record.
    """
    month = first_month(asking.today)
    name = f"{asking.units['TECH']}/months/{month:%Y-%m}"
    stub = asking.stub(closing_pb2_grpc.UnitMonthsStub)
    found = asking.ask(stub.GetUnitMonth, closing_pb2.GetUnitMonthRequest(name=name))
    if found.state == closing_pb2.UNIT_MONTH_STATE_OPEN:
        _hand_over(asking, name, month)
    sheet = f"{asking.name(DESIGNER)}/sheets/{month:%Y-%m}"
    late = _first_late(asking, sheet)
    _object(asking, sheet, late)
    if found.state != closing_pb2.UNIT_MONTH_STATE_CLOSED:
        # Looked at once more: from the 4th on, leave that a card called for and nobody asked for is absence.
        stub = asking.stub_at(closing_pb2_grpc.UnitMonthsStub, _at(asking, month, CLOSING))
        _review(asking, stub, name)
        asking.ask(stub.CloseUnitMonth, closing_pb2.CloseUnitMonthRequest(name=name), by=HR)
    _put_right(asking, sheet, late)


def _hand_over(asking: Asking, name: str, month: date) -> None:
    stub = asking.stub_at(closing_pb2_grpc.UnitMonthsStub, _at(asking, month, HAND_OVER))
    _review(asking, stub, name)
    asking.ask(stub.HandOverUnitMonth, closing_pb2.HandOverUnitMonthRequest(name=name), by=ENGINEER)


def _review(asking: Asking, stub: Any, name: str) -> None:
    """Everybody's sheet is looked at by the head, the head's own by the next head up (SHT-1)."""
    found = asking.ask(stub.GetUnitMonth, closing_pb2.GetUnitMonthRequest(name=name), by=ENGINEER)
    for sheet in found.sheets:
        if not sheet.reviewed:
            review = closing_pb2.SheetReview(
                person=sheet.sheet.partition("/sheets/")[0], inputs_digest=sheet.inputs_digest, remark=LOOKED_AT
            )
            by = DIRECTOR if sheet.employee_number == ENGINEER else ENGINEER
            asking.ask(stub.ReviewSheets, closing_pb2.ReviewSheetsRequest(name=name, reviews=[review]), by=by)


def _first_late(asking: Asking, sheet: str) -> sheets_pb2.CardPoint:
    """The first card of the month that was late."""
    stub = asking.stub(sheets_pb2_grpc.SheetsStub)
    days = asking.ask(stub.GetSheet, sheets_pb2.GetSheetRequest(name=sheet)).days
    points = (point for day in days for half in day.halves for point in half.card_points)
    late: sheets_pb2.CardPoint = next(point for point in points if point.finding == sheets_pb2.FINDING_LATE)
    return late


def _object(asking: Asking, sheet: str, late: sheets_pb2.CardPoint) -> None:
    """The designer objects, and is answered: no (SHT-2)."""
    known = asking.ask(
        asking.stub(objections_pb2_grpc.ObjectionsStub).ListObjections,
        objections_pb2.ListObjectionsRequest(parent=sheet.partition("/sheets/")[0]),
    ).objections
    month = date.fromisoformat(f"{late.due_time[:7]}-01")
    objection = known[0] if known else None
    if objection is None:
        day = late.due_time[:10]
        wish = objections_pb2.Objection(sheet=sheet, days=[day], text=OBJECTED.format(day=day, due=late.due_time[11:]))
        stub = asking.stub_at(objections_pb2_grpc.ObjectionsStub, _at(asking, month, OBJECTION))
        request = objections_pb2.CreateObjectionRequest(objection=wish)
        objection = asking.ask(stub.CreateObjection, request, by=DESIGNER)
    if objection.state == objections_pb2.OBJECTION_STATE_WAITING:
        stub = asking.stub_at(objections_pb2_grpc.ObjectionsStub, _at(asking, month, ANSWER))
        text = ANSWERED.format(time=late.punch_time[11:16])
        answer = objections_pb2.AnswerObjectionRequest(name=objection.name, upheld=False, text=text)
        asking.ask(stub.AnswerObjection, answer, by=ENGINEER)


def _put_right(asking: Asking, sheet: str, late: sheets_pb2.CardPoint) -> None:
    """The closed sheet gets a second version; the difference counts in the first open month (SHT-3)."""
    stub = asking.stub(closing_pb2_grpc.ClosedSheetsStub)
    if len(asking.ask(stub.ListSheetVersions, closing_pb2.ListSheetVersionsRequest(parent=sheet)).versions) > 1:
        return
    at = f"{datetime.fromisoformat(late.due_time) - BEFORE_DUE:%Y-%m-%d %H:%M}"
    punch = closing_pb2.MissingPunch(local_time=at, direction=punches_pb2.DIRECTION_IN)
    request = closing_pb2.CorrectClosedSheetRequest(name=sheet, reason=PUT_RIGHT.format(at=at), punches=[punch])
    asking.ask(stub.CorrectClosedSheet, request, by=HR)


def _at(asking: Asking, month: date, hour: tuple[int, time]) -> datetime:
    """An hour of the days after a month, and never one that is still to come."""
    day, moment = hour
    return min(datetime.combine(month_after(month).replace(day=day), moment, tzinfo=ZONE), asking.now())
