"""Takes what a clock pushed, each kind in its own way: all of it is stored, or the clock is known as not done."""

from dataclasses import dataclass

from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid

from bylaw_attendance.ports.clocks import PushingStore
from bylaw_attendance.rules.clocks.pushing import PushedTable, PushingClock, TroubleKind, operations
from bylaw_attendance.use_cases.clocks.pushed import Pushed, concerns
from bylaw_attendance.use_cases.clocks.read_pushed import LARGEST_PUSH_BYTES
from bylaw_attendance.use_cases.clocks.take_clock_photo import PhotoUnreadable, TakeClockPhoto
from bylaw_attendance.use_cases.clocks.take_punches import TakePunches
from bylaw_attendance.use_cases.letting_in import LettingIn


@dataclass(frozen=True, slots=True)
class TakePushed:
    """Whatever arrives and is not stored leaves the clock unsettled: what we could not keep is still to come."""

    database: Database
    door: LettingIn
    pushing: PushingStore
    punches: TakePunches
    photos: TakeClockPhoto

    def record(self, pushed: Pushed) -> int:
        """Stores a push; answers how many lines need not come again.

        Refuses CLOCK_UNKNOWN, CLOCK_NOT_TRUSTED, CLOCK_PUSH_POSTPONED.
        """
        if pushed.table is PushedTable.UNSPECIFIED:
            raise FieldInvalid(
                field="table", zh="须为打卡、操作记录或照片", en="expected punches, operations or a photo"
            )
        is_too_large = pushed.is_too_large or len(pushed.content) > LARGEST_PUSH_BYTES
        if pushed.table is PushedTable.PUNCHES and not is_too_large:
            return self.punches.record(pushed)
        clock = self.door.come_in(pushed.visitor, is_unsettled=True)
        if is_too_large:
            # A photo is no log: without it nothing that decides a day is still to come.
            is_photo = pushed.table is PushedTable.PHOTOS
            return self._not_taken(clock, **({"is_unsettled": clock.contact.is_unsettled} if is_photo else {}))
        return self._operations(clock, pushed) if pushed.table is PushedTable.OPERATIONS else self._photo(clock, pushed)

    def _not_taken(self, clock: PushingClock, **settled: bool) -> int:
        with self.database.work() as work:
            concerns(work, clock)
            if settled:
                self.pushing.change(work.connection, clock.clock, **settled)
            self.pushing.note(work.connection, clock.clock, [TroubleKind.BODY_REFUSED], work.now, lasts=False)
        return 0

    def _operations(self, clock: PushingClock, pushed: Pushed) -> int:
        lines = [line for line in pushed.content.decode("utf-8", "replace").splitlines() if line.strip()]
        seen = operations(lines)
        with self.database.work() as work:
            if seen:
                concerns(work, clock)
                self.pushing.note(work.connection, clock.clock, seen, work.now, lasts=False)
            settled = {"is_unsettled": clock.contact.is_unsettled}
            self.pushing.change(work.connection, clock.clock, operation_stamp=pushed.own_stamp, **settled)
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
