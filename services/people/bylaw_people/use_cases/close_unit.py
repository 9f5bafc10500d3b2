"""Closes a unit after a last day, once nothing is in it; and takes a change of a unit back (ORG-1)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules import versions
from bylaw_people.rules.dated_refusals import UnitInUse
from bylaw_people.rules.organisation import UnitView
from bylaw_people.rules.refusals import UnitNotFound
from bylaw_people.rules.versions import ONE_DAY
from bylaw_people.use_cases.finding import unit_view, unit_within
from bylaw_people.use_cases.update_unit import PERMISSION, rewrite_unit


def close_unit(unit_id: UUID, last_date: date, caller: Caller, *, needs: Needs) -> UnitView:
    """Refuses UNIT_NOT_FOUND, UNIT_IN_USE."""
    with needs.store.work(caller) as records:
        records.units.lock_tree()
        unit = unit_within(records, unit_id, caller.reach(PERMISSION), today=needs.today(), lock=True)
        rewriting = versions.close(unit.versions, last_date)
        if rewriting is None:
            raise UnitNotFound
        used = records.units.uses_after(unit.id, last_date)
        if any(used.values()):
            raise UnitInUse(unit.code, last_date + ONE_DAY, used)
        if rewriting:
            unit = rewrite_unit(records, unit, rewriting, since=last_date)
        return unit_view(unit, last_date)


def withdraw_unit_change(unit_id: UUID, day: date, caller: Caller, *, needs: Needs) -> UnitView:
    """Refuses UNIT_NOT_FOUND, CHANGE_NOT_FOUND, FIRST_CHANGE_STAYS, UNIT_CYCLE, UNIT_CLOSED."""
    with needs.store.work(caller) as records:
        records.units.lock_tree()
        unit = unit_within(records, unit_id, caller.reach(PERMISSION), today=needs.today(), lock=True)
        unit = rewrite_unit(records, unit, versions.withdraw(unit.versions, day), since=day)
        return unit_view(unit, day)
