"""Calls about units' months and closed sheets."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import closing_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_attendance.messages.closing import unit_month_message, version_message
from bylaw_attendance.rules.closing.closing import ShownVersion
from bylaw_attendance.use_cases.closing.close_month import CloseMonth
from bylaw_attendance.use_cases.closing.closed_forms import sheet_correction
from bylaw_attendance.use_cases.closing.closing_forms import (
    adjustment_place,
    number_of_seen,
    review_wishes,
    sheet_of,
    unit_month_of,
)
from bylaw_attendance.use_cases.closing.correct_closed import CorrectClosed
from bylaw_attendance.use_cases.closing.review_month import ReviewMonth
from bylaw_attendance.use_cases.forms import sheet_month, short_text, two_texts
from bylaw_attendance.use_cases.sheets.unit_month import ShownUnitMonth, ShowUnitMonths

READ, REVIEW, CLOSE = "attendance.months.read", "attendance.months.review", "attendance.months.close"
READ_SHEETS, CORRECT = "attendance.sheets.read", "attendance.sheets.correct"


@dataclass(frozen=True, slots=True)
class UnitMonthCalls:
    """GetUnitMonth, ListUnitMonths, ReviewSheets, HandOverUnitMonth, CloseUnitMonth."""

    shown: ShowUnitMonths
    reviewing: ReviewMonth
    closing: CloseMonth
    tokens: PageTokens

    def GetUnitMonth(self, request: Any, call: Call) -> Any:  # noqa: N802
        unit, month = unit_month_of(request.name)
        return unit_month_message(self.shown.one(unit, month, call.caller.reach(READ)), with_sheets=True)

    def ListUnitMonths(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        unit, month = resource_id(request.parent, "units", field="parent"), sheet_month(request.month, field="month")
        place = (two_texts(page.position), page.limit)
        found = self.shown.page(unit, month, call.caller.reach(READ), page=place)
        return closing_pb2.ListUnitMonthsResponse(
            unit_months=[unit_month_message(one, with_sheets=False) for one in found[: page.size]],
            next_page_token=page.token_at(found, _place),
        )

    def ReviewSheets(self, request: Any, call: Call) -> Any:  # noqa: N802
        unit, month = unit_month_of(request.name)
        wishes = review_wishes(request.reviews)
        count = self.reviewing.review(unit, month, wishes, caller=call.caller, reach=call.caller.reach(REVIEW))
        return closing_pb2.ReviewSheetsResponse(reviewed_count=count)

    def HandOverUnitMonth(self, request: Any, call: Call) -> Any:  # noqa: N802
        unit, month = unit_month_of(request.name)
        remark = short_text(request.remark, field="remark")
        made = self.reviewing.hand_over(unit, month, remark, caller=call.caller, reach=call.caller.reach(REVIEW))
        return unit_month_message(made, with_sheets=True)

    def CloseUnitMonth(self, request: Any, call: Call) -> Any:  # noqa: N802
        unit, month = unit_month_of(request.name)
        made = self.closing.close(unit, month, caller=call.caller, reach=call.caller.reach(CLOSE))
        return unit_month_message(made, with_sheets=True)


@dataclass(frozen=True, slots=True)
class ClosedSheetCalls:
    """ListSheetVersions, CorrectClosedSheet, ListAdjustments."""

    correcting: CorrectClosed
    tokens: PageTokens

    def ListSheetVersions(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        person, month = sheet_of(request.parent, field="parent")
        every = self.correcting.versions(person, month, call.caller.reach(READ_SHEETS))
        found = every[number_of_seen(page.position) :][: page.limit]
        return closing_pb2.ListSheetVersionsResponse(
            versions=map(version_message, found[: page.size]), next_page_token=page.token_at(found, _version_place)
        )

    def CorrectClosedSheet(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, month = sheet_of(request.name, field="name")
        wish = sheet_correction(request, month)
        return version_message(
            self.correcting.correct(person, month, wish, caller=call.caller, reach=call.caller.reach(CORRECT))
        )

    def ListAdjustments(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        unit, month = resource_id(request.parent, "units", field="parent"), sheet_month(request.month, field="month")
        place = (adjustment_place(page.position), page.limit)
        found = self.correcting.adjustments(unit, month, call.caller.reach(READ), page=place)
        return closing_pb2.ListAdjustmentsResponse(
            adjustments=map(version_message, found[: page.size]),
            next_page_token=page.token_at(found, _adjustment_place),
        )


def _place(shown: ShownUnitMonth) -> tuple[str, str]:
    return shown.code, str(shown.unit)


def _version_place(shown: ShownVersion) -> tuple[str]:
    return (str(shown.version),)


def _adjustment_place(shown: ShownVersion) -> tuple[str, str, str, str]:
    return shown.number, str(shown.person), shown.month.isoformat(), str(shown.version)
