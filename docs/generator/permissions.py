"""The page of permissions: what each lets its holder do, and which shipped roles hold it."""

from collections import defaultdict
from collections.abc import Mapping

from bylaw_gateway.contract import access_of
from bylaw_people.permissions import known_permissions, permissions
from bylaw_people.rules.access.roles import Role, roles

from .contract import call_name, calls
from .markdown import code, link, page, table

INTRODUCTION = """\
A permission is named `service.resource.verb`. A grant gives a person a role for a scope (themselves, a unit, a unit and
all below it, the company) from a day on; a call that needs a permission reaches what the grants with it reach
([decision 6](../decisions/0006-tokens-carry-grants.md)). Nobody holds anything by default."""


def permissions_page() -> str:
    """The whole page."""
    return page(
        "Permissions", INTRODUCTION, table(["Permission", "Calls", "Shipped roles", "Limits"], _rows()), *_roles_part()
    )


def calls_by_permission() -> Mapping[str, list[str]]:
    """The names of the calls that need each permission."""
    found: dict[str, list[str]] = defaultdict(list)
    for method in calls():
        stated = access_of(method) or ""
        if "." in stated:
            found[stated].append(call_name(method))
    return found


def _rows() -> list[tuple[str, str, str, str]]:
    holders = shipped_roles()
    return [
        (
            code(permission),
            ", ".join(link(name, name, page_name="calls.md") for name in names),
            ", ".join(code(role.name) for role in holders if permission in role.permissions),
            _limits(permission),
        )
        for permission, names in sorted(calls_by_permission().items())
    ]


def _limits(permission: str) -> str:
    stated = permissions()
    limits = {
        "counts only for the whole company": stated.everywhere,
        "the suite's services alone: in no role of the company's own": stated.services_only,
    }
    return "; ".join(limit for limit, held in limits.items() if permission in held)


def _roles_part() -> list[str]:
    rows = [
        (code(role.name), role.title.zh, role.title.en, "with the post" if role.implicit else "by a grant")
        for role in shipped_roles()
    ]
    return ["## Shipped roles", table(["Role", "中文", "English", "Held"], rows)]


def shipped_roles() -> list[Role]:
    """The roles that ship, by name."""
    return sorted(roles(known_permissions()).values(), key=lambda role: role.name)
