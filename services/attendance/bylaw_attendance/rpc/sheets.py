"""Calls about month sheets."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from bylaw.attendance.v1 import sheets_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.clause_words import ClauseWording, wording_message
from bylaw_chassis.paging import PageTokens, page_size
from bylaw_chassis.values import resource_id, resource_name
from bylaw_chassis.wordings import ClauseWordings

from bylaw_attendance.messages.overtime import overtime_minutes
from bylaw_attendance.messages.records import fault_message, timestamp, totals_message
from bylaw_attendance.rpc.sheet_days import day_message
from bylaw_attendance.rules.overtime.work_hours import OvertimeTotals, told
from bylaw_attendance.rules.sheets.shown_sheet import SheetView, ShownSheet
from bylaw_attendance.use_cases.forms import known_number, sheet_month, sheet_name, two_texts
from bylaw_attendance.use_cases.overtime.count_overtime import CountOvertime
from bylaw_attendance.use_cases.sheets.show_sheets import Shown, ShowSheets

PERMISSION = "attendance.sheets.read"
DEFAULT_SHEETS = 50
MOST_SHEETS = {SheetView.UNSPECIFIED: 200, SheetView.FULL: 200, SheetView.TOTALS: 1_000}
NOTHING = ShownSheet((), "", ())


@dataclass(frozen=True, slots=True)
class SheetCalls:
    """GetSheet, ListSheets."""

    sheets: ShowSheets
    overtime: CountOvertime
    tokens: PageTokens
    wordings: ClauseWordings

    def GetSheet(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, month = sheet_name(request.name)
        shown = self.sheets.one(person, sheet_month(month, field="name"), call.caller.reach(PERMISSION))
        wordings = self.wordings.now().spoken(shown.clauses())
        overtime = self.overtime.of(shown.month, [shown.person])
        message = sheet_message(shown, wordings, overtime.get(shown.person.person))
        message.clause_wordings.extend(map(wording_message, wordings))
        return message

    def ListSheets(self, request: Any, call: Call) -> Any:  # noqa: N802
        view, month = SheetView(known_number(request.view, SheetView, field="view")), request.month
        page = self.sheets.page(
            resource_id(request.parent, "units", field="parent"),
            sheet_month(month, field="month"),
            call.caller.reach(PERMISSION),
            after=two_texts(self.tokens.open(request.page_token, request, call)),
            limit=page_size(request.page_size, default=DEFAULT_SHEETS, largest=MOST_SHEETS[view]),
            with_days=view is not SheetView.TOTALS,
        )
        known = self.wordings.now()
        overtime = self.overtime.within(page.compiled, [sheet.person for sheet in page.sheets])
        worded = [(sheet, known.spoken(sheet.clauses()), overtime.get(sheet.person.person)) for sheet in page.sheets]
        return sheets_pb2.ListSheetsResponse(
            sheets=starmap(sheet_message, worded),
            next_page_token=self.tokens.seal(page.next_after or (), request, call),
            totals=totals_message(page.totals, page.excused),
            clause_wordings=map(wording_message, sorted({wording for _, said, _ in worded for wording in said})),
        )


def sheet_message(shown: Shown, wordings: Iterable[ClauseWording], overtime: OvertimeTotals | None) -> Any:
    """A person's sheet; one that could not be judged says why and has no days, nor has one of totals alone.

    The words of its clauses are no part of it, but who has seen the old ones is told that there are new ones.
    """
    sheet, month, digest = shown.sheet or NOTHING, f"{shown.month:%Y-%m}", shown.digest.hex()
    return sheets_pb2.Sheet(
        name=f"{resource_name('people', shown.person.person)}/sheets/{month}",
        employee_number=shown.person.number,
        display_name=shown.person.display_name,
        month=month,
        time_zone=sheet.time_zone,
        days=[day_message(day, shown.corrected) for day in sheet.days],
        totals=totals_message(shown.totals, shown.excused),
        inputs_digest=digest,
        distributions=sheet.distributions,
        organisation_age_seconds=shown.organisation_age_seconds,
        etag=_etag(digest, *shown.person[1:], *shown.view(), *map(str, wordings), *told(overtime)),
        calendar_provisional=shown.calendar_provisional,
        fault=fault_message(shown.refusal),
        overtime=overtime_minutes(overtime),
        version=shown.version,
        close_time=timestamp(shown.closed_at),
    )


def _etag(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
