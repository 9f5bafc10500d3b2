"""Corrects closed sheets on record, and shows their versions (SHT-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import FieldInvalid

from bylaw_attendance.ports.closing import AdjustmentPlace, ClosedSheetStore
from bylaw_attendance.ports.records import OrganisationStore, PatternBook
from bylaw_attendance.rules.closing.closing import ClosedSheet, ShownVersion, VersionCause
from bylaw_attendance.rules.closing.closing_refusals import MonthNotClosed, SheetCorrected, SheetOwn
from bylaw_attendance.rules.closing.hand_over import last_day
from bylaw_attendance.rules.closing.sheet_correction import SheetCorrection
from bylaw_attendance.rules.judging.judged_from import JudgedFrom
from bylaw_attendance.rules.refusals import PersonNotFound
from bylaw_attendance.rules.rota.rota import with_floating_day
from bylaw_attendance.rules.sheets.sheet_changes import CorrectedDay, DayEdit, SheetChanges, days_without_plan
from bylaw_attendance.use_cases.closing.adjust_month import Adjusting, AdjustMonth
from bylaw_attendance.use_cases.closing.adjusted_overtime import AdjustedOvertime
from bylaw_attendance.use_cases.closing.correct_leave import CorrectLeave
from bylaw_attendance.use_cases.closing.missing_punches import ReadMissingPunches
from bylaw_attendance.use_cases.sheets.finding import Finding


@dataclass(frozen=True, slots=True)
class CorrectClosed:
    """A correction is made whole or not at all: the sheet, the punches, the leave and its ledger."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    closed_sheets: ClosedSheetStore
    missing: ReadMissingPunches
    leave: CorrectLeave
    book: PatternBook
    adjusting: AdjustMonth
    overtime: AdjustedOvertime

    def correct(
        self, person: UUID, month: date, wish: SheetCorrection, *, caller: Caller, reach: Reach
    ) -> ShownVersion:
        """Makes another version; refuses as the contract says."""
        found = self._person(person, month, reach)
        if caller.person == person:
            raise SheetOwn
        added, considered = self.missing.read(person, month, wish.punches), self.leave.considered(found, wish)
        with self.database.work() as work:
            closed = self.closed_sheets.newest(work.connection, person, month)
            if closed is None:
                raise MonthNotClosed(month=month)
            if wish.seen and wish.seen != str(closed.version):
                raise SheetCorrected(version=closed.version)
            self._check_days(closed, wish.days)
            leave = self.leave.check(considered)
            moved, outside = self.leave.record(work, person, wish, leave, month=month, by=caller.key)
            ids, every = tuple(one.id for one in added), tuple(one for one, _ in moved)
            changes = SheetChanges(ids, wish.struck, wish.days, every, outside)
            edits: Sequence[DayEdit] = [*wish.days, *(one.edit(excused) for one, excused in moved)]
            why = Adjusting(VersionCause.CORRECTED, wish.reason, caller.key, added, changes, edits)
            made = self.adjusting.adjust(work, closed, why)
            shown = self.closed_sheets.versions(work.connection, person, month)[made.version - 1]
            corrected = self.overtime.load(work.connection, [shown])
        return self.overtime.beside([shown], corrected)[0]

    def versions(self, person: UUID, month: date, reach: Reach) -> list[ShownVersion]:
        """All versions of a sheet; refuses PERSON_NOT_FOUND."""
        self._person(person, month, reach)
        with self.database.read() as connection:
            found = self.closed_sheets.versions(connection, person, month)
            corrected = self.overtime.load(connection, found)
        return self.overtime.beside(found, corrected)

    def adjustments(
        self, unit: UUID, month: date, reach: Reach, *, page: tuple[AdjustmentPlace | None, int]
    ) -> list[ShownVersion]:
        """What counts in a month, at and below a unit; refuses UNIT_NOT_FOUND."""
        day = min(last_day(month), max(month, self.finding.today))
        self.finding.unit(reach, unit, day)
        with self.database.read() as connection:
            found = self.closed_sheets.adjustments(connection, month, reach, unit=unit, day=day, page=page)
            corrected = self.overtime.load(connection, found)
        return self.overtime.beside(found, corrected)

    def _person(self, person: UUID, month: date, reach: Reach) -> KnownPerson:
        with self.database.read() as connection:
            found = self.organisation.person_between(connection, reach, (month, last_day(month)), person=person)
        if not found:
            raise PersonNotFound(person=f"people/{person}")
        return found[0]

    def _check_days(self, closed: ClosedSheet, days: Sequence[CorrectedDay]) -> None:
        """Refuses days on which nothing was assigned, and words that a day's pattern does not know."""
        stretches = JudgedFrom.unpack(closed.judged_from).stretches
        if missing := days_without_plan(days, (day for one in stretches for day in one.days)):
            raise FieldInvalid(
                field="days",
                zh=f"{missing[0]} 当日没有班制，无可更正",
                en=f"on {missing[0]} no pattern was assigned: nothing of it can be put right",
            )
        for place, wished in enumerate(days):
            of_day = [one for one in stretches for day in one.days if day.inside and day.work_date == wished.work_date]
            self._check_word(of_day[0].pattern, of_day[0].parameters, wished, field=f"days[{place}].rota_word")

    def _check_word(self, pattern: str, parameters: str, wished: CorrectedDay, *, field: str) -> None:
        known = self.book.cells(pattern, parameters) if wished.word else None
        if known is None or wished.word in (words := with_floating_day(known)):
            return
        raise FieldInvalid(
            field=field,
            zh=f"当日班制 {pattern} 认得的词：{'、'.join(words)}",
            en=f"the pattern of the day, {pattern}, knows: {', '.join(words)}",
        )
