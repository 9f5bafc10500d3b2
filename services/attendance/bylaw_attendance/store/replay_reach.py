"""Who may see which replays, as a condition on their rows: what `ShowReplay` says of a single one (SEC-1)."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.organisation.tables import units
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.store.tables import replays

_MONTH = sa.text("interval '1 month'")
_DAY = timedelta(days=1)


def seen(caller: Caller, reach: Reach) -> sa.ColumnElement[bool]:
    """Who started it, with the reach of then; or a reach over its unit, and all below it, in each of its months."""
    if reach.everyone:
        return sa.true()
    own = sa.and_(replays.c.created_by == caller.key, _still_holds(reach))
    return sa.or_(own, _within(reach.subtrees)) if reach.subtrees else own


def _still_holds(now: Reach) -> sa.ColumnElement[bool]:
    """`still_holds`, of the reach that was kept."""
    then = replays.c.reach
    own = then["own"].astext
    return sa.and_(
        sa.not_(then["everyone"].as_boolean()),
        sa.or_(own.is_(None), own == (str(now.own) if now.own else "")),
        then["units"].contained_by(_texts(now.units | now.subtrees)),
        then["subtrees"].contained_by(_texts(now.subtrees)),
    )


def _texts(ids: Collection[UUID]) -> sa.ColumnElement[object]:
    return sa.cast(sorted(map(str, ids)), pg.JSONB)


def _within(roots: Collection[UUID]) -> sa.ColumnElement[bool]:
    """Whether its unit lay in these subtrees at the end of each of its months."""
    tree = _trees(roots)
    own = _months().table_valued("month").render_derived()
    held = sa.select(tree.c.day, tree.c.unit)
    outside = sa.exists(
        sa.select(own.c.month).where(sa.tuple_(_end_of(own.c.month), replays.c.unit).not_in(held)).correlate(replays)
    )
    return sa.and_(replays.c.unit.is_not(None), ~outside)


def _trees(roots: Collection[UUID]) -> sa.CTE:
    """Units and all below them, as of the end of each month that any replay is of."""
    days = sa.select(_end_of(_months()).label("day")).distinct().cte()
    known = days.join(units, units.c.unit.in_(list(roots)))
    tree = sa.select(days.c.day, units.c.unit).select_from(known).cte(recursive=True)
    child = units.alias()
    below = sa.select(tree.c.day, child.c.unit).join(tree, child.c.parent == tree.c.unit)
    holds = sa.and_(child.c.first_day <= tree.c.day, sa.func.coalesce(child.c.last_day, tree.c.day) >= tree.c.day)
    return tree.union(below.where(holds))


def _months() -> sa.Function[object]:
    """The months of a replay, as instants without a zone: dates would become instants in that of the session."""
    first, last = (sa.cast(month, sa.DateTime) for month in (replays.c.first_month, replays.c.last_month))
    return sa.func.generate_series(first, last, _MONTH)


def _end_of(month: sa.ColumnElement[object]) -> sa.ColumnElement[object]:
    """The last day of a month, given its first."""
    return sa.cast(month + _MONTH - sa.literal(_DAY), sa.Date)
