"""Roles of the company's own as they come in: a new one, and which fields of one an update changes."""

from datetime import datetime
from uuid import UUID

from bylaw.people.v1.access_pb2 import CreateRoleRequest, UpdateRoleRequest
from bylaw.people.v1.access_pb2 import Role as RoleMessage

from bylaw_people.rpc.reading import wording
from bylaw_people.rules.access.roles import Role
from bylaw_people.rules.fields import both_languages, whole
from bylaw_people.use_cases.access.update_role import RoleWish
from bylaw_people.use_cases.forms import plain
from bylaw_people.use_cases.masks import fixed_mask

WRITABLE, STEERING = frozenset({"title", "permissions"}), frozenset({"name", "etag"})


def role_name(name: str, *, field: str = "name") -> str:
    """What stands behind `roles/`; refuses FIELD_INVALID for a text that no database can hold."""
    return plain(name, field=field).removeprefix("roles/")


def new_role(request: CreateRoleRequest, *, now: datetime, by: UUID | None) -> Role:
    """The first revision of a role."""
    return Role(
        plain(request.role_id, field="role_id"),
        both_languages(wording(request.role.title)),
        frozenset(request.role.permissions),
        revision=1,
        changed_at=now,
        changed_by=by,
    )


def wish_of(request: UpdateRoleRequest) -> RoleWish:
    """What shall become of the role; without a mask, title and permissions.

    Refuses FIELD_INVALID, FIELD_NOT_WRITABLE.
    """
    role, kept = request.role, RoleMessage.DESCRIPTOR.fields_by_name
    mask = fixed_mask(request.update_mask.paths, WRITABLE, STEERING, elsewhere=kept, prefix="role")
    return RoleWish(
        role_name(role.name, field="role.name"),
        mask.value("title", lambda: whole(wording(role.title), field="role.title")),
        mask.value("permissions", lambda: tuple(role.permissions)),
        role.etag,
    )
