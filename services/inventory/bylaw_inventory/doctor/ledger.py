"""What the doctor examines of the stock ledger: unbroken cards, sums of zero, live reservations (WHS-4)."""

from itertools import groupby
from operator import attrgetter

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.rules.ledger.balance import BALANCES
from bylaw_inventory.rules.ledger.chain import FIRST, broken_at
from bylaw_inventory.rules.reserving.reservation import LIVE
from bylaw_inventory.store import ledger
from bylaw_inventory.store.books import unlike_lines
from bylaw_inventory.store.tables import balances, entries, items, reservation_lines, reservations

MOST_NAMED = 3
CURE = Words(
    "有人在系统之外改动了账簿；请对照审计记录，从备份恢复所列各处。",
    "Somebody changed the books behind Bylaw's back; compare with the audit trail, and restore what is named.",
)


def cards(connection: sa.Connection, _: Examined) -> Finding:
    """Every card is an unbroken chain up to the head that its balance names, and its entries sum to what it says."""
    ends: dict[object, tuple[int, bytes, object, object]] = {}
    broken: list[str] = []
    count = 0
    for identifier, own in groupby(ledger.every(connection), attrgetter("balance")):
        card = list(own)
        count += len(card)
        if place := broken_at(card):
            broken.append(f"{BALANCES}/{identifier} {place}")
        on_hand, held = sum(one.on_hand for one in card), sum(one.reserved for one in card)
        ends[identifier] = (card[-1].number, card[-1].hash, on_hand, held)
    for kept in ledger.every_balance(connection):
        said = (kept.entries, kept.head, kept.on_hand, kept.reserved)
        if said != ends.pop(kept.identifier, (0, FIRST, 0, 0)):
            broken.append(kept.name)
    broken += [f"{BALANCES}/{identifier}" for identifier in ends]
    named = ", ".join(broken[:MOST_NAMED])
    return Finding(
        "stock cards",
        not broken,
        Words(
            f"库存卡分录 {count} 条，不符 {len(broken)} 处{f'：{named}' if named else ''}。",
            f"{count} entries on cards; cards that do not agree: {len(broken)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def sums(connection: sa.Connection, _: Examined) -> Finding:
    """Over all places each item sums to zero, and each movement's entries are its lines, there and back."""
    total = sa.func.sum(entries.c.on_hand)
    by_item = (
        sa.select(items.c.code, total)
        .select_from(
            entries.join(balances, balances.c.id == entries.c.balance).join(items, items.c.id == balances.c.item)
        )
        .group_by(items.c.code)
        .having(total != 0)
        .order_by(items.c.code)
    )
    apart = [f"{row.code} {row[1]:f}" for row in connection.execute(by_item)]
    apart += [f"stockMovements/{row.movement}" for row in connection.execute(unlike_lines())]
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "stock sums",
        not apart,
        Words(
            f"合计不为零或与变动单不符 {len(apart)} 处{f'：{named}' if named else ''}。",
            f"items that do not sum to zero, or movements unlike their lines: {len(apart)}"
            f"{f' ({named})' if named else ''}.",
        ),
        CURE,
    )


def reserved(connection: sa.Connection, _: Examined) -> Finding:
    """What cards say is reserved is what live reservations hold, item by item."""
    live = reservations.c.state.in_([int(state) for state in LIVE])
    left = sa.func.sum(reservation_lines.c.reserved - reservation_lines.c.issued)
    lines = reservation_lines.join(reservations, reservations.c.id == reservation_lines.c.reservation)
    held = sa.select(reservation_lines.c.item, left.label("amount")).select_from(lines).where(live)
    held = held.group_by(reservation_lines.c.item)
    kept = sa.select(balances.c.item, (-sa.func.sum(balances.c.reserved)).label("amount")).group_by(balances.c.item)
    both = sa.union_all(held, kept).subquery()
    difference = sa.func.sum(both.c.amount)
    query = sa.select(items.c.code).join(both, both.c.item == items.c.id).group_by(items.c.code)
    apart = list(connection.execute(query.having(difference != 0).order_by(items.c.code)).scalars())
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "stock reserved",
        not apart,
        Words(
            f"预留与占用不符的商品 {len(apart)} 个{f'：{named}' if named else ''}。",
            f"items whose reserved stock is not what reservations hold: {len(apart)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
