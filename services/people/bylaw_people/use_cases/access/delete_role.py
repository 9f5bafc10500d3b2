"""Takes a role of the company's own away, once nobody holds it; it stays on record (SEC-3)."""

from dataclasses import replace

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.access.refusals import RoleInUse
from bylaw_people.rules.access.roles import Role
from bylaw_people.use_cases.access.finding import own_role
from bylaw_people.use_cases.finding import require_everywhere


def delete_role(name: str, caller: Caller, needs: Needs) -> Role:
    """Refuses ROLE_NOT_FOUND, ROLE_SHIPPED, ROLE_IN_USE, PERMISSION_MISSING."""
    require_everywhere(caller, "people.roles.delete")
    with needs.store.work(caller) as records:
        role = own_role(records, name, needs)
        uses = records.roles.uses(role.name, needs.today())
        if uses:
            raise RoleInUse(role=role.name, count=uses)
        deleted = replace(role, revision=role.revision + 1, changed_at=records.now, changed_by=caller.person)
        records.roles.change(deleted, deleted=True)
    return deleted
