"""Calls about month sheets."""

import hashlib
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import sheets_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_size
from bylaw_chassis.values import resource_id, resource_name

from bylaw_attendance.messages import text
from bylaw_attendance.rpc.requests import known_number, sheet_month, sheet_name, two_texts
from bylaw_attendance.rpc.sheet_days import day_message, totals_message
from bylaw_attendance.rules.shown_sheet import SheetView, ShownSheet
from bylaw_attendance.use_cases.show_sheets import Shown, ShowSheets

PERMISSION = "attendance.sheets.read"
DEFAULT_SHEETS = 50
MOST_SHEETS = {SheetView.UNSPECIFIED: 200, SheetView.FULL: 200, SheetView.TOTALS: 1_000}
NOTHING = ShownSheet((), "", ())


@dataclass(frozen=True, slots=True)
class SheetCalls:
    """GetSheet, ListSheets."""

    sheets: ShowSheets
    tokens: PageTokens

    def GetSheet(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, month = sheet_name(request.name)
        shown = self.sheets.one(person, sheet_month(month, field="name"), call.caller.reach(PERMISSION))
        return sheet_message(shown)

    def ListSheets(self, request: Any, call: Call) -> Any:  # noqa: N802
        view = SheetView(known_number(request.view, SheetView, field="view"))
        page = self.sheets.page(
            resource_id(request.parent, "units", field="parent"),
            sheet_month(request.month, field="month"),
            call.caller.reach(PERMISSION),
            after=two_texts(self.tokens.open(request.page_token, request, call)),
            limit=page_size(request.page_size, default=DEFAULT_SHEETS, largest=MOST_SHEETS[view]),
            with_days=view is not SheetView.TOTALS,
        )
        token = self.tokens.seal(page.next_after, request, call) if page.next_after else ""
        return sheets_pb2.ListSheetsResponse(
            sheets=map(sheet_message, page.sheets),
            next_page_token=token,
            totals=totals_message(page.totals) if page.totals else None,
        )


def sheet_message(shown: Shown) -> Any:
    """A person's sheet; one that could not be judged says why and has no days, nor has one of totals alone."""
    sheet, month, digest = shown.sheet or NOTHING, f"{shown.month:%Y-%m}", shown.digest.hex()
    refusal = shown.refusal
    return sheets_pb2.Sheet(
        name=f"{resource_name('people', shown.person.person)}/sheets/{month}",
        employee_number=shown.person.number,
        display_name=shown.person.display_name,
        month=month,
        time_zone=sheet.time_zone,
        days=map(day_message, sheet.days),
        totals=totals_message(shown.totals),
        inputs_digest=digest,
        distributions=sheet.distributions,
        organisation_age_seconds=shown.organisation_age_seconds,
        etag=_etag(digest, *shown.person[1:], "provisional" * shown.calendar_provisional),
        calendar_provisional=shown.calendar_provisional,
        fault=sheets_pb2.SheetFault(
            reason=refusal.reason, clause=refusal.clause, message=text(refusal.message_zh, refusal.message_en)
        )
        if refusal
        else None,
    )


def _etag(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
