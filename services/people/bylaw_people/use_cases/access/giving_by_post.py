"""Whoever appoints gives what the post gives: nobody so gives more than they hold, nor to themselves (SEC-1)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller, Scope

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.granting import Place, in_own_right, require_other, require_within
from bylaw_people.rules.access.roles import HEAD
from bylaw_people.rules.staff import Appointment, PersonRecord
from bylaw_people.use_cases.access.create_grant import place_of
from bylaw_people.use_cases.finding import require_unchanged

Placed = tuple[PersonRecord, Iterable[Appointment], Sequence[Appointment]]
"""Somebody, what they are appointed to, and what they were appointed to before."""


def require_positions_held(
    records: Records, person: PersonRecord, added: Iterable[Appointment], *, caller: Caller, needs: Needs
) -> None:
    """That who puts somebody into a position holds what it was given; refuses GRANT_BEYOND_OWN, GRANT_TO_SELF."""
    require_all_positions_held(records, [(person, added, person.appointments)], caller=caller, needs=needs)


def require_all_positions_held(records: Records, placed: Sequence[Placed], *, caller: Caller, needs: Needs) -> None:
    """The same of many at once; who held a position before is given nothing by it."""
    gained = {person.id: _gained(added, before) for person, added, before in placed}
    positions = frozenset().union(*gained.values())
    given = records.grants.of_positions(positions, needs.today()) if positions else []
    if not given:
        return
    with_grants = {grant.position for grant in given}
    for person, new in gained.items():
        require_other(caller.person, person if new & with_grants else None)
    require_unchanged(records, caller)
    known, own = needs.roles | records.roles.all(), in_own_right(caller)
    for grant in given:
        if grant.role in known:
            require_within(own.reach, known[grant.role].permissions, place_of(records, grant, needs))


def require_heading_held(records: Records, unit: UUID, day: date, *, caller: Caller, needs: Needs) -> None:
    """That who appoints a head or a deputy holds there what comes with it; refuses GRANT_BEYOND_OWN (ORG-3)."""
    require_unchanged(records, caller)
    place = Place(Scope.SUBTREE, None, unit, records.grants.units_above(unit, day))
    require_within(in_own_right(caller).reach, needs.roles[HEAD].permissions, place)


def require_heading_everywhere(heads: Collection[object], *, caller: Caller, needs: Needs) -> None:
    """The same for heads of any units, if there are any."""
    if heads:
        require_within(in_own_right(caller).reach, needs.roles[HEAD].permissions, Place(Scope.COMPANY, None))


def _gained(added: Iterable[Appointment], before: Sequence[Appointment]) -> frozenset[UUID]:
    """Positions that somebody comes to hold on days on which they did not hold them."""
    return frozenset(new.position for new in added if new.position and not any(_takes_in(old, new) for old in before))


def _takes_in(old: Appointment, new: Appointment) -> bool:
    ends = old.end_date is None or (new.end_date is not None and new.end_date <= old.end_date)
    return old.position == new.position and old.start_date <= new.start_date and ends
