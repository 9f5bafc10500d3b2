"""Roles of the company's own: named sets of permissions that people may hold and their makers hold (SEC-1)."""

import re
from collections.abc import Collection

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.access.granting import in_own_right
from bylaw_people.rules.access.refusals import GrantBeyondOwn
from bylaw_people.rules.access.roles import Role
from bylaw_people.rules.fields import Fields, shown

NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")


def require_role(role: Role, *, givable: frozenset[str]) -> None:
    """A name, a title, and permissions that may be given; refuses FIELD_INVALID."""
    if not NAME.fullmatch(role.name):
        raise FieldInvalid(
            field="role_id",
            zh="应为 2 至 40 个小写字母、数字或连字符，以字母开头",
            en="expected 2 to 40 lower-case letters, digits and hyphens, beginning with a letter",
        )
    fields = Fields()
    fields.title("role.title", role.title)
    fields.require()
    if not role.permissions:
        raise FieldInvalid(field="role.permissions", zh="至少一项", en="at least one is needed")
    for permission in sorted(role.permissions - givable):
        raise FieldInvalid(
            field="role.permissions",
            zh=f"没有可授予的权限 {shown(permission)}",
            en=f"there is no permission {shown(permission)} that can be given",
        )


def require_held_everywhere(caller: Caller, permissions: Collection[str]) -> None:
    """A role may be given anywhere: refuses GRANT_BEYOND_OWN naming what its maker does not hold everywhere."""
    own = in_own_right(caller)
    for permission in sorted(permissions):
        if not own.reach(permission).everyone:
            raise GrantBeyondOwn(permission=permission)
