"""How much more or less of an item than announced a warehouse takes as announced (WHS-1)."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.rules.receiving.tolerance import ReceivingRule, Tolerance
from bylaw_inventory.store.receiving_tables import receiving_rules

COLUMNS = receiving_rules.c


def write(connection: sa.Connection, made: ReceivingRule) -> None:
    """Sets a tolerance, in the stead of the one before."""
    own = {"warehouse": made.warehouse, "item": made.item}
    said = {
        "over_percent": made.tolerance.over,
        "under_percent": made.tolerance.under,
        "changed_at": made.changed_at,
        "changed_by": made.changed_by,
    }
    wanted = pg.insert(receiving_rules).values({**own, **said})
    connection.execute(wanted.on_conflict_do_update(index_elements=[*own], set_=said))


def of_items(connection: sa.Connection, warehouse: UUID, wanted: Collection[UUID]) -> dict[UUID, Tolerance]:
    """The tolerances of items, of those that have one."""
    query = sa.select(receiving_rules).where(COLUMNS.warehouse == warehouse, COLUMNS.item.in_(list(wanted)))
    return {row.item: Tolerance(row.over_percent, row.under_percent) for row in connection.execute(query)}


def listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]) -> list[ReceivingRule]:
    """A warehouse's tolerances by the id of the item, behind one."""
    after, limit = page
    query = sa.select(receiving_rules).where(COLUMNS.warehouse == warehouse).order_by(COLUMNS.item).limit(limit)
    if after:
        query = query.where(COLUMNS.item > after)
    return [
        ReceivingRule(
            row.warehouse,
            row.item,
            Tolerance(row.over_percent, row.under_percent),
            row.changed_at,
            row.changed_by,
        )
        for row in connection.execute(query)
    ]
