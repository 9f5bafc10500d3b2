"""What the doctor examines of orders shipped together: they could be, and their timelines tell of it (ORD-2)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_orders.rules.orders.order import order_name

TOGETHER, MOST_NAMED = "orders together", 3
_WRONG = """
    with own as (
        select orders.id, orders.together, orders.cancelled_at, orders.holds,
            recipients.customer, exists (select from order_lines where of_order = orders.id and issued > 0) as has_left
        from orders left join order_recipients as recipients on recipients.of_order = orders.id
        where orders.together is not null
    )
    select own.id from own
    where (not own.has_left and (own.cancelled_at is not null or own.holds > 0))
        or not exists (select from order_events where of_order = own.id and kind = 'MERGED')
        or exists (select from own as other where other.together = own.together and other.customer <> own.customer)
    order by own.id
"""
_COUNTED = """
    select count(distinct together) as parcels, count(*) as orders from orders as own
    where together is not null
        and exists (select from orders as other where other.together = own.together and other.id <> own.id)
"""
CURE = Words(
    "有人在系统之外改动了合并发货的订单；请对照审计记录与订单时间线，取消合并后重新合并，或从备份恢复。",
    "Somebody changed orders that go together behind Bylaw's back; compare with the audit trail and the timelines, take"
    " them apart and merge them anew, or restore a back-up.",
)


def together(connection: sa.Connection, _: Examined) -> Finding:
    """Orders that go in one parcel are of one customer, and none that has not left is held or was cancelled."""
    wrong = [order_name(one) for one in connection.execute(sa.text(_WRONG)).scalars()]
    counted = connection.execute(sa.text(_COUNTED)).one()
    counts = f"{counted.parcels} 组、订单 {counted.orders} 个，不相符 {len(wrong)} 个"
    named = ", ".join(wrong[:MOST_NAMED])
    return Finding(
        TOGETHER,
        not wrong,
        Words(
            f"合并发货 {counts}{f'：{named}' if named else ''}。",
            f"{counted.orders} orders go together in {counted.parcels} parcels; of those that cannot: {len(wrong)}"
            f"{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
