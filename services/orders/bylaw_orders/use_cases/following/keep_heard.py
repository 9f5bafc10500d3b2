"""Keeps what inventory tells of stock: in the transaction that moves the cursor of its feed (ORD-2)."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bylaw_orders.ports.following import HeardStore
from bylaw_orders.rules.following.heard import Told, asked_about, understood


@dataclass(frozen=True, slots=True)
class KeepHeard:
    """What is told again, after inventory was restored or read anew, is kept once and has its effect once."""

    heard: HeardStore

    def keep(self, connection: sa.Connection, told: Sequence[Told]) -> None:
        """All of a page, in its order; what concerns no order is left out."""
        before = self.heard.movements(connection, asked_about(told))
        self.heard.keep(connection, understood(told, before))
