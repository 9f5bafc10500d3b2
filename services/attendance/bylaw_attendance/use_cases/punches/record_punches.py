"""Records punches that a caller sends: all of them or none, each faulty one named (ATT-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.organisation.facts import SiteFacts, Stay
from bylaw_chassis.refusals import FieldInvalid, Refusal, Violation
from bylaw_chassis.values import new_id

from bylaw_attendance.ports.records import OrganisationStore, PunchStore
from bylaw_attendance.rules.judging.punch import (
    EPOCH_ORDINAL,
    SECONDS_PER_DAY,
    LocalTime,
    PunchReason,
    localise,
    read_local_time,
)
from bylaw_attendance.rules.judging.punch_facts import Punch, PunchWish, epoch_of, instant_of
from bylaw_attendance.rules.organisation import stay_near
from bylaw_attendance.rules.refusals import (
    BatchTooLarge,
    PersonNotFound,
    PunchRefused,
    punch_violation,
    refusal_violation,
)
from bylaw_attendance.use_cases.sheets.finding import Finding

LARGEST_BATCH = 10_000
LONGEST_TEXT = 64
SOURCE = "api"


class Recorded(NamedTuple):
    """What became of a batch."""

    taken: int
    repeated: int


class _Places(NamedTuple):
    """Where people work and in which zones."""

    people: Mapping[UUID | str, UUID]
    stays: Mapping[UUID, Sequence[Stay]]
    sites: Mapping[UUID, SiteFacts]

    def zone(self, person: UUID, day: date, field: str) -> ZoneInfo:
        """The zone of the person's site on a day."""
        stay = stay_near(self.stays.get(person, ()), day)
        site = self.sites.get(stay.site) if stay and stay.site else None
        if site is None:
            raise FieldInvalid(
                field=f"{field}person", zh="该员工没有工作地点，无法确定时区", en="the person has no site, so no zone"
            )
        return ZoneInfo(site.on(day).time_zone)


@dataclass(frozen=True, slots=True)
class RecordPunches:
    """Records one punch or a batch."""

    database: Database
    finding: Finding
    organisation: OrganisationStore
    punches: PunchStore

    def one(self, wish: PunchWish, reach: Reach) -> Punch:
        """Records a punch and answers it, or the one on record that it repeats."""
        punch = self._punches([wish], reach, ["punch."])[0]
        with self.database.work() as work:
            if self.punches.add(work.connection, [punch]):
                return punch
            return self.punches.same_as(work.connection, punch)

    def batch(self, wishes: Sequence[PunchWish], reach: Reach) -> Recorded:
        """Records all or none."""
        if len(wishes) > LARGEST_BATCH:
            raise BatchTooLarge(limit=LARGEST_BATCH, count=len(wishes))
        punches = self._punches(wishes, reach, [f"punches[{number}]." for number in range(len(wishes))])
        with self.database.work() as work:
            in_order = sorted(punches, key=lambda punch: (punch.person, punch.instant, punch.device, punch.status))
            taken = self.punches.add(work.connection, in_order) if in_order else 0
        return Recorded(taken, len(punches) - taken)

    def _punches(self, wishes: Sequence[PunchWish], reach: Reach, fields: Sequence[str]) -> list[Punch]:
        places = self._places(wishes, reach, fields)
        read: list[Punch] = []
        faults: list[Violation] = []
        for wish, field in zip(wishes, fields, strict=True):
            try:
                read.append(self._punch(wish, places, field))
            except Refusal as refusal:
                if len(wishes) == 1:
                    raise
                faults.append(_violation(field, refusal))
        if faults:
            raise PunchRefused(faults)
        return read

    def _places(self, wishes: Sequence[PunchWish], reach: Reach, fields: Sequence[str]) -> _Places:
        ids = {wish.person for wish in wishes if wish.person}
        numbers = {wish.employee_number for wish in wishes if not wish.person}
        found = self.finding.people(reach, ids=ids, numbers=numbers)
        _check_numbers(wishes, {one.person: one.number for one in found}, fields)
        people: dict[UUID | str, UUID] = {one.number: one.person for one in found if one.number in numbers}
        people.update({one.person: one.person for one in found if one.person in ids})
        stays: dict[UUID, list[Stay]] = {}
        with self.database.read() as connection:
            for stay in self.organisation.stays_of(connection, set(people.values())):
                stays.setdefault(stay.person, []).append(stay)
            return _Places(people, stays, self.organisation.all_sites(connection))

    def _punch(self, wish: PunchWish, places: _Places, field: str) -> Punch:
        wanted = wish.person or wish.employee_number
        if wanted not in places.people:
            raise _nobody(wish, field)
        _check_texts(wish, field)
        read = read_local_time(wish.local_time)
        if isinstance(read, PunchReason):
            raise PunchRefused([punch_violation(f"{field}local_time", read, wish.local_time)])
        return self._located(wish, places.people[wanted], read, places=places, field=field)

    def _located(self, wish: PunchWish, person: UUID, read: LocalTime, *, places: _Places, field: str) -> Punch:
        now = self.database.clock()
        day = date.fromordinal(EPOCH_ORDINAL + read.local_second // SECONDS_PER_DAY)
        zone = places.zone(person, day, field)
        located = localise(
            read.local_second, zone, received_second=epoch_of(now), sent_offset_minutes=read.sent_offset_minutes
        )
        if isinstance(located, PunchReason):
            raise PunchRefused([punch_violation(f"{field}local_time", located, wish.local_time)])
        return Punch(
            new_id(),
            person,
            instant_of(located.instant_second),
            wish.local_time,
            located.utc_offset_minutes,
            zone.key,
            wish.device,
            wish.direction,
            wish.status,
            SOURCE,
            now,
            None,
        )


def _check_numbers(wishes: Sequence[PunchWish], numbers: Mapping[UUID, str], fields: Sequence[str]) -> None:
    """Whoever gives both a person and a number must mean the same one."""
    for wish, field in zip(wishes, fields, strict=True):
        known = numbers.get(wish.person) if wish.person else None
        if known and wish.employee_number not in {"", known}:
            raise FieldInvalid(
                field=f"{field}employee_number", zh="与 person 不是同一人", en="is not the number of the person given"
            )


def _check_texts(wish: PunchWish, field: str) -> None:
    for name in ("device", "status"):
        text: str = getattr(wish, name)
        if len(text) > LONGEST_TEXT or not text.isprintable():
            raise FieldInvalid(
                field=f"{field}{name}",
                zh=f"应为至多 {LONGEST_TEXT} 个可见字符",
                en=f"expected at most {LONGEST_TEXT} visible characters",
            )


def _nobody(wish: PunchWish, field: str) -> Refusal:
    """The refusal of a punch of nobody; it names the field that should have said who."""
    if not wish.person and not wish.employee_number:
        return FieldInvalid(
            field=f"{field}employee_number", zh="请给出员工编号或 person", en="give an employee number, or a person"
        )
    name, person = ("person", f"people/{wish.person}") if wish.person else ("employee_number", wish.employee_number)
    violation = refusal_violation(f"{field}{name}", PersonNotFound(person=person))
    return PersonNotFound(person=person, violations=[violation])


def _violation(field: str, refusal: Refusal) -> Violation:
    """What is wrong with one punch of several: a refusal's own violation says it better than its summary."""
    return refusal.violations[0] if refusal.violations else refusal_violation(f"{field}person", refusal)
