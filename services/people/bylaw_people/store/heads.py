"""Who heads units and who deputises, as the store keeps them."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.rules.organisation import HeadChange, Headship, Post
from bylaw_people.rules.recording import Recorded
from bylaw_people.store import rows
from bylaw_people.store.tables import deputyships, headships, units

TABLES = {Post.HEAD: headships, Post.DEPUTY: deputyships}


def held(connection: sa.Connection, ids: Sequence[UUID]) -> dict[tuple[UUID, Post], tuple[Headship, ...]]:
    """Those who hold the posts of some units, oldest first."""
    asked = sa.cast(list(ids), pg.ARRAY(sa.Uuid))
    posts = [
        sa.select(table, sa.literal(post.value).label("post")).where(
            table.c.unit == sa.any_(asked), table.c.superseded_at.is_(None)
        )
        for post, table in TABLES.items()
    ]
    found: dict[tuple[UUID, Post], list[Headship]] = defaultdict(list)
    for row in connection.execute(sa.union_all(*posts).order_by("start_date")):
        found[row.unit, Post(row.post)].append(rows.headship(row))
    return {at: tuple(holders) for at, holders in found.items()}


def write(connection: sa.Connection, post: Post, unit: UUID, change: HeadChange, *, stamp: rows.Stamp) -> None:
    """Puts a change of a post on record."""
    table = TABLES[post]
    connection.execute(table.update().where(table.c.id.in_(change.superseded)).values(stamp.superseded))
    if change.added:
        connection.execute(table.insert(), [rows.headship_row(unit, new, stamp) for new in change.added])


def of_person(connection: sa.Connection, person: UUID) -> list[tuple[str, Headship]]:
    """Every post somebody holds, held or will hold, with the code of its unit."""
    found: list[tuple[str, Headship]] = []
    for table in TABLES.values():
        mine = sa.and_(table.c.person == person, table.c.superseded_at.is_(None))
        statement = sa.select(table, units.c.code).join(units, units.c.id == table.c.unit).where(mine)
        found.extend((row.code, rows.headship(row)) for row in connection.execute(statement.order_by(units.c.code)))
    return found


def history(connection: sa.Connection, unit: UUID, *, superseded: bool) -> list[tuple[Post, Recorded[Headship]]]:
    """Heads and deputies of a unit by first day; what counts alone, or all that was ever recorded."""
    found: list[tuple[Post, Recorded[Headship]]] = []
    for post, table in TABLES.items():
        statement = sa.select(table).where(table.c.unit == unit)
        if not superseded:
            statement = statement.where(table.c.superseded_at.is_(None))
        rows_ = connection.execute(statement)
        found.extend((post, Recorded(rows.headship(row), rows.recording(row))) for row in rows_)
    return sorted(found, key=lambda one: (one[1].fact.start_date, one[0].value, one[1].recording.at))
