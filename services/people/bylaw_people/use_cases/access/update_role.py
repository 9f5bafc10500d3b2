"""Changes a role of the company's own, for everybody who holds it; what it was stays on record (SEC-1, SEC-3)."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.access.granting import require_other
from bylaw_people.rules.access.own_roles import require_held_everywhere, require_role
from bylaw_people.rules.access.refusals import RoleChanged
from bylaw_people.rules.access.roles import Role
from bylaw_people.rules.organisation import Wording
from bylaw_people.use_cases.access.finding import own_role
from bylaw_people.use_cases.finding import require_everywhere, require_unchanged


@dataclass(frozen=True, slots=True)
class RoleWish:
    """What shall become of a role; nothing where it stays. `etag` is what was seen."""

    name: str
    title: Wording | None
    permissions: Collection[str] | None
    etag: str = ""


def update_role(wish: RoleWish, caller: Caller, needs: Needs) -> Role:
    """Refuses ROLE_NOT_FOUND, ROLE_SHIPPED, ROLE_CHANGED, GRANT_BEYOND_OWN, GRANT_TO_SELF, FIELD_INVALID."""
    require_everywhere(caller, "people.roles.update")
    with needs.store.work(caller) as records:
        role = own_role(records, wish.name, needs)
        require_unchanged(records, caller)
        if wish.etag and wish.etag != str(role.revision):
            raise RoleChanged
        permissions = role.permissions if wish.permissions is None else frozenset(wish.permissions)
        changed = replace(role, title=wish.title or role.title, permissions=permissions)
        if changed == role:
            return role
        require_role(changed, givable=needs.permissions.givable)
        added = changed.permissions - role.permissions
        require_held_everywhere(caller, added)
        holds = bool(added) and records.roles.is_held(role.name, caller.person, needs.today())
        require_other(caller.person, None, holds_position=holds)
        changed = replace(changed, revision=role.revision + 1, changed_at=records.now, changed_by=caller.person)
        records.roles.change(changed)
        records.renew_access(records.holdings.holders_of_role(role.name, needs.today()))
    return changed
