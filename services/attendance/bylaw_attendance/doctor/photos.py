"""What the doctor examines of photos: each accepted one proves a punch, and every punch of a photo was accepted."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_attendance.rules.photos.photo import SOURCE, PhotoState
from bylaw_attendance.store.photo_tables import photos as taken
from bylaw_attendance.store.tables import punches


def photos(connection: sa.Connection, _: Examined) -> Finding:
    """Accepted photos and the punches they prove agree on the person, and those that became punches on the instant."""
    accepted = sa.select(taken).where(taken.c.state == PhotoState.ACCEPTED.value).subquery()
    proven = sa.and_(accepted.c.punch == punches.c.id, accepted.c.person == punches.c.person)
    lost = sa.select(sa.func.count()).select_from(accepted.outerjoin(punches, proven)).where(punches.c.id.is_(None))
    same = [accepted.c[name] == punches.c[name] for name in ("id", "person", "instant", "direction")]
    of_a_photo = sa.exists().where(*same, accepted.c.punch == punches.c.id)
    stray = sa.select(sa.func.count()).select_from(punches).where(punches.c.source == SOURCE, ~of_a_photo)
    total = connection.execute(sa.select(sa.func.count()).select_from(accepted)).scalar_one()
    differ = connection.execute(lost).scalar_one() + connection.execute(stray).scalar_one()
    return Finding(
        "photos",
        not differ,
        Words(
            f"已接受的签到照片 {total} 张，其中 {differ} 处与打卡不符。",
            f"{total} accepted; {differ} without the punch they prove, or the other way round.",
        ),
        Words(
            "有人在系统之外改动了数据；请对照审计记录，从备份恢复该行。",
            "Somebody changed them behind Bylaw's back; compare with the audit trail, and restore those rows.",
        ),
    )
