"""What the doctor examines of listings: what is listed is complete, and once on a channel at a time (GDS-1)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.listing.listing import LISTINGS
from bylaw_inventory.store import completeness

# Taken off and listed again by two at once, the second may have begun before the first: within a minute it is no fault.
_APART = """
    select one.id from listings as one
    where one.ended_at < one.listed_at or (one.ended_at is null) <> (one.ended_by = '') or exists (
        select from listings as other where other.item = one.item and other.channel = one.channel and other.id < one.id
            and other.listed_at < coalesce(one.ended_at, 'infinity')
            and one.listed_at < coalesce(other.ended_at, 'infinity') - interval '1 minute'
    )
"""


def listings(connection: sa.Connection, examined: Examined) -> Finding:
    """Every open listing is of an item that is complete by its category's rule, and no two of one offer overlap."""
    incomplete = completeness.listed_incomplete(connection, None, examined.database.clock())
    apart = sorted({*(one[0] for one in incomplete), *connection.execute(sa.text(_APART)).scalars()})
    named = ", ".join(f"{LISTINGS}/{one}" for one in apart[:MOST_NAMED])
    return Finding(
        "listings",
        not apart,
        Words(
            f"资料不全仍在架或起止不符的上架 {len(apart)} 条{f'：{named}' if named else ''}。",
            f"listings of incomplete items, or whose times do not agree: {len(apart)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
