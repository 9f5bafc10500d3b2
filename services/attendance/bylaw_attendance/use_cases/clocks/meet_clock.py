"""Meets a clock: its hello, its question what to do, and its answers. Each is a sign of contact (ATT-4)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from bylaw_chassis.database import Database, Work
from bylaw_chassis.organisation.facts import SiteFacts
from bylaw_chassis.refusals import Refusal

from bylaw_attendance.ports.clocks import ClockCommandStore, PushingStore
from bylaw_attendance.ports.records import ClockStore, OrganisationStore
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.clocks.clock_commands import Command, answered
from bylaw_attendance.rules.clocks.clock_trust import Visitor
from bylaw_attendance.rules.clocks.pushing import PushingClock, reported_until
from bylaw_attendance.use_cases.clocks.count_clock_days import CountClockDays
from bylaw_attendance.use_cases.letting_in import LettingIn

SENT_AGAIN = timedelta(minutes=10)
"""How long a command waits for its answer before it is sent once more."""


class Greeting(NamedTuple):
    """How a clock shall behave."""

    utc_offset_minutes: int
    stamp: str
    operation_stamp: str
    photos: bool


@dataclass(frozen=True, slots=True)
class MeetClock:
    """What a clock hears when it calls."""

    database: Database
    door: LettingIn
    organisation: OrganisationStore
    pushing: PushingStore
    clocks: ClockStore
    commands: ClockCommandStore
    wants_photos: bool
    counting: CountClockDays

    def greet(self, visitor: Visitor) -> Greeting:
        """Greets a clock; refuses CLOCK_UNKNOWN, CLOCK_NOT_TRUSTED."""
        found = self.door.come_in(visitor, hello_at=self.database.clock())
        return Greeting(self._utc_offset_minutes(found), found.stamp, found.operation_stamp, self.wants_photos)

    def _utc_offset_minutes(self, clock: PushingClock) -> int:
        """What it shall add to UTC: its own offset, else its site's of now."""
        if clock.utc_offset_minutes is not None:
            return clock.utc_offset_minutes
        with self.database.read() as connection:
            site: SiteFacts = self.organisation.all_sites(connection)[clock.site]
        now = self.database.clock()
        zone = SiteZones.of(site).on(now.date())
        offset = now.astimezone(zone).utcoffset()
        return int(offset.total_seconds()) // 60 if offset else 0

    def poll(self, visitor: Visitor) -> list[Command]:
        """The commands that wait for a clock; notes how far its silence proves that it has reported.

        Refuses CLOCK_UNKNOWN, CLOCK_NOT_TRUSTED.
        """
        with self.database.work() as work:
            found = self.door.met(work, visitor)
            if not isinstance(found, Refusal):
                contact = found.contact.met(work.now)
                until = reported_until(contact, work.now, time_is_wrong=found.time_is_wrong)
                if until and found.hello_at:
                    self.clocks.report(work.connection, found.site, {found.serial_number: until})
                    self.counting.ask(work, found)
                return self._given(work, found)
        raise found

    def _given(self, work: Work, clock: PushingClock) -> list[Command]:
        """The commands that are due. What is sent because we ask for it is old and proves no wrong time."""
        given = self.commands.due(work.connection, clock.clock, work.now, again_before=work.now - SENT_AGAIN)
        if any(command.sends_again for command in given):
            self.pushing.change(work.connection, clock.clock, backlog_at=work.now)
        return given

    def answer(self, visitor: Visitor, content: bytes) -> None:
        """Notes what became of commands; refuses CLOCK_UNKNOWN, CLOCK_NOT_TRUSTED."""
        found = self.door.come_in(visitor)
        answers = answered(content.decode("utf-8", "replace").splitlines())
        with self.database.work() as work:
            ended = self.commands.answer(work.connection, found.clock, answers, work.now)
            self.counting.compare(work, found, ended)
