"""Reads the punches that were missing in a closed month: local times at the site where somebody worked (SHT-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.database import Database
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.closing.hand_over import next_month
from bylaw_attendance.rules.closing.sheet_correction import MissingPunch
from bylaw_attendance.rules.judging.punch import EPOCH_ORDINAL, SECONDS_PER_DAY, PunchReason, localise, read_local_time
from bylaw_attendance.rules.judging.punch_facts import Punch, epoch_of, instant_of
from bylaw_attendance.rules.organisation import stay_near
from bylaw_attendance.rules.refusals import PunchRefused, punch_violation

SOURCE = "closed-month"


@dataclass(frozen=True, slots=True)
class ReadMissingPunches:
    """Keeps nothing."""

    database: Database
    organisation: OrganisationStore

    def read(self, person: UUID, month: date, wishes: Sequence[MissingPunch]) -> list[Punch]:
        """The punches as they would be on record; refuses as the contract says."""
        return [self._punch(person, month, wish, f"punches[{place}]") for place, wish in enumerate(wishes)]

    def _punch(self, person: UUID, month: date, wish: MissingPunch, field: str) -> Punch:
        read = read_local_time(wish.local_time)
        if isinstance(read, PunchReason):
            raise PunchRefused([punch_violation(f"{field}.local_time", read, wish.local_time)])
        day = date.fromordinal(EPOCH_ORDINAL + read.local_second // SECONDS_PER_DAY)
        # A last night ends on the first day of the next month; whether one does is looked at when the day is planned.
        if day.replace(day=1) != month and day != next_month(month):
            raise FieldInvalid(field=f"{field}.local_time", zh="不在该月之内", en="is of another month")
        now, zone = self.database.clock(), self._zone(person, day, field)
        located = localise(
            read.local_second, zone, received_second=epoch_of(now), sent_offset_minutes=read.sent_offset_minutes
        )
        if isinstance(located, PunchReason):
            raise PunchRefused([punch_violation(f"{field}.local_time", located, wish.local_time)])
        instant, offset = instant_of(located.instant_second), located.utc_offset_minutes
        told = (wish.local_time, offset, zone.key, "", wish.direction, "", SOURCE, now, None)
        return Punch(new_id(), person, instant, *told)

    def _zone(self, person: UUID, day: date, field: str) -> ZoneInfo:
        with self.database.read() as connection:
            stay = stay_near(self.organisation.stays_of(connection, [person]), day)
            site = self.organisation.all_sites(connection).get(stay.site) if stay and stay.site else None
        if site is None:
            raise FieldInvalid(
                field=f"{field}.local_time",
                zh="该员工当日没有工作地点，无法确定时区",
                en="the person has no site on that day, so no zone",
            )
        return ZoneInfo(site.on(day).time_zone)
