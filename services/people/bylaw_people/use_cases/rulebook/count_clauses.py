"""Counts how often clauses refused calls to people, within what a caller may see."""

from bylaw_chassis.caller import Caller
from bylaw_chassis.clause_use import ClauseUse, Place, UseWish

from bylaw_people.ports import Needs
from bylaw_people.use_cases.finding import unit_within

PERMISSION = "people.clause_use.read"


def count_clauses(wish: UseWish, caller: Caller, needs: Needs, *, after: Place | None, limit: int) -> list[ClauseUse]:
    """Counts behind a place; refuses UNIT_NOT_FOUND."""
    reach, today = caller.reach(PERMISSION), needs.today()
    day = min(wish.last, max(wish.first, today))
    with needs.store.read() as records:
        if wish.unit:
            unit_within(records, wish.unit, reach, today=day)
        return records.rulebook.use(wish, reach, day=day, zone=needs.time_zone.key, page=(after, limit))
