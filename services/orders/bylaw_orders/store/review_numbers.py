"""Numbers of reviews to which their platform gave none: keyed hashes of their lines, which hold a nick (CUS-1)."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bylaw_orders.store.index_key import KnownIndex


@dataclass(frozen=True, slots=True)
class KeyedNumbers:
    """By the key of the hashes by which customers are found."""

    index: KnownIndex

    def of(self, connection: sa.Connection, said: Sequence[str]) -> list[str]:
        """See `ports.reviews.ReviewNumbers`."""
        index = self.index.of(connection, may_make=True)
        assert index is not None  # noqa: S101 - it may be made
        return [f"line-{index.hashed('review', one).hex()}" for one in said]
