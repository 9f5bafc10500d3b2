"""What the doctor examines of parcels: each left by an issue to a carrier that the ledger has (WHS-12)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.parcels.parcel import PARCELS

# Two who come at once may commit in either order: within a minute nothing is said of which was first.
_APART = """
    select distinct parcel.id from parcels as parcel
    join movements as made on made.id = any(parcel.more || parcel.movement)
    left join movements as reversal on reversal.reverses = made.id
    left join parcel_receipts as receipt on receipt.parcel = parcel.id
    where made.kind <> 2 or made.warehouse <> parcel.warehouse
        or made.posted_at > parcel.handed_at + interval '1 minute'
        or reversal.posted_at < parcel.handed_at - interval '1 minute'
        or receipt.recorded_at < parcel.handed_at
        or exists (select from unnest(parcel.more) as one where not exists (select from movements where id = one))
        or not exists (
            select from movement_lines as line join places on places.id = line.to_place and places.kind = 5
            where line.movement = made.id
        )
    order by parcel.id
"""
_LEFT = """
    select (select count(*) from parcels) as handed,
        (select count(*) from parcels left join parcel_receipts on parcel = id where parcel is null) as unreceipted,
        (select count(*) from movements as made
            where made.kind = 2 and not exists (select from parcels where parcels.movement = made.id)
            and not exists (select from parcels where parcels.more @> array[made.id])
            and not exists (select from movements as reversal where reversal.reverses = made.id)
            and exists (
                select from movement_lines as line join places on places.id = line.to_place and places.kind = 5
                where line.movement = made.id
            )) as unhanded
"""


def parcels(connection: sa.Connection, _: Examined) -> Finding:
    """Each parcel's goods are those of an issue of its warehouse to a carrier, made before it; its receipt came after.

    What still lacks its receipt, and what went to a carrier without a parcel, is told and is no fault.
    """
    apart = [f"{PARCELS}/{one}" for one in connection.execute(sa.text(_APART)).scalars()]
    left = connection.execute(sa.text(_LEFT)).one()
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "parcels",
        not apart,
        Words(
            f"已交接包裹 {left.handed} 件，其中 {left.unreceipted} 件尚无回执；"
            f"{left.unhanded} 笔发往承运人的出库未登记包裹；"
            f"与出库不符 {len(apart)} 件{f'：{named}' if named else ''}。",
            f"{left.handed} parcels handed over, {left.unreceipted} of them without a receipt so far; {left.unhanded}"
            f" issues to carriers without a parcel; parcels unlike their issue: {len(apart)}"
            f"{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
