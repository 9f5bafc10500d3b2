"""Makes another version of a closed sheet: what was recorded, with what is changed and the punches of now (SHT-3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from bylaw_chassis.database import Database, Work
from bylaw_chassis.notices import have_told

from bylaw_attendance.events import closed_sheet_corrected
from bylaw_attendance.ports.closing import ClosedSheetStore, StrikeStore
from bylaw_attendance.ports.overtime import OvertimeStore
from bylaw_attendance.ports.records import PatternBook, PunchStore, SheetStore
from bylaw_attendance.rules.closing.closing import ClosedSheet, VersionCause
from bylaw_attendance.rules.closing.closing_refusals import (
    NothingToCorrect,
    PunchNotFound,
    PunchOfNextMonth,
    SheetCorrected,
)
from bylaw_attendance.rules.closing.corrected_notice import corrected_notice
from bylaw_attendance.rules.closing.hand_over import last_day, next_month
from bylaw_attendance.rules.closing.struck_punch import StruckPunch
from bylaw_attendance.rules.judging.judge_recorded import judge_recorded
from bylaw_attendance.rules.judging.judged_from import JudgedFrom
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.rules.judging.punch_facts import NO_PUNCHES, PersonPunches, Punch, civil_instant, epoch_of
from bylaw_attendance.rules.overtime.closed_overtime import moves_overtime
from bylaw_attendance.rules.overtime.overtime import agreed_by_person
from bylaw_attendance.rules.sheets.sheet import SheetBody, beside
from bylaw_attendance.rules.sheets.sheet_changes import NO_CHANGES, DayEdit, SheetChanges, put_right
from bylaw_attendance.use_cases.sheets.load_month import MARGIN_DAYS


class Adjusting(NamedTuple):
    """Why another version is made, who says so, and what they change: punches that are added or struck, days."""

    cause: VersionCause
    reason: str
    by: str
    added: Sequence[Punch] = ()
    changes: SheetChanges = NO_CHANGES
    edits: Sequence[DayEdit] = ()


@dataclass(frozen=True, slots=True)
class AdjustMonth:
    """The patterns and their versions are those of the closing; days and punches are too, but for what is changed."""

    database: Database
    punches: PunchStore
    struck: StrikeStore
    sheets: SheetStore
    closed_sheets: ClosedSheetStore
    overtime: OvertimeStore
    book: PatternBook

    def adjust(self, work: Work, closed: ClosedSheet, adjusting: Adjusting) -> ClosedSheet:
        """Makes the version that follows; refuses NOTHING_TO_CORRECT, SHEET_CORRECTED, what a pattern could not do."""
        self._strike(work, closed, adjusting)
        known, plans = self.known(work.connection, closed), self.plans(work.connection, closed)
        record = self._put_right(JudgedFrom.unpack(closed.judged_from), plans, adjusting)
        _check_reached(closed.month, [plans[one.key] for one in record.stretches], adjusting.added)
        punches = with_added(known, adjusting.added)
        sheet, record = judge_recorded(closed, plans, self.book.judge, record=record, punches=punches)
        made = closed._replace(
            version=closed.version + 1,
            digest=sheet.digest,
            body=sheet.body,
            totals=sheet.totals,
            judged_from=record.pack(),
            cause=adjusting.cause,
            reason=adjusting.reason,
            counted_in=self._open_month(work.connection, closed),
            made_at=work.now,
            made_by=adjusting.by,
            excused=adjusting.changes.excused(closed.excused),
            changes=adjusting.changes,
            beside=beside(punches, SheetBody.unpack(sheet.body)),
        )
        if not (self._moves(work, closed, made, plans) and self._added(work, adjusting)):
            raise NothingToCorrect(version=closed.version)
        self.sheets.keep_plans(work.connection, {one.key: plans[one.key].pack() for one in record.stretches})
        if not self.closed_sheets.add(work.connection, [made]):
            raise SheetCorrected(version=made.version)
        work.publish(closed_sheet_corrected(made))
        have_told(work, corrected_notice(made))
        return made

    def _moves(self, work: Work, closed: ClosedSheet, made: ClosedSheet, plans: dict[bytes, PlanBody]) -> bool:
        """Whether it comes to something else: of the sheet, of leave, or of overtime that a punch behind it ends."""
        if made.digest != closed.digest or made.changes.leave:
            return True
        month, person = (closed.month, last_day(closed.month)), closed.person
        agreed = agreed_by_person(self.overtime.counting(work.connection, {person}, *month)).get(person, ())
        return moves_overtime(closed, made, plans, agreed, self.known(work.connection, closed))

    def _strike(self, work: Work, closed: ClosedSheet, adjusting: Adjusting) -> None:
        """Refuses PUNCH_NOT_FOUND; what is struck is not known any more."""
        ids = adjusting.changes.struck
        start, end = near(closed.month)
        found = self.struck.counting(work.connection, closed.person, ids)
        there = {one.id for one in found if start <= one.instant < end}
        strange = next((one for one in ids if one not in there), None)
        if strange:
            raise PunchNotFound(punch=f"punches/{strange}")
        rows = [StruckPunch(one, closed.person, work.now, adjusting.by, adjusting.reason) for one in ids]
        self.struck.strike(work.connection, rows)

    def _put_right(self, record: JudgedFrom, plans: dict[bytes, PlanBody], adjusting: Adjusting) -> JudgedFrom:
        """The record with what is put right of its days; their plans are added to those that are known."""
        if not (adjusting.edits or adjusting.changes.struck):
            return record
        stretches = []
        for one in record.stretches:
            days = put_right(one.days, adjusting.edits)
            if days == one.days:
                stretches.append(one.settled(plans[one.key].settles))
                continue
            planned = self.book.planned(one.pattern, one.parameters, days, time_zone=plans[one.key].time_zone)
            plans[planned.key] = planned.body
            stretches.append(one.replanned(planned))
        return record._replace(stretches=tuple(stretches))

    def _added(self, work: Work, adjusting: Adjusting) -> bool:
        """Whether every punch that is added is new; one like a punch that was struck is."""
        added = list(adjusting.added)
        if not added or (count := self.punches.add(work.connection, added)) == len(added):
            return True
        there = {one.id: self.punches.same_as(work.connection, one).id for one in added}
        struck = self.struck.struck_among(work.connection, there.values())
        again = [one.anew() for one in added if there[one.id] in struck]
        return count + self.punches.add(work.connection, again) == len(added)

    def known(self, connection: sa.Connection, closed: ClosedSheet) -> PersonPunches:
        """The punches that are on record now, near a closed month."""
        start, end = near(closed.month)
        return self.punches.between(connection, [closed.person], start, end).get(closed.person, NO_PUNCHES)

    def plans(self, connection: sa.Connection, closed: ClosedSheet) -> dict[bytes, PlanBody]:
        """The plans that it was judged by."""
        keys = {one.key for one in JudgedFrom.unpack(closed.judged_from).stretches}
        packed = self.sheets.plan_bodies(connection, keys)
        return {key: PlanBody.unpack(body) for key, body in packed.items()}

    def _open_month(self, connection: sa.Connection, closed: ClosedSheet) -> date:
        last = self.closed_sheets.last_closed(connection, closed.person)
        return next_month(last or closed.month)


def _check_reached(month: date, plans: Iterable[PlanBody], added: Iterable[Punch]) -> None:
    """Refuses PUNCH_OF_NEXT_MONTH: behind the month counts what ends its last night, and nothing else."""
    closes = max((one.closes for one in plans), default=0)
    for one in added:
        if closes <= epoch_of(one.instant):
            raise PunchOfNextMonth(punch=one.local_time, month=month, following=next_month(month))


def with_added(punches: PersonPunches, added: Sequence[Punch]) -> PersonPunches:
    """Punches on record and those that are added, in the order in which they will be read."""
    return PersonPunches.of(punches.turns + [(epoch_of(one.instant), int(one.direction)) for one in added])


def near(month: date) -> tuple[datetime, datetime]:
    """From when to before when punches may be of a month: a night reaches over its edges."""
    return (
        civil_instant(month, days_later=-MARGIN_DAYS),
        civil_instant(last_day(month), days_later=MARGIN_DAYS),
    )
