"""What the doctor examines of notices and duties: what shall go out goes out, what shall come due was made."""

from datetime import timedelta

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_people.rules.notices.delivering import DeliveryState
from bylaw_people.store.duty_tables import duties, duty_occurrences
from bylaw_people.store.notice_tables import notice_deliveries

DELAY, GIVEN_UP_LATELY, MADE_AHEAD = timedelta(hours=1), timedelta(days=2), timedelta(days=30)
DELIVERY_CURE = Words(
    "请查看该渠道的设置与日志中的 delivery_failed；放弃的投递不再重试，可用 ListDeliveries 找到收件人另行告知。",
    "See the channel's settings and delivery_failed in the log; what was given up is not tried again, ListDeliveries"
    " shows whom to tell otherwise.",
)
DUTY_CURE = Words(
    "定时任务没有运行：请查看日志中的 job_failed。", "The timers do not run: look for job_failed in the log."
)


def deliveries(connection: sa.Connection, examined: Examined) -> Finding:
    """Nothing was given up lately; where the service runs, nothing is due for more than an hour."""
    columns, now = notice_deliveries.c, examined.database.clock()
    waiting = columns.state == DeliveryState.WAITING.value
    late = sa.and_(waiting, columns.due_at < now - DELAY)
    parked = sa.and_(columns.state == DeliveryState.GIVEN_UP.value, columns.due_at >= now - GIVEN_UP_LATELY)
    counts = sa.select(*(sa.func.count().filter(which) for which in (waiting, late, parked)))
    count, overdue, given_up = map(int, connection.execute(counts.select_from(notice_deliveries)).one())
    return Finding(
        "deliveries",
        not given_up and not (overdue and examined.running),
        Words(
            f"等待 {count} 条，逾一小时的 {overdue} 条，两日内放弃的 {given_up} 条。",
            f"{count} wait, {overdue} of them for over an hour; {given_up} were given up in the last two days.",
        ),
        DELIVERY_CURE,
    )


def due(connection: sa.Connection, examined: Examined) -> Finding:
    """Where the service runs, what comes due is made a month ahead, and heads are told of what is overdue."""
    now = examined.database.clock()
    ends = duties.c.end_date
    unmade = sa.and_(
        duties.c.made_until < (now + MADE_AHEAD).date(), sa.or_(ends.is_(None), ends > duties.c.made_until)
    )
    columns = duty_occurrences.c
    silent = sa.and_(columns.state == "open", columns.escalated_at.is_(None), columns.due_at < now - DELAY)
    behind, untold = (
        connection.execute(sa.select(sa.func.count()).select_from(table).where(which)).scalar_one()
        for table, which in ((duties, unmade), (duty_occurrences, silent))
    )
    return Finding(
        "duties",
        not (examined.running and (behind or untold)),
        Words(
            f"未提前生成的职责 {behind} 项，逾期未告知负责人的 {untold} 次。",
            f"{behind} duties not made ahead, {untold} overdue that no head was told of.",
        ),
        DUTY_CURE,
    )
