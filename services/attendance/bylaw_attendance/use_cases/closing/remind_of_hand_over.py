"""Has people remind the heads of units of the hand-over, and learn of those that were made (SHT-1)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal

from bylaw_attendance.ports.closing import UnitMonthStore
from bylaw_attendance.ports.duties import DutyDesk
from bylaw_attendance.rules.closing.closing import UnitMonth, month_before, unit_month_name
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.unit_people import FindUnitPeople


@dataclass(frozen=True, slots=True)
class RemindOfHandOver:
    """The timer `hand-over-duties`: a duty for each unit to which somebody's last month belongs, done once it was."""

    database: Database
    finding: Finding
    people: FindUnitPeople
    months: UnitMonthStore
    duties: DutyDesk

    def __call__(self, lease: Lease) -> None:
        """Declares and closes; raises LeaseLost where another worker does so."""
        with self.database.work() as work:
            lease.hold(work.connection)
        self.remind(month_before(self.finding.today))

    def remind(self, month: date) -> None:
        """Of the hand-over of a month; whatever people refuses is tried again the next time."""
        with self.database.read() as connection:
            found = self.people.everywhere(connection, month)
            made = self.months.among(connection, sorted(found.people), month)
        for unit in sorted(found.people):
            try:
                self._remind(unit, month, made.get(unit), by=self.people.hand_over(found, unit, month))
            except Refusal as refusal:
                log().warning("hand_over_not_reminded", reason=refusal.reason)

    def _remind(self, unit: UUID, month: date, made: UnitMonth | None, *, by: tuple[date, UUID | None]) -> None:
        last, site = by
        self.duties.declare_hand_over(unit, rolls_at=site if self.people.rolls else None)
        if made:
            who = caller_by_key(made.handed_over_by).person
            self.duties.close_hand_over(unit, last, record=unit_month_name(unit, month), by=who)
