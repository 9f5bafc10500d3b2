"""Who is told of something overdue: the nearest head who is not among those whose duty it is (ORG-3)."""

from collections.abc import Mapping
from uuid import UUID

from bylaw_people.rules.duties.telling import Pending
from bylaw_people.rules.organisation import UnitView


def answerable(pending: Pending, units: Mapping[UUID, UnitView]) -> UUID | None:
    """The head of its unit, or of the next one up that has another head; nobody where there is none."""
    view = units.get(pending.unit) if pending.unit else None
    while view:
        if view.head and view.head not in pending.responsible:
            return view.head
        view = units.get(view.version.parent) if view.version.parent else None
    return None
