"""What the doctor examines of service to customers: tickets as their facts say, money as it was decided (CUS-2)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

TICKETS, MONEY, REVIEWS, MOST_NAMED = "tickets", "money paid back", "reviews", 3
# Each finds names of what does not hold.
_STATE = """
    select 'tickets/' || id as name from tickets where state <> case
        when closed_at is not null then 9 when deciding is not null then 7 when goods = 1 then 5
        when decided_at is not null then 8 when goods = 2 then 6 when waits then 4
        when answered_at is not null and due_at is null then 3 when assignee is not null then 2 else 1 end
        or (rating > 0 and closed_at is null and reopened = 0)
        or (closed_at is not null and (answered_at is null or due_at is not null or closed_by = ''))
    order by id
"""
_END = """
    select 'tickets/' || id as name from tickets as own where not exists (
        select from ticket_messages as said where said.ticket = own.id and said.kind = 1
    ) or (closed_at is not null and not exists (
        select from ticket_messages as said where said.ticket = own.id and said.kind = 5
    )) or (rating = 0 and exists (
        select from ticket_messages as said where said.ticket = own.id and said.kind = 7
    )) order by id
"""
_DECIDING = """
    select 'tickets/' || own.id as name from tickets as own
    left join ticket_actions as action on action.id = own.deciding
    where own.deciding is not null and (action.id is null or action.ticket <> own.id or action.state not in (1, 2))
    union all
    select 'ticketActions/' || action.id from ticket_actions as action join tickets as own on own.id = action.ticket
    where action.state in (1, 2) and own.deciding is distinct from action.id
"""
_AFTER_SALES = """
    select 'orders/' || own.id as name from orders as own left join (
        select of_order, bool_or(closed_at is null) as is_open from tickets where of_order is not null group by of_order
    ) as asked on asked.of_order = own.id
    where own.after_sales <> case when asked.of_order is null then 1 when asked.is_open then 2 else 3 end
    order by own.id
"""
_RETURNED = """
    select distinct 'tickets/' || own.id as name from tickets as own
    join ticket_return_lines as line on line.ticket = own.id
    where line.returned <> (
        select coalesce(sum(back.quantity), 0) from stock_returns as back
        join heard_stock as heard on heard.subject = back.movement and heard.kind in (5, 6)
        where back.slips @> array[own.slip] and back.item = line.item and heard.applied_at is not null
            and own.slip = (
                select named.slip from unnest(back.slips) with ordinality as named (slip, place)
                join tickets as first on first.slip = named.slip order by named.place limit 1
            )
    )
"""
_INSPECTED = """
    with became as (
        select first.id as ticket, (moved.told ->> 0)::uuid as item, (heard.told ->> 'outcome')::int as outcome,
            sum(case heard.kind when 7 then 1 else -1 end * (moved.told ->> 1)::numeric) as quantity
        from heard_stock as heard
        cross join lateral (
            select own.id from jsonb_array_elements_text(heard.told -> 'slips') with ordinality as named (slip, place)
            join tickets as own on own.slip = named.slip order by named.place limit 1
        ) as first
        cross join lateral jsonb_array_elements(heard.told -> 'goods') as moved (told)
        where heard.kind in (7, 8) and heard.applied_at is not null group by first.id, 2, 3
    )
    select distinct 'tickets/' || line.ticket as name from ticket_return_lines as line
    cross join lateral (values (1, line.resold), (2, line.scrapped), (3, line.supplied)) as said (outcome, quantity)
    left join became on became.ticket = line.ticket and became.item = line.item and became.outcome = said.outcome
    where said.quantity <> coalesce(became.quantity, 0)
"""
_PAID_BACK = """
    select 'orders/' || own.id as name from orders as own join (
        select of_order, sum(amount) as made from ticket_actions where state = 3 and kind <> 3 group by of_order
    ) as action on action.of_order = own.id where own.refunded < action.made or action.made > own.paid order by own.id
"""
_NOT_AGREED = """
    select 'ticketActions/' || own.id as name from ticket_actions as own
    where own.state in (2, 3) and not own.alone and not exists (
        select from decided where decided.decision = own.decision and decided.state = 'agreed'
    ) or own.state = 4 and not exists (
        select from decided where decided.decision = own.decision and decided.state = 'refused'
    ) or (own.kind = 3 and own.state = 3) <> (own.exchange_order is not null)
    order by own.id
"""
_LATE_PAST = """
    select 'reviews/' || id as name from reviews where answered_at < created_at or due_at < placed_at order by id
"""
CURE = Words(
    "有人在系统之外改动了数据；请对照审计记录与订单时间线，从备份恢复。",
    "Somebody changed data behind Bylaw's back; compare with the audit trail and the timelines, restore a back-up.",
)


def tickets(connection: sa.Connection, _: Examined) -> Finding:
    """Each ticket stands as its facts say, a closed one has its end, and after-sales of orders are their tickets'."""
    apart = _apart(connection, _STATE, _END, _DECIDING, _AFTER_SALES, _RETURNED, _INSPECTED)
    return _finding(TICKETS, apart, ("与其事实不符的工单或订单", "tickets and orders unlike their facts"))


def paid_back(connection: sa.Connection, _: Examined) -> Finding:
    """What was paid back by tickets was agreed, is on its order, and is no more than was paid."""
    apart = _apart(connection, _PAID_BACK, _NOT_AGREED)
    return _finding(MONEY, apart, ("与决定或订单不符的退款", "refunds unlike their decisions or orders"))


def reviews(connection: sa.Connection, _: Examined) -> Finding:
    """No review was answered before it came, or was due before it was written."""
    return _finding(REVIEWS, _apart(connection, _LATE_PAST), ("时刻不符的评价", "reviews with impossible instants"))


def _apart(connection: sa.Connection, *checks: str) -> list[str]:
    return [name for check in checks for name in connection.execute(sa.text(check)).scalars()]


def _finding(subject: str, apart: list[str], words: tuple[str, str]) -> Finding:
    named = ", ".join(dict.fromkeys(apart[:MOST_NAMED]))
    zh, en = words
    seen = Words(
        f"{zh} {len(apart)} 处{f'：{named}' if named else ''}。", f"{en}: {len(apart)}{f' ({named})' if named else ''}."
    )
    return Finding(subject, not apart, seen, CURE)
