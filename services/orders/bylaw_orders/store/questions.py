"""Which parcels couriers are asked for: claimed by one worker, and never more than may be asked within a minute."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.time_bounds import driver_within_deadline

from bylaw_orders.ports.parcels import Question
from bylaw_orders.store.parcel_tables import parcels
from bylaw_orders.store.parcels import as_parcel
from bylaw_orders.store.rows import rows_json

MINUTE = timedelta(minutes=1)
DUE: sa.ColumnElement[bool] = sa.literal_column(
    "exists (select from parcels where question_at <= now() and (leased_until is null or leased_until <= now()))"
)
"""Whether the time of any parcel has come."""
_SETTLE = (
    "update parcels as kept set question_at = new.question_at, tries = new.tries, subscribed_by = new.subscribed_by,"
    " leased_until = null from json_populate_recordset(null::parcels, %s::json) as new where kept.id = new.id"
)


def lease(connection: sa.Connection, now: datetime, until: datetime, *, per_minute: int) -> list[Question]:
    """Takes parcels whose time has come for oneself until an instant; others skip them meanwhile."""
    connection.execute(sa.text("select pg_advisory_xact_lock(hashtext('orders-questions'))"))
    asked = connection.scalar(sa.select(sa.func.count()).where(parcels.c.asked_at > now - MINUTE)) or 0
    if asked >= per_minute:
        return []
    free = sa.or_(parcels.c.leased_until.is_(None), parcels.c.leased_until <= now)
    due = (
        sa.select(parcels.c.id)
        .where(parcels.c.question_at <= now, free)
        .order_by(parcels.c.question_at)
        .limit(per_minute - asked)
        .with_for_update(skip_locked=True)
    )
    taken = parcels.update().where(parcels.c.id.in_(due)).values(leased_until=until, asked_at=now).returning(parcels)
    rows = connection.execute(taken).all()
    return sorted((Question(as_parcel(row), row.tries, row.subscribed_by) for row in rows), key=_place)


def settle(connection: sa.Connection, settled: Mapping[UUID, tuple[datetime | None, int, str]]) -> None:
    """Writes when each is asked for again, how often it was in vain, and who pushes it."""
    rows = [
        {"id": parcel, "question_at": again, "tries": tries, "subscribed_by": by}
        for parcel, (again, tries, by) in sorted(settled.items())
    ]
    if rows:
        driver_within_deadline(connection).execute(_SETTLE, (rows_json(rows),))


def _place(question: Question) -> UUID:
    return question.parcel.identifier
