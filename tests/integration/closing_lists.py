"""Months of units, versions of sheets and objections, as a caller walks them and asks about them."""

from collections.abc import Callable
from typing import Any

from bylaw.attendance.v1 import closing_pb2 as closing
from bylaw.attendance.v1 import objections_pb2 as objections
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService
from tests.integration.lists import Listing, Walk

Question = tuple[Callable[..., Any], Message]


def of_objections(attendance: AttendanceService) -> Listing:
    """Everybody's objections, each with its single read."""
    stub, request = attendance.objections, objections.GetObjectionRequest
    return Listing(
        Walk(stub.ListObjections, objections.ListObjectionsRequest(), "objections"),
        lambda reads, thing: reads.read(stub.GetObjection, request(name=thing.name)),
    )


def under_a_unit(attendance: AttendanceService, unit: str, month: str) -> dict[str, Walk]:
    """How a month stands at and below a unit, and what counts in it."""
    months = closing.ListUnitMonthsRequest(parent=unit, month=month)
    adjustments = closing.ListAdjustmentsRequest(parent=unit, month=month)
    return {
        "ListUnitMonths": Walk(attendance.unit_months.ListUnitMonths, months, "unit_months"),
        "ListAdjustments": Walk(attendance.closed_sheets.ListAdjustments, adjustments, "adjustments"),
    }


def under_a_person(attendance: AttendanceService, person: str, month: str) -> dict[str, Walk]:
    """The versions of somebody's sheet."""
    request = closing.ListSheetVersionsRequest(parent=f"{person}/sheets/{month}")
    return {"ListSheetVersions": Walk(attendance.closed_sheets.ListSheetVersions, request, "versions")}


def objections_of(attendance: AttendanceService, parent: str) -> Question:
    """The objections of a unit's people, or of a person."""
    return attendance.objections.ListObjections, objections.ListObjectionsRequest(parent=parent)


def about_an_objection(attendance: AttendanceService, name: str) -> list[Question]:
    """Reading it, and answering a version that there never was."""
    stub, answer = attendance.objections, objections.AnswerObjectionRequest(name=name, text="x", etag="never")
    return [(stub.GetObjection, objections.GetObjectionRequest(name=name)), (stub.AnswerObjection, answer)]


def month_of(attendance: AttendanceService, unit: str, month: str) -> list[Question]:
    """How a unit's month stands, sheet by sheet, and its export."""
    stub, name = attendance.unit_months, f"{unit}/months/{month}"
    export = closing.ExportUnitMonthRequest(name=name)
    return [(stub.GetUnitMonth, closing.GetUnitMonthRequest(name=name)), (stub.ExportUnitMonth, export)]
