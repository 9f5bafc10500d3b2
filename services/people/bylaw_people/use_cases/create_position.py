"""Adds a position with its duties, in a unit (POS-1)."""

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.fields import Fields
from bylaw_people.rules.organisation import Position
from bylaw_people.rules.refusals import PositionCodeTaken
from bylaw_people.use_cases.finding import unit_within


def create_position(position: Position, caller: Caller, needs: Needs) -> Position:
    """Refuses POSITION_CODE_TAKEN, UNIT_NOT_FOUND, FIELD_INVALID."""
    fields = Fields()
    fields.code("position.code", position.code)
    fields.title("position.title", position.title)
    fields.duties("position.duties", position.duties)
    fields.require()
    with needs.store.work(caller) as records:
        unit_within(records, position.unit, caller.reach("people.positions.create"), today=needs.today())
        if not records.positions.add(position):
            raise PositionCodeTaken(position_code=position.code)
    return position
