"""Takes in the punches that came too late for a closing: each becomes an adjustment, on record (SHT-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal

from bylaw_attendance.ports.closing import ClosedMonths, ClosedSheetStore, LatePunchStore
from bylaw_attendance.rules.closing.closing import ClosedSheet, LateBatch, VersionCause
from bylaw_attendance.rules.closing.closing_refusals import NothingToCorrect
from bylaw_attendance.rules.judging.judged_from import JudgedFrom
from bylaw_attendance.rules.sheets.sheet import SheetBody, beside, within
from bylaw_attendance.use_cases.closing.adjust_month import Adjusting, AdjustMonth

LATE = "有打卡在结账后补传或剔除 · punches came, or were struck, after the closing"
BATCH = 500


@dataclass(frozen=True, slots=True)
class TakeLatePunches:
    """The timer `late-punches`: however long it was off, nobody is left out, and what it costs is what came late.

    What a pattern fails at is looked at again the next time; so is what was not done when a worker dies.
    """

    database: Database
    closed: ClosedMonths
    late: LatePunchStore
    closed_sheets: ClosedSheetStore
    adjusting: AdjustMonth
    by: str

    def __call__(self, lease: Lease) -> None:
        """Adjusts whatever punches came late to; raises LeaseLost where another worker does so."""
        with self.database.work() as work:
            lease.hold(work.connection)
        self.take()

    def take(self) -> int:
        """How many sheets were adjusted."""
        made, batch = 0, self._batch(0)
        while batch.end is not None:
            made += sum(self._adjusted(*of, places=places) for of, places in sorted(batch.closed.items()))
            batch = self._batch(batch.end)
        return made

    def _batch(self, place: int) -> LateBatch:
        with self.database.work() as work:
            self.closed.keep_open(work.connection)
            return self.late.settled(work.connection, place, BATCH)

    def _adjusted(self, person: UUID, month: date, *, places: Sequence[int]) -> bool:
        with self.database.read() as connection:
            closed = self.closed_sheets.newest(connection, person, month)
            has_more = closed is not None and self._has_more(connection, closed)
        try:
            with self.database.work() as work:
                if closed and has_more:
                    self.adjusting.adjust(work, closed, Adjusting(VersionCause.LATE_PUNCHES, LATE, self.by))
                self.late.forget(work.connection, places)
        except NothingToCorrect:
            self._forget(places)
            return False
        except Refusal as refusal:
            log().warning("late_punches_wait", reason=refusal.reason)
            return False
        return has_more

    def _forget(self, places: Sequence[int]) -> None:
        with self.database.work() as work:
            self.late.forget(work.connection, places)

    def _has_more(self, connection: sa.Connection, closed: ClosedSheet) -> bool:
        """Whether a punch is known that some stretch could have bound, or that may end a night's overtime.

        Most are of the month beside it.
        """
        known, plans = self.adjusting.known(connection, closed), self.adjusting.plans(connection, closed)
        stretches = JudgedFrom.unpack(closed.judged_from).stretches
        around = beside(known, SheetBody.unpack(closed.body))
        return closed.beside not in (None, around) or any(
            within(known, plans[one.key]) != one.punches for one in stretches
        )
