"""What cards came to when a day was closed last: a close looks at what was entered since, however old they are (WHS-4).

A row for each card, moved on by every close; the closed day holds the digest of all of them under its seal.
"""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.time_bounds import driver_within_deadline

from bylaw_inventory.rules.books.sealed_cards import Amounts, LookedCard, LookedCards
from bylaw_inventory.rules.ledger.chain import FIRST
from bylaw_inventory.store.books_tables import closed_days, sealed_cards

# In PostgreSQL's own binary form, which is the same whatever time zone or language a session has.
_DIGEST = sa.text("""
    select sha256(coalesce(string_agg(
        uuid_send(balance) || numeric_send(on_hand) || numeric_send(reserved) || int8send(entries) || head
            || timestamptz_send(last_at), ''::bytea order by balance), ''::bytea))
    from sealed_cards where warehouse = :warehouse
""")
# Every balance is compared with what its card was sealed with, and only where it moved since are entries read, and of
# those only what stands behind the sealed one: it takes as long as there are balances and new entries, whatever is old.
_LOOKED = sa.text("""
    select card.id, card.on_hand, card.reserved, card.entries, card.head,
        card.sealed_on_hand + since.on_hand as summed_on_hand, card.sealed_reserved + since.reserved as summed_reserved,
        greatest(card.last_at, since.last_at) as last_at, case when since.entries = 0
            then card.entries = card.sealed_entries and card.head = card.sealed_head
            else since.linked and since.reached and card.entries = card.sealed_entries + since.entries end as unbroken
    from (
        select kept.id, kept.on_hand, kept.reserved, kept.entries, kept.head, sealed.last_at,
            coalesce(sealed.on_hand, 0) as sealed_on_hand, coalesce(sealed.reserved, 0) as sealed_reserved,
            coalesce(sealed.entries, 0) as sealed_entries, coalesce(sealed.head, :first) as sealed_head
        from places join balances as kept on kept.place = places.id
            left join sealed_cards as sealed on sealed.balance = kept.id and :sealed
        where places.warehouse = :warehouse
    ) as card cross join lateral (
        select count(*) as entries, coalesce(sum(made.on_hand), 0) as on_hand,
            coalesce(sum(made.reserved), 0) as reserved, max(made.at) as last_at,
            bool_and(made.previous = made.before and made.number = made.place) as linked,
            bool_or(made.number = card.entries and made.hash = card.head) as reached
        from (
            select entry.number, entry.on_hand, entry.reserved, entry.at, entry.previous, entry.hash,
                lag(entry.hash, 1, card.sealed_head) over in_order as before,
                card.sealed_entries + row_number() over in_order as place
            from entries as entry where entry.balance = card.id and entry.number > card.sealed_entries
            window in_order as (order by entry.number)
        ) as made
    ) as since
    where card.on_hand <> card.sealed_on_hand or card.reserved <> card.sealed_reserved
        or card.entries <> card.sealed_entries or card.head <> card.sealed_head
    order by card.id
""")
_SEAL = """
    insert into sealed_cards (balance, warehouse, on_hand, reserved, entries, head, last_at)
    select made.balance, %s::uuid, made.on_hand, made.reserved, made.entries, made.head, made.last_at from unnest(
        %s::uuid[], %s::numeric[], %s::numeric[], %s::bigint[], %s::bytea[], %s::timestamptz[]
    ) as made (balance, on_hand, reserved, entries, head, last_at)
    on conflict (balance) do update set on_hand = excluded.on_hand, reserved = excluded.reserved,
        entries = excluded.entries, head = excluded.head, last_at = excluded.last_at
"""


def look(connection: sa.Connection, warehouse: UUID) -> LookedCards:
    """The cards of a warehouse that anything was entered on since they were sealed, and those that do not agree.

    All of it is seen at one instant: reservations go on while a day is closed.
    """
    last = sa.select(closed_days.c.cards_digest).where(closed_days.c.warehouse == warehouse)
    expected = connection.execute(last.order_by(closed_days.c.day.desc()).limit(1)).scalar()
    sealed = expected is not None and bytes(expected) == digest(connection, warehouse)
    rows = connection.execute(_LOOKED, {"warehouse": warehouse, "first": FIRST, "sealed": sealed})
    cards = (
        LookedCard(
            row.id,
            Amounts(row.on_hand, row.reserved),
            Amounts(row.summed_on_hand, row.summed_reserved),
            row.entries,
            bytes(row.head),
            row.unbroken,
            row.last_at,
        )
        for row in rows
    )
    return LookedCards(sealed, expected is not None, tuple(cards))


def seal(connection: sa.Connection, warehouse: UUID, looked: LookedCards) -> bytes:
    """Seals the cards that agree as they were looked at, and answers the digest of all that is sealed."""
    if not looked.sealed:
        connection.execute(sealed_cards.delete().where(sealed_cards.c.warehouse == warehouse))
    if cards := looked.agreeing:
        _write(connection, warehouse, cards)
    return digest(connection, warehouse)


def digest(connection: sa.Connection, warehouse: UUID) -> bytes:
    """The SHA-256 of what the cards of a warehouse were sealed with."""
    return bytes(connection.execute(_DIGEST, {"warehouse": warehouse}).scalar_one())


def _write(connection: sa.Connection, warehouse: UUID, cards: Sequence[LookedCard]) -> None:
    columns = (
        [card.balance for card in cards],
        [card.said.on_hand for card in cards],
        [card.said.reserved for card in cards],
        [card.entries for card in cards],
        [card.head for card in cards],
        [card.last_at for card in cards],
    )
    driver_within_deadline(connection).execute(_SEAL, (warehouse, *columns))
