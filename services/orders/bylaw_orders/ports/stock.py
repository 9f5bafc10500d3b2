"""What use cases need of inventory: reservations by an id of ours, as often as one likes (WHS-3, ORD-1)."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from bylaw_orders.rules.stocking.answer import Answer
from bylaw_orders.rules.stocking.claim import Claim


class StockDesk(Protocol):
    """Inventory. Each call answers every claim by its reservation; refuses UNAVAILABLE where nobody answers."""

    def reserve(self, claims: Sequence[Claim]) -> Mapping[UUID, Answer]:
        """Reserves what each wants: all of it, or as much as is free where the claim is partial."""
        ...

    def confirm(self, claims: Sequence[Claim]) -> Mapping[UUID, Answer]:
        """Has each held without an end."""
        ...

    def release(self, claims: Sequence[Claim]) -> Mapping[UUID, Answer]:
        """Gives back what each holds, and forbids a reserve that comes late."""
        ...
