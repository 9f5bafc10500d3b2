"""Lists the clocks and retires those that nobody shall wait for any more."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import PermissionMissing

from bylaw_attendance.ports import ClockStore
from bylaw_attendance.rules.clocks import Clock
from bylaw_attendance.rules.refusals import ClockNotFound

PERMISSION = "attendance.clocks.retire"


@dataclass(frozen=True, slots=True)
class KeepClocks:
    """Clocks belong to sites and serve everybody there, so retiring one takes a reach over everybody."""

    database: Database
    clocks: ClockStore

    def listed(self, site: UUID | None) -> list[Clock]:
        """The clocks, or those of one site."""
        with self.database.read() as connection:
            return self.clocks.listed(connection, site)

    def retire(self, identifier: UUID, retire_date: date, reach: Reach) -> Clock:
        """Retires a clock from a date; refuses CLOCK_NOT_FOUND."""
        if not reach.everyone:
            raise PermissionMissing(permission=PERMISSION)
        with self.database.work() as work:
            clock = self.clocks.retire(work.connection, identifier, retire_date)
            if clock is None:
                raise ClockNotFound
        return clock
