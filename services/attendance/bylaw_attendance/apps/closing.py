"""Puts together what ends a month: hand-over, closing, corrections on record; a part of `app.py`."""

from dataclasses import dataclass

from bylaw.attendance.v1 import closing_pb2, objections_pb2
from bylaw_chassis.caller import Caller
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import Member
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server
from pydantic import BaseModel, Field

from bylaw_attendance import calendars
from bylaw_attendance.apps.together import Together
from bylaw_attendance.neighbours import PeopleDuties
from bylaw_attendance.ports.records import PatternBook
from bylaw_attendance.rpc.closing import ClosedSheetCalls, UnitMonthCalls
from bylaw_attendance.rpc.exports import MonthExportCalls
from bylaw_attendance.rpc.objections import ObjectionCalls
from bylaw_attendance.store import (
    closed_months,
    closed_sheets,
    heads,
    late_punches,
    leave_ledger,
    leave_people,
    leave_requests,
    objections,
    overtime,
    punches,
    sheets,
    struck_punches,
    unit_months,
)
from bylaw_attendance.use_cases.closing.adjust_month import AdjustMonth
from bylaw_attendance.use_cases.closing.adjusted_overtime import AdjustedOvertime
from bylaw_attendance.use_cases.closing.answer_objection import AnswerObjection
from bylaw_attendance.use_cases.closing.close_month import CloseMonth
from bylaw_attendance.use_cases.closing.correct_closed import CorrectClosed
from bylaw_attendance.use_cases.closing.correct_leave import CorrectLeave
from bylaw_attendance.use_cases.closing.missing_punches import ReadMissingPunches
from bylaw_attendance.use_cases.closing.object_to_sheet import ObjectToSheet
from bylaw_attendance.use_cases.closing.remind_of_hand_over import RemindOfHandOver
from bylaw_attendance.use_cases.closing.review_month import ReviewMonth
from bylaw_attendance.use_cases.closing.take_late_punches import TakeLatePunches
from bylaw_attendance.use_cases.find_head import FindHead
from bylaw_attendance.use_cases.leave.consider_leave import ConsiderLeave
from bylaw_attendance.use_cases.sheets.show_sheets import ShowSheets
from bylaw_attendance.use_cases.sheets.unit_month import ShowUnitMonths
from bylaw_attendance.use_cases.sheets.unit_people import FindUnitPeople

LATE_PUNCHES, HAND_OVERS, TEN_MINUTES_SECONDS = "late-punches", "hand-over-duties", 600.0
PEOPLE = "people"


class ClosingSettings(BaseModel):
    """By when months are handed over and objected to (SHT-1, SHT-2)."""

    deadlines_roll: bool = Field(
        default=False,
        description="Whether the 3rd and the 5th, where they are public holidays at the place, move to the first day"
        " behind them: the hand-over (behind it leave that was required and not granted is absence), the head's duty"
        " with its reminder, and the days for objections.",
    )
    hand_over_duties: bool = Field(
        default=True,
        description="Whether heads of units have the hand-over by the 3rd as a duty of people's, with a reminder.",
    )


@dataclass(frozen=True, slots=True)
class Closing:
    """The parts, over sheets as they are shown; `leave` considers what a correction puts onto days."""

    own: Member
    sheets: ShowSheets
    book: PatternBook
    leave: ConsiderLeave
    settings: ClosingSettings

    def add(self, server: Server, exporting: MonthExportCalls, overtime: AdjustedOvertime) -> None:
        """Adds the calls."""
        database, tokens, shown = self.own.database, self.own.page_tokens, self.shown()
        reviewing = ReviewMonth(database, shown, unit_months)
        closing = CloseMonth(
            database,
            shown,
            unit_months,
            closed_sheets,
            closed_months,
            self.sheets.month,
            self.book,
            calendars.official_days,
            calendars.official_day,
        )
        services = closing_pb2.DESCRIPTOR.services_by_name
        calls = UnitMonthCalls(shown, reviewing, closing, tokens)
        server.add(services["UnitMonths"], Together(calls, exporting))
        server.add(services["ClosedSheets"], ClosedSheetCalls(self.correcting(overtime), tokens))
        objecting = ObjectToSheet(database, organisation, self.people(), objections, closed_months, self.head)
        answering = AnswerObjection(database, self.sheets.finding, objections)
        objection_calls = ObjectionCalls(objecting, answering, tokens)
        server.add(objections_pb2.DESCRIPTOR.services_by_name["Objections"], objection_calls)

    def correcting(self, overtime: AdjustedOvertime) -> CorrectClosed:
        """What corrects closed sheets."""
        database, finding = self.own.database, self.sheets.finding
        leave = CorrectLeave(self.leave, leave_people, leave_requests, leave_ledger, self.head)
        missing = ReadMissingPunches(database, organisation)
        making = (missing, leave, self.book, self.adjusting())
        return CorrectClosed(database, finding, organisation, closed_sheets, *making, overtime)

    @property
    def head(self) -> FindHead:
        """Who heads whom."""
        return FindHead(organisation, heads)

    def people(self) -> FindUnitPeople:
        """Whose month belongs to which unit."""
        return FindUnitPeople(organisation, calendars.official_days, self.settings.deadlines_roll)

    def shown(self) -> ShowUnitMonths:
        """How units' months stand."""
        return ShowUnitMonths(
            self.own.database,
            self.sheets.finding,
            self.people(),
            organisation,
            unit_months,
            sheets,
            objections,
            self.sheets.month,
            self.sheets,
        )

    def adjusting(self) -> AdjustMonth:
        """What makes another version of a closed sheet."""
        return AdjustMonth(self.own.database, punches, struck_punches, sheets, closed_sheets, overtime, self.book)

    def timers(self) -> tuple[Timer, ...]:
        """Every ten minutes punches that came late are taken in, and heads reminded of the hand-over."""
        database, neighbours = self.own.database, self.own.neighbours
        stores = (closed_months, late_punches, closed_sheets)
        taking = TakeLatePunches(database, *stores, self.adjusting(), Caller(service="attendance").key)
        late = Timer(LATE_PUNCHES, TEN_MINUTES_SECONDS, taking)
        if not self.settings.hand_over_duties:
            return (late,)
        duties = PeopleDuties(neighbours.channels[PEOPLE], neighbours)
        reminding = RemindOfHandOver(database, self.sheets.finding, self.people(), unit_months, duties)
        return (late, Timer(HAND_OVERS, TEN_MINUTES_SECONDS, reminding))
