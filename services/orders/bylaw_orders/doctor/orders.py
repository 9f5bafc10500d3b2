"""What the doctor examines of orders: they stand as their facts say, inventory holds what they claim (ORD-1, ORD-2)."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding, Words

from bylaw_orders.rules.orders.order import order_name
from bylaw_orders.rules.stocking.reconciling import HeldInStock, disagreements
from bylaw_orders.store import reconciling

STANDING, CLAIMS, MOST_NAMED = "orders standing", "stock claims", 3
UNDER_WAY, LATE = timedelta(minutes=1), timedelta(minutes=10)
_WRONG = """
    with lines as (
        select of_order, coalesce(sum(quantity - cancelled) filter (where kind = 1), 0) as wanted,
            coalesce(sum(issued) filter (where kind = 1), 0) as issued, bool_or(issued < 0 or cancelled < 0) as odd
        from order_lines group by of_order
    ), held as (select of_order, count(*) as open from order_holds where ended_at is null group by of_order)
    select coalesce(own.id, lines.of_order) from orders as own full join lines on lines.of_order = own.id
    left join held on held.of_order = own.id
    where own.id is null or lines.of_order is null or lines.odd or own.holds <> coalesce(held.open, 0)
        or own.payment <> case when own.refunded > 0 then case when own.refunded >= own.paid then 5 else 4 end
            when own.paid >= own.total then 3 when own.paid > 0 then 2 else 1 end
        or (own.fulfilment between 5 and 8 and lines.issued < lines.wanted and lines.issued > 0)
        or (own.fulfilment between 5 and 8 and lines.issued = 0 and own.source_state not in (4, 5, 6))
        or (own.fulfilment between 1 and 3 and lines.issued > 0)
        or not exists (select from order_events where of_order = own.id)
    order by 1
"""
_HELD = """
    select made.id, made.warehouse, made.created_at, lines.item, lines.reserved - lines.issued as left
    from reservations as made join reservation_lines as lines on lines.reservation = made.id
    where made.state in (1, 2) and made.purpose like 'orders/%'
"""
STANDING_CURE = Words(
    "有人在系统之外改动了订单；请对照审计记录与订单时间线，从备份恢复。",
    "Somebody changed orders behind Bylaw's back; compare with the audit trail and the timelines, restore a back-up.",
)
CLAIMS_CURE = Words(
    "请查看 GET /v1/stockDisagreements；若有申请长时间未处理，请确认库存服务在运行。",
    "Look at GET /v1/stockDisagreements; where claims are overdue, see that inventory runs.",
)


def standing(connection: sa.Connection, _: Examined) -> Finding:
    """Every order has lines and a timeline, its axes are those of its facts, its holds counted; lines have orders."""
    wrong = [order_name(one) for one in connection.execute(sa.text(_WRONG)).scalars()]
    count = connection.execute(sa.text("select count(*) from orders")).scalar_one()
    named = ", ".join(wrong[:MOST_NAMED])
    return Finding(
        STANDING,
        not wrong,
        Words(
            f"订单 {count} 个，与其事实不符 {len(wrong)} 个{f'：{named}' if named else ''}。",
            f"{count} orders; of those that stand otherwise than their facts say: {len(wrong)}"
            f"{f' ({named})' if named else ''}.",
        ),
        STANDING_CURE,
    )


def claims_check(inventory: Database) -> tuple[str, Check]:
    """The check, beside inventory's database."""
    return CLAIMS, partial(claims, inventory=inventory)


def claims(connection: sa.Connection, examined: Examined, *, inventory: Database) -> Finding:
    """What inventory holds for orders is what they claim, and where the service runs no claim is overdue."""
    now = examined.database.clock()
    held = _held(inventory)
    known = reconciling.claims(connection, held)
    settled = {one: of for one, of in held.items() if one in known or of.made_at < now - UNDER_WAY}
    found = disagreements(known, settled)
    overdue = connection.execute(
        sa.text("select count(*) from stock_claims where due_at < :late"), {"late": now - LATE}
    ).scalar_one()
    count = sum(one.holds for one in known.values())
    return Finding(
        CLAIMS,
        not found and not (overdue and examined.running),
        Words(
            f"库存申请持有 {count} 个，与库存不符 {len(found)} 处，逾期未处理 {overdue} 个。",
            f"{count} claims hold goods; {len(found)} disagree with inventory, {overdue} are overdue.",
        ),
        CLAIMS_CURE,
    )


def _held(inventory: Database) -> dict[UUID, HeldInStock]:
    with inventory.read() as connection:
        rows = connection.execute(sa.text(_HELD)).all()
    found: dict[UUID, HeldInStock] = {}
    for row in rows:
        left = found[row.id].left if row.id in found else {}
        found[row.id] = HeldInStock(row.id, row.warehouse, row.created_at, {**left, row.item: row.left})
    return found
