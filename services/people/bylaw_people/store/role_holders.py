"""Who holds a role on a day: by a grant to them or to their position, or by being employed or heading a unit."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from bylaw_people.store.tables import appointments, deputyships, grants, headships, holds_on


def holders_of(role: str, day: date) -> Any:
    """A selection of the ids of those who hold a role on a day, in one column."""
    if role == "employee":
        return sa.select(appointments.c.person).where(holds_on(appointments, day))
    if role == "unit-head":
        return sa.select(headships.c.person).where(holds_on(headships, day))
    if role == "deputy-head":
        return sa.select(deputyships.c.person).where(holds_on(deputyships, day))
    columns = grants.c
    counting = (
        columns.role == role,
        columns.ended_at.is_(None),
        columns.start_date <= day,
        sa.or_(columns.end_date.is_(None), columns.end_date >= day),
    )
    by_position = (
        sa.select(appointments.c.person)
        .join(grants, columns.position == appointments.c.position)
        .where(holds_on(appointments, day), *counting)
    )
    named = sa.select(columns.person).where(columns.person.is_not(None), *counting)
    return sa.union(named, by_position)
