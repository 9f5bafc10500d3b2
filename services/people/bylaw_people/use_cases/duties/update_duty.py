"""Changes a duty from a date on, or ends it with one; what came due before stays as it was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.events import duty_changed
from bylaw_people.ports import Needs, Records
from bylaw_people.rules.duties.duty import Duty, DutyTerms
from bylaw_people.rules.duties.making import OfficialDay
from bylaw_people.rules.duties.refusals import DutyDeclared
from bylaw_people.rules.duties.sound import require_end, require_sound_terms
from bylaw_people.use_cases.duties.create_duty import require_not_past
from bylaw_people.use_cases.duties.finding import duty_within, require_known
from bylaw_people.use_cases.duties.make_occurrences import make_now, require_due

CHANGE, END = "people.duties.update", "people.duties.end"
Change = Callable[[Duty], DutyTerms]
"""Answers the new terms of a duty as it is."""


def update_duty(duty: UUID, change: Change, caller: Caller, *, needs: Needs, official: OfficialDay) -> Duty:
    """Refuses DUTY_NOT_FOUND, DUTY_ENDED, DUTY_DECLARED, and what `create_duty` refuses."""
    reach = caller.reach(CHANGE)
    with needs.store.work(caller) as records:
        found = duty_within(records, duty, reach, needs=needs, lock=True)
        _require_own(found)
        changed = found.with_terms(change(found))
        require_sound_terms(changed.newest)
        require_not_past(changed, needs)
        require_known(records, changed.newest, reach)
        require_due(records, changed, needs=needs, official=official)
        write_change(records, changed, needs=needs, official=official)
    return changed


def write_change(records: Records, changed: Duty, *, needs: Needs, official: OfficialDay) -> None:
    """Writes the newest terms and makes anew what comes due of them."""
    records.duties.change(changed)
    make_now(records, changed.id, needs=needs, official=official)
    records.publish(duty_changed(changed))


def end_duty(duty: UUID, last: date, caller: Caller, *, needs: Needs) -> Duty:
    """Refuses DUTY_NOT_FOUND, DUTY_ENDED, DUTY_DECLARED, FIELD_INVALID."""
    with needs.store.work(caller) as records:
        found = duty_within(records, duty, caller.reach(END), needs=needs, lock=True)
        _require_own(found)
        found.require_running(needs.today())
        found.require_running(last)
        require_end(last, found.terms[0].effective_date)
        ended = replace(found, end_date=last, revision=found.revision + 1)
        records.duties.end(ended, last)
        records.publish(duty_changed(ended))
    return ended


def _require_own(duty: Duty) -> None:
    if duty.service:
        raise DutyDeclared(service=duty.service)
