"""Compares a clock's own count of a day with what is on record, once a day and once more where it is short (ATT-4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Work
from bylaw_chassis.organisation.facts import SiteFacts
from bylaw_chassis.values import resource_name

from bylaw_attendance.ports.clocks import ClockCommandStore, ClockCountStore, PushingStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.clocks.clock_commands import Answered, count_records, counted_day, send_again
from bylaw_attendance.rules.clocks.clock_counts import DayCount, day_to_count, may_be_due, span_of
from bylaw_attendance.rules.clocks.pushing import PushingClock, TroubleKind

OURSELVES = Caller(service="attendance")


@dataclass(frozen=True, slots=True)
class CountClockDays:
    """A part of meeting a clock; each runs in the transaction of the meeting."""

    organisation: OrganisationStore
    pushing: PushingStore
    commands: ClockCommandStore
    counts: ClockCountStore

    def ask(self, work: Work, clock: PushingClock) -> None:
        """Has a clock that is quiet count yesterday, if it was not asked for that yet."""
        if clock.time_is_wrong or not may_be_due(clock.count_asked_for, work.now):
            return
        contact = clock.contact.met(work.now)
        day = day_to_count(clock.count_asked_for, work.now, self._offset_minutes(work, clock))
        if day is None or not contact.is_quiet(work.now):
            return
        self.commands.ask(work.connection, clock.clock, count_records(day, day), now=work.now, by=OURSELVES.key)
        self.pushing.change(work.connection, clock.clock, count_asked_for=day)

    def compare(self, work: Work, clock: PushingClock, answers: Sequence[tuple[str, Answered]]) -> None:
        """Compares what a clock answered: each with the command as it was given."""
        for command, answer in answers:
            day = counted_day(command)
            if day and answer.record_count is not None:
                self._compare(work, clock, day, answer.record_count)

    def _compare(self, work: Work, clock: PushingClock, day: date, clock_count: int) -> None:
        start, end = span_of(day, self._zones(work, clock), clock.utc_offset_minutes)
        recorded = self.counts.recorded(work.connection, clock.serial_number, start, end)
        found = self.counts.keep(work.connection, clock.clock, DayCount(day, clock_count, recorded, work.now))
        if found.is_short:
            work.act_as(OURSELVES)
            work.concerns(resource_name("clocks", clock.clock))
            self.pushing.note(work.connection, clock.clock, [TroubleKind.COUNT_SHORT], work.now, lasts=True)
        elif not self.counts.short_days(work.connection, clock.clock):
            self.pushing.settle(work.connection, clock.clock, TroubleKind.COUNT_SHORT, work.now)
        # What was ahead of our time then is no longer ahead: sent again it would be taken, at the wrong time.
        was_wrong = self.pushing.seen_since(work.connection, clock.clock, TroubleKind.TIME_WRONG, start)
        if found.is_sent_again and not was_wrong:
            for command in (send_again(day, day), count_records(day, day)):
                self.commands.ask(work.connection, clock.clock, command, now=work.now, by=OURSELVES.key)

    def _offset_minutes(self, work: Work, clock: PushingClock) -> int:
        if clock.utc_offset_minutes is not None:
            return clock.utc_offset_minutes
        offset = work.now.astimezone(self._zones(work, clock).on(work.now.date())).utcoffset()
        return int(offset.total_seconds()) // 60 if offset else 0

    def _zones(self, work: Work, clock: PushingClock) -> SiteZones:
        site: SiteFacts = self.organisation.all_sites(work.connection)[clock.site]
        return SiteZones.of(site)
