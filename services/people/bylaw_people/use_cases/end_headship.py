"""Ends the time of a unit's head or deputy with a last day; the next head up then heads its people (ORG-3)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.events import unit_changed
from bylaw_people.ports import Needs
from bylaw_people.rules import heads
from bylaw_people.rules.organisation import Post, UnitView
from bylaw_people.use_cases.finding import unit_view, unit_within
from bylaw_people.use_cases.renewing import renew_holders


def end_headship(unit_id: UUID, post: Post, last_date: date, caller: Caller, *, needs: Needs) -> UnitView:
    """Refuses UNIT_NOT_FOUND, UNIT_HAS_NO_HEAD."""
    today = needs.today()
    with needs.store.work(caller) as records:
        before = unit_within(records, unit_id, caller.reach("people.units.appoint"), today=today, lock=True)
        change = heads.end(before.holders(post), last_date)
        if not change:
            return unit_view(before, last_date)
        unit = records.units.change_heads(before, change, post)
        renew_holders(records, before, unit, today)
        records.publish(unit_changed(unit))
    return unit_view(unit, last_date)
