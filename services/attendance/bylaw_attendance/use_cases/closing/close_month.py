"""Closes units' months in their order, and keeps with each sheet what it was judged from (SHT-2, SHT-3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.organisation.facts import KnownPerson

from bylaw_attendance.events import unit_month_changed
from bylaw_attendance.ports.closing import ClosedMonths, ClosedSheetStore, UnitMonthStore
from bylaw_attendance.ports.company_days import OfficialCalendar
from bylaw_attendance.ports.records import Calendar, PatternBook
from bylaw_attendance.rules.closing.closing import ClosedSheet, VersionCause, check_order, months_between
from bylaw_attendance.rules.closing.closing_refusals import (
    MonthClosed,
    MonthNotHandedOver,
    ObjectionsDue,
    ObjectionsWait,
    SheetsChanged,
)
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.judging.judged_from import JudgedFrom
from bylaw_attendance.rules.judging.month_in_hand import MonthInHand
from bylaw_attendance.rules.judging.punch_facts import NO_PUNCHES
from bylaw_attendance.rules.leave.shown_leave import minutes_of
from bylaw_attendance.rules.sheets.sheet import KeptSheet, SheetBody, beside
from bylaw_attendance.use_cases.closing.review_month import check_final
from bylaw_attendance.use_cases.overtime.overtime_days import is_statutory
from bylaw_attendance.use_cases.sheets.judge_month import JudgeMonth
from bylaw_attendance.use_cases.sheets.load_month import LoadedMonth, LoadMonth
from bylaw_attendance.use_cases.sheets.unit_month import ShownUnitMonth, ShowUnitMonths
from bylaw_attendance.use_cases.sheets.unit_people import is_past


@dataclass(frozen=True, slots=True)
class CloseMonth:
    """What is closed is what was reviewed: nobody writes what sheets are judged from while they are closed."""

    database: Database
    shown: ShowUnitMonths
    months: UnitMonthStore
    closed_sheets: ClosedSheetStore
    closed: ClosedMonths
    loader: LoadMonth
    book: PatternBook
    calendar: Calendar
    official: OfficialCalendar

    def close(self, unit: UUID, month: date, *, caller: Caller, reach: Reach) -> ShownUnitMonth:
        """Closes a unit's month; refuses as the contract says."""
        changing = self.shown.changing(unit, month, reach)
        with self.database.work() as work:
            self.closed.shut(work.connection)
            found = changing.begun(work)
            self._check(work, found)
            made = self._sheets(work, found, caller)
            if self.closed_sheets.add(work.connection, made) != len(made):
                raise SheetsChanged([one.person.number for one in found.open_ones])
            kept = self.months.close(work.connection, unit, month, at=work.now, by=caller.key)
            if kept is None:
                raise MonthNotHandedOver(month=month)
            work.publish(unit_month_changed(kept))
            return self.shown.as_found(work.connection, changing)

    def _check(self, work: Work, found: ShownUnitMonth) -> None:
        if found.kept is None:
            raise MonthNotHandedOver(month=found.month)
        if found.kept.closed_at and not found.open_ones:
            raise MonthClosed(person=found.code, month=found.month, since=found.kept.closed_at)
        if not is_past(found.deadlines.objection, found.places, work.now):
            raise ObjectionsDue(month=found.month, until=found.deadlines.objection)
        if waiting := [one.person.number for one in found.open_ones if one.waits]:
            raise ObjectionsWait(waiting)
        check_final(found)
        self._check_order(work.connection, found)

    def _check_order(self, connection: sa.Connection, found: ShownUnitMonth) -> None:
        done = self.months.closed_months(connection, found.unit)
        between = months_between(max(done), found.month) if done else []
        people = self.shown.people
        held = (one for one in between if people.at_or_below(connection, found.unit, one).people.get(found.unit))
        check_order(found.month, done, next(held, None))

    def _sheets(self, work: Work, found: ShownUnitMonth, caller: Caller) -> list[ClosedSheet]:
        """What is to be kept, read once more now that nobody writes; refuses SHEETS_CHANGED."""
        people = [one.person for one in found.open_ones]
        loaded = self.loader.load(work.connection, found.month, people, shown=[one.person for one in people])
        judge = JudgeMonth(loaded, self.book, self.calendar, work.now, loaded.kept_plans)
        made, changed = [], []
        for one in found.open_ones:
            month = judge.laid_out(one.person)
            if month.kept and month.is_kept and month.digest == one.digest:
                excused = minutes_of(loaded.excused.get(one.person.person, ()), found.month)
                first = _first_version(month, month.kept, found, work=work, caller=caller)
                statutory = self._statutory_days(loaded, one.person)
                around = beside(loaded.punches.get(one.person.person, NO_PUNCHES), SheetBody.unpack(month.kept.body))
                made.append(first._replace(excused=excused, statutory_days=statutory, beside=around))
            else:
                changed.append(one.person.number)
        if changed:
            raise SheetsChanged(changed)
        return made

    def _statutory_days(self, loaded: LoadedMonth, person: KnownPerson) -> list[date]:
        """By which overtime of the month is paid, from now on and whatever becomes of the calendar (HRS-7)."""
        days = (loaded.month.replace(day=number) for number in range(1, last_day(loaded.month).day + 1))
        return [day for day in days if is_statutory(self.official, loaded, person, day)]


def _first_version(
    month: MonthInHand, kept: KeptSheet, found: ShownUnitMonth, *, work: Work, caller: Caller
) -> ClosedSheet:
    return ClosedSheet(
        month.person.person,
        found.month,
        1,
        found.unit,
        kept.digest,
        kept.body,
        kept.totals,
        JudgedFrom.of(month.stretches, month.unassigned).pack(),
        VersionCause.CLOSED,
        "",
        None,
        work.now,
        caller.key,
    )
