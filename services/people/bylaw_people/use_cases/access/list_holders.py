"""Lists who holds a permission: for the whole organisation, a unit or a person, as of a date (SEC-3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.ports import Needs, Records
from bylaw_people.ports.access import Candidates
from bylaw_people.rules.access.explaining import Weighed
from bylaw_people.rules.access.granting import Place, takes_in
from bylaw_people.rules.access.refusals import PermissionUnknown
from bylaw_people.rules.access.roles import ADMINISTRATOR, DIRECTORY, EMPLOYEE, OWN
from bylaw_people.rules.fields import shown
from bylaw_people.use_cases.access.finding import READ
from bylaw_people.use_cases.access.targets import Target, place_of_target, require_reached
from bylaw_people.use_cases.holding import Holding, holdings_of

JUDGED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a permission there, and what gives it."""

    person: UUID
    weighed: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class HoldersWish:
    """Which permission, where, on which day."""

    permission: str
    target: Target
    day: date


def list_holders(wish: HoldersWish, caller: Caller, needs: Needs, *, after: UUID | None, limit: int) -> list[Holder]:
    """People within the caller's reach, by id; refuses FIELD_INVALID and what is not there, as the contract says."""
    if not wish.permission:
        raise FieldInvalid(field="permission", zh="必填", en="is needed")
    if wish.permission not in needs.roles[ADMINISTRATOR].permissions:
        raise PermissionUnknown(permission=shown(wish.permission))
    with needs.store.read() as records:
        require_reached(records, wish.target, caller.reach(READ), day=wish.day)
        place = place_of_target(records, wish.target, day=wish.day)
        found: list[Holder] = []
        for holding in _candidates(records, wish, caller, needs=needs, after=after):
            weighed = _weighed(holding, wish.permission, place)
            if weighed:
                found.append(Holder(holding.person.id, weighed))
            if len(found) == limit:
                break
    return found


def _candidates(
    records: Records, wish: HoldersWish, caller: Caller, *, needs: Needs, after: UUID | None
) -> Iterator[Holding]:
    """Everybody who was given a role with the permission, judged some hundred at a time."""
    as_of, sought = needs.as_of(wish.day), _sought(records, wish, needs)
    reach = caller.reach(READ)
    while True:
        ids = records.holdings.candidates(sought, reach, as_of, after=after, limit=JUDGED_AT_ONCE)
        yield from holdings_of(records, records.people.many(ids), wish.day, needs=needs).values()
        if len(ids) < JUDGED_AT_ONCE:
            return
        after = ids[-1]


def _sought(records: Records, wish: HoldersWish, needs: Needs) -> Candidates:
    known = needs.roles | records.roles.all(needs.as_of(wish.day).ends_at)
    roles = frozenset(role.name for role in known.values() if wish.permission in role.permissions)
    by_post = wish.permission if EMPLOYEE in roles else ""
    return Candidates(roles, by_post in DIRECTORY, wish.target.person if by_post in OWN else None)


def _weighed(holding: Holding, permission: str, place: Place) -> tuple[Weighed, ...]:
    held = [standing for standing in holding.standings if permission in standing.permissions]
    reaches = [(one, Caller(holding.person.id, grants=(one.held,)).reach(permission)) for one in held]
    return tuple(Weighed(one, reaches=True) for one, reach in reaches if takes_in(reach, place))
