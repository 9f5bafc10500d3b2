"""What the doctor examines of papers: nothing moved without those needed as of then, refusals are as tried (WHS-3)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.ledger.movement import MOVEMENTS
from bylaw_inventory.rules.papers.paper_rule import LEAST, clause_of
from bylaw_inventory.rules.papers.refused import RefusedMovement, attempt_digest
from bylaw_inventory.store import refused_movements

_NUMBERED = """made.papers @? '$[*] ? (@.kind == {kind} && @.number like_regex "[^[:space:]]")'"""
_MEETS_LEAST = {
    int(kind): " or ".join(_NUMBERED.format(kind=int(one)) for one in sorted(need)) for kind, (need, _) in LEAST.items()
}
_LACKS_LEAST = "select id from movements as made where " + " or ".join(  # noqa: S608 - put together of what stands here
    f"made.kind = {kind} and not ({meets})" for kind, meets in _MEETS_LEAST.items()
)
# What was set is looked up once for each day of a warehouse and kind that anything was set for, and each time between
# two settings. Nobody is judged by what was set while they posted: a rule and a movement may commit in either order.
_LACKS_WHAT_WAS_SET = """
    with instants as materialized (
        select array_agg(distinct set_at order by set_at) as at from paper_rules
    ), made as materialized (
        select movements.*, width_bucket(posted_at, instants.at) as known from movements cross join instants
        where kind in (select kind from paper_rules)
    ), ruled as materialized (
        select one.*, coalesce(nullif(own.needs, '[]'), every.needs) as needs
        from (select distinct warehouse, kind, day, known from made) as one cross join instants
        left join lateral (
            select needs from paper_rules as rule where rule.kind = one.kind and rule.warehouse = one.warehouse
                and rule.first_day <= one.day and rule.set_at <= instants.at[one.known]
            order by rule.first_day desc, rule.set_at desc, rule.id desc limit 1
        ) as own on true
        left join lateral (
            select needs from paper_rules as rule where rule.kind = one.kind and rule.warehouse is null
                and rule.first_day <= one.day and rule.set_at <= instants.at[one.known]
            order by rule.first_day desc, rule.set_at desc, rule.id desc limit 1
        ) as every on true
    ), lacking as materialized (
        select made.* from made join ruled using (warehouse, kind, day, known) where exists (
            select from jsonb_array_elements(ruled.needs) as need where not jsonb_path_exists(
                made.papers, '$[*] ? (@.kind == $need[*] && @.number like_regex "[^[:space:]]")',
                jsonb_build_object('need', need.value)
            )
        )
    )
    select id from lacking where not exists (
        select from paper_rules as rule where rule.kind = lacking.kind
            and coalesce(rule.warehouse, lacking.warehouse) = lacking.warehouse
            and rule.set_at between lacking.posted_at - interval '1 minute' and lacking.posted_at + interval '1 minute'
    )
"""


def papers(connection: sa.Connection, _: Examined) -> Finding:
    """Each movement has the papers that its kind needed when it was posted; each refusal is the attempt it was."""
    lacking = {
        one for query in (_LACKS_LEAST, _LACKS_WHAT_WAS_SET) for one in connection.execute(sa.text(query)).scalars()
    }
    apart = sorted(f"{MOVEMENTS}/{one}" for one in lacking)
    refused = 0
    for one, attempt in refused_movements.every(connection):
        refused += 1
        if not _as_tried(one, attempt):
            apart.append(one.name)
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "stock papers",
        not apart,
        Words(
            f"被拒变动 {refused} 笔；手续不全的变动或与所拒不符的记录 {len(apart)} 处{f'：{named}' if named else ''}。",
            f"{refused} refused movements; movements that lack papers, or refusals unlike what was tried: {len(apart)}"
            f"{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def _as_tried(one: RefusedMovement, attempt: bytes) -> bool:
    lacks = one.kind in LEAST and one.missing and one.clause == clause_of(one.kind)
    return bool(lacks) and attempt_digest(one.tried_by, one) == attempt
