"""Takes punches that a clock pushed: all in one transaction, each line taken, repeated, or refused and kept (ATT-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from bylaw_chassis.call import in_call
from bylaw_chassis.database import Database, Work
from bylaw_chassis.files.refused import FileRefused
from bylaw_chassis.observe import log
from bylaw_chassis.organisation.known import Refresher
from bylaw_chassis.refusals import Refusal

from bylaw_attendance.ports.clocks import ArrivalStore, PushingStore
from bylaw_attendance.ports.records import BulkStore
from bylaw_attendance.rules.clocks.clock_refusals import ClockPushPostponed
from bylaw_attendance.rules.clocks.clock_trust import Visitor
from bylaw_attendance.rules.clocks.pushing import (
    UNBROKEN,
    Deviation,
    Figures,
    PushingClock,
    TroubleKind,
    deviation,
)
from bylaw_attendance.rules.imports import RefusedLine
from bylaw_attendance.rules.judging.punch import file_words
from bylaw_attendance.rules.judging.punch_facts import epoch_of
from bylaw_attendance.use_cases.clocks.located import Origin, unknown_people
from bylaw_attendance.use_cases.clocks.pushed import Pushed, concerns
from bylaw_attendance.use_cases.clocks.read_pushed import PushedLines, ReadPushed, pushed_lines, read_pushed
from bylaw_attendance.use_cases.letting_in import LettingIn, seen

SOURCE = "push"


@dataclass(frozen=True, slots=True)
class TakePunches:
    """The clock is met, its lines read and stored, and what they show of it noted in one transaction with one commit.

    Where that fails the clock is noted as not done, apart from the transaction and the call. Should even that be lost,
    with the process, the clock sends again every thirty seconds, and what it holds is not claimed for ten minutes.
    """

    database: Database
    refresher: Refresher
    door: LettingIn
    pushing: PushingStore
    arrivals: ArrivalStore
    punches: BulkStore

    def record(self, pushed: Pushed) -> int:
        """Stores punches; answers how many lines need not come again.

        Refuses CLOCK_UNKNOWN, CLOCK_NOT_TRUSTED, CLOCK_PUSH_POSTPONED.
        """
        try:
            found = self._recorded(pushed)
        except Exception:
            self._still_to_come(pushed.visitor)
            raise
        if isinstance(found, Refusal):
            raise found
        return found

    def _recorded(self, pushed: Pushed) -> int | Refusal:
        """What to answer; who is not known here may be known to people, so nobody is refused unasked."""
        try:
            lines = pushed_lines(pushed.content)
        except FileRefused as refused:
            return self._unreadable(pushed, refused)
        found = self._stored(pushed, lines, unknown_too=False)
        if found is None:
            self._still_to_come(pushed.visitor)
            found = self._stored(pushed, lines, unknown_too=self.refresher.refresh())
        if found is None:
            raise ClockPushPostponed
        return found

    def _stored(self, pushed: Pushed, lines: PushedLines, *, unknown_too: bool) -> int | Refusal | None:
        """Stores lines; nothing is stored, and nothing answered, while they name people who may yet become known."""
        with self.database.work() as work:
            arrival = self.arrivals.arriving(work.connection, pushed.visitor.serial_number, lines.numbers)
            clock = self.door.admitted(work, pushed.visitor, arrival and arrival.clock)
            if isinstance(clock, Refusal):
                return clock
            if arrival is None or (not unknown_too and len(arrival.people) < len(lines.numbers)):
                return None
            origin = Origin(SOURCE, work.now, None, clock.serial_number)
            return self._kept(work, pushed, read_pushed(lines, clock, arrival.zones, origin), (clock, arrival.people))

    def _kept(
        self, work: Work, pushed: Pushed, read: ReadPushed, known: tuple[PushingClock, Mapping[str, bytes]]
    ) -> int:
        clock, people = known
        concerns(work, clock)
        batches, unknown = read.chunk(0, len(read), people)
        refused = [*read.refused, *unknown_people(unknown)]
        stored = sum(len(batch.seconds) for batch in batches)
        repeated = sum(len(self.punches.add_many(work.connection, batch)) for batch in batches)
        total = len(read) + len(read.refused) + read.repeated_count
        figures = Figures(total, stored - repeated, repeated + read.repeated_count, len(refused))
        timed = self._judge_time(work, clock, read, has_new=figures.taken > 0)
        self._settle(work, pushed, timed, (figures, refused))
        return total

    def _unreadable(self, pushed: Pushed, refused: FileRefused) -> int | Refusal:
        """Sent again it would be no better: it is kept as refused, and the clock goes on."""
        lines = max(1, len(pushed.content.splitlines()))
        line = RefusedLine(0, "file", refused.reason.value, *file_words(refused))
        with self.database.work() as work:
            arrival = self.arrivals.arriving(work.connection, pushed.visitor.serial_number, [])
            clock = self.door.admitted(work, pushed.visitor, arrival and arrival.clock)
            if isinstance(clock, Refusal):
                return clock
            self.pushing.note(work.connection, clock.clock, [TroubleKind.BODY_REFUSED], work.now, lasts=False)
            concerns(work, clock)
            self._settle(work, pushed, clock, (Figures(lines, 0, 0, lines), [line]))
        return lines

    def _settle(
        self, work: Work, pushed: Pushed, clock: PushingClock, came_to: tuple[Figures, Sequence[RefusedLine]]
    ) -> None:
        """Notes the visit and what it came to; one that was not done before had something old to send."""
        figures, refused = came_to
        self.pushing.refuse_lines(work.connection, clock.clock, refused)
        contact, trust = seen(clock, pushed.visitor, work.now)
        backlog_at = work.now if contact.is_unsettled else contact.backlog_at
        contact = contact._replace(backlog_at=backlog_at, is_unsettled=False)
        settled = clock._replace(contact=contact, trust=trust, stamp=pushed.own_stamp)
        self.arrivals.count(work.connection, settled, figures)

    def _judge_time(self, work: Work, clock: PushingClock, read: ReadPushed, *, has_new: bool) -> PushingClock:
        """The clock with what the push says of its time; a trouble with it is noted or settled."""
        if read.latest_second is None:
            return clock
        received, allowed = epoch_of(read.origin.received_at), clock.allowed_lag_seconds
        found = deviation(read.latest_second, received, clock.contact, allowed_seconds=allowed, has_new=has_new)
        timed = self._note_time(work, clock, found) if found else clock
        oldest = read.latest_second if read.earliest_second is None else read.earliest_second
        if received - oldest > allowed + UNBROKEN.total_seconds():
            timed = timed._replace(contact=timed.contact._replace(backlog_at=work.now))
        return timed

    def _note_time(self, work: Work, clock: PushingClock, found: Deviation) -> PushingClock:
        if found.is_wrong:
            self.pushing.note(work.connection, clock.clock, [TroubleKind.TIME_WRONG], work.now, lasts=True)
        elif clock.time_is_wrong:
            self.pushing.settle(work.connection, clock.clock, TroubleKind.TIME_WRONG, work.now)
        return clock._replace(deviation_seconds=found.seconds, time_is_wrong=found.is_wrong)

    def _still_to_come(self, visitor: Visitor) -> None:
        """Notes that this clock is not done (ATT-4): outside of the call, whose time or transaction may be over."""
        try:
            with in_call(None), self.database.work() as work:
                self.arrivals.be_brief(work.connection)
                self.door.met(work, visitor, is_unsettled=True)
        except sa.exc.SQLAlchemyError as error:
            log().warning("clock_not_noted_as_unsettled", reason=type(error).__name__)
