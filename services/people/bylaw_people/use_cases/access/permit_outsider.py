"""Lets an outsider in for a time, in the name of the head who answers for it (SEC-2)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.values import new_id

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.granting import require_other
from bylaw_people.rules.access.outsiders import OutsideAccess, require_limited, require_outsider, require_reason
from bylaw_people.rules.access.refusals import OutsiderPermitted
from bylaw_people.use_cases.finding import person_within, require_unchanged

PERMISSION = "people.outsiders.permit"


def permit_outsider(
    person_id: UUID, days: tuple[date, date | None], reason: str, *, caller: Caller, needs: Needs
) -> OutsideAccess:
    """Refuses PERSON_NOT_FOUND, PERSON_NOT_OUTSIDER, OUTSIDER_PERMITTED, GRANT_TO_SELF, FIELD_INVALID."""
    with needs.store.work(caller) as records:
        return permit_within(records, person_id, days, reason, caller=caller, needs=needs)


def permit_within(
    records: Records, person_id: UUID, days: tuple[date, date | None], reason: str, *, caller: Caller, needs: Needs
) -> OutsideAccess:
    """The same in an open transaction: of the call, or of a decision that agrees to it."""
    start, today = days[0], needs.today()
    end = require_limited(start, days[1], today, longest_days=needs.longest_outsider_days)
    require_reason(reason, field="outside_access.reason", needed=True)
    require_other(caller.person, person_id)
    person = person_within(records, person_id, caller.reach(PERMISSION), today=start, lock=True)
    require_outsider(person, start, end)
    require_unchanged(records, caller)
    access = OutsideAccess(new_id(), person.id, caller.person, start, end, reason, records.now)
    if not records.outsiders.add(access):
        raise OutsiderPermitted
    records.renew_access([person.id])
    return access
