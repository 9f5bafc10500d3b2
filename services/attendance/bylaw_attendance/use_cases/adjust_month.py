"""Makes another version of a closed sheet out of the punches that are known by now (SHT-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from bylaw_chassis.database import Database, Work

from bylaw_attendance.closing_ports import ClosedSheetStore
from bylaw_attendance.events import closed_sheet_corrected
from bylaw_attendance.ports import PatternBook, PunchStore, SheetStore
from bylaw_attendance.rules.closing import ClosedSheet, VersionCause
from bylaw_attendance.rules.closing_refusals import NothingToCorrect, SheetCorrected
from bylaw_attendance.rules.hand_over import last_day, next_month
from bylaw_attendance.rules.judge_recorded import judge_recorded
from bylaw_attendance.rules.judged_from import JudgedFrom
from bylaw_attendance.rules.plan_body import PlanBody
from bylaw_attendance.rules.punch_facts import NO_PUNCHES, PersonPunches, Punch, civil_instant, epoch_of
from bylaw_attendance.use_cases.load_month import MARGIN_DAYS


class Adjusting(NamedTuple):
    """Why another version is made, who says so, and the punches that they add."""

    cause: VersionCause
    reason: str
    by: str
    added: Sequence[Punch] = ()


@dataclass(frozen=True, slots=True)
class AdjustMonth:
    """The days, the patterns and their versions are those of the closing; only punches are more than there were."""

    database: Database
    punches: PunchStore
    sheets: SheetStore
    closed_sheets: ClosedSheetStore
    book: PatternBook

    def adjust(self, work: Work, closed: ClosedSheet, adjusting: Adjusting) -> ClosedSheet:
        """Makes the version that follows; refuses NOTHING_TO_CORRECT, SHEET_CORRECTED, what a pattern could not do."""
        known, plans = self.known(work.connection, closed), self.plans(work.connection, closed)
        punches = with_added(known, adjusting.added)
        sheet, record = judge_recorded(closed, plans, self.book.judge, punches=punches)
        if sheet.digest == closed.digest or not self._added(work, adjusting):
            raise NothingToCorrect(version=closed.version)
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
        )
        if not self.closed_sheets.add(work.connection, [made]):
            raise SheetCorrected(version=made.version)
        work.publish(closed_sheet_corrected(made))
        return made

    def _added(self, work: Work, adjusting: Adjusting) -> bool:
        """Whether every punch that is added is new."""
        added = list(adjusting.added)
        return not added or self.punches.add(work.connection, added) == len(added)

    def known(self, connection: sa.Connection, closed: ClosedSheet) -> PersonPunches:
        """The punches that are on record now, near a closed month."""
        start = civil_instant(closed.month, days_later=-MARGIN_DAYS)
        end = civil_instant(last_day(closed.month), days_later=MARGIN_DAYS)
        return self.punches.between(connection, [closed.person], start, end).get(closed.person, NO_PUNCHES)

    def plans(self, connection: sa.Connection, closed: ClosedSheet) -> dict[bytes, PlanBody]:
        """The plans that it was judged by."""
        keys = {one.key for one in JudgedFrom.unpack(closed.judged_from).stretches}
        packed = self.sheets.plan_bodies(connection, keys)
        return {key: PlanBody.unpack(body) for key, body in packed.items()}

    def _open_month(self, connection: sa.Connection, closed: ClosedSheet) -> date:
        last = self.closed_sheets.last_closed(connection, closed.person)
        return next_month(last or closed.month)


def with_added(punches: PersonPunches, added: Sequence[Punch]) -> PersonPunches:
    """Punches on record and those that are added, in the order in which they will be read."""
    known = list(zip(punches.seconds, punches.directions or bytes(len(punches.seconds)), strict=True))
    every = sorted(known + [(epoch_of(one.instant), int(one.direction)) for one in added])
    directions = bytes(direction for _, direction in every)
    return PersonPunches(tuple(second for second, _ in every), directions if any(directions) else b"")
