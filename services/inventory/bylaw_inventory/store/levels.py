"""Stock levels, what the ledger says of the items of a warehouse, and what became of proposals (WHS-7)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_inventory.ports.levels import LevelsAsked
from bylaw_inventory.ports.stores import ByText
from bylaw_inventory.rules.ledger.movement import MovementKind
from bylaw_inventory.rules.levels.level import Level, LevelDays, Outcome, ProposalKind, Result, Seen
from bylaw_inventory.store.level_tables import stock_levels, stock_proposal_outcomes
from bylaw_inventory.store.warehouses import WITHIN_THE_DOOR

COLUMNS, OUTCOMES = stock_levels.c, stock_proposal_outcomes.c

# One question over all items of a warehouse: what lies there, what moved through the door in the days looked at (once,
# from the lines), and what was proposed and has its outcome. An issue that was reversed was none. Each line is summed
# once, with those of the same spans of days: of a million there are few such sums, and what is asked is of those.
_SEEN = """
    with own as (
        select id from places where warehouse = :warehouse and kind = any(:within)
    ), held as (
        select kept.item, sum(kept.on_hand) as on_hand, sum(kept.reserved) as reserved,
            coalesce(sum(kept.on_hand) filter (where lots.expires <= :expiring and kept.on_hand > 0), 0) as expiring
        from balances as kept join own on own.id = kept.place left join lots on lots.id = kept.lot
        where cast(:item as uuid) is null or kept.item = :item group by kept.item
    ), taken_back as materialized (
        select reverses from movements where reverses is not null and warehouse = :warehouse
    ), told as (
        select line.item, made.kind = :issue and made.id not in (select reverses from taken_back) as issue,
            (target.id is not null)::integer - (origin.id is not null)::integer as way,
            (made.day >= :demand)::integer + (made.day >= :slow)::integer * 2
                + (made.day >= :dead)::integer * 4 as spans,
            sum(line.quantity) as quantity, max(made.day) as last
        from movements as made join movement_lines as line on line.movement = made.id
        left join own as origin on origin.id = line.from_place left join own as target on target.id = line.to_place
        where made.warehouse = :warehouse and made.day >= :looked {of_one}
        group by 1, 2, 3, 4
    ), moved as (
        select item, coalesce(sum(quantity * way) filter (where spans & 1 > 0), 0) as since_demand,
            coalesce(sum(quantity * way) filter (where spans & 2 > 0), 0) as since_slow,
            coalesce(sum(quantity * way) filter (where spans & 4 > 0), 0) as since_dead,
            coalesce(sum(quantity) filter (where issue and spans & 1 > 0), 0) as issued,
            max(last) filter (where issue) as last_issue
        from told group by item
    ), settled as (
        select item, array_agg(distinct kind) as quiet from stock_proposal_outcomes
        where warehouse = :warehouse and quiet_until >= :today group by item
    )
    select items.id, items.code, items.unit, items.fraction_digits, coalesce(held.on_hand, 0) as on_hand,
        coalesce(held.reserved, 0) as reserved, coalesce(held.expiring, 0) as expiring,
        coalesce(moved.issued, 0) as issued, moved.last_issue,
        coalesce(held.on_hand, 0) - coalesce(moved.since_demand, 0) as before,
        coalesce(held.on_hand, 0) - coalesce(moved.since_slow, 0) as at_slow,
        coalesce(held.on_hand, 0) - coalesce(moved.since_dead, 0) as at_dead,
        level.reorder_point, level.reorder_quantity, level.lead_days, level.safety_days, level.cover_days,
        coalesce(settled.quiet, '{}') as quiet
    from items left join held on held.item = items.id left join moved on moved.item = items.id
    left join stock_levels as level on level.item = items.id and level.warehouse = :warehouse
    left join settled on settled.item = items.id
    where (held.on_hand <> 0 or held.reserved <> 0 or moved.item is not null or level.item is not null)
        and (cast(:item as uuid) is null or items.id = :item)
        and (cast(:code as text) is null or (lower(items.code), items.id) > (lower(:code), cast(:after as uuid)))
    order by lower(items.code), items.id limit :most
