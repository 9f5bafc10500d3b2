"""Takes in a file of sites, units, positions or people: all of it, or nothing and every faulty line named."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bylaw_chassis.caller import NOBODY, Caller
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.events import (
    person_changed,
    position_changed,
    service_record_changed,
    site_changed,
    unit_changed,
)
from bylaw_people.files.csv_lines import read_lines
from bylaw_people.files.headers import FileKind
from bylaw_people.ports import Needs, Records
from bylaw_people.rules.fields import normal_login, require_site, shown
from bylaw_people.rules.importing.lines import Line
from bylaw_people.rules.importing.people import OnRecord, Unstated, plan_people
from bylaw_people.rules.importing.positions import plan_positions
from bylaw_people.rules.importing.service_records import plan_service_records
from bylaw_people.rules.importing.sites import plan_sites
from bylaw_people.rules.importing.units import plan_units
from bylaw_people.rules.organisation import SiteVersion
from bylaw_people.rules.staff import AppointmentChange, PersonRecord
from bylaw_people.use_cases.access.administration import keeping_an_administrator
from bylaw_people.use_cases.access.giving_by_post import (
    Placed,
    require_all_positions_held,
    require_heading_everywhere,
)
from bylaw_people.use_cases.finding import require_everywhere
from bylaw_people.use_cases.renewing import differs_on, renew_all_holders
from bylaw_people.use_cases.service_records import SET

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ImportWish:
    """A file, what it holds, and what counts where its lines do not say: codes of a site and of a unit, a date."""

    data: bytes
    kind: FileKind
    day: date
    site: str = ""
    parent_unit: str = ""
    caller: Caller = NOBODY


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many lines made something new, and how many were on record."""

    taken: int
    repeated: int


def import_organisation(wish: ImportWish, caller: Caller, needs: Needs) -> Outcome:
    """Refuses IMPORT_REFUSED, FILE_NOT_RECOGNISED, FILE_EMPTY, FILE_TOO_LARGE, FIELD_INVALID.

    And GRANT_BEYOND_OWN, GRANT_TO_SELF where it would give more than the caller holds, LAST_ADMINISTRATOR where it
    would move the last one out of the position that makes them one.
    """
    require_everywhere(caller, "people.organisation.import")
    lines, wish = read_lines(wish.data, wish.kind), replace(wish, caller=caller)
    with needs.store.work(caller) as records:
        records.units.lock_tree()  # one import at a time: two would make the same missing units
        return _TAKE[wish.kind](lines, records, wish, needs)


def _take_sites(lines: Sequence[Line], records: Records, wish: ImportWish, needs: Needs) -> Outcome:
    def check(site: SiteVersion) -> None:
        require_site(site, needs.knows_zone, knows_calendar=needs.knows_calendar)

    plan = plan_sites(lines, records.sites.records(), check, day=wish.day)
    records.sites.add_many(plan.new)
    records.publish(*(site_changed(site, needs.today()) for site in plan.new))
    return Outcome(len(plan.new), plan.repeated)


def _take_positions(lines: Sequence[Line], records: Records, wish: ImportWish, _needs: Needs) -> Outcome:
    plan = plan_positions(lines, records.positions.records(), records.units.records(), day=wish.day)
    records.positions.add_many(plan.new)
    records.publish(*(position_changed(position) for position in plan.new))
    return Outcome(len(plan.new), plan.repeated)


def _take_units(lines: Sequence[Line], records: Records, wish: ImportWish, needs: Needs) -> Outcome:
    units = records.units.records(lock=True)
    heads = records.people.by_number({line["head"] for line in lines if line["head"]})
    plan = plan_units(lines, units, heads, day=wish.day)
    require_heading_everywhere(plan.heads, caller=wish.caller, needs=needs)
    records.units.add_many(plan.new)
    records.units.rewrite(plan.changes)
    changed = {unit.id: unit for unit in (*plan.new, *(unit for unit, _ in plan.changes))}
    headed = [(unit, records.units.change_heads(unit, change)) for unit, change in plan.heads]
    renew_all_holders(records, headed, needs.today())
    changed |= {unit.id: unit for _, unit in headed}
    records.publish(*(unit_changed(unit) for unit in changed.values()))
    return Outcome(len(lines) - plan.repeated, plan.repeated)


def _take_people(lines: Sequence[Line], records: Records, wish: ImportWish, needs: Needs) -> Outcome:
    units, sites = records.units.records(), records.sites.records()
    unstated = Unstated(
        wish.day,
        _coded({site.code: site for site in sites}, wish.site, field="site"),
        _coded({unit.code: unit for unit in units}, wish.parent_unit, field="parent_unit"),
    )
    people = records.people.by_number({line["number"] for line in lines})
    taken = records.people.taken_logins({normal_login(line["login"]) for line in lines if line["login"]})
    can = records.qualifications.of([person.id for person in people.values()])
    known = OnRecord(units, records.positions.records(), sites, people, taken, can)
    plan = plan_people(lines, known, unstated)
    placed: list[Placed] = [(person, person.appointments, ()) for person in plan.people]
    placed += [(person, change.added, person.appointments) for person, change in plan.changes]
    require_all_positions_held(records, placed, caller=wish.caller, needs=needs)
    records.units.add_many(plan.units)
    records.positions.add_many(plan.positions)
    records.people.add_many(plan.people)
    moving = [person.id for person, change in plan.changes if change]
    with keeping_an_administrator(records, needs.today(), ending=moving):
        changed = records.people.change(plan.changes)
    if plan.qualifications:
        records.qualifications.replace(plan.qualifications)
    _renew(records, plan.changes, changed, needs.today())
    records.publish(*(unit_changed(unit) for unit in plan.units))
    records.publish(*(position_changed(position) for position in plan.positions))
    records.publish(*(person_changed(person) for person in (*plan.people, *changed)))
    return Outcome(len(lines) - plan.repeated, plan.repeated)


def _take_service_records(lines: Sequence[Line], records: Records, wish: ImportWish, _needs: Needs) -> Outcome:
    """Refuses PERMISSION_MISSING where the caller may import, but not put service records of everybody on record."""
    require_everywhere(wish.caller, SET)
    people = records.people.by_number({line["number"] for line in lines})
    known = records.service_records.of_many([person.id for person in people.values()])
    plan = plan_service_records(lines, people, known)
    for person, record in sorted(plan.new.items()):
        records.service_records.add(person, record, revision=known[person].revision + 1)
    records.publish(*(service_record_changed(person, record) for person, record in sorted(plan.new.items())))
    return Outcome(len(plan.new), plan.repeated)


def _renew(
    records: Records,
    changes: Sequence[tuple[PersonRecord, AppointmentChange]],
    changed: Sequence[PersonRecord],
    today: date,
) -> None:
    """Ends the tokens of those who work elsewhere, or as something else, since today or before."""
    pairs = zip((person for person, _ in changes), changed, strict=True)
    moved = [after.id for before, after in pairs if differs_on(before, after, today)]
    if moved:
        records.renew_access(moved)


def _coded(known: Mapping[str, Found], code: str, *, field: str) -> Found | None:
    if code and code not in known:
        raise FieldInvalid(field=field, zh=f"没有代码 {shown(code)}", en=f"there is none with the code {shown(code)}")
    return known.get(code)


_TAKE: Mapping[FileKind, Callable[[Sequence[Line], Records, ImportWish, Needs], Outcome]] = {
    FileKind.SITES: _take_sites,
    FileKind.UNITS: _take_units,
    FileKind.POSITIONS: _take_positions,
    FileKind.PEOPLE: _take_people,
    FileKind.SERVICE_RECORDS: _take_service_records,
}
