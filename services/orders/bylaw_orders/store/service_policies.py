"""What channels promise their customers (CUS-2)."""

from dataclasses import asdict
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_orders.rules.tickets.policy import ServicePolicy
from bylaw_orders.store.ticket_tables import service_policies as policies


def of_channel(connection: sa.Connection, channel: UUID) -> ServicePolicy:
    """A channel's policy; as it ships where nobody has set it."""
    query = sa.select(policies).where(policies.c.channel == channel)
    row = connection.execute(query).mappings().one_or_none()
    return ServicePolicy(**row) if row else ServicePolicy(channel)


def put(connection: sa.Connection, made: ServicePolicy) -> None:
    """Sets a channel's policy. The channel's row is locked by the caller."""
    row = asdict(made)
    done = pg.insert(policies).values(row).on_conflict_do_update(index_elements=["channel"], set_=row)
    connection.execute(done)
