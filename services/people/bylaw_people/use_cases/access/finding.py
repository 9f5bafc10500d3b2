"""Finds roles and people that access is asked about; what lies beyond reach is refused like what does not exist."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.granting import Grant
from bylaw_people.rules.access.outsiders import OutsideAccess
from bylaw_people.rules.access.refusals import GrantNotFound, OutsideAccessNotFound, RoleNotFound, RoleShipped
from bylaw_people.rules.access.roles import Role
from bylaw_people.rules.staff import PersonRecord
from bylaw_people.use_cases.finding import EVERYONE, person_within

READ = "people.grants.read"


def role_to_give(records: Records, name: str, needs: Needs) -> Role:
    """A role that is granted, not taken away meanwhile; refuses ROLE_NOT_FOUND."""
    role = needs.roles.get(name) or records.roles.find(name)
    if role is None or role.implicit:
        raise RoleNotFound
    return role


def own_role(records: Records, name: str, needs: Needs) -> Role:
    """A role of the company's own, locked; refuses ROLE_NOT_FOUND, ROLE_SHIPPED."""
    if name in needs.roles:
        raise RoleShipped(role=name)
    role = records.roles.find(name, lock=True)
    if role is None:
        raise RoleNotFound
    return role


def person_asked_about(records: Records, person: UUID, caller: Caller, *, day: date) -> PersonRecord:
    """Whose access is asked about: the caller, or somebody whose grants they may read; refuses PERSON_NOT_FOUND."""
    reach = EVERYONE if person == caller.person else caller.reach(READ)
    return person_within(records, person, reach, today=day)


def grant_within(records: Records, grant: UUID, reach: Reach, *, day: date) -> Grant:
    """A grant whose holder is within a reach; refuses GRANT_NOT_FOUND."""
    found = records.grants.find(grant, reach, day)
    if found is None:
        raise GrantNotFound
    return found


def outside_access_within(records: Records, access: UUID, reach: Reach, *, day: date) -> OutsideAccess:
    """A permission of an outsider within a reach; refuses OUTSIDE_ACCESS_NOT_FOUND."""
    found = records.outsiders.find(access, reach, day)
    if found is None:
        raise OutsideAccessNotFound
    return found
