"""What the doctor examines of sealed cards: each is what its entries came to then, none changed since (WHS-4)."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_inventory.doctor.ledger import CURE, MOST_NAMED
from bylaw_inventory.rules.ledger.balance import BALANCES
from bylaw_inventory.store import sealed_cards

# From the first entry on: what a close builds on is proved here, and not by the next close.
_APART = sa.text("""
    select sealed.balance from sealed_cards as sealed left join (
        select made.balance, sum(made.on_hand) as on_hand, sum(made.reserved) as reserved, count(*) as entries,
            max(made.at) as last_at, bool_or(made.number = kept.entries and made.hash = kept.head) as reached
        from sealed_cards as kept join entries as made on made.balance = kept.balance and made.number <= kept.entries
        group by made.balance
    ) as card on card.balance = sealed.balance
    where (sealed.on_hand, sealed.reserved, sealed.entries, sealed.last_at, true)
        is distinct from (card.on_hand, card.reserved, card.entries, card.last_at, card.reached)
    order by sealed.balance
""")
_LAST = sa.text("""
    select distinct on (warehouse) warehouse, cards_digest from closed_days order by warehouse, day desc
""")


def sealed(connection: sa.Connection, _: Examined) -> Finding:
    """Each card came to what it was sealed with, and all of a warehouse are what its last closed day says."""
    apart = [f"{BALANCES}/{one}" for one in connection.execute(_APART).scalars()]
    for warehouse, said in connection.execute(_LAST):
        if said is not None and bytes(said) != sealed_cards.digest(connection, warehouse):
            apart.append(f"warehouses/{warehouse}")
    named = ", ".join(apart[:MOST_NAMED])
    return Finding(
        "sealed cards",
        not apart,
        Words(
            f"日结时封存的库存卡余额不符 {len(apart)} 处{f'：{named}' if named else ''}。",
            f"cards that are not what they were sealed with: {len(apart)}{f' ({named})' if named else ''}.",
        ),
        CURE,
    )
