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
from bylaw_attendance.neighbours import PeopleDuties
from bylaw_attendance.ports import PatternBook
from bylaw_attendance.rpc.closing import ClosedSheetCalls, UnitMonthCalls
from bylaw_attendance.rpc.objections import ObjectionCalls
from bylaw_attendance.store import closed_months, closed_sheets, objections, punches, sheets, unit_months
from bylaw_attendance.use_cases.adjust_month import AdjustMonth
from bylaw_attendance.use_cases.answer_objection import AnswerObjection
from bylaw_attendance.use_cases.close_month import CloseMonth
from bylaw_attendance.use_cases.correct_closed import CorrectClosed, TakeLatePunches
from bylaw_attendance.use_cases.export_month import ExportMonth
from bylaw_attendance.use_cases.object_to_sheet import ObjectToSheet
from bylaw_attendance.use_cases.remind_of_hand_over import RemindOfHandOver
from bylaw_attendance.use_cases.review_month import ReviewMonth
from bylaw_attendance.use_cases.show_sheets import ShowSheets
from bylaw_attendance.use_cases.unit_month import ShowUnitMonths
from bylaw_attendance.use_cases.unit_people import FindUnitPeople

LATE_PUNCHES, HAND_OVERS, TEN_MINUTES_SECONDS = "late-punches", "hand-over-duties", 600.0
PEOPLE = "people"


class ClosingSettings(BaseModel):
    """By when months are handed over and objected to (SHT-1, SHT-2)."""

    deadlines_roll: bool = Field(
        default=False,
        description="Whether the 3rd and the 5th, where they are public holidays, move to the first day behind them.",
    )
    hand_over_duties: bool = Field(
        default=True,
        description="Whether heads of units have the hand-over by the 3rd as a duty of people's, with a reminder.",
    )


@dataclass(frozen=True, slots=True)
class Closing:
    """The parts, over sheets as they are shown."""

    own: Member
    sheets: ShowSheets
    book: PatternBook
    settings: ClosingSettings

    def add(self, server: Server) -> None:
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
        )
        correcting = CorrectClosed(database, self.sheets.finding, organisation, closed_sheets, self.adjusting())
        services = closing_pb2.DESCRIPTOR.services_by_name
        server.add(services["UnitMonths"], UnitMonthCalls(shown, reviewing, closing, self.exporting(), tokens))
        server.add(services["ClosedSheets"], ClosedSheetCalls(correcting, tokens))
        objecting = ObjectToSheet(database, organisation, self.people(), objections, closed_months)
        answering = AnswerObjection(database, self.sheets.finding, objections)
        objection_calls = ObjectionCalls(objecting, answering, tokens)
        server.add(objections_pb2.DESCRIPTOR.services_by_name["Objections"], objection_calls)

    def exporting(self) -> ExportMonth:
        """What answers a month as a file."""
        sheets_shown, database = self.sheets, self.own.database
        load, judge = sheets_shown.month, sheets_shown
        return ExportMonth(database, sheets_shown.finding, organisation, self.people(), closed_sheets, load, judge)

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
        return AdjustMonth(self.own.database, punches, sheets, closed_sheets, self.book)

    def timers(self) -> tuple[Timer, ...]:
        """Every ten minutes punches that came late are taken in, and heads reminded of the hand-over."""
        database, neighbours = self.own.database, self.own.neighbours
        taking = TakeLatePunches(database, closed_sheets, self.adjusting(), Caller(service="attendance").key)
        late = Timer(LATE_PUNCHES, TEN_MINUTES_SECONDS, taking)
        if not self.settings.hand_over_duties:
            return (late,)
        duties = PeopleDuties(neighbours.channels[PEOPLE], neighbours)
        reminding = RemindOfHandOver(database, self.sheets.finding, self.people(), unit_months, duties)
        return (late, Timer(HAND_OVERS, TEN_MINUTES_SECONDS, reminding))
