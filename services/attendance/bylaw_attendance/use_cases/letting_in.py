"""Lets a clock in by its serial number; one that is not registered, or was retired, is refused and noted."""

import re
from dataclasses import dataclass

from bylaw_chassis.database import Database, Work

from bylaw_attendance.clock_ports import PushingStore
from bylaw_attendance.rules.clock_refusals import ClockUnknown
from bylaw_attendance.rules.pushing import PushingClock

SERIAL_NUMBER = re.compile(r"[A-Za-z0-9_-]{4,32}")


@dataclass(frozen=True, slots=True)
class LettingIn:
    """The door for clocks."""

    database: Database
    pushing: PushingStore

    def met(self, work: Work, serial_number: str, **values: object) -> PushingClock | None:
        """Meets a clock, locked until the transaction ends, and answers it as it was before; None: not let in.

        A retired clock is shut out from its date on, by UTC. `values` are set beside the meeting.
        """
        found = self.pushing.find(work.connection, serial_number, lock=True)
        if found is None or (found.retire_date and found.retire_date <= work.now.date()):
            if SERIAL_NUMBER.fullmatch(serial_number):
                self.pushing.knock(work.connection, serial_number, work.now)
            return None
        contact = found.contact.met(work.now)
        self.pushing.change(work.connection, found.clock, seen_at=contact.seen_at, since=contact.since, **values)
        return found

    def come_in(self, serial_number: str, **values: object) -> PushingClock:
        """Meets a clock in a transaction of its own; refuses CLOCK_UNKNOWN once the knock is on record."""
        with self.database.work() as work:
            found = self.met(work, serial_number, **values)
        if found is None:
            raise ClockUnknown
        return found
