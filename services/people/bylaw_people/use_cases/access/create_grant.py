"""Gives a role to a person or a position, for a scope and a time; nobody gives more than they hold, nor to themselves.

(SEC-1, SEC-2)
"""

from dataclasses import replace

from bylaw_chassis.caller import Caller, Scope

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.granting import (
    Grant,
    Place,
    in_own_right,
    require_dates,
    require_one_holder,
    require_other,
    require_scope,
    require_whole,
    require_within,
)
from bylaw_people.rules.access.lasting import require_as_long
from bylaw_people.rules.access.outsiders import is_outsider, last_day_within, require_reason
from bylaw_people.rules.access.roles import Role
from bylaw_people.rules.refusals import PositionNotFound
from bylaw_people.use_cases.access.finding import role_to_give
from bylaw_people.use_cases.decisions.refresh_decisions import refresh_role
from bylaw_people.use_cases.finding import EVERYONE, person_within, require_unchanged, unit_within
from bylaw_people.use_cases.holding import holdings_of

PERMISSION = "people.grants.create"


def create_grant(grant: Grant, caller: Caller, needs: Needs) -> Grant:
    """Refuses as the contract says: what is not found, GRANT_BEYOND_OWN, GRANT_TO_SELF, OUTSIDER_NOT_PERMITTED."""
    today = needs.today()
    _require_fields(grant, caller, needs)
    with needs.store.work(caller) as records:
        role = role_to_give(records, grant.role, needs)
        if not role.shipped:
            require_whole(role.permissions & needs.permissions.everywhere, grant.scope)
        grant = _to_holder(records, grant, caller, needs=needs)
        if grant.unit:
            unit_within(records, grant.unit, caller.reach(PERMISSION), today=today)
        require_unchanged(records, caller)
        _require_own(records, grant, role, caller=caller, needs=needs)
        records.grants.add(grant)
        if grant.counts_on(today):
            records.renew_access(records.grants.holders(grant, today))
            refresh_role(records, grant.role, today)
    return grant


def _require_own(records: Records, grant: Grant, role: Role, *, caller: Caller, needs: Needs) -> None:
    """What is given the granter holds in their own right, as far and as long; refuses GRANT_BEYOND_OWN."""
    place, given, today = place_of(records, grant, needs), {*role.permissions, PERMISSION}, needs.today()
    require_within(in_own_right(caller).reach, given, place)
    granter = caller.person and records.people.find(caller.person, EVERYONE, today)
    if granter:
        held = holdings_of(records, [granter], today, needs=needs)[granter.id]
        require_as_long(held.standings, given, place, granter=granter.id, last=grant.end_date)


def place_of(records: Records, grant: Grant, needs: Needs) -> Place:
    """Where a grant counts, as of today."""
    today = needs.today()
    own = grant.scope is Scope.SELF and grant.person is not None
    unit = records.grants.unit_of(grant.person, today) if own and grant.person else grant.unit
    above = records.grants.units_above(unit, today) if unit else frozenset()
    return Place(grant.scope, grant.person, unit, above)


def _require_fields(grant: Grant, caller: Caller, needs: Needs) -> None:
    require_one_holder(grant.person, grant.position)
    require_scope(grant.scope, grant.unit)
    require_dates(grant.start_date, grant.end_date, needs.today())
    require_reason(grant.reason, field="grant.reason", needed=False)
    require_other(caller.person, grant.person)


def _to_holder(records: Records, grant: Grant, caller: Caller, *, needs: Needs) -> Grant:
    """To a person, locked, so that their permission does not end meanwhile; or a position the caller never holds."""
    reach, today = caller.reach(PERMISSION), needs.today()
    if grant.person:
        person = person_within(records, grant.person, reach, today=today, lock=True)
        account = records.holdings.accounts([person.id], needs.as_of(today)).get(person.id)
        require_other(caller.person, account.owner if account else None)
        if not is_outsider(person, grant.start_date):
            return grant
        permissions = records.outsiders.of(person.id)
        return replace(grant, end_date=last_day_within(permissions, grant.start_date, grant.end_date))
    position = grant.position
    if position is None or not records.grants.position_within(position, reach, today):
        raise PositionNotFound
    holds = records.grants.holds_position(caller.person, position, grant.start_date, grant.end_date)
    require_other(caller.person, None, holds_position=holds)
    return grant
