"""What somebody holds on a day and what gives it: grants and posts, each permission by its source (SEC-1, SEC-3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import HeldGrant, Scope

from bylaw_people.rules.access.granting import Grant
from bylaw_people.rules.access.outsiders import is_outsider
from bylaw_people.rules.access.roles import DIRECTORY, EMPLOYEE, OWN, Role
from bylaw_people.rules.staff import PersonRecord, left_since


@dataclass(frozen=True, slots=True)
class Post:
    """That somebody heads a unit, or deputises for its head: `role` is the one that comes with it (ORG-3)."""

    role: str
    unit: UUID
    start_date: date
    end_date: date | None
    appointed_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What gives somebody permissions: a grant, in person or by a position, or a post. `source` is a resource name."""

    source: str
    role: str
    scope: Scope
    unit: UUID | None
    permissions: frozenset[str]
    clause: str = "SEC-1"
    start_date: date | None = None
    end_date: date | None = None
    granted_by: UUID | None = None
    position: UUID | None = None
    reason: str = ""

    @property
    def held(self) -> HeldGrant:
        """As a caller holds it."""
        return HeldGrant(self.scope, self.unit, self.permissions, (self.source,))


@dataclass(frozen=True, slots=True)
class Given:
    """What the records say was given to somebody on a day: grants, in person or by a position, and posts."""

    grants: tuple[Grant, ...] = ()
    posts: tuple[Post, ...] = field(default=())


def still_given(person: PersonRecord, day: date, given: Given) -> Given:
    """Without what ended with a last day: who is taken on again does not get back what they once were given (SEC-2)."""
    kept = [grant for grant in given.grants if not (grant.person and _ended(person, grant, day))]
    return replace(given, grants=tuple(kept))


def _ended(person: PersonRecord, grant: Grant, day: date) -> bool:
    return left_since(person.appointments, grant.start_date, day)


def standings_of(person: PersonRecord, day: date, given: Given, known: Mapping[str, Role]) -> tuple[Standing, ...]:
    """All that counts on a day for somebody who may enter; an outsider has no post beyond their own data (SEC-2)."""
    found = [_of_grant(grant, known[grant.role]) for grant in given.grants if grant.role in known]
    present = person.on(day)
    if present is None:
        return tuple(found)
    employed = known[EMPLOYEE].permissions
    own = Standing(f"roles/{EMPLOYEE}", EMPLOYEE, Scope.SELF, None, employed & OWN)
    own = replace(own, start_date=present.start_date, end_date=present.end_date)
    found.append(own)
    if not is_outsider(person, day):
        found.append(replace(own, scope=Scope.COMPANY, permissions=employed & DIRECTORY))
        found.extend(_of_post(post, known[post.role]) for post in given.posts)
    return tuple(found)


def held_by(standings: Iterable[Standing]) -> tuple[HeldGrant, ...]:
    """What a caller carries: one entry for a scope, unit and set of permissions, naming all that gives this set."""
    sources: dict[tuple[Scope, UUID | None, frozenset[str]], set[str]] = {}
    for standing in standings:
        key = (standing.scope, standing.unit, standing.permissions)
        sources.setdefault(key, set()).add(standing.source)
    ordered = sorted(sources.items(), key=lambda entry: (entry[0][0].value, str(entry[0][1] or ""), sorted(entry[1])))
    return tuple(
        HeldGrant(scope, unit, permissions, tuple(sorted(given))) for (scope, unit, permissions), given in ordered
    )


def _of_grant(grant: Grant, role: Role) -> Standing:
    return Standing(
        f"grants/{grant.id}",
        grant.role,
        grant.scope,
        grant.unit,
        role.permissions,
        start_date=grant.start_date,
        end_date=grant.end_date,
        granted_by=grant.granted_by,
        position=grant.position,
        reason=grant.reason,
    )


def _of_post(post: Post, role: Role) -> Standing:
    return Standing(
        f"roles/{role.name}",
        role.name,
        Scope.SUBTREE,
        post.unit,
        role.permissions,
        "ORG-3",
        post.start_date,
        post.end_date,
        post.appointed_by,
    )
