"""What the doctor examines of prices: each by its decision, none before it, one at an instant (GDS-2)."""

import sqlalchemy as sa
from bylaw_chassis.decisions.asked_decisions import asked_decisions
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.rules.pricing.change import CHANGES, ChangeState
from bylaw_inventory.rules.pricing.timeline import PRICES
from bylaw_inventory.store.goods_tables import price_change_lines, price_changes, price_withdrawals, prices

MOST_NAMED = 3
CHECK = "price history"
CURE = Words(
    "有人在系统之外改动了价格；请对照审计记录与审批，从备份恢复所列各处。",
    "Somebody changed prices behind Bylaw's back; compare with the audit trail and the decisions, and restore what is"
    " named.",
)


def history(connection: sa.Connection, _: Examined) -> Finding:
    """Every price is a line of an agreed change with its decision, and every such line is a price; none overlap."""
    wrong = [f"{PRICES}/{row.id}" for row in connection.execute(_without_decision())]
    wrong += [f"{CHANGES}/{row.change}" for row in connection.execute(_without_price())]
    wrong += [f"{PRICES}/{row.id}" for row in connection.execute(_overlapping())]
    wrong += [f"{CHANGES}/{row.change}" for row in connection.execute(_withdrawn())]
    count = connection.execute(sa.select(sa.func.count()).select_from(prices)).scalar_one()
    named = ", ".join(wrong[:MOST_NAMED])
    return Finding(
        CHECK,
        not wrong,
        Words(
            f"价格 {count} 条，与批准不符 {len(wrong)} 处{f'：{named}' if named else ''}。",
            f"{count} prices; places that are not as decided: {len(wrong)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def _said() -> sa.ColumnElement[bool]:
    """Whether a line of a change says what a price is; one without a time takes effect as its change ended."""
    line = price_change_lines.c
    same = (line[name] == prices.c[name] for name in ("change", "item", "channel", "minor_units", "currency"))
    return sa.and_(*same, sa.func.coalesce(line.since, price_changes.c.ended_at) == prices.c.since)


def _without_decision() -> sa.Select[tuple[object]]:
    """Prices whose change was not agreed by their decision, that no line says, or that people was not asked for."""
    change, asked = price_changes.c, asked_decisions.c
    agreed = sa.and_(change.state == int(ChangeState.AGREED), change.decision == prices.c.decision)
    line = sa.exists().where(_said())
    known = sa.exists().where(asked.decision == prices.c.decision, asked.subject == _name(prices.c.change))
    joined = prices.join(price_changes, change.id == prices.c.change)
    return sa.select(prices.c.id).select_from(joined).where(sa.not_(sa.and_(agreed, line, known))).order_by(prices.c.id)


def _without_price() -> sa.Select[tuple[object]]:
    """Lines of agreed changes that are no price."""
    line, change = price_change_lines.c, price_changes.c
    joined = price_change_lines.join(price_changes, change.id == line.change)
    missing = sa.not_(sa.exists().where(_said()))
    query = sa.select(line.change).select_from(joined).where(change.state == int(ChangeState.AGREED), missing)
    return query.distinct().order_by(line.change)


def _overlapping() -> sa.Select[tuple[object]]:
    """Prices that begin before they were agreed, or at the very instant of another."""
    other = prices.alias("other")
    same = sa.and_(*(other.c[name] == prices.c[name] for name in ("item", "channel", "since")))
    twice = sa.exists().where(same, other.c.id != prices.c.id, other.c.again == prices.c.again)
    return sa.select(prices.c.id).where(sa.or_(prices.c.since < prices.c.agreed_at, twice)).order_by(prices.c.id)


def _withdrawn() -> sa.Select[tuple[object]]:
    """Agreed changes that were taken back by somebody else than who asked or agreed, or before they were agreed."""
    back, change = price_withdrawals.c, price_changes.c
    joined = price_withdrawals.join(price_changes, change.id == back.change)
    own = back.withdrawn_by.in_([change.asked_by, change.ended_by])
    sound = sa.and_(change.state == int(ChangeState.AGREED), change.ended_at <= back.withdrawn_at, own)
    return sa.select(back.change).select_from(joined).where(sa.not_(sound)).order_by(back.change)


def _name(identifier: sa.ColumnElement[object]) -> sa.ColumnElement[str]:
    return sa.literal(f"{CHANGES}/").concat(sa.cast(identifier, sa.Text))
