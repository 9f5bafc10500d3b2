"""Gives somebody a duty, and makes at once what comes due of it in the next weeks."""

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.events import duty_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.duties.duty import Duty
from bylaw_people.rules.duties.making import OfficialDay
from bylaw_people.rules.duties.sound import require_end, require_sound_terms
from bylaw_people.use_cases.duties.finding import require_known
from bylaw_people.use_cases.duties.make_occurrences import make_now, require_due

PERMISSION = "people.duties.create"


def create_duty(duty: Duty, caller: Caller, *, needs: Needs, official: OfficialDay) -> Duty:
    """Answers the duty.

    Refuses PERSON_NOT_FOUND, POSITION_NOT_FOUND, UNIT_NOT_FOUND, SITE_NOT_FOUND, DUTY_CLAUSE_UNKNOWN, FIELD_INVALID.
    """
    require_begins(duty, needs)
    with needs.store.work(caller) as records:
        require_known(records, duty.newest, caller.reach(PERMISSION))
        require_due(records, duty, needs=needs, official=official)
        records.duties.add(duty)
        make_now(records, duty.id, needs=needs, official=official)
        records.publish(duty_changed(duty))
    return duty


def require_begins(duty: Duty, needs: Needs) -> None:
    """That it is sound and begins today or later; refuses FIELD_INVALID."""
    require_sound_terms(duty.newest)
    require_not_past(duty, needs)
    if duty.end_date:
        require_end(duty.end_date, duty.newest.effective_date)


def require_not_past(duty: Duty, needs: Needs) -> None:
    """That its newest terms begin today or later; refuses FIELD_INVALID."""
    today = needs.today()
    if duty.newest.effective_date < today:
        raise FieldInvalid(
            field="duty.effective_date", zh=f"不能早于今天 {today}", en=f"must not be before today, {today}"
        )
