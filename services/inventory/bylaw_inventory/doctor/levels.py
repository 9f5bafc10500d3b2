"""What the doctor examines of stock levels: proposals are settled once, and of goods that were there (WHS-7)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.levels.level import OUTCOMES

_DAY = """(one.recorded_at at time zone coalesce((
    select site.time_zone from organisation_sites as site where site.site = warehouses.site
    order by site.first_day <= one.recorded_at::date desc, abs(site.first_day - one.recorded_at::date) limit 1
), 'UTC'))::date"""
_AGAIN_OR_NOT_KNOWN = f"""
    select one.id from stock_proposal_outcomes as one join warehouses on warehouses.id = one.warehouse
    where one.kind not between 1 and 4 or one.result not between 1 and 2 or one.quiet_until < {_DAY} or exists (
        select from stock_proposal_outcomes as other where other.warehouse = one.warehouse and other.item = one.item
            and other.kind = one.kind and other.id <> one.id and other.recorded_at <= one.recorded_at
            and other.quiet_until >= {_DAY}
    )
"""  # noqa: S608 - put together of what stands here
# What is slow, dead or expiring lies there: of one of its cards more had come than gone by then, give or take a minute.
_OF_NOTHING = """
    select one.id from stock_proposal_outcomes as one where one.kind in (2, 3, 4) and not exists (
        select from places join balances as kept on kept.place = places.id and kept.item = one.item
            join entries as entry on entry.balance = kept.id and entry.at <= one.recorded_at + interval '1 minute'
        where places.warehouse = one.warehouse and places.kind in (1, 2, 3)
        group by kept.id having sum(entry.on_hand) filter (where entry.at <= one.recorded_at - interval '1 minute') > 0
            or sum(entry.on_hand) > 0
    )
"""


def levels(connection: sa.Connection, _: Examined) -> Finding:
    """No proposal was settled while its last outcome still held, and none of goods that were not there."""
    queries = (_AGAIN_OR_NOT_KNOWN, _OF_NOTHING)
    apart = sorted({one for query in queries for one in connection.execute(sa.text(query)).scalars()})
    named = ", ".join(f"{OUTCOMES}/{one}" for one in apart[:MOST_NAMED])
    return Finding(
        "stock levels",
        not apart,
        Words(
            f"重复处理或无货可据的库存建议 {len(apart)} 条{f'：{named}' if named else ''}。",
            f"outcomes of proposals that were settled, or of goods that were not there: {len(apart)}"
            f"{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
