"""What the doctor examines of corrections of missed punches: each that was accepted, or revoked since, is its punch."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_attendance.rules.closing.correction import SOURCE, CorrectionState
from bylaw_attendance.store.correction_tables import corrections as asked
from bylaw_attendance.store.struck_tables import struck_punches
from bylaw_attendance.store.tables import punches


def corrections(connection: sa.Connection, _: Examined) -> Finding:
    """What was accepted and the punches that came of corrections say the same; what was revoked does not count."""
    revoked = asked.c.accepted_at.is_not(None)
    accepted = sa.select(asked).where((asked.c.state == CorrectionState.ACCEPTED.value) | revoked).subquery()
    corrected = sa.select(punches).where(punches.c.source == SOURCE).subquery()
    same = [accepted.c[name] == corrected.c[name] for name in ("id", "person", "instant", "direction")]
    both = accepted.join(corrected, sa.and_(*same), full=True)
    apart = accepted.c.id.is_(None) | corrected.c.id.is_(None)
    count = sa.select(sa.func.count(), sa.func.count().filter(apart)).select_from(both)
    all_of_them, differ = connection.execute(count).one()
    counts_on = sa.select(sa.func.count()).where(revoked, ~sa.exists().where(struck_punches.c.punch == asked.c.id))
    differ += connection.execute(counts_on).scalar_one()
    return Finding(
        "corrections",
        not differ,
        Words(
            f"补卡 {all_of_them} 条，其中 {differ} 条与其打卡不符。",
            f"{all_of_them} accepted; {differ} without their punch, or the other way round, or revoked and counting.",
        ),
        Words(
            "有人在系统之外改动了数据；请对照审计记录，从备份恢复该行。",
            "Somebody changed them behind Bylaw's back; compare with the audit trail, and restore those rows.",
        ),
    )
