"""Makes a person the head of a unit from a date, in place of the one before (ORG-3)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.events import unit_changed
from bylaw_people.ports import Needs
from bylaw_people.rules import organisation
from bylaw_people.rules.organisation import Headship, UnitView
from bylaw_people.rules.refusals import PersonNotEmployed, UnitNotFound
from bylaw_people.use_cases.finding import person_within, unit_view, unit_within

PERMISSION = "people.units.appoint"


def appoint_head(unit_id: UUID, person_id: UUID, day: date, *, caller: Caller, needs: Needs) -> UnitView:
    """Refuses UNIT_NOT_FOUND, PERSON_NOT_FOUND, PERSON_NOT_EMPLOYED (on that date), FIELD_INVALID."""
    reach, today = caller.reach(PERMISSION), needs.today()
    with needs.store.work(caller) as records:
        unit = unit_within(records, unit_id, reach, today=today, lock=True)
        if unit.as_of(day) is None:
            raise UnitNotFound
        person = person_within(records, person_id, reach, today=today, lock=True)
        if person.on(day) is None:
            raise PersonNotEmployed(date=day)
        wish = Headship(person.id, day, person.appointments[-1].end_date)
        change = organisation.appoint_head(unit.heads, wish)
        if change.added:
            unit = records.units.change_heads(unit, change)
            records.publish(unit_changed(unit))
    return unit_view(unit, day)
