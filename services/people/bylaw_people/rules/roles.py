"""The roles that ship and what each may do; employees and heads of units have theirs by their post (SEC-1, ORG-3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.caller import HeldGrant, Scope

from bylaw_people.rules.organisation import Wording

DIRECTORY = frozenset({"people.units.read", "people.positions.read", "people.sites.read"})
"""What everybody who is employed sees of the whole organisation: its units, positions and sites, not its people."""

OWN = frozenset({"people.staff.read", "attendance.punches.read", "attendance.sheets.read"})

HEADING = frozenset(
    {
        "people.staff.read",
        "people.staff.appoint",
        "people.units.read",
        "people.positions.read",
        "attendance.punches.read",
        "attendance.sheets.read",
        "attendance.policies.read",
    }
)
"""What the head of a unit may do within the unit and below, nowhere else (ORG-3)."""

SERVICE = DIRECTORY | {"people.feed.read", "attendance.feed.read"}
"""What the services of the suite may do for themselves."""

NEVER_READ = frozenset({"people.feed.read", "attendance.feed.read"})
"""Feeds hold everybody's data whole; an auditor reads through the lists."""


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions. An implicit one comes with a post and is never granted."""

    name: str
    title: Wording
    permissions: frozenset[str]
    implicit: bool = False


def roles(known: frozenset[str]) -> dict[str, Role]:
    """Every role by name, over the permissions that the contracts know."""
    shipped = (
        Role("employee", Wording("员工", "Employee"), OWN | DIRECTORY, implicit=True),
        Role("unit-head", Wording("单位负责人", "Head of a unit"), HEADING, implicit=True),
        Role("hr", Wording("人力资源", "Human resources"), _human_resources(known)),
        Role("warehouse-keeper", Wording("仓库管理员", "Warehouse keeper"), DIRECTORY | _of("inventory", known)),
        Role("finance", Wording("财务", "Finance"), DIRECTORY | {"people.staff.read", "attendance.sheets.read"}),
        Role("order-clerk", Wording("订单员", "Order clerk"), DIRECTORY | _of("orders", known)),
        Role("customer-service", Wording("客服", "Customer service"), DIRECTORY | _reads("orders", known)),
        Role("operations-director", Wording("运营总监", "Operations director"), _direction(known)),
        Role(
            "shop-manager",
            Wording("店长", "Shop manager"),
            HEADING | _reads("inventory", known) | _reads("orders", known),
        ),
        Role("administrator", Wording("管理员", "Administrator"), known),
        Role("auditor", Wording("审计员", "Auditor"), _reads("", known) - NEVER_READ),
    )
    return {role.name: role for role in shipped}


def _human_resources(known: frozenset[str]) -> frozenset[str]:
    everything = _of("people.staff", known) | _of("people.units", known) | _of("people.positions", known)
    people = {"people.organisation.import", "people.passwords.set", "people.sites.create"}
    return (everything | people | OWN | DIRECTORY | HEADING | _of("attendance", known)) - NEVER_READ


def _direction(known: frozenset[str]) -> frozenset[str]:
    return HEADING | _reads("inventory", known) | _reads("orders", known) | {"attendance.clocks.read"}


def _of(prefix: str, known: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in known if name.startswith(f"{prefix}."))


def _reads(prefix: str, known: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in known if name.startswith(prefix) and name.endswith((".read", ".list")))


@dataclass(frozen=True, slots=True)
class Granted:
    """A role that somebody was given, for a scope; what counts of a grant when a token is made."""

    role: str
    scope: Scope
    unit: UUID | None


def held(
    granted: Iterable[Granted], *, employed: bool, headed_units: Iterable[UUID], known: dict[str, Role]
) -> tuple[HeldGrant, ...]:
    """What somebody may do: what was granted and what comes with their post, one entry a scope and unit."""
    parts = [(grant.scope, grant.unit, known[grant.role].permissions) for grant in granted if grant.role in known]
    if employed:
        parts.append((Scope.SELF, None, OWN))
        parts.append((Scope.COMPANY, None, DIRECTORY))
        parts.extend((Scope.SUBTREE, unit, HEADING) for unit in headed_units)
    merged: dict[tuple[Scope, UUID | None], frozenset[str]] = {}
    for scope, unit, permissions in parts:
        merged[scope, unit] = merged.get((scope, unit), frozenset()) | permissions
    ordered = sorted(merged.items(), key=lambda entry: (entry[0][0].value, str(entry[0][1] or "")))
    return tuple(HeldGrant(scope, unit, permissions) for (scope, unit), permissions in ordered)
