"""What the doctor examines of the register: visits are what their entries say, and nobody is in twice (WHS-10)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.visits.visit import VISITS

_APART = sa.text("""
    select visits.id from visits left join (
        select made.visit, max(made.at) filter (where made.side = 1) as came,
            max(made.at) filter (where made.side = 2) as went, count(*) as standing
        from visit_entries as made left join visit_entries as strike on strike.strikes = made.id
        where made.strikes is null and strike.id is null group by made.visit
    ) as said on said.visit = visits.id
    where visits.struck_out is distinct from (said.came is null)
        or (said.came is not null and (said.came <> visits.in_at or said.went is distinct from visits.out_at))
        or said.standing > 2
    union
    select one.id from visits as one join visits as other on other.warehouse = one.warehouse and other.id < one.id
        and other.in_at < coalesce(one.out_at, 'infinity') and one.in_at < coalesce(other.out_at, 'infinity')
        and (other.person = one.person or (one.person is null and other.person is null
            and lower(other.visitor_name) = lower(one.visitor_name) and lower(other.company) = lower(one.company)))
    where not one.struck_out and not other.struck_out and one.forgotten_at is null and other.forgotten_at is null
    order by 1
""")


def register(connection: sa.Connection, _: Examined) -> Finding:
    """Each visit is what its entries that stand say, and no two of the same one overlap."""
    apart = [f"{VISITS}/{one}" for one in connection.execute(_APART).scalars()]
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "visitor register",
        not apart,
        Words(
            f"与出入记录不符或重叠的登记 {len(apart)} 条{f'：{named}' if named else ''}。",
            f"visits that are not what their entries say, or overlap: {len(apart)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
