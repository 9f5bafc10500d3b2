"""What a file of people comes to: new people, other appointments, and the units and positions to be made on the way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid, Refusal
from bylaw_chassis.values import new_id

from bylaw_people.rules import staff
from bylaw_people.rules.fields import normal_login, shown
from bylaw_people.rules.importing.directory import UNKNOWN, Directory
from bylaw_people.rules.importing.lines import Faults, Line, line_date
from bylaw_people.rules.importing.skills import months_in, skills_in
from bylaw_people.rules.logins import MIXED_EN, MIXED_ZH, mixes_scripts
from bylaw_people.rules.organisation import (
    PositionRecord,
    PositionVersion,
    SiteRecord,
    UnitKind,
    UnitRecord,
    UnitVersion,
    Wording,
)
from bylaw_people.rules.refusals import LoginTaken
from bylaw_people.rules.requirements import Qualification, lacking, require_met
from bylaw_people.rules.staff import Appointment, AppointmentChange, EmploymentKind, PersonRecord
from bylaw_people.rules.versions import Dated

EMPLOYMENT_WORDS = {
    EmploymentKind.FORMAL: ("formal", "permanent", "full-time", "正式", "正式员工", "全职"),
    EmploymentKind.TEMPORARY: ("temporary", "temp", "临时", "临时工", "临时员工"),
    EmploymentKind.EXTERNAL: ("external", "contractor", "外聘", "外聘人员", "外包"),
}


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What is on record when a file of people comes; `people` by number, and logins, those that the file names."""

    units: Sequence[UnitRecord]
    positions: Sequence[PositionRecord]
    sites: Sequence[SiteRecord]
    people: Mapping[str, PersonRecord]
    taken_logins: Collection[str] = ()
    qualifications: Mapping[UUID, Sequence[Qualification]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unstated:
    """What counts where a line does not say: the site, the first day, the unit under which unknown ones are made."""

    day: date
    site: SiteRecord | None = None
    parent_unit: UnitRecord | None = None


@dataclass(slots=True)
class PeoplePlan:
    """What shall be written."""

    units: list[UnitRecord] = field(default_factory=list)
    positions: list[PositionRecord] = field(default_factory=list)
    people: list[PersonRecord] = field(default_factory=list)
    changes: list[tuple[PersonRecord, AppointmentChange]] = field(default_factory=list)
    qualifications: list[tuple[UUID, Sequence[Qualification]]] = field(default_factory=list)
    repeated: int = 0


def plan_people(lines: Sequence[Line], known: OnRecord, unstated: Unstated) -> PeoplePlan:
    """Refuses IMPORT_REFUSED with every faulty line."""
    planner = _Planner(known, unstated)
    days = [planner.start_date(line) for line in lines]
    planner.make_missing(lines, days)
    for line, day in zip(lines, days, strict=True):
        planner.take(line, day)
    planner.faults.require_none()
    return planner.plan


class _Planner:
    def __init__(self, known: OnRecord, unstated: Unstated) -> None:
        self.faults, self.plan = Faults(), PeoplePlan()
        self._known, self._unstated = known, unstated
        self._units, self._unit_records = Directory.of_units(known.units), {unit.id: unit for unit in known.units}
        self._positions, self._sites = Directory.of(known.positions), Directory.of(known.sites)
        self._position_records = {position.id: position for position in known.positions}
        self._site_records = {site.id: site for site in known.sites}
        self._seen: dict[str, Line] = {}
        self._logins = set(known.taken_logins)

    def start_date(self, line: Line) -> date | None:
        """The first day a line states, or the one that counts unstated; notes one that is no date."""
        if not line["start_date"]:
            return self._unstated.day
        day = line_date(line["start_date"])
        if day is None:
            text = shown(line["start_date"])
            self.faults.add(
                line,
                "start_date",
                "FIELD_INVALID",
                zh=f"{text} 不是日期，如 2015-03-01",
                en=f"{text} is no date such as 2015-03-01",
            )
        return day

    def make_missing(self, lines: Sequence[Line], days: Sequence[date | None]) -> None:
        """Units and positions that are named and not on record, from the first day on which somebody is in them."""
        parent = self._unstated.parent_unit
        if parent is None:
            return
        earliest: dict[str, date] = {}
        for line, day in zip(lines, days, strict=True):
            if day and line["unit"]:
                earliest[line["unit"]] = min(day, earliest.get(line["unit"], day))
        floor = parent.versions[0].effective_date
        for name, day in earliest.items():
            if not self._units.knows(name):
                self._make_unit(name, max(floor, min(day, self._unstated.day)), parent)
        for name in dict.fromkeys(line["position"] for line in lines):
            if name and not self._positions.knows(name):
                self._make_position(name, parent)

    def take(self, line: Line, day: date | None) -> None:
        """One line: a new person, a change, or a repeat."""
        if not self.faults.check_line(line, "number"):
            return
        if self.faults.repeats(line, self._seen, "number"):
            self.plan.repeated += 1
            return
        wish, present = self._appointment(line, day), self._known.people.get(line["number"])
        can = self._qualifications(line, present)
        if wish is None or can is None:
            return
        login = normal_login(line["login"])
        if present is None and self._login_is_free(login):
            if self._looks_like_no_other(line, login) and self._is_able(line, wish, can):
                name = line["name"] or line["number"]
                self.plan.people.append(PersonRecord(new_id(), line["number"], name, login, 1, (wish,), can))
        elif present is None or (login and login != present.login):
            self._login_differs(line, present)
        else:
            self._compare(line, present, wish, can)

    def _qualifications(self, line: Line, present: PersonRecord | None) -> tuple[Qualification, ...] | None:
        """What somebody can do, as the line says or else as on record; nothing where the line is at fault."""
        skills, months = skills_in(line, "skills", self.faults), months_in(line, "experience_months", self.faults)
        if skills is None or months is None:
            return None
        said = [Qualification(skill, count) for skill, count in skills.items()]
        said += [Qualification("", months)] if months else []
        known = tuple(self._known.qualifications.get(present.id, ())) if present else ()
        return _told(said, known) if said else known

    def _is_able(self, line: Line, wish: Appointment, can: Sequence[Qualification]) -> bool:
        """Whether nothing is lacking that the position asks for, or a reason is given (POS-2)."""
        position = self._position_records.get(wish.position) if wish.position else None
        version = position.as_of(wish.start_date) if position else None
        if position is None or version is None:
            return True
        try:
            require_met(
                position.code, lacking(version.requirements, can, wish.start_date), wish.reason, field="position"
            )
        except Refusal as refusal:
            self.faults.add_refusal(line, "position", refusal)
            return False
        return True

    def _login_is_free(self, login: str) -> bool:
        """Whether nobody on record or in an earlier line signs in by that name; an empty one means not at all."""
        free = login not in self._logins
        if login:
            self._logins.add(login)
        return free

    def _looks_like_no_other(self, line: Line, login: str) -> bool:
        mixed = mixes_scripts(login)
        if mixed:
            self.faults.add(line, "login", FieldInvalid.reason, zh=MIXED_ZH, en=MIXED_EN)
        return not mixed

    def _login_differs(self, line: Line, present: PersonRecord | None) -> None:
        if present is None:
            self.faults.add_refusal(line, "login", LoginTaken(login=shown(line["login"])))
            return
        self.faults.add(
            line,
            "login",
            "RECORD_DIFFERS",
            zh="该员工的登录名与记录不同，不能通过导入修改",
            en="is not the login on record, which a file cannot change",
        )

    def _appointment(self, line: Line, day: date | None) -> Appointment | None:
        unit = self._units.find(line, "unit", self.faults)
        position = self._positions.find(line, "position", self.faults) if line["position"] else None
        site = self._site(line)
        kind = self._employment_kind(line)
        if unit is None or site is None or kind is None or day is None or (line["position"] and position is None):
            return None
        if not self._are_there(line, self._unit_records[unit], position, site, day=day):
            return None
        return Appointment(unit, position, site, kind, day, reason=line["reason"])

    def _are_there(self, line: Line, unit: UnitRecord, position: UUID | None, site: UUID, *, day: date) -> bool:
        """Whether unit, position and site exist from the day on."""
        named: list[tuple[str, Dated[Any]]] = [("unit", unit), ("site", self._site_records[site])]
        if position:
            named.append(("position", self._position_records[position]))
        for column, record in named:
            missing = record.missing_day(day, None)
            if missing:
                said = f"在 {missing} 不存在", f"does not exist on {missing}"
                self.faults.add(line, column, UNKNOWN[column], zh=said[0], en=said[1])
                return False
        return True

    def _site(self, line: Line) -> UUID | None:
        if line["site"] or self._unstated.site is None:
            return self._sites.find(line, "site", self.faults)
        return self._unstated.site.id

    def _employment_kind(self, line: Line) -> EmploymentKind | None:
        text = line["employment_kind"].casefold()
        for kind, words in EMPLOYMENT_WORDS.items():
            if text in words:
                return kind
        if not text:
            return EmploymentKind.FORMAL
        self.faults.add(
            line,
            "employment_kind",
            "FIELD_INVALID",
            zh=f"{shown(text)} 不是用工类型，应为正式、临时或外聘",
            en=f"{shown(text)} is no kind of employment: formal, temporary or external",
        )
        return None

    def _compare(self, line: Line, present: PersonRecord, wish: Appointment, can: tuple[Qualification, ...]) -> None:
        name = line["name"] or present.display_name
        holds, learned = present.on(wish.start_date), self._learned(present, can)
        same = holds is not None and holds.same_as(wish)
        if same and name == present.display_name and not learned:
            self.plan.repeated += 1
            return
        try:
            change = AppointmentChange() if same else staff.appoint(present, wish)
        except Refusal as refusal:
            self.faults.add_refusal(line, "start_date", refusal)
            return
        if not same and not self._is_able(line, wish, can):
            return
        self.plan.changes.append((replace(present, display_name=name), change))
        if learned:
            self.plan.qualifications.append((present.id, can))

    def _learned(self, present: PersonRecord, can: Sequence[Qualification]) -> bool:
        return set(can) != set(self._known.qualifications.get(present.id, ()))

    def _make_unit(self, name: str, day: date, parent: UnitRecord) -> None:
        kind = UnitKind.DEPARTMENT if parent.versions[-1].kind is UnitKind.COMPANY else UnitKind.TEAM
        version = UnitVersion(day, Wording(name, name), kind, parent.id)
        unit = UnitRecord(new_id(), name, revision=1, versions=(version,))
        self.plan.units.append(unit)
        self._unit_records[unit.id] = unit
        self._units.add(unit.id, unit.code, version.title)

    def _make_position(self, name: str, parent: UnitRecord) -> None:
        version = PositionVersion(Wording(name, name), parent.id)
        position = Dated(new_id(), name, revision=1, versions=(version,))
        self.plan.positions.append(position)
        self._position_records[position.id] = position
        self._positions.add(position.id, position.code, version.title)


def _told(said: Sequence[Qualification], known: Sequence[Qualification]) -> tuple[Qualification, ...]:
    """What a file says, with the evidence that is on record for the same."""
    recorded = {(one.skill, one.experience_months): one for one in known}
    return tuple(recorded.get((one.skill, one.experience_months), one) for one in said)
