"""What use cases need to know of access: grants, roles, outsiders' permissions, what people hold, what changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from bylaw_chassis.caller import Reach

from bylaw_people.rules.access.changes import AccessChange, ChangeFilter
from bylaw_people.rules.access.granting import Administration, Grant
from bylaw_people.rules.access.holding import Given
from bylaw_people.rules.access.outsiders import OutsideAccess
from bylaw_people.rules.access.roles import Role


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day, and the instant at which it ends where the organisation is: what was ended before then did not count."""

    day: date
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class GrantFilter:
    """Which grants are asked for: given to whom, of which role, naming which unit, counting on which day."""

    person: UUID | None = None
    position: UUID | None = None
    role: str = ""
    unit: UUID | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may hold a permission: holders of some roles, everybody employed, one person for themselves."""

    roles: frozenset[str]
    everybody: bool = False
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """An account that is locked or over, or that a program has and somebody answers for."""

    stopped: bool
    owner: UUID | None = None


class Grants(Protocol):
    """The grants."""

    def add(self, grant: Grant) -> None: ...
    def find(self, grant: UUID, reach: Reach, day: date) -> Grant | None: ...
    def find_to_end(self, grant: UUID, reach: Reach, day: date) -> Grant | None: ...
    def end(self, ended: Collection[UUID], today: date) -> None: ...
    def from_day_on(self, person: UUID, day: date) -> list[Grant]: ...
    def of_person_before(self, person: UUID, day: date) -> list[UUID]: ...
    def page(self, day: date, reach: Reach, asked: GrantFilter, *, after: UUID | None, limit: int) -> list[Grant]: ...
    def granted(self, person: UUID, day: date) -> list[Grant]: ...
    def holders(self, grant: Grant, day: date) -> list[UUID]: ...
    def position_within(self, position: UUID, reach: Reach, day: date) -> bool: ...
    def holds_position(self, person: UUID | None, position: UUID, start: date, end: date | None) -> bool: ...
    def of_positions(self, positions: Collection[UUID], day: date) -> list[Grant]: ...
    def units_above(self, unit: UUID, day: date) -> frozenset[UUID]: ...
    def unit_of(self, person: UUID, day: date) -> UUID | None: ...


class Holdings(Protocol):
    """What people hold, and who administers the whole organisation."""

    def given(self, asked: Collection[UUID], as_of: AsOf) -> dict[UUID, Given]: ...
    def permitted(self, asked: Collection[UUID], as_of: AsOf) -> set[UUID]: ...
    def accounts(self, asked: Collection[UUID], as_of: AsOf) -> dict[UUID, Account]: ...
    def candidates(
        self, sought: Candidates, reach: Reach, as_of: AsOf, *, after: UUID | None, limit: int
    ) -> list[UUID]: ...
    def holders_of_role(self, role: str, day: date) -> list[UUID]: ...
    def lock_administration(self) -> None: ...
    def administrations(self, day: date) -> list[Administration]: ...


class Roles(Protocol):
    """The roles of the company's own."""

    def all(self, until: datetime | None = None) -> dict[str, Role]: ...
    def named(self, names: Collection[str], until: datetime) -> dict[str, Role]: ...
    def find(self, name: str, *, lock: bool = False) -> Role | None: ...
    def add(self, role: Role) -> bool: ...
    def change(self, role: Role, *, deleted: bool = False) -> None: ...
    def uses(self, name: str, day: date) -> int: ...
    def is_held(self, name: str, person: UUID | None, day: date) -> bool: ...


class Outsiders(Protocol):
    """Heads' permissions for outsiders."""

    def add(self, access: OutsideAccess) -> bool: ...
    def find(self, access: UUID, reach: Reach, day: date, *, lock: bool = False) -> OutsideAccess | None: ...
    def end(self, access: UUID) -> None: ...
    def of(self, person: UUID) -> list[OutsideAccess]: ...
    def page(
        self, day: date, reach: Reach, *, person: UUID | None, running: date | None, after: UUID | None, limit: int
    ) -> list[OutsideAccess]: ...


class AccessChanges(Protocol):
    """What changed in who may do what."""

    def page(self, asked: ChangeFilter, reach: Reach, *, after: str, limit: int) -> list[AccessChange]: ...
