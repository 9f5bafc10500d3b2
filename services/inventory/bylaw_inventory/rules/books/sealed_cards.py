"""Cards as a close finds them: what they said when they were sealed, and what was entered since (WHS-4)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from bylaw_inventory.rules.books.day import Disagreement, DisagreementKind
from bylaw_inventory.rules.ledger.balance import BALANCES
from bylaw_inventory.rules.quantity import written


class Amounts(NamedTuple):
    """What is on hand, and what of it is reserved."""

    on_hand: Decimal
    reserved: Decimal


class LookedCard(NamedTuple):
    """A balance beside its card.

    `summed` is what was sealed and what was entered since; `unbroken` whether those entries follow the sealed one, and
    each other, up to the head that the balance names. `last_at` is the instant of the card's last entry.
    """

    balance: UUID
    said: Amounts
    summed: Amounts
    entries: int
    head: bytes
    unbroken: bool
    last_at: datetime | None

    @property
    def agrees(self) -> bool:
        """Whether balance and card say the same (WHS-4)."""
        return self.unbroken and self.said == self.summed


class LookedCards(NamedTuple):
    """The cards of a warehouse that something was entered on since they were sealed, and any that does not agree.

    `sealed` is whether what was sealed is still what the last closed day says: else each card was summed from its first
    entry on, and all of them are here. `expected` is whether that day says anything.
    """

    sealed: bool
    expected: bool
    cards: tuple[LookedCard, ...]

    @property
    def agreeing(self) -> list[LookedCard]:
        """Those that can be sealed as they are; the others are looked at again by every close."""
        return [card for card in self.cards if card.agrees]

    def disagreements(self, warehouse_name: str, most: int) -> Iterable[Disagreement]:
        """What does not agree, at most so many, in the order of balances (WHS-4)."""
        if self.expected and not self.sealed:
            zh, en = (
                "上次日结封存的库存卡余额已被改动",
                "what cards were sealed with at the last close was changed since",
            )
            yield Disagreement(DisagreementKind.CARD, warehouse_name, zh, en)
        unlike = [card for card in self.cards if not card.agrees]
        yield from map(_unlike, unlike[:most])


def _unlike(card: LookedCard) -> Disagreement:
    subject, said, summed = f"{BALANCES}/{card.balance}", card.said, card.summed
    if said == summed:
        zh, en = "库存卡的分录有缺失或改动", "entries of its card are missing or were changed"
        return Disagreement(DisagreementKind.CARD, subject, zh, en)
    zh = f"账面结存 {written(said.on_hand)}（占用 {written(said.reserved)}），"
    zh += f"库存卡合计 {written(summed.on_hand)}（占用 {written(summed.reserved)}）"
    en = f"the balance says {written(said.on_hand)} ({written(said.reserved)} reserved), "
    en += f"its card sums to {written(summed.on_hand)} ({written(summed.reserved)} reserved)"
    return Disagreement(DisagreementKind.CARD, subject, zh, en)
