"""What customers are told of their parcels: at which steps, each once, and what became of it (ORD-2)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.time_bounds import driver_within_deadline
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.ports.parcels import MessageSteps, Outgoing
from bylaw_orders.rules.tracking.messages import Step
from bylaw_orders.store.parcel_tables import customer_messages, message_steps, parcels
from bylaw_orders.store.parcels import as_parcel
from bylaw_orders.store.rows import rows_json
from bylaw_orders.store.tables import channels, orders

_WANT = """
    insert into customer_messages (parcel, step, wanted_at)
    select told.parcel, told.step, told.wanted_at
    from json_populate_recordset(null::customer_messages, %s::json) as told
    join parcels on parcels.id = told.parcel join orders on orders.id = parcels.of_order
    join message_steps on message_steps.channel = orders.channel and told.step = any (message_steps.steps)
    on conflict do nothing returning parcel, step
"""


def steps_of(connection: sa.Connection, channel: UUID) -> MessageSteps:
    """At which steps those of a channel are told."""
    row = connection.execute(sa.select(message_steps).where(message_steps.c.channel == channel)).one_or_none()
    return MessageSteps(frozenset(map(Step, row.steps)), row.language) if row else MessageSteps()


def set_steps(connection: sa.Connection, channel: UUID, steps: MessageSteps) -> None:
    """Says at which steps they are."""
    row = {"steps": sorted(map(int, steps.steps)), "language": steps.language}
    made = pg.insert(message_steps).values(channel=channel, **row)
    connection.execute(made.on_conflict_do_update(index_elements=["channel"], set_=row))


def want(connection: sa.Connection, steps: Sequence[tuple[UUID, Step]], now: datetime) -> list[tuple[UUID, Step]]:
    """Of these steps of parcels those that their channel tells of and that were not told before."""
    if not steps:
        return []
    rows = rows_json({"parcel": parcel, "step": int(step), "wanted_at": now} for parcel, step in sorted(set(steps)))
    found = driver_within_deadline(connection).execute(_WANT, (rows,)).fetchall()
    return [(row[0], Step(row[1])) for row in found]


def outgoing(connection: sa.Connection, parcel: UUID, step: Step) -> Outgoing | None:
    """A message that is wanted and has not ended; what its channel no longer tells of is none."""
    query = (
        sa.select(
            parcels,
            orders.c.number,
            channels.c.title_zh,
            channels.c.title_en,
            message_steps.c.language,
            customer_messages.c.wanted_at,
        )
        .select_from(customer_messages)
        .join(parcels, parcels.c.id == customer_messages.c.parcel)
        .join(orders, orders.c.id == parcels.c.of_order)
        .join(channels, channels.c.id == orders.c.channel)
        .join(message_steps, message_steps.c.channel == channels.c.id)
        .where(
            customer_messages.c.parcel == parcel,
            customer_messages.c.step == int(step),
            customer_messages.c.ended_at.is_(None),
            sa.literal(int(step)) == sa.any_(message_steps.c.steps),
        )
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Outgoing(as_parcel(row), step, row.number, (row.title_zh, row.title_en), row.language, row.wanted_at)


def end(connection: sa.Connection, parcel: UUID, step: Step, *, outcome: str, now: datetime) -> None:
    """Writes what became of it."""
    own = customer_messages.c
    connection.execute(
        customer_messages.update()
        .where(own.parcel == parcel, own.step == int(step), own.ended_at.is_(None))
        .values(ended_at=now, outcome=outcome)
    )
