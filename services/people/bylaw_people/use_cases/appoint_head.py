"""Makes a person the head of a unit, or its head's deputy, from any date, in place of the one before (ORG-3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.events import unit_changed
from bylaw_people.ports import Needs
from bylaw_people.rules import heads
from bylaw_people.rules.dated_refusals import UnitClosed
from bylaw_people.rules.organisation import HeadChange, Headship, Post, UnitRecord, UnitView
from bylaw_people.rules.refusals import PersonNotEmployed, UnitNotFound
from bylaw_people.rules.staff import PersonRecord, employed_until, unemployed_day
from bylaw_people.use_cases.access.giving_by_post import require_heading_held
from bylaw_people.use_cases.finding import person_within, unit_view, unit_within
from bylaw_people.use_cases.renewing import renew_holders

PERMISSION = "people.units.appoint"


@dataclass(frozen=True, slots=True)
class HeadWish:
    """Who shall hold which post of which unit from a date, with a last day where it is for a limited time."""

    unit: UUID
    person: UUID
    day: date
    last_date: date | None = None
    post: Post = Post.HEAD


def appoint_head(wish: HeadWish, caller: Caller, needs: Needs) -> UnitView:
    """Refuses UNIT_NOT_FOUND, PERSON_NOT_FOUND, PERSON_NOT_EMPLOYED, TWO_HEADS, HEAD_IS_DEPUTY, FIELD_INVALID.

    UNIT_CLOSED where the unit does not exist throughout the time.
    """
    reach, today = caller.reach(PERMISSION), needs.today()
    _require_order(wish)
    with needs.store.work(caller) as records:
        before = unit_within(records, wish.unit, reach, today=today, lock=True)
        if before.as_of(wish.day) is None:
            raise UnitNotFound
        person = person_within(records, wish.person, reach, today=today, lock=True)
        require_heading_held(records, before.id, wish.day, caller=caller, needs=needs)
        change = heads.appoint(before.holders(wish.post), _headship(wish, person))
        _require_exists(before, change)
        require_apart(before, change, wish.post)
        if not change:
            return unit_view(before, wish.day)
        unit = records.units.change_heads(before, change, wish.post)
        renew_holders(records, before, unit, today)
        records.publish(unit_changed(unit))
    return unit_view(unit, wish.day)


def require_apart(unit: UnitRecord, change: HeadChange, post: Post) -> None:
    """That nobody becomes head and deputy at once; refuses HEAD_IS_DEPUTY."""
    holders = {other: unit.holders(other) for other in Post}
    holders[post] = heads.after(holders[post], change)
    heads.require_two_people(holders[Post.HEAD], holders[Post.DEPUTY])


def _headship(wish: HeadWish, person: PersonRecord) -> Headship:
    """The time asked for; without a last day it ends with the employment, where that end is known."""
    if person.on(wish.day) is None:
        raise PersonNotEmployed(date=wish.day)
    last = wish.last_date or employed_until(person.appointments, wish.day)
    held = Headship(person.id, wish.day, last, limited=wish.last_date is not None)
    missing = unemployed_day(person.appointments, held)
    if missing:
        raise PersonNotEmployed(date=missing)
    return held


def _require_exists(unit: UnitRecord, change: HeadChange) -> None:
    for held in change.added:
        missing = unit.missing_day(held.start_date, held.end_date)
        if missing:
            raise UnitClosed(unit_code=unit.code, date=missing)


def _require_order(wish: HeadWish) -> None:
    if wish.last_date and wish.last_date < wish.day:
        said = (f"不能早于首日 {wish.day}", f"must not be before {wish.day}, the first day")
        raise FieldInvalid(field="last_date", zh=said[0], en=said[1])
