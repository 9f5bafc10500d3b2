"""Calls about month sheets."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import starmap
from typing import Any

from bylaw.attendance.v1 import sheets_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.clause_words import ClauseWording, wording_message
from bylaw_chassis.paging import PageTokens, page_size
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.values import resource_id, resource_name
from bylaw_chassis.wordings import ClauseWordings

from bylaw_attendance.messages import text
from bylaw_attendance.rpc.sheet_days import day_message, totals_message
from bylaw_attendance.rules.clause_use import days_by_clause
from bylaw_attendance.rules.hand_over import last_day
from bylaw_attendance.rules.shown_sheet import SheetView, ShownSheet
from bylaw_attendance.use_cases.forms import known_number, sheet_month, sheet_name, two_texts
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
    wordings: ClauseWordings

    def GetSheet(self, request: Any, call: Call) -> Any:  # noqa: N802
        person, month = sheet_name(request.name)
        shown = self.sheets.one(person, sheet_month(month, field="name"), call.caller.reach(PERMISSION))
        wordings = self.wordings.now().spoken(clauses_of(shown))
        message = sheet_message(shown, wordings)
        message.clause_wordings.extend(map(wording_message, wordings))
        return message

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
        known = self.wordings.now()
        worded = [(sheet, known.spoken(clauses_of(sheet))) for sheet in page.sheets]
        return sheets_pb2.ListSheetsResponse(
            sheets=starmap(sheet_message, worded),
            next_page_token=token,
            totals=totals_message(page.totals) if page.totals else None,
            clause_wordings=map(wording_message, sorted({wording for _, said in worded for wording in said})),
        )


def clauses_of(shown: Shown) -> Mapping[str, Collection[date]]:
    """Each clause that a sheet names, with the days on which it decided; what it was refused by, with its last day."""
    found: dict[str, Collection[date]] = dict(days_by_clause(shown.sheet.days if shown.sheet else ()))
    if shown.refusal and shown.refusal.clause:
        found[shown.refusal.clause] = {last_day(shown.month)}
    return found


def sheet_message(shown: Shown, wordings: Iterable[ClauseWording]) -> Any:
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
        days=map(day_message, sheet.days),
        totals=totals_message(shown.totals),
        inputs_digest=digest,
        distributions=sheet.distributions,
        organisation_age_seconds=shown.organisation_age_seconds,
        etag=_etag(digest, *shown.person[1:], *_view_of(shown), *map(str, wordings)),
        calendar_provisional=shown.calendar_provisional,
        fault=fault_message(shown.refusal),
    )


def fault_message(refusal: Refusal | None) -> Any:
    """Why a month could not be judged; nothing where it was."""
    if refusal is None:
        return None
    said = text(refusal.message_zh, refusal.message_en)
    return sheets_pb2.SheetFault(reason=refusal.reason, clause=refusal.clause, message=said)


def _view_of(shown: Shown) -> tuple[str, str, str]:
    """What is shown of a sheet beside its facts: who has seen its totals has not seen its days, nor who saw a fault."""
    alone = "totals" if shown.sheet is None else ""
    return alone, "provisional" * shown.calendar_provisional, shown.refusal.reason if shown.refusal else ""


def _etag(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
