"""A service of the suite declares a duty under its own key: new, the same again, or changed from today on."""

from dataclasses import replace

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.faults import TransientFault

from bylaw_people.events import duty_changed
from bylaw_people.ports import Needs, Records
from bylaw_people.rules.duties.duty import Duty, DutyTerms
from bylaw_people.rules.duties.making import OfficialDay
from bylaw_people.rules.duties.sound import require_sound_key
from bylaw_people.use_cases.duties.create_duty import require_begins
from bylaw_people.use_cases.duties.finding import require_known, service_of
from bylaw_people.use_cases.duties.make_occurrences import make_now
from bylaw_people.use_cases.duties.update_duty import write_change

EVERYWHERE = Reach(everyone=True)


def declare_duty(wish: Duty, caller: Caller, *, needs: Needs, official: OfficialDay) -> Duty:
    """Refuses DUTY_SERVICES_ONLY, DUTY_ENDED, and what `create_duty` refuses."""
    new = replace(wish, service=service_of(caller))
    require_sound_key(new.key)
    require_begins(new, needs)
    with needs.store.work(caller) as records:
        require_known(records, new.newest, EVERYWHERE)
        if records.duties.add(new):
            make_now(records, new.id, needs=needs, official=official)
            records.publish(duty_changed(new))
            return new
        return _again(records, new, needs=needs, official=official)


def _again(records: Records, new: Duty, *, needs: Needs, official: OfficialDay) -> Duty:
    found = records.duties.by_key(new.service, new.key, lock=True)
    if found is None:
        raise TransientFault  # it was there a moment ago: the whole work is tried again
    found.require_running(needs.today())
    changed = found if _same(found.newest, new.newest) else found.with_terms(new.newest)
    if changed is not found:
        write_change(records, changed, needs=needs, official=official)
    return _ended(records, changed, new)


def _ended(records: Records, found: Duty, wish: Duty) -> Duty:
    if not wish.end_date or wish.end_date == found.end_date:
        return found
    ended = replace(found, end_date=wish.end_date, revision=found.revision + 1)
    records.duties.end(ended, wish.end_date)
    records.publish(duty_changed(ended))
    return ended


def _same(one: DutyTerms, other: DutyTerms) -> bool:
    """Whether they say the same, whenever they were said."""
    then = replace(other, effective_date=one.effective_date, id=one.id, recorded_at=one.recorded_at)
    return one == then
