"""Puts checked cells of the rota in place, or takes them away, behind the locks of their months; has people told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Work
from bylaw_chassis.notices import have_told

from bylaw_attendance.events import rota_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.records import Calendar, PatternBook
from bylaw_attendance.ports.rota import LeaveLocks, RotaStore
from bylaw_attendance.rules.rota.floating_day import FLOATING
from bylaw_attendance.rules.rota.rota import CellsByPerson, PersonMonth, RotaCell
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.rules.rota.rota_notice import short_notice
from bylaw_attendance.rules.rota.rota_refusals import RotaFaults
from bylaw_attendance.use_cases.leave.measure_leave import have_measured
from bylaw_attendance.use_cases.rota.check_rota_months import CheckRotaMonths
from bylaw_attendance.use_cases.rota.load_rota import FloatingLeave, LoadRota, RotaFacts
from bylaw_attendance.use_cases.rota.plan_rota import PlanRota
from bylaw_attendance.use_cases.sheets.finding import Finding


class Put(NamedTuple):
    """The cells that are not as they were; how many of them came at short notice, and how many were taken back."""

    changed: Sequence[RotaCell]
    short_notice: int = 0
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class PutRota:
    """A cell that says nothing takes the one in its place away."""

    finding: Finding
    rota: RotaStore
    loader: LoadRota
    book: PatternBook
    calendar: Calendar
    closed: ClosedMonths
    limits: RotaLimits
    leave: LeaveLocks

    def check(self, facts: RotaFacts, cells: Mapping[int, RotaCell], kept: CellsByPerson, faults: RotaFaults) -> None:
        """Gathers the faults of the months in which these cells, by their numbers, change anything."""
        CheckRotaMonths(PlanRota.of(facts, self.book, self.calendar), self.limits, faults).check(cells, kept)

    def put(
        self, work: Work, cells: Mapping[int, RotaCell], caller: Caller, *, facts: RotaFacts, unit: UUID | None
    ) -> Put:
        """What somebody published since the check is looked at once more; refuses MONTH_CLOSED and ROTA_REFUSED."""
        made = list(cells.values())
        days = (min(cell.work_date for cell in made), max(cell.work_date for cell in made))
        self.hold(work, {cell.person_month for cell in made})
        standing = self.loader.cells(work.connection, {cell.person for cell in made}, days)
        on_leave = self._on_leave(work, made, facts)
        if standing != facts.cells or on_leave != facts.floating_leave:
            faults = RotaFaults()
            self.check(facts._replace(floating_leave=on_leave), cells, standing, faults)
            faults.check()
        return self._written(work, made, caller, standing=standing, unit=unit)

    def _on_leave(self, work: Work, made: Sequence[RotaCell], facts: RotaFacts) -> FloatingLeave:
        """The floating days asked for as leave, behind the locks of those who get one: no two are given at once."""
        floating = sorted({cell.person for cell in made if cell.code == FLOATING})
        for person in floating:
            self.leave.lock(work.connection, person)
            self.leave.touch(work.connection, person)
        people = {cell.person for cell in made}
        return self.loader.leave.floating_days(work.connection, people) if floating else facts.floating_leave

    def hold(self, work: Work, months: set[PersonMonth]) -> None:
        """One change at a time of these months, which are open; refuses MONTH_CLOSED."""
        self.rota.hold(work.connection, months)
        self.check_open(work.connection, months)

    def check_open(self, connection: sa.Connection, months: set[PersonMonth]) -> None:
        """Refuses MONTH_CLOSED."""
        for month in sorted({month for _, month in months}):
            self.closed.check_open_among(connection, {who for who, held in months if held == month}, month, month)

    def tell(self, work: Work, changed: Sequence[RotaCell], standing: CellsByPerson, *, unit: UUID | None) -> int:
        """Counts the change, puts it in the feed, and has those told whom it comes to at short notice."""
        if not changed:
            return 0
        months = self.rota.count_change(work.connection, {cell.person_month for cell in changed})
        work.publish(rota_changed(unit, months))
        days = [cell.work_date for cell in changed]
        have_measured(work, min(days), max(days), {cell.person for cell in changed})
        today, noticed_from = self.finding.today, self.noticed_from()
        have_told(work, short_notice(changed, standing, today=today, noticed_from=noticed_from))
        return sum(cell.work_date < noticed_from for cell in changed)

    def _written(
        self, work: Work, made: Sequence[RotaCell], caller: Caller, *, standing: CellsByPerson, unit: UUID | None
    ) -> Put:
        said = [cell for cell in made if not cell.says_nothing]
        gone = [cell for cell in made if cell.says_nothing and cell.work_date in standing.get(cell.person, {})]
        put = self.rota.publish(work.connection, said, now=work.now, by=caller.key, noticed_from=self.noticed_from())
        self.rota.take_back(work.connection, gone)
        changed = [*put, *gone]
        return Put(changed, self.tell(work, changed, standing, unit=unit), len(gone))

    def noticed_from(self) -> date:
        """The first day of which a change now is no short notice."""
        return self.finding.today + timedelta(self.limits.notice_days)
