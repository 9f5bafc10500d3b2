"""Lists the clocks, notes how far one has reported, and retires those that nobody shall wait for any more."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid, PermissionMissing

from bylaw_attendance.ports.records import ClockStore
from bylaw_attendance.rules.clocks.clocks import Clock
from bylaw_attendance.rules.judging.punch import FUTURE_TOLERANCE_SECONDS
from bylaw_attendance.rules.refusals import ClockNotFound
from bylaw_attendance.use_cases.sheets.finding import Finding

REPORT, RETIRE = "attendance.clocks.report", "attendance.clocks.retire"
FUTURE_TOLERANCE = timedelta(seconds=FUTURE_TOLERANCE_SECONDS)


@dataclass(frozen=True, slots=True)
class KeepClocks:
    """Clocks belong to sites and serve everybody there, so what changes one takes a reach over everybody."""

    database: Database
    finding: Finding
    clocks: ClockStore

    def listed(self, site: UUID | None) -> list[Clock]:
        """The clocks, or those of one site."""
        with self.database.read() as connection:
            return self.clocks.listed(connection, site)

    def report(self, site: str, device: str, until: datetime, *, reach: Reach) -> Clock:
        """Notes that a device has sent everything before an instant; refuses SITE_NOT_FOUND and FIELD_INVALID."""
        if not reach.everyone:
            raise PermissionMissing(permission=REPORT)
        if until > self.database.clock() + FUTURE_TOLERANCE:
            raise FieldInvalid(
                field="report_time",
                zh="早于该时刻的打卡不可能都已到齐：它在将来",
                en="not everything before it can be here: it lies in the future",
            )
        found = self.finding.site(site)
        with self.database.work() as work:
            return self.clocks.report(work.connection, found.site, {device: until})[0]

    def retire(self, identifier: UUID, retire_date: date, reach: Reach) -> Clock:
        """Retires a clock from a date; refuses CLOCK_NOT_FOUND."""
        if not reach.everyone:
            raise PermissionMissing(permission=RETIRE)
        with self.database.work() as work:
            clock = self.clocks.retire(work.connection, identifier, retire_date)
            if clock is None:
                raise ClockNotFound
        return clock
