"""Adds a position with its duties, its work and what it asks of people, in a unit (POS-1, POS-2)."""

from bylaw_chassis.caller import Caller

from bylaw_people.events import position_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.fields import require_position
from bylaw_people.rules.organisation import PositionRecord, PositionView
from bylaw_people.rules.refusals import PositionCodeTaken
from bylaw_people.rules.versions import EVER
from bylaw_people.use_cases.finding import position_view, require_unit, unit_within


def create_position(position: PositionRecord, caller: Caller, needs: Needs) -> PositionView:
    """Refuses POSITION_CODE_TAKEN, UNIT_NOT_FOUND, UNIT_CLOSED, FIELD_INVALID."""
    first, today, reach = position.versions[0], needs.today(), caller.reach("people.positions.create")
    require_position(first, position.code)
    with needs.store.work(caller) as records:
        unit = unit_within(records, first.unit, reach, today=today)
        since = unit.versions[0].effective_date if first.effective_date == EVER else first.effective_date
        require_unit(records, first.unit, reach, today=today, span=(since, None))
        if not records.positions.add(position):
            raise PositionCodeTaken(position_code=position.code)
        records.publish(position_changed(position))
    return position_view(position, first.effective_date)
