"""Who is calling and how far their grants reach."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
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
    when the grants were read; `methods` are those by which they proved who they are (RFC 8176: `pwd`, `otp`), and
    `proved_at` is when (`auth_time` of OpenID Connect), which a refresh does not change; nothing where nobody did.
    """

    person: UUID | None = None
    service: str = ""
    grants: tuple[HeldGrant, ...] = ()
    session: UUID | None = None
    access_revision: int = 0
    methods: tuple[str, ...] = ()
    proved_at: datetime | None = None
    key: str = field(init=False, compare=False, repr=False)
    """Who it is, as one text: the namespace of their idempotency keys and page tokens."""

    permissions: frozenset[str] = field(init=False, compare=False, repr=False)
    """Everything they hold for any scope."""

    _reaches: dict[str, Reach] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Worked out once: the caller of a remembered token makes many calls."""
        key = str(self.person) if self.person else f"service:{self.service}" if self.service else ""
        object.__setattr__(self, "key", key)
        everything = frozenset().union(*(grant.permissions for grant in self.grants))
        object.__setattr__(self, "permissions", everything)

    def reach(self, permission: str) -> Reach:
        """How far a permission reaches for this caller; `Reach().nothing` where they lack it."""
        known = self._reaches.get(permission)
        if known is None:
            known = self._reaches[permission] = self._reach(permission)
        return known

    def _reach(self, permission: str) -> Reach:
        held = [grant for grant in self.grants if permission in grant.permissions]
        return Reach(
            everyone=any(grant.scope is Scope.COMPANY for grant in held),
            own=self.person if any(grant.scope is Scope.SELF for grant in held) else None,
            units=_units(held, Scope.UNIT),
            subtrees=_units(held, Scope.SUBTREE),
        )


def _units(held: Iterable[HeldGrant], scope: Scope) -> frozenset[UUID]:
    return frozenset(grant.unit for grant in held if grant.scope is scope and grant.unit)


def caller_by_key(key: str) -> Caller:
    """Who a key is, without what they hold: for a job that works on for whoever asked."""
    service = key.removeprefix("service:")
    return Caller(service=service) if service != key else Caller(person=UUID(key) if key else None)


NOBODY = Caller()
"""The caller of a public call without a token."""
