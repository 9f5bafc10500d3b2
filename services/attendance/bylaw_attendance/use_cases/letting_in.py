"""Lets a clock in by its serial number, and by its key and network; whoever is not let in is refused and noted."""

import re
from dataclasses import dataclass
from datetime import datetime

from bylaw_chassis.database import Database, Work
from bylaw_chassis.refusals import Refusal

from bylaw_attendance.ports.clocks import PushingStore
from bylaw_attendance.rules.clocks.clock_refusals import ClockNotTrusted, ClockUnknown
from bylaw_attendance.rules.clocks.clock_trust import ClockKeys, Visitor
from bylaw_attendance.rules.clocks.pushing import Contact, PushingClock, Trust

SERIAL_NUMBER = re.compile(r"[A-Za-z0-9_-]{4,32}")


def seen(clock: PushingClock, visitor: Visitor, now: datetime) -> tuple[Contact, Trust]:
    """A clock's contact and trust with this visit: a right key vouches for the address it came from."""
    vouches = bool(clock.trust.key_digest and visitor.key)
    trust = clock.trust._replace(key_address=visitor.address) if vouches else clock.trust
    return clock.contact.met(now), trust


@dataclass(frozen=True, slots=True)
class LettingIn:
    """The door for clocks."""

    database: Database
    pushing: PushingStore
    keys: ClockKeys

    def met(self, work: Work, visitor: Visitor, **values: object) -> PushingClock | Refusal:
        """Meets a clock, locked until the transaction ends, and answers it as it was before, or why it is not let in.

        A retired clock is shut out from its date on, by UTC. `values` are set beside the meeting. Whoever is not let in
        is no sign of the clock: what is known of its silence stays as it was.
        """
        found = self.admitted(work, visitor, self.pushing.find(work.connection, visitor.serial_number, lock=True))
        if not isinstance(found, Refusal):
            contact, trust = seen(found, visitor, work.now)
            met = {"seen_at": contact.seen_at, "since": contact.since, "key_address": trust.key_address}
            self.pushing.change(work.connection, found.clock, **met, **values)
        return found

    def admitted(self, work: Work, visitor: Visitor, found: PushingClock | None) -> PushingClock | Refusal:
        """The clock that was found, if whoever uses its serial number is let in; else why not, with that on record."""
        if found is None or (found.retire_date and found.retire_date <= work.now.date()):
            if SERIAL_NUMBER.fullmatch(visitor.serial_number):
                self.pushing.knock(work.connection, visitor.serial_number, work.now)
            return ClockUnknown()
        trouble = self.keys.distrust(found.trust, visitor)
        if trouble:
            self.pushing.note(work.connection, found.clock, [trouble], work.now, lasts=False)
            return ClockNotTrusted()
        return found

    def come_in(self, visitor: Visitor, **values: object) -> PushingClock:
        """Meets a clock in a transaction of its own; refuses CLOCK_UNKNOWN, CLOCK_NOT_TRUSTED, with that on record."""
        with self.database.work() as work:
            found = self.met(work, visitor, **values)
        if isinstance(found, Refusal):
            raise found
        return found
