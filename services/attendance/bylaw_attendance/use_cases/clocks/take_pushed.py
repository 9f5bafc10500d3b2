"""Takes what a clock pushed: all of it in one transaction, each line taken, repeated, or refused and kept (ATT-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database, Work
from bylaw_chassis.organisation.facts import SiteFacts
from bylaw_chassis.organisation.known import Refresher
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_name

from bylaw_attendance.ports.clocks import PushingStore
from bylaw_attendance.ports.records import BulkStore, OrganisationStore
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.clocks.clock_refusals import ClockPushPostponed
from bylaw_attendance.rules.clocks.clock_trust import Visitor
from bylaw_attendance.rules.clocks.pushing import (
    UNBROKEN,
    Deviation,
    Figures,
    PushedTable,
    PushingClock,
    TroubleKind,
    deviation,
    operations,
)
from bylaw_attendance.rules.imports import RefusedLine
from bylaw_attendance.rules.judging.punch import FileRefused
from bylaw_attendance.rules.judging.punch_facts import epoch_of
from bylaw_attendance.use_cases.clocks.located import Origin, unknown_people
from bylaw_attendance.use_cases.clocks.read_pushed import LARGEST_PUSH_BYTES, ReadPushed, read_pushed
from bylaw_attendance.use_cases.clocks.take_clock_photo import PhotoUnreadable, TakeClockPhoto
from bylaw_attendance.use_cases.letting_in import LettingIn

SOURCE, LONGEST_STAMP = "push", 64
OURSELVES = Caller(service="attendance")


class Pushed(NamedTuple):
    """What a clock sent."""

    visitor: Visitor
    table: PushedTable
    stamp: str
    content: bytes
    is_too_large: bool


@dataclass(frozen=True, slots=True)
class TakePushed:
    """Whatever arrives leaves the clock unsettled until it is stored: what we could not keep is still to come."""

    database: Database
    refresher: Refresher
    door: LettingIn
    organisation: OrganisationStore
    pushing: PushingStore
    punches: BulkStore
    photos: TakeClockPhoto

    def record(self, pushed: Pushed) -> int:
        """Stores a push; answers how many lines need not come again.

        Refuses CLOCK_UNKNOWN, CLOCK_NOT_TRUSTED, CLOCK_PUSH_POSTPONED.
        """
        if pushed.table is PushedTable.UNSPECIFIED:
            raise FieldInvalid(
                field="table", zh="须为打卡、操作记录或照片", en="expected punches, operations or a photo"
            )
        clock = self.door.come_in(pushed.visitor, is_unsettled=True)
        if pushed.is_too_large or len(pushed.content) > LARGEST_PUSH_BYTES:
            # A photo is no log: without it nothing that decides a day is still to come.
            is_photo = pushed.table is PushedTable.PHOTOS
            return self._not_taken(clock, **({"is_unsettled": clock.contact.is_unsettled} if is_photo else {}))
        if pushed.table is PushedTable.PUNCHES:
            return self._punches(clock, pushed)
        return self._operations(clock, pushed) if pushed.table is PushedTable.OPERATIONS else self._photo(clock, pushed)

    def _not_taken(self, clock: PushingClock, **settled: bool) -> int:
        with self.database.work() as work:
            self._concerns(work, clock)
            if settled:
                self.pushing.change(work.connection, clock.clock, **settled)
            self.pushing.note(work.connection, clock.clock, [TroubleKind.BODY_REFUSED], work.now, lasts=False)
        return 0

    def _operations(self, clock: PushingClock, pushed: Pushed) -> int:
        lines = [line for line in pushed.content.decode("utf-8", "replace").splitlines() if line.strip()]
        seen = operations(lines)
        with self.database.work() as work:
            if seen:
                self._concerns(work, clock)
                self.pushing.note(work.connection, clock.clock, seen, work.now, lasts=False)
            settled = {"is_unsettled": clock.contact.is_unsettled}
            self.pushing.change(work.connection, clock.clock, operation_stamp=_stamp(pushed), **settled)
        return len(lines)

    def _photo(self, clock: PushingClock, pushed: Pushed) -> int:
        """A photo that cannot be read would be no better sent again: the clock goes on, and its trouble shows."""
        try:
            self.photos.take(clock, pushed.content)
        except PhotoUnreadable:
            return self._not_taken(clock, is_unsettled=clock.contact.is_unsettled) + 1
        with self.database.work() as work:
            self.pushing.change(work.connection, clock.clock, is_unsettled=clock.contact.is_unsettled)
        return 1

    def _punches(self, clock: PushingClock, pushed: Pushed) -> int:
        origin = Origin(SOURCE, self.database.clock(), None, clock.serial_number)
        try:
            with self.database.read() as connection:
                site: SiteFacts = self.organisation.all_sites(connection)[clock.site]
                read = read_pushed(pushed.content, SiteZones.of(site), origin, clock.utc_offset_minutes)
                people = self._known(connection, read)
        except FileRefused as refused:
            return self._unreadable(clock, pushed, refused)
        if len(people) < len(read.numbers):
            people = self._asked(read)
        batches, unknown = read.chunk(0, len(read), people)
        refused_lines = [*read.refused, *unknown_people(unknown)]
        with self.database.work() as work:
            self._concerns(work, clock)
            stored = sum(len(batch.seconds) for batch in batches)
            repeated = sum(len(self.punches.add_many(work.connection, batch)) for batch in batches)
            total = len(read) + len(read.refused) + read.repeated_count
            figures = Figures(total, stored - repeated, repeated + read.repeated_count, len(refused_lines))
            timing = self._judge_time(work, clock, read, has_new=figures.taken > 0)
            self._settle(work, clock, pushed, refused_lines, figures=figures, timing=timing)
        return figures.read

    def _asked(self, read: ReadPushed) -> Mapping[str, bytes]:
        """The people of the lines; who is not known here may be known to people, so nothing is refused unasked."""
        is_fresh = self.refresher.refresh()
        with self.database.read() as connection:
            found = self._known(connection, read)
        if not is_fresh and len(found) < len(read.numbers):
            raise ClockPushPostponed
        return found

    def _known(self, connection: sa.Connection, read: ReadPushed) -> Mapping[str, bytes]:
        day, everybody = read.origin.received_at.date(), Reach(everyone=True)
        found = self.organisation.find_people(connection, everybody, day, numbers=read.numbers)
        return {one.number: one.person.bytes for one in found}

    def _unreadable(self, clock: PushingClock, pushed: Pushed, refused: FileRefused) -> int:
        """Sent again it would be no better: it is kept as refused, and the clock goes on."""
        lines = max(1, len(pushed.content.splitlines()))
        line = RefusedLine(0, "file", refused.reason.value, refused.zh, refused.en)
        with self.database.work() as work:
            self.pushing.note(work.connection, clock.clock, [TroubleKind.BODY_REFUSED], work.now, lasts=False)
            self._concerns(work, clock)
            self._settle(work, clock, pushed, [line], figures=Figures(lines, 0, 0, lines), timing={})
        return lines

    def _settle(
        self,
        work: Work,
        clock: PushingClock,
        pushed: Pushed,
        refused: Sequence[RefusedLine],
        *,
        figures: Figures,
        timing: Mapping[str, object],
    ) -> None:
        self.pushing.refuse_lines(work.connection, clock.clock, refused)
        settled: dict[str, object] = {"is_unsettled": False, "stamp": _stamp(pushed), **timing}
        if clock.contact.is_unsettled:
            settled["backlog_at"] = work.now
        self.pushing.count(work.connection, clock.clock, figures, **settled)

    def _judge_time(self, work: Work, clock: PushingClock, read: ReadPushed, *, has_new: bool) -> dict[str, object]:
        """What the push says of the clock's time, to be kept of it; a trouble with it is noted or settled."""
        if read.latest_second is None:
            return {}
        received, allowed = epoch_of(read.origin.received_at), clock.allowed_lag_seconds
        found = deviation(read.latest_second, received, clock.contact, allowed_seconds=allowed, has_new=has_new)
        told = self._note_time(work, clock, found) if found else {}
        oldest = read.latest_second if read.earliest_second is None else read.earliest_second
        if received - oldest > allowed + UNBROKEN.total_seconds():
            told["backlog_at"] = work.now
        return told

    def _note_time(self, work: Work, clock: PushingClock, found: Deviation) -> dict[str, object]:
        if found.is_wrong:
            self.pushing.note(work.connection, clock.clock, [TroubleKind.TIME_WRONG], work.now, lasts=True)
        elif clock.time_is_wrong:
            self.pushing.settle(work.connection, clock.clock, TroubleKind.TIME_WRONG, work.now)
        return {"deviation_seconds": found.seconds, "time_is_wrong": found.is_wrong}

    def _concerns(self, work: Work, clock: PushingClock) -> None:
        work.act_as(OURSELVES)
        work.concerns(resource_name("clocks", clock.clock))


def _stamp(pushed: Pushed) -> str:
    """The stamp as sent, if it is one; it is the clock's own word and only handed back to it."""
    stamp = pushed.stamp[:LONGEST_STAMP]
    return stamp if stamp.isalnum() and stamp.isascii() else ""
