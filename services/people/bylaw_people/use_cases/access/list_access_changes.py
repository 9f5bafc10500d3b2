"""Lists what changed in who may do what between two days (SEC-3)."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.access.changes import AccessChange, ChangeFilter, require_span
from bylaw_people.use_cases.access.finding import READ


def list_access_changes(
    days: tuple[date, date], person: UUID | None, caller: Caller, *, needs: Needs, after: str, limit: int
) -> list[AccessChange]:
    """Changes recorded from the first day to the end of the last, oldest first; refuses FIELD_INVALID."""
    require_span(*days)
    asked = ChangeFilter(needs.begin_of(days[0]), needs.as_of(days[1]).ends_at, needs.today(), person)
    with needs.store.read() as records:
        return records.access_changes.page(asked, caller.reach(READ), after=after, limit=limit)
