"""What the doctor examines of quantities stated in further units: they come to what was booked (GDS-1, WHS-4)."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words
from bylaw_chassis.values import resource_name

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.ledger.movement import MOVEMENTS, MovedLine, legs, said_on_cards
from bylaw_inventory.rules.receiving.delivery import DELIVERIES
from bylaw_inventory.rules.receiving.note import NOTES
from bylaw_inventory.store import units
from bylaw_inventory.store.receiving_tables import delivery_counts, delivery_note_lines
from bylaw_inventory.store.tables import entries, items, movement_lines
from bylaw_inventory.store.units_tables import item_units

_SAID = entries.c.said.is_not(None)
# Movements of which anything says a further unit, on their paper or on a card.
_STATED = sa.union(
    sa.select(movement_lines.c.movement).where(movement_lines.c.said_unit.is_not(None)),
    sa.select(entries.c.movement).where(_SAID),
)
_LINES = (
    sa.select(movement_lines, items.c.unit, item_units.c.name.label("said_name"))
    .join(items, items.c.id == movement_lines.c.item)
    .outerjoin(item_units, item_units.c.id == movement_lines.c.said_unit)
    .where(movement_lines.c.movement.in_(_STATED))
    .order_by(movement_lines.c.movement, movement_lines.c.line)
)


def stated_units(connection: sa.Connection, _: Examined) -> Finding:
    """Each stated quantity converts to the one that was booked or announced, and cards say what movements say."""
    note, count, moved = delivery_note_lines.c, delivery_counts.c, movement_lines.c
    apart = [resource_name(NOTES, one) for one in _unconverted(connection, note.note, note.quantity)]
    apart += [resource_name(DELIVERIES, one) for one in _unconverted(connection, count.delivery, count.difference)]
    apart += [resource_name(MOVEMENTS, one) for one in _unconverted(connection, moved.movement, moved.quantity)]
    apart += [resource_name(MOVEMENTS, one) for one in _unlike_cards(connection)]
    known = connection.execute(sa.select(sa.func.count()).select_from(item_units)).scalar_one()
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "stated units",
        not apart,
        Words(
            f"换算单位 {known} 个，换算后与账面不符 {len(apart)} 处{f'：{named}' if named else ''}。",
            f"{known} further units; stated quantities that do not come to what was booked: {len(apart)}"
            f"{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def _unconverted(connection: sa.Connection, owner: sa.Column[Any], quantity: sa.Column[Any]) -> list[UUID]:
    """Whose lines say another quantity than they come to, or a unit of another item: multiplied, never divided."""
    said, unit = owner.table.c, item_units.c
    unlike = said.said_quantity * unit.base_quantity != quantity * unit.per
    joined = owner.table.join(item_units, unit.id == said.said_unit)
    query = sa.select(owner).select_from(joined).where(sa.or_(unlike, unit.item != said.item))
    return list(connection.execute(query.group_by(owner).order_by(owner)).scalars())


def _unlike_cards(connection: sa.Connection) -> Iterator[UUID]:
    """Movements whose cards say something else than their lines."""
    query = sa.select(entries.c.movement, entries.c.balance, entries.c.said).where(_SAID)
    on_cards: dict[UUID, dict[UUID, str]] = {}
    for movement, balance, text in connection.execute(query):
        on_cards.setdefault(movement, {})[balance] = text
    for movement, rows in groupby(connection.execute(_LINES), attrgetter("movement")):
        lines = [_line(row) for row in rows]
        moved, said = legs(lines), said_on_cards(lines)
        stated = {key.identifier: text for key, text in said.items() if text and moved[key]}
        if stated != on_cards.get(movement, {}):
            yield movement


def _line(row: Any) -> MovedLine:
    goods = (row.item, row.lot, row.from_place, row.to_place, row.quantity)
    return MovedLine(*goods, row.unit, said=units.said(row))
