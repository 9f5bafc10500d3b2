"""Corrects closed sheets on record, and takes in the punches that came too late for a closing (SHT-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease
from bylaw_chassis.observe import log
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import FieldInvalid, Refusal
from bylaw_chassis.values import new_id

from bylaw_attendance.closing_ports import AdjustmentPlace, ClosedSheetStore
from bylaw_attendance.ports import OrganisationStore
from bylaw_attendance.rules.closing import ClosedSheet, ShownVersion, VersionCause
from bylaw_attendance.rules.closing_refusals import MonthNotClosed, NothingToCorrect, SheetCorrected, SheetOwn
from bylaw_attendance.rules.hand_over import last_day
from bylaw_attendance.rules.judged_from import JudgedFrom
from bylaw_attendance.rules.organisation import stay_near
from bylaw_attendance.rules.punch import EPOCH_ORDINAL, SECONDS_PER_DAY, PunchReason, localise, read_local_time
from bylaw_attendance.rules.punch_facts import Punch, epoch_of, instant_of
from bylaw_attendance.rules.refusals import PersonNotFound, PunchRefused, punch_violation
from bylaw_attendance.rules.sheet import within
from bylaw_attendance.use_cases.adjust_month import Adjusting, AdjustMonth
from bylaw_attendance.use_cases.finding import Finding

SOURCE = "closed-month"
MOST_PUNCHES = 100
LATE = "有打卡在结账后补传 · punches came after the closing"
LOOKS_BACK = timedelta(days=2)


class MissingPunch(NamedTuple):
    """A punch that was missing: the local time, and which way it went."""

    local_time: str
    direction: int


class CorrectionOfClosed(NamedTuple):
    """What is corrected and why, as of which version."""

    reason: str
    punches: Sequence[MissingPunch]
    seen: str


@dataclass(frozen=True, slots=True)
class CorrectClosed:
    """Corrects closed sheets, and shows their versions."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    closed_sheets: ClosedSheetStore
    adjusting: AdjustMonth

    def correct(
        self, person: UUID, month: date, wish: CorrectionOfClosed, *, caller: Caller, reach: Reach
    ) -> ShownVersion:
        """Makes another version; refuses as the contract says."""
        if not wish.reason.strip():
            raise FieldInvalid(field="reason", zh="请写明更正何事、何故", en="say what is corrected and why")
        found = self._person(person, month, reach)
        if caller.person == person:
            raise SheetOwn
        added = self._punches(found, month, wish.punches)
        with self.database.work() as work:
            closed = self.closed_sheets.newest(work.connection, person, month)
            if closed is None:
                raise MonthNotClosed(month=month)
            if wish.seen and wish.seen != str(closed.version):
                raise SheetCorrected(version=closed.version)
            why = Adjusting(VersionCause.CORRECTED, wish.reason.strip(), caller.key, added)
            made = self.adjusting.adjust(work, closed, why)
            return self.closed_sheets.versions(work.connection, person, month)[made.version - 1]

    def versions(self, person: UUID, month: date, reach: Reach) -> list[ShownVersion]:
        """All versions of a sheet; refuses PERSON_NOT_FOUND."""
        self._person(person, month, reach)
        with self.database.read() as connection:
            return self.closed_sheets.versions(connection, person, month)

    def adjustments(
        self, unit: UUID, month: date, reach: Reach, *, page: tuple[AdjustmentPlace | None, int]
    ) -> list[ShownVersion]:
        """What counts in a month, at and below a unit; refuses UNIT_NOT_FOUND."""
        day = min(last_day(month), max(month, self.finding.today))
        self.finding.unit(reach, unit, day)
        with self.database.read() as connection:
            return self.closed_sheets.adjustments(connection, month, reach, unit=unit, day=day, page=page)

    def _person(self, person: UUID, month: date, reach: Reach) -> KnownPerson:
        with self.database.read() as connection:
            found = self.organisation.person_between(connection, reach, (month, last_day(month)), person=person)
        if not found:
            raise PersonNotFound(person=f"people/{person}")
        return found[0]

    def _punches(self, person: KnownPerson, month: date, wishes: Sequence[MissingPunch]) -> list[Punch]:
        if len(wishes) > MOST_PUNCHES:
            raise FieldInvalid(
                field="punches", zh=f"一次至多 {MOST_PUNCHES} 条", en=f"expected at most {MOST_PUNCHES} of them"
            )
        return [self._punch(person, month, wish, f"punches[{place}]") for place, wish in enumerate(wishes)]

    def _punch(self, person: KnownPerson, month: date, wish: MissingPunch, field: str) -> Punch:
        read = read_local_time(wish.local_time)
        if isinstance(read, PunchReason):
            raise PunchRefused([punch_violation(f"{field}.local_time", read, wish.local_time)])
        day = date.fromordinal(EPOCH_ORDINAL + read.local_second // SECONDS_PER_DAY)
        if day.replace(day=1) != month:
            raise FieldInvalid(field=f"{field}.local_time", zh="不在该月之内", en="is of another month")
        now, zone = self.database.clock(), self._zone(person, day, field)
        located = localise(
            read.local_second, zone, received_second=epoch_of(now), sent_offset_minutes=read.sent_offset_minutes
        )
        if isinstance(located, PunchReason):
            raise PunchRefused([punch_violation(f"{field}.local_time", located, wish.local_time)])
        instant, offset = instant_of(located.instant_second), located.utc_offset_minutes
        told = (wish.local_time, offset, zone.key, "", wish.direction, "", SOURCE, now, None)
        return Punch(new_id(), person.person, instant, *told)

    def _zone(self, person: KnownPerson, day: date, field: str) -> ZoneInfo:
        with self.database.read() as connection:
            stay = stay_near(self.organisation.stays_of(connection, [person.person]), day)
            site = self.organisation.all_sites(connection).get(stay.site) if stay and stay.site else None
        if site is None:
            raise FieldInvalid(
                field=f"{field}.local_time",
                zh="该员工当日没有工作地点，无法确定时区",
                en="the person has no site on that day, so no zone",
            )
        return ZoneInfo(site.on(day).time_zone)


@dataclass(frozen=True, slots=True)
class TakeLatePunches:
    """The timer `late-punches`: what a clock sends of a month after it was closed becomes an adjustment, on record."""

    database: Database
    closed_sheets: ClosedSheetStore
    adjusting: AdjustMonth
    by: str

    def __call__(self, lease: Lease) -> None:
        """Adjusts whatever punches came late to; raises LeaseLost where another worker does so."""
        with self.database.work() as work:
            lease.hold(work.connection)
        self.take(self.database.clock() - LOOKS_BACK)

    def take(self, received_since: datetime) -> int:
        """How many sheets were adjusted for punches that were received since an instant."""
        with self.database.read() as connection:
            found = self.closed_sheets.late(connection, received_since)
        return sum(self._adjusted(person, month) for person, month in found)

    def _adjusted(self, person: UUID, month: date) -> bool:
        with self.database.read() as connection:
            closed = self.closed_sheets.newest(connection, person, month)
            if closed is None or not self._has_more(connection, closed):
                return False
        try:
            with self.database.work() as work:
                self.adjusting.adjust(work, closed, Adjusting(VersionCause.LATE_PUNCHES, LATE, self.by))
        except NothingToCorrect:
            return False
        except Refusal as refusal:
            log().warning("late_punches_wait", reason=refusal.reason)  # they are looked at again
            return False
        return True

    def _has_more(self, connection: sa.Connection, closed: ClosedSheet) -> bool:
        """Whether a punch is known that some stretch could have bound: most are of the month beside it."""
        known, plans = self.adjusting.known(connection, closed), self.adjusting.plans(connection, closed)
        stretches = JudgedFrom.unpack(closed.judged_from).stretches
        return any(within(known, plans[one.key]) != one.punches for one in stretches)
