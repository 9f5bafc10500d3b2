"""What is needed to compare claims with what inventory holds."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa

from bylaw_orders.rules.stocking.claim import Claim
from bylaw_orders.rules.stocking.reconciling import Disagreed, HeldInStock


class KeptDisagreement(NamedTuple):
    """A disagreement, and since when it is known."""

    identifier: UUID
    disagreed: Disagreed
    found_at: datetime


class StockHeld(Protocol):
    """What inventory holds."""

    def held(self, warehouses: Collection[UUID]) -> Mapping[UUID, HeldInStock]:
        """The live reservations of orders in warehouses; refuses UNAVAILABLE."""
        ...


class ReconcilingStore(Protocol):
    """Claims as they are compared, and what came of it."""

    def warehouses(self, connection: sa.Connection) -> Sequence[UUID]:
        """Those that channels are served from, or anything was ever claimed in."""
        ...

    def claims(self, connection: sa.Connection, held: Collection[UUID]) -> Mapping[UUID, Claim]:
        """By reservation those that hold by our record, and those of what inventory holds."""
        ...

    def write(self, connection: sa.Connection, found: Sequence[Disagreed], at: datetime) -> int:
        """Writes what disagrees now; what does not any more is gone. Answers how many are new."""
        ...

    def note(self, connection: sa.Connection, at: datetime, reservations: int, claims: int, disagreements: int) -> None:
        """That it was compared."""
        ...

    def listed(
        self, connection: sa.Connection, *, page: tuple[tuple[datetime, UUID] | None, int]
    ) -> list[KeptDisagreement]:
        """What disagrees, the longest standing first."""
        ...
