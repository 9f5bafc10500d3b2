"""Puts a change of somebody's appointments on record, tells others, and ends tokens where it counts today."""

from collections.abc import Sequence
from datetime import date

from bylaw_chassis.caller import Reach

from bylaw_people.events import person_changed
from bylaw_people.ports import Records
from bylaw_people.rules.staff import Appointment, AppointmentChange, PersonRecord, after
from bylaw_people.use_cases.access.administration import keeping_an_administrator
from bylaw_people.use_cases.placing import require_place, require_posts_kept
from bylaw_people.use_cases.renewing import renew_person


def require_added(
    records: Records, person: PersonRecord, added: Sequence[Appointment], reach: Reach, *, today: date
) -> None:
    """That what is written for somebody can be, as `require_place` has it."""
    has = records.qualifications.of([person.id]).get(person.id, [])
    for new in added:
        require_place(records, new, has, reach, today=today, field="appointment")


def change_appointments(
    records: Records, person: PersonRecord, change: AppointmentChange, *, today: date
) -> PersonRecord:
    """The person with the change; one that changes nothing writes nothing.

    Refuses PERSON_HEADS_UNIT, LAST_ADMINISTRATOR.
    """
    if not change:
        return person
    require_posts_kept(records, after(person, change))
    with keeping_an_administrator(records, today, ending=[person.id]):
        changed = records.people.change([(person, change)])[0]
    renew_person(records, person, changed, today)
    records.publish(person_changed(changed))
    return changed
