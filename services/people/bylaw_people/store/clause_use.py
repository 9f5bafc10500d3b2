"""How often clauses refused calls to people, within a reach."""

from datetime import date

import sqlalchemy as sa
from bylaw_chassis.caller import Reach
from bylaw_chassis.clause_use import ClauseUse, Place, Units, UseWish, counted, refusals

from bylaw_people.store.reach import Within, subtree, units_as_of
from bylaw_people.store.tables import appointments


def clause_use(
    connection: sa.Connection, wish: UseWish, reach: Reach, *, day: date, zone: str, page: tuple[Place | None, int]
) -> list[ClauseUse]:
    """The counts behind a place, at most so many; units are those of a reach as of a day."""
    columns = appointments.c
    stays = (
        sa.select(
            columns.person, columns.unit, columns.start_date.label("first_day"), columns.end_date.label("last_day")
        )
        .where(columns.superseded_at.is_(None))
        .subquery()
    )
    after, limit = page
    spoken = [refusals(wish, zone, stays, _units(wish, reach, day))]
    return counted(connection, spoken, wish, after=after, limit=limit)


def _units(wish: UseWish, reach: Reach, day: date) -> Units | None:
    if wish.unit is None and reach.everyone:
        return None
    tree = units_as_of(day)
    found = sa.select(tree.c.unit).where(Within(reach, day).unit(tree.c.unit))
    return found if wish.unit is None else found.where(tree.c.unit.in_(subtree([wish.unit], day)))
