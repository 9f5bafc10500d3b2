"""Adds a unit to the tree, from a date (ORG-1, ORG-2)."""

from bylaw_chassis.caller import Caller
from bylaw_chassis.values import new_id

from bylaw_people.events import unit_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.fields import Fields
from bylaw_people.rules.organisation import UnitRecord, UnitVersion, UnitView
from bylaw_people.rules.refusals import UnitCodeTaken
from bylaw_people.use_cases.finding import require_everywhere, require_unit, unit_view

PERMISSION = "people.units.create"


def create_unit(code: str, version: UnitVersion, caller: Caller, *, needs: Needs) -> UnitView:
    """Refuses UNIT_CODE_TAKEN, UNIT_NOT_FOUND (the parent), UNIT_CLOSED, FIELD_INVALID."""
    fields = Fields()
    fields.code("unit.code", code)
    fields.title("unit.title", version.title)
    fields.stated_duties("unit.duties", version.duties)
    fields.require()
    unit = UnitRecord(new_id(), code, revision=1, versions=(version,))
    with needs.store.work(caller) as records:
        if version.parent is None:
            require_everywhere(caller, PERMISSION)
        else:
            span = (version.effective_date, None)
            require_unit(records, version.parent, caller.reach(PERMISSION), today=needs.today(), span=span)
        if not records.units.add(unit):
            raise UnitCodeTaken(unit_code=code)
        records.publish(unit_changed(unit))
    return unit_view(unit, version.effective_date)