"""
_OF_ONE = """
    and line.item = :item and made.id in (
        select entry.movement from balances as kept join entries as entry on entry.balance = kept.id
        where kept.item = :item and entry.day >= :looked
    )
"""
_SEEN_OF_ALL, _SEEN_OF_ONE = (sa.text(_SEEN.replace("{of_one}", of_one)) for of_one in ("", _OF_ONE))


def write(
    connection: sa.Connection, warehouse: UUID, item: UUID, level: Level | None, *, at: datetime, by: str
) -> None:
    """Makes it the item's level there, in the stead of the one before; nothing: it has none."""
    own = {"warehouse": warehouse, "item": item}
    if level is None:
        connection.execute(stock_levels.delete().where(COLUMNS.warehouse == warehouse, COLUMNS.item == item))
        return
    days = {"lead_days": level.lead_days, "safety_days": level.safety_days, "cover_days": level.cover_days}
    said = {"reorder_point": level.point, "reorder_quantity": level.quantity, "changed_at": at, "changed_by": by}
    wanted = pg.insert(stock_levels).values({**own, **days, **said})
    connection.execute(wanted.on_conflict_do_update(index_elements=[*own], set_={**days, **said}))


def seen(connection: sa.Connection, asked: LevelsAsked, days: LevelDays, *, page: ByText | None) -> list[Seen]:
    """The items of a warehouse by code, behind a place; without a page, all of them."""
    after, limit = page or (None, None)
    code, identifier = after or (None, None)
    bounds = {"demand": days.demand, "slow": days.slow, "dead": days.dead, "looked": max(days[:3])}
    known = {
        **{name: asked.today - timedelta(days=span) for name, span in bounds.items()},
        "expiring": asked.today + timedelta(days=days.expiring),
        "warehouse": asked.warehouse,
        "today": asked.today,
        "item": asked.item,
        "within": WITHIN_THE_DOOR,
        "issue": int(MovementKind.ISSUE),
    }
    question = _SEEN_OF_ONE if asked.item else _SEEN_OF_ALL
    rows = connection.execute(question, {**known, "code": code, "after": identifier, "most": limit})
    return [_seen(row) for row in rows]


def hold(connection: sa.Connection, warehouse: UUID, item: UUID, kind: ProposalKind) -> None:
    """Whoever settles the same proposal waits until the transaction ends."""
    key = sa.func.hashtextextended(f"stockProposals/{warehouse}/{item}/{int(kind)}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def add_outcome(connection: sa.Connection, made: Outcome) -> None:
    """Puts on record what became of a proposal."""
    row = {**made._asdict(), "id": made.identifier, "kind": int(made.kind), "result": int(made.result)}
    row.pop("identifier")
    connection.execute(stock_proposal_outcomes.insert().values(row))


def outcomes_listed(connection: sa.Connection, warehouse: UUID, *, page: tuple[UUID | None, int]) -> list[Outcome]:
    """What became of a warehouse's proposals, newest first, behind one."""
    after, limit = page
    query = sa.select(stock_proposal_outcomes).where(OUTCOMES.warehouse == warehouse)
    query = query.order_by(OUTCOMES.id.desc()).limit(limit)
    if after:
        query = query.where(OUTCOMES.id < after)
    return [
        Outcome(
            row.id,
            row.warehouse,
            row.item,
            ProposalKind(row.kind),
            Result(row.result),
            *(row.reason, row.quiet_until, row.recorded_at, row.recorded_by),
        )
        for row in connection.execute(query)
    ]


def _seen(row: Any) -> Seen:
    level = None
    if row.lead_days is not None:
        level = Level(row.reorder_point, row.reorder_quantity, row.lead_days, row.safety_days, row.cover_days)
    what = row.id, row.code, row.unit, row.fraction_digits, row.on_hand, row.reserved, row.expiring
    return Seen(
        *what, row.issued, row.last_issue, row.before, row.at_slow, row.at_dead, level=level, quiet=tuple(row.quiet)
    )
