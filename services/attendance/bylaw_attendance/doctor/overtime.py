"""What the doctor examines of overtime: what was agreed was decided, and no time off is credited beyond it."""

from typing import Any

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_attendance.rules.overtime.overtime import COLLECTION, Compensation, OvertimeState
from bylaw_attendance.store.leave_tables import leave_ledger
from bylaw_attendance.store.overtime_tables import overtime_requests

MOST_PERCENT = 300
"""Beyond it the settings credit no time off."""


def overtime(connection: sa.Connection, _: Examined) -> Finding:
    """Agreed requests have their decision; time off credited to the ledger is of an agreed request, and within it."""
    asked, agreed = overtime_requests.c, OvertimeState.AGREED.value
    undecided = sa.select(sa.func.count()).where(asked.state == agreed, asked.decision.is_(None))
    all_of_them = sa.select(sa.func.count()).where(asked.state == agreed)
    count, without = (connection.execute(query).scalar() or 0 for query in (all_of_them, undecided))
    credited = connection.execute(_credited_beyond()).scalar() or 0
    return Finding(
        "overtime",
        not (without or credited),
        Words(
            f"获准加班 {count} 条，其中 {without} 条没有审批；{credited} 条的调休与其不符。",
            f"{count} agreed, {without} of them without a decision; {credited} with time off that is not theirs.",
        ),
        Words(
            "有人在系统之外改动了数据；请对照审计记录，从备份恢复该行。",
            "Somebody changed them behind Bylaw's back; compare with the audit trail, and restore those rows.",
        ),
    )


def _credited_beyond() -> sa.Select[Any]:
    """How many requests have time off that nobody agreed to, or less than none, or more than was asked for."""
    entry, asked = leave_ledger.c, overtime_requests.c
    name = sa.func.split_part(entry.key, "/", 2)
    summed = (
        sa.select(name.label("request"), sa.func.sum(entry.amount_over * 1.0 / entry.amount_under).label("minutes"))
        .where(entry.key.like(f"{COLLECTION}/%"))
        .group_by(name)
        .subquery()
    )
    sound = sa.and_(
        sa.cast(asked.id, sa.Text) == summed.c.request,
        asked.state == OvertimeState.AGREED.value,
        asked.compensation == Compensation.TIME_OFF.value,
        summed.c.minutes.between(0, (asked.end_minute - asked.start_minute) * MOST_PERCENT // 100),
    )
    return sa.select(sa.func.count()).select_from(summed.outerjoin(overtime_requests, sound)).where(asked.id.is_(None))
