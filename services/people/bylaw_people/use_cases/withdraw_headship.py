"""Takes back the appointment of a head or deputy; who held the post the day before holds it on (ORG-3)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.events import unit_changed
from bylaw_people.ports import Needs, Records
from bylaw_people.rules import heads
from bylaw_people.rules.organisation import HeadChange, Post, UnitView
from bylaw_people.rules.refusals import PersonNotEmployed
from bylaw_people.rules.staff import unemployed_day
from bylaw_people.use_cases.access.giving_by_post import require_heading_held
from bylaw_people.use_cases.appoint_head import require_apart
from bylaw_people.use_cases.finding import EVERYONE, unit_view, unit_within
from bylaw_people.use_cases.renewing import renew_holders


def withdraw_headship(unit_id: UUID, post: Post, day: date, caller: Caller, *, needs: Needs) -> UnitView:
    """Refuses UNIT_NOT_FOUND, CHANGE_NOT_FOUND, HEAD_IS_DEPUTY, PERSON_NOT_EMPLOYED, GRANT_BEYOND_OWN."""
    today = needs.today()
    with needs.store.work(caller) as records:
        before = unit_within(records, unit_id, caller.reach("people.units.appoint"), today=today, lock=True)
        change = heads.withdraw(before.holders(post), day)
        _require_employed(records, change, today)
        if change.added:
            require_heading_held(records, before.id, day, caller=caller, needs=needs)
        require_apart(before, change, post)
        unit = records.units.change_heads(before, change, post)
        renew_holders(records, before, unit, today)
        records.publish(unit_changed(unit))
    return unit_view(unit, day)


def _require_employed(records: Records, change: HeadChange, today: date) -> None:
    for held in change.added:
        person = records.people.find(held.person, EVERYONE, today, lock=True)
        missing = unemployed_day(person.appointments, held) if person else None
        if missing:
            raise PersonNotEmployed(date=missing)
