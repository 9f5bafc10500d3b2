"""Ends a grant now; it stays on record (SEC-3)."""

from dataclasses import replace
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.granting import Grant
from bylaw_people.rules.refusals import GrantNotFound


def revoke_grant(grant_id: UUID, caller: Caller, needs: Needs) -> Grant:
    """Refuses GRANT_NOT_FOUND, GRANT_ENDED."""
    today = needs.today()
    with needs.store.work(caller) as records:
        grant = records.grants.find(grant_id, caller.reach("people.grants.revoke"), today)
        if grant is None:
            raise GrantNotFound
        grant.require_running(today)
        last_date = max(today, grant.start_date)
        records.grants.end(grant.id, last_date)
        return replace(grant, end_date=last_date, ended_at=records.now)
