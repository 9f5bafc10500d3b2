"""Ends an outsider's permission now, and with it their grants and tokens (SEC-2)."""

from dataclasses import replace
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.access.outsiders import OutsideAccess
from bylaw_people.rules.access.refusals import OutsideAccessNotFound
from bylaw_people.use_cases.access.permit_outsider import PERMISSION
from bylaw_people.use_cases.decisions.refresh_decisions import refresh_touching
from bylaw_people.use_cases.finding import person_within


def end_outside_access(access_id: UUID, caller: Caller, needs: Needs) -> OutsideAccess:
    """Refuses OUTSIDE_ACCESS_NOT_FOUND, OUTSIDE_ACCESS_ENDED."""
    reach, today = caller.reach(PERMISSION), needs.today()
    with needs.store.work(caller) as records:
        access = records.outsiders.find(access_id, reach, today)
        if access is None:
            raise OutsideAccessNotFound
        person_within(records, access.person, reach, today=today, lock=True)
        access = records.outsiders.find(access_id, reach, today, lock=True) or access
        access.require_running(today)
        records.outsiders.end(access.id)
        records.grants.end(records.grants.of_person_before(access.person, access.end_date), today)
        records.renew_access([access.person])
        refresh_touching(records, access.person, today)
        return replace(access, ended_at=records.now, ended_by=caller.person)
