"""Asks that a missed punch be taken as made: checks the day, what is on record and the month's quota (ATT-1)."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import KnownPerson
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id

from bylaw_attendance.events import punch_correction_changed
from bylaw_attendance.ports.closing import ClosedMonths
from bylaw_attendance.ports.corrections import CorrectionStore
from bylaw_attendance.ports.records import OrganisationStore
from bylaw_attendance.rules.calendar.site_zones import SiteZones
from bylaw_attendance.rules.closing.correction import (
    SAME_STAMP,
    Correction,
    CorrectionLimits,
    CorrectionWish,
    employed_at,
    local_day,
)
from bylaw_attendance.rules.closing.correction_refusals import CorrectionAsked, PunchOnRecord
from bylaw_attendance.rules.judging.punch import (
    EPOCH_ORDINAL,
    SECONDS_PER_DAY,
    PunchReason,
    localise,
    read_local_time,
)
from bylaw_attendance.rules.judging.punch_facts import Direction, epoch_of, instant_of
from bylaw_attendance.rules.refusals import PersonNotFound, PunchRefused, punch_violation
from bylaw_attendance.rules.sheets.shown_sheet import local_text
from bylaw_attendance.use_cases.sheets.finding import Finding

FIELD = "punch_correction"


class _Reading(NamedTuple):
    """What a wall clock would have shown: seconds since 1970-01-01 00:00 on it, and the date."""

    second: int
    day: date


@dataclass(frozen=True, slots=True)
class AskCorrection:
    """Everybody asks for themselves alone, whatever they hold."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    corrections: CorrectionStore
    limits: CorrectionLimits
    closed: ClosedMonths

    def ask(self, wish: CorrectionWish, caller: Caller) -> Correction:
        """Keeps what is asked; refuses as the contract says."""
        _check_form(wish)
        reading = _read(wish.local_time)
        person = self._oneself(caller)
        made = self._located(person, wish, reading, self._zone(person, reading))
        with self.database.work() as work:
            self.corrections.lock_person(work.connection, made.person)
            self.closed.check_open(work.connection, made.person, made.local.date(), made.local.date())
            self._check_record(work.connection, made)
            self.limits.check_month(made.month, self.corrections.counting(work.connection, made.person, made.month))
            self.corrections.add(work.connection, made)
            work.publish(punch_correction_changed(made))
        return made

    def _oneself(self, caller: Caller) -> KnownPerson:
        if caller.person is None:
            raise PersonNotFound(person=caller.key)
        return self.finding.person(Reach(own=caller.person), caller.person)

    def _zone(self, person: KnownPerson, reading: _Reading) -> ZoneInfo:
        """The zone of the person's site on the day; refuses PERSON_NOT_EMPLOYED."""
        with self.database.read() as connection:
            stays = self.organisation.stays_of(connection, [person.person])
            stay = employed_at(stays, reading.day, person=person.number)
            site = self.organisation.all_sites(connection).get(stay.site) if stay.site else None
        if site is None:
            raise FieldInvalid(
                field=f"{FIELD}.person",
                zh="您当日没有工作地点，无法确定时区",
                en="you have no site on that day, so no zone",
            )
        return SiteZones.of(site).at(reading.second)

    def _located(self, person: KnownPerson, wish: CorrectionWish, reading: _Reading, zone: ZoneInfo) -> Correction:
        now = self.database.clock()
        located = localise(reading.second, zone, received_second=epoch_of(now))
        if isinstance(located, PunchReason):
            raise _unreadable(located, wish.local_time)
        self.limits.check_day(reading.day, local_day(now, zone))
        return Correction(
            new_id(),
            person.person,
            instant_of(located.instant_second),
            located.utc_offset_minutes,
            zone.key,
            wish.direction,
            wish.reason.strip(),
            wish.evidence.strip(),
            now,
            number=person.number,
        )

    def _check_record(self, connection: sa.Connection, made: Correction) -> None:
        """Refuses PUNCH_ON_RECORD and CORRECTION_ASKED."""
        check_no_punch(connection, self.corrections, made)
        if waits := self.corrections.waiting_near(connection, made, SAME_STAMP):
            raise CorrectionAsked(found=f"{waits.local:%Y-%m-%d %H:%M}", correction=waits.name)


def check_no_punch(connection: sa.Connection, corrections: CorrectionStore, made: Correction) -> None:
    """Refuses PUNCH_ON_RECORD where a punch is there that a correction would only repeat."""
    if found := corrections.punch_near(connection, made, SAME_STAMP):
        raise PunchOnRecord(found=local_text(epoch_of(found), made.time_zone), wished=f"{made.local:%Y-%m-%d %H:%M:%S}")


def _check_form(wish: CorrectionWish) -> None:
    if wish.direction == Direction.UNCERTAIN:
        raise FieldInvalid(
            field=f"{FIELD}.direction",
            zh="请说明是上班(DIRECTION_IN)还是下班(DIRECTION_OUT)",
            en="say whether it is DIRECTION_IN or DIRECTION_OUT",
        )
    if not wish.reason.strip():
        raise FieldInvalid(field=f"{FIELD}.reason", zh="请填写漏打卡的原因", en="say why the punch was missed")


def _read(text: str) -> _Reading:
    """A time without an offset: it is meant at the person's site."""
    read = read_local_time(text)
    if isinstance(read, PunchReason):
        raise _unreadable(read, text)
    if read.sent_offset_minutes is not None:
        raise _unreadable(PunchReason.LINE_MALFORMED, text)
    return _Reading(read.local_second, date.fromordinal(EPOCH_ORDINAL + read.local_second // SECONDS_PER_DAY))


def _unreadable(reason: PunchReason, text: str) -> PunchRefused:
    return PunchRefused([punch_violation(f"{FIELD}.local_time", reason, text)])
