"""Ends a grant now, everywhere within seconds; it stays on record (SEC-3)."""

from dataclasses import replace
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.access.granting import Grant
from bylaw_people.rules.access.refusals import GrantNotFound
from bylaw_people.use_cases.access.administration import keeping_an_administrator
from bylaw_people.use_cases.decisions.refresh_decisions import refresh_role

PERMISSION = "people.grants.revoke"


def revoke_grant(grant_id: UUID, caller: Caller, needs: Needs) -> Grant:
    """Refuses GRANT_NOT_FOUND, GRANT_ENDED, LAST_ADMINISTRATOR."""
    today = needs.today()
    with needs.store.work(caller) as records, keeping_an_administrator(records, today):
        grant = records.grants.find_to_end(grant_id, caller.reach(PERMISSION), today)
        if grant is None:
            raise GrantNotFound
        grant.require_running(today)
        records.grants.end([grant.id], today)
        records.renew_access(records.grants.holders(grant, today))
        refresh_role(records, grant.role, today)
        last_date = max(today, grant.start_date)
        return replace(grant, end_date=last_date, ended_at=records.now, ended_by=caller.person)
