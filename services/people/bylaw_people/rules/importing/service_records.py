"""What a file of service records comes to: cumulative service and birthdays of people on record (LVE-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid, Refusal

from bylaw_people.rules.fields import shown
from bylaw_people.rules.importing.lines import Faults, Line, line_date
from bylaw_people.rules.service_record import ServiceRecord, ServiceRecordView, birthday, check_since
from bylaw_people.rules.staff import PersonRecord

SINCE = "service_since"
"""The column, and the field, of the day from which cumulative service counts."""


@dataclass(slots=True)
class ServiceRecordsPlan:
    """What is put on record of whom, and how many lines said what is there already."""

    new: dict[UUID, ServiceRecord] = field(default_factory=dict)
    repeated: int = 0


def plan_service_records(
    lines: Sequence[Line], people: Mapping[str, PersonRecord], known: Mapping[UUID, ServiceRecordView]
) -> ServiceRecordsPlan:
    """Refuses IMPORT_REFUSED. An empty cell leaves what is on record; of a whole date of birth the year is dropped."""
    faults, seen, plan = Faults(), dict[str, Line](), ServiceRecordsPlan()
    for line in lines:
        if not faults.check_line(line, "number"):
            continue
        if faults.repeats(line, seen, "number"):
            plan.repeated += 1
            continue
        person = people.get(line["number"])
        if person is None:
            said = shown(line["number"])
            faults.add(line, "number", "PERSON_NOT_FOUND", zh=f"没有员工 {said}", en=f"there is no employee {said}")
            continue
        before = known[person.id].record
        wish = ServiceRecord(_since(line, person, faults) or before.since, _birthday(line, faults) or before.birthday)
        if wish == before:
            plan.repeated += 1
        else:
            plan.new[person.id] = wish
    faults.require_none()
    return plan


def _since(line: Line, person: PersonRecord, faults: Faults) -> date | None:
    text = line[SINCE]
    found = line_date(text) if text else None
    if text and found is None:
        faults.add(line, SINCE, FieldInvalid.reason, zh="应为日期，如 2015-03-01", en="a date, as 2015-03-01")
    try:
        check_since(person, found, field=SINCE)
    except Refusal as refusal:
        faults.add_refusal(line, SINCE, refusal)
    return found


def _birthday(line: Line, faults: Faults) -> tuple[int, int] | None:
    text = line["birthday"]
    whole = line_date(text)
    if whole:
        return whole.month, whole.day
    try:
        return birthday(text, field="birthday")
    except Refusal as refusal:
        faults.add_refusal(line, "birthday", refusal)
        return None
