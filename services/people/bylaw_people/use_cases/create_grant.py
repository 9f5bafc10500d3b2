"""Gives a person a role for a scope and a time; nobody gives more than they hold, nor to themselves (SEC-1)."""

from bylaw_chassis.caller import Caller, Scope

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.granting import (
    Grant,
    Place,
    require_dates,
    require_other,
    require_scope,
    require_within,
)
from bylaw_people.rules.refusals import RoleNotFound
from bylaw_people.use_cases.finding import person_within, unit_within

PERMISSION = "people.grants.create"


def create_grant(grant: Grant, caller: Caller, needs: Needs) -> Grant:
    """Refuses ROLE_NOT_FOUND, PERSON_NOT_FOUND, UNIT_NOT_FOUND, GRANT_BEYOND_OWN, GRANT_TO_SELF, FIELD_INVALID."""
    role, today, reach = needs.roles.get(grant.role), needs.today(), caller.reach(PERMISSION)
    if role is None or role.implicit:
        raise RoleNotFound
    require_scope(grant.scope, grant.unit)
    require_dates(grant.start_date, grant.end_date, today)
    require_other(caller.person, grant.person)
    with needs.store.work(caller) as records:
        person_within(records, grant.person, reach, today=today)
        if grant.unit:
            unit_within(records, grant.unit, reach, today=today)
        require_within(caller.reach, {*role.permissions, PERMISSION}, _place(records, grant, needs))
        records.grants.add(grant)
    return grant


def _place(records: Records, grant: Grant, needs: Needs) -> Place:
    today = needs.today()
    unit = records.grants.unit_of(grant.person, today) if grant.scope is Scope.SELF else grant.unit
    above = records.grants.units_above(unit, today) if unit else frozenset()
    return Place(grant.scope, grant.person, unit, above)
