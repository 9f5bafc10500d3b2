"""Changes, closes and takes back changes of positions, from any date (POS-1, POS-2)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.events import position_changed
from bylaw_people.ports import Needs, Records
from bylaw_people.rules import versions
from bylaw_people.rules.dated_refusals import PositionChanged, PositionInUse, UnitClosed
from bylaw_people.rules.fields import require_position
from bylaw_people.rules.organisation import PositionRecord, PositionVersion, PositionView
from bylaw_people.rules.refusals import PositionNotFound
from bylaw_people.rules.versions import EVER, ONE_DAY, Rewriting
from bylaw_people.use_cases.dated_wish import DatedWish
from bylaw_people.use_cases.finding import EVERYONE, position_view, position_within, require_unit, unit_within

PERMISSION = "people.positions.update"


def update_position(wish: DatedWish, caller: Caller, needs: Needs) -> PositionView:
    """Refuses POSITION_NOT_FOUND, UNIT_NOT_FOUND, UNIT_CLOSED, POSITION_CHANGED, FIELD_NOT_WRITABLE, FIELD_INVALID."""
    reach, today, day = caller.reach(PERMISSION), needs.today(), wish.effective_date
    with needs.store.work(caller) as records:
        position = position_within(records, wish.thing, reach, today=today, lock=True)
        present = versions.present(position.versions, day)
        if present is None:
            raise PositionNotFound
        wish.require_seen(position, changed=PositionChanged, prefix="position")
        version = wish.of(present)
        require_position(version)
        if version.unit != present.unit:
            require_unit(records, version.unit, reach, today=today, span=(day, None))
        change = versions.change(position.versions, version)
        return position_view(_rewritten(records, position, change, today=today), day)


def close_position(position_id: UUID, last_date: date, caller: Caller, *, needs: Needs) -> PositionView:
    """Refuses POSITION_NOT_FOUND, POSITION_IN_USE."""
    today = needs.today()
    with needs.store.work(caller) as records:
        position = position_within(records, position_id, caller.reach(PERMISSION), today=today, lock=True)
        rewriting = versions.close(position.versions, last_date)
        if rewriting is None:
            raise PositionNotFound
        people = records.positions.people_after(position.id, last_date)
        if people:
            raise PositionInUse(position_code=position.code, date=last_date + ONE_DAY, people=people)
        return position_view(_rewritten(records, position, rewriting, today=today), last_date)


def withdraw_position_change(position_id: UUID, day: date, caller: Caller, *, needs: Needs) -> PositionView:
    """Refuses POSITION_NOT_FOUND, CHANGE_NOT_FOUND, FIRST_CHANGE_STAYS, UNIT_CLOSED."""
    today = needs.today()
    with needs.store.work(caller) as records:
        position = position_within(records, position_id, caller.reach(PERMISSION), today=today, lock=True)
        change = versions.withdraw(position.versions, day)
        return position_view(_rewritten(records, position, change, today=today), day)


def _rewritten(
    records: Records, position: PositionRecord, change: Rewriting[PositionVersion], *, today: date
) -> PositionRecord:
    """The position with a change; one that changes nothing writes nothing."""
    if not position.says_more(change):
        return position
    changed = position.rewritten(change)
    _require_units(records, changed, today)
    records.positions.rewrite(changed, change)
    records.publish(position_changed(changed))
    return changed


def _require_units(records: Records, position: PositionRecord, today: date) -> None:
    """That the unit of each version exists while it holds; refuses UNIT_CLOSED."""
    open_versions = [version for version in position.versions if not version.closed]
    records.units.hold({version.unit for version in open_versions})
    for version in open_versions:
        unit = unit_within(records, version.unit, EVERYONE, today=today)
        first = max(version.effective_date, unit.versions[0].effective_date) if version.effective_date == EVER else None
        missing = unit.missing_day(first or version.effective_date, position.last_day(version))
        if missing:
            raise UnitClosed(unit_code=unit.code, date=missing)
