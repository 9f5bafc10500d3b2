"""Who is calling and how far their grants reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Scope(StrEnum):
    """How far a grant reaches in the tree of units."""

    SELF = "self"
    UNIT = "unit"
    SUBTREE = "subtree"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """Permissions held for a scope; `unit` is set for the scopes unit and subtree.

    `sources` are the resource names of what gives them: `grants/018f...`, or the role that comes with a post, as in
    `roles/unit-head`.
    """

    scope: Scope
    unit: UUID | None
    permissions: frozenset[str]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """What a permission reaches: everybody, or oneself, some units, some subtrees."""

    everyone: bool = False
    own: UUID | None = None
    units: frozenset[UUID] = frozenset()
    subtrees: frozenset[UUID] = frozenset()

    @property
    def nothing(self) -> bool:
        """True where the permission is not held at all."""
        return not (self.everyone or self.own or self.units or self.subtrees)


@dataclass(frozen=True, slots=True)
class Caller:
    """A verified caller: a person or a service of the suite; nobody where both are empty.

    `session` is the sign-in the token belongs to; `access_revision` says how often what the person may do had changed
    when the grants were read.
    """

    person: UUID | None = None
    service: str = ""
    grants: tuple[HeldGrant, ...] = ()
    session: UUID | None = None
    access_revision: int = 0

    @property
    def key(self) -> str:
        """Who it is, as one text: the namespace of their idempotency keys and page tokens."""
        return str(self.person) if self.person else f"service:{self.service}" if self.service else ""

    @property
    def permissions(self) -> frozenset[str]:
        """Everything they hold for any scope."""
        return frozenset().union(*(grant.permissions for grant in self.grants))

    def reach(self, permission: str) -> Reach:
        """How far a permission reaches for this caller; `Reach().nothing` where they lack it."""
        held = [grant for grant in self.grants if permission in grant.permissions]
        return Reach(
            everyone=any(grant.scope is Scope.COMPANY for grant in held),
            own=self.person if any(grant.scope is Scope.SELF for grant in held) else None,
            units=_units(held, Scope.UNIT),
            subtrees=_units(held, Scope.SUBTREE),
        )


def _units(held: Iterable[HeldGrant], scope: Scope) -> frozenset[UUID]:
    return frozenset(grant.unit for grant in held if grant.scope is scope and grant.unit)


NOBODY = Caller()
"""The caller of a public call without a token."""
