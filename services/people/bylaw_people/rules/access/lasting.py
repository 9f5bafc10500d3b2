"""Nobody gives for longer than they hold it: a limited time does not become an open one in a friend's hands (SEC-1)."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.rules.access.granting import Place, covers
from bylaw_people.rules.access.holding import Standing
from bylaw_people.rules.access.refusals import GrantBeyondOwn
from bylaw_people.rules.access.roles import DEPUTY


def require_as_long(
    standings: Iterable[Standing], permissions: Collection[str], place: Place, *, granter: UUID, last: date | None
) -> None:
    """Refuses GRANT_BEYOND_OWN naming a permission that the granter holds there only up to a day before `last`.

    `last` is the last day on which the grant counts, nothing where it is open.
    """
    own = [standing for standing in standings if standing.source != f"roles/{DEPUTY}"]
    for permission in sorted(permissions):
        ends = [each.end_date for each in own if permission in each.permissions and _reaches(each, place, granter)]
        known = [end for end in ends if end]
        if known and len(known) == len(ends) and (last is None or last > max(known)):
            raise GrantBeyondOwn(permission=permission)


def _reaches(standing: Standing, place: Place, granter: UUID) -> bool:
    held = Caller(person=granter, grants=(standing.held,))
    return any(covers(held.reach(permission), place) for permission in standing.permissions)
