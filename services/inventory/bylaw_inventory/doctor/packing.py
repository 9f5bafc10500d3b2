"""What the doctor examines of pack checks: what is in was scanned, never more than must go in (WHS-3)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.packing.check import PACK_CHECKS

# Two who come at once may commit in either order: within a minute nothing is said of which was first.
_APART = """
    with packed as (
        select one.id, one.state, line.number, line.wanted, coalesce(sum(scan.quantity), 0) as inside
        from pack_checks as one left join pack_lines as line on line.pack_check = one.id
        left join pack_scans as scan on scan.pack_check = one.id and scan.line = line.number
        group by one.id, line.number, line.wanted
    )
    select id from packed group by id, state having
        bool_or(number is null or inside < 0 or inside > wanted)
        or state = 2 and bool_or(inside <> wanted)
        or state = 3 and (bool_and(inside = wanted) or bool_and(inside = 0))
    union
    select scan.pack_check from pack_scans as scan join pack_checks as one on one.id = scan.pack_check
    left join pack_lines as line on line.pack_check = scan.pack_check and line.number = scan.line
    where scan.line <> 0 and line.number is null
        or scan.reason = '' and scan.scanned_at > one.ended_at + interval '1 minute'
    order by 1
"""


def packed(connection: sa.Connection, _: Examined) -> Finding:
    """Of each check the scans are of its lines, nothing is in twice, and it ended as its lines say."""
    apart = [f"{PACK_CHECKS}/{one}" for one in connection.execute(sa.text(_APART)).scalars()]
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "pack checks",
        not apart,
        Words(
            f"扫描、应装数量与结果不符的装箱复核 {len(apart)} 次{f'：{named}' if named else ''}。",
            f"pack checks unlike their scans: {len(apart)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
