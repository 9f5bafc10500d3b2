"""What the doctor examines of returns: no more is decided than came back, and scrap was agreed to (WHS-6)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED

# Each finds names of what does not hold.
_NOT_APPROVED = """
    select 'stockMovements/' || movement.id as name from movements as movement where movement.kind = 9 and not exists (
        select from return_decisions as own join decided on decided.decision = own.decision and decided.state = 'agreed'
        join return_decision_lines as line on line.decision = own.id and line.booked = movement.id and line.outcome = 2
        where own.scrap_state = 2 and own.warehouse = movement.warehouse
    )
"""
_UNLIKE_LINES = """
    select distinct 'stockMovements/' || movement as name from (
        select line.movement, line.item, line.lot, line.from_place, line.quantity from movement_lines as line
        where line.movement in (select booked from return_decision_lines)
            or line.movement in (select id from movements where kind = 9)
        union all
        select one.booked, one.item, one.lot, one.from_place, -one.quantity
        from return_decision_lines as one where one.booked is not null
    ) as said group by movement, item, lot, from_place having sum(quantity) <> 0
"""
_OVER_RETURNED = """
    select distinct 'stockMovements/' || movement as name from (
        select own.movement, line.item, line.lot, line.from_place as place, line.quantity from return_decisions as own
        join return_decision_lines as line on line.decision = own.id
        where own.scrap_state = 1 or line.booked is not null
            and not exists (select from movements as reversal where reversal.reverses = line.booked)
        union all
        select line.movement, line.item, line.lot, line.to_place, -line.quantity from movement_lines as line
        join movements as made on made.id = line.movement and made.kind = 4
        where made.id in (select movement from return_decisions)
    ) as said group by movement, item, lot, place having sum(quantity) > 0
"""
_NOT_BOOKED = """
    select distinct 'returnDecisions/' || own.id as name from return_decisions as own
    left join return_decision_lines as line on line.decision = own.id
    where line.decision is null or (line.booked is not null) <> (own.scrap_state in (0, 2))
        or (line.outcome = 2) <> (own.scrap_state <> 0)
"""
CHECKS = (_NOT_APPROVED, _UNLIKE_LINES, _OVER_RETURNED, _NOT_BOOKED)


def returned(connection: sa.Connection, _: Examined) -> Finding:
    """What was decided on each return came back by it, was booked as it was decided, and scrap was agreed to."""
    apart = [name for check in CHECKS for name in connection.execute(sa.text(check)).scalars()]
    named = ", ".join(dict.fromkeys(apart[:MOST_NAMED]))
    return Finding(
        "goods returned",
        not apart,
        Words(
            f"与退回数量、批准或账面不符的退货处理 {len(apart)} 处{f'：{named}' if named else ''}。",
            f"decisions on returns unlike what came back, was agreed, or was booked: {len(apart)}"
            f"{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
