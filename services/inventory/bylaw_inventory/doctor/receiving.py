"""What the doctor examines of deliveries: what was accepted is what was received, by the note's own paper (WHS-1)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.ledger.movement import MovementKind, PaperKind
from bylaw_inventory.rules.receiving.delivery import DELIVERIES
from bylaw_inventory.store.receiving_tables import deliveries, delivery_accepted, delivery_notes
from bylaw_inventory.store.tables import lots, movement_lines, movements


def received(connection: sa.Connection, _: Examined) -> Finding:
    """Of each delivery the receipt holds what was accepted, is a receipt of its warehouse, and names its note."""
    apart = sorted({str(one) for query in (_unlike(), _strays()) for one in connection.execute(query).scalars()})
    named = ", ".join(f"{DELIVERIES}/{one}" for one in apart[:MOST_NAMED])
    return Finding(
        "goods deliveries",
        not apart,
        Words(
            f"接收数量与入库变动不符的到货 {len(apart)} 次{f'：{named}' if named else ''}。",
            f"deliveries whose receipt is not what was accepted: {len(apart)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def _unlike() -> sa.Select[tuple[object]]:
    """Deliveries of which another quantity was received than accepted."""
    taken, line, one = delivery_accepted.c, movement_lines.c, deliveries.c
    moved = (
        sa.select(one.id.label("delivery"), line.item, sa.func.coalesce(lots.c.code, "").label("lot"))
        .add_columns((-line.quantity).label("quantity"))
        .join(movement_lines, line.movement == one.movement)
        .outerjoin(lots, lots.c.id == line.lot)
    )
    said = sa.select(taken.delivery, taken.item, taken.lot, taken.quantity)
    both = sa.union_all(said, moved).subquery().c
    each = sa.select(both.delivery).group_by(both.delivery, both.item, both.lot)
    return sa.select(each.having(sa.func.sum(both.quantity) != 0).subquery().c.delivery).distinct()


def _strays() -> sa.Select[tuple[object]]:
    """Deliveries whose receipt is none, is of another warehouse, or does not name the note."""
    made, note, one = movements.c, delivery_notes.c, deliveries.c
    paper = sa.func.jsonb_build_array(
        sa.func.jsonb_build_object("kind", int(PaperKind.DELIVERY_NOTE), "number", note.number)
    )
    sound = sa.and_(
        made.kind == int(MovementKind.RECEIPT), made.warehouse == note.warehouse, made.papers.op("@>")(paper)
    )
    return (
        sa.select(one.id)
        .join(delivery_notes, note.id == one.note)
        .join(movements, made.id == one.movement)
        .where(sa.not_(sound))
    )
