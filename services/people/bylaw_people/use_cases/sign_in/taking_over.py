"""Whoever changes how somebody signs in could sign in as them: they must hold all that person holds (SEC-1)."""

from bylaw_chassis.caller import Caller, HeldGrant

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.granting import Place, require_within
from bylaw_people.rules.staff import PersonRecord
from bylaw_people.use_cases.holding import whatever_given


def require_no_more(records: Records, person: PersonRecord, caller: Caller, needs: Needs) -> None:
    """Refuses GRANT_BEYOND_OWN where somebody may do more than the caller, or will, or could but for a lock."""
    grants = whatever_given(records, person, needs.today(), needs=needs)
    require_within_own(records, person, grants, caller, needs)


def require_within_own(
    records: Records, person: PersonRecord, grants: tuple[HeldGrant, ...], caller: Caller, needs: Needs
) -> None:
    """Refuses GRANT_BEYOND_OWN where one of a person's grants reaches further than what the caller holds."""
    today = needs.today()
    own_unit = records.grants.unit_of(person.id, today)
    for grant in grants:
        unit = grant.unit or (own_unit if grant.scope.value == "self" else None)
        above = records.grants.units_above(unit, today) if unit else frozenset()
        require_within(caller.reach, grant.permissions, Place(grant.scope, person.id, unit, above))
