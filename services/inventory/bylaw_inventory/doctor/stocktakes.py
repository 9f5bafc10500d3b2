"""What the doctor examines of stocktakes: nothing was adjusted but what was counted and approved (WHS-6)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED

# Each finds names of what does not hold.
_NOT_APPROVED = """
    select 'stockMovements/' || movement.id as name from movements as movement where movement.kind = 8 and not exists (
        select from stocktakes as own join decided on decided.decision = own.decision and decided.state = 'agreed'
        where movement.id = any(own.movements) and own.state = 5 and own.warehouse = movement.warehouse
    )
"""
_UNLIKE_DIFFERENCES = """
    select distinct 'stockMovements/' || movement as name from (
        select line.movement, line.item, line.lot, line.from_place, line.to_place, line.quantity
        from movement_lines as line join movements on movements.id = line.movement and movements.kind = 8
        union all
        select one.movement, one.item, one.lot, case one.kind when 1 then beyond.id else one.place end,
            case one.kind when 1 then one.place else beyond.id end, -one.quantity
        from stocktake_differences as one join stocktakes as own on own.id = one.stocktake
            join places as beyond on beyond.warehouse = own.warehouse
                and beyond.kind = case one.kind when 3 then 8 else 7 end
        where one.movement is not null
    ) as said group by movement, item, lot, from_place, to_place having sum(quantity) <> 0
"""
_NOT_ADJUSTED = """
    select 'stocktakes/' || own.id as name from stocktakes as own join stocktake_differences as one
        on one.stocktake = own.id
    where (one.movement is not null) <> (own.state = 5 and one.proposal = 1)
        or one.movement is not null and not one.movement = any(own.movements)
"""
_UNLIKE_COUNTS = """
    select 'stocktakes/' || own.id as name from stocktakes as own
        join stocktake_results as result on result.stocktake = own.id and result.revision = own.counted_revision
        join stocktake_counts as counted on counted.stocktake = own.id and counted.number = result.count
        left join stocktake_differences as one on one.stocktake = own.id and one.balance = result.balance
    group by own.id, result.balance, result.book, counted.sound, counted.damaged
    having result.book - counted.sound - counted.damaged
            <> coalesce(sum(case one.kind when 1 then -one.quantity when 2 then one.quantity end), 0)
        or counted.damaged <> coalesce(sum(one.quantity) filter (where one.kind = 3), 0)
"""
_UNLIKE_BOOK = """
    select 'stocktakes/' || result.stocktake as name from stocktake_results as result
        join stocktake_counts as counted on counted.stocktake = result.stocktake and counted.number = result.count
        left join entries as entry on entry.balance = result.balance and entry.number <= result.entries
        left join movements as reversal on reversal.id = entry.movement and reversal.reverses is not null
        left join movements as first on first.id = reversal.reverses
    group by result.stocktake, result.revision, result.balance, result.book
    having result.book <> coalesce(sum(entry.on_hand) filter (
        where coalesce(first.posted_at, entry.at) <= counted_at or coalesce(first.day, entry.day) < counted_on
    ), 0)
"""
_STILL_FROZEN = """
    select 'places/' || places.id as name from places join stocktakes as own on own.id = places.frozen_by
    where own.state <> 2
"""
CHECKS = (_NOT_APPROVED, _UNLIKE_DIFFERENCES, _NOT_ADJUSTED, _UNLIKE_COUNTS, _UNLIKE_BOOK, _STILL_FROZEN)


def stocktakes(connection: sa.Connection, _: Examined) -> Finding:
    """Each adjusting movement is of an approved stocktake, and its lines of differences, counts and cards."""
    apart = [name for check in CHECKS for name in connection.execute(sa.text(check)).scalars()]
    named = ", ".join(dict.fromkeys(apart[:MOST_NAMED]))
    return Finding(
        "stocktakes",
        not apart,
        Words(
            f"与点数、差异或批准不符的盘点调整 {len(apart)} 处{f'：{named}' if named else ''}。",
            f"adjustments unlike their counts, differences or approval: {len(apart)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
