"""Makes a role of the company's own: nobody puts in what they do not hold everywhere (SEC-1)."""

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.access.own_roles import require_held_everywhere, require_role
from bylaw_people.rules.access.refusals import RoleNameTaken
from bylaw_people.rules.access.roles import Role
from bylaw_people.use_cases.finding import require_everywhere, require_unchanged


def create_role(role: Role, caller: Caller, needs: Needs) -> Role:
    """Refuses ROLE_NAME_TAKEN, GRANT_BEYOND_OWN, PERMISSION_MISSING, FIELD_INVALID."""
    require_everywhere(caller, "people.roles.create")
    require_role(role, givable=needs.permissions.givable)
    require_held_everywhere(caller, role.permissions)
    with needs.store.work(caller) as records:
        require_unchanged(records, caller)
        if role.name in needs.roles or not records.roles.add(role):
            raise RoleNameTaken(role=role.name)
    return role
