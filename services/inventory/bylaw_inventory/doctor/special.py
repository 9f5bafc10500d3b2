"""What the doctor examines of special goods: their keepers as of then, and nobody else, have moved them (WHS-9)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED

# Every movement of goods that were ever marked, with the mark in force when it was posted: the item's own, else its
# category's, which is known of items that never changed. What a count found is booked by its decision. On which day it
# was is asked of keepers alone who keep for some days.
_BY_OTHERS = """
    with marks as materialized (
        select item, lower(category) as category, keepers, set_at as since,
            lead(set_at, 1, 'infinity') over (partition by item, lower(category) order by id) as until
        from special_goods
    ), marked as materialized (
        select id, lower(category) as category, revision = 1 as unchanged from items
        where id in (select item from marks where item is not null)
            or (revision = 1 and lower(category) in (select category from marks where item is null))
    ), suspected as materialized (
        select marked.id as item, marked.category, made.id, made.posted_at from marked
        join movement_lines as line on line.item = marked.id
        join movements as made on made.id = line.movement and made.kind not in (8, 9)
        left join marks as own on own.item = marked.id and made.posted_at >= own.since and made.posted_at < own.until
        left join marks as shared on marked.unchanged and shared.item is null and shared.category = marked.category
            and made.posted_at >= shared.since and made.posted_at < shared.until
        cross join lateral (select coalesce(nullif(own.keepers, '[]'), nullif(shared.keepers, '[]')) as keepers) as held
        where held.keepers is not null and not exists (
            select from jsonb_array_elements(held.keepers) as keeper where keeper.value ->> 0 = made.posted_by and case
                when keeper.value ->> 1 = '' and keeper.value ->> 2 = '' then true
                else (
                    select (made.posted_at at time zone coalesce((
                        select site.time_zone from organisation_sites as site where site.site = warehouses.site
                        order by site.first_day <= made.posted_at::date desc,
                            abs(site.first_day - made.posted_at::date) limit 1
                    ), 'UTC'))::date between coalesce(nullif(keeper.value ->> 1, '')::date, '-infinity')
                        and coalesce(nullif(keeper.value ->> 2, '')::date, 'infinity')
                    from warehouses where warehouses.id = made.warehouse
                )
            end
        )
    )
    select distinct id from suspected where not exists (
        select from marks where coalesce(marks.item, suspected.item) = suspected.item
            and (marks.item is not null or marks.category = suspected.category)
            and marks.since > suspected.posted_at - interval '1 minute'
            and marks.since < suspected.posted_at + interval '1 minute'
    ) order by id
"""
"""Nobody is judged by a mark that was set while they posted: both may commit in either order."""


def special_goods(connection: sa.Connection, _: Examined) -> Finding:
    """No movement of special goods was posted by anybody but a keeper whom the mark in force named for that day."""
    apart = [f"stockMovements/{one}" for one in connection.execute(sa.text(_BY_OTHERS)).scalars()]
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "special goods",
        not apart,
        Words(
            f"非指定保管人收发特殊货物的变动 {len(apart)} 笔{f'：{named}' if named else ''}。",
            f"movements of special goods by others than their keepers: {len(apart)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
